/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "http_headers.h"
#include "http_private.h"
#include "log.h"
#include "server_private.h"
#include "util.h"

static void log_viewer(const char *what, const struct address *address)
{
	char text[ADDRESS_TEXT_MAX];

	log_debug("A viewer %s: %s.", what, address_format(address, text));
}

static int on_established(struct server *server, struct watcher *w, struct lws *wsi)
{
	const struct http *http = server->http;
	struct http_caller caller;

	if (http_headers_keep(&w->request, wsi) < 0)
		return -1;
	if (access_client_resolve(&caller.client, http->rules, w->request) == 0)
		w->peer = server_hold(server, &caller.client);
	if (!w->peer) {
		free(w->request);
		w->request = NULL;
		return -1;
	}
	http_know(server->http, wsi, &caller);
	w->pass = gate_hold(caller.pass);
	log_viewer("connected", &caller.client.address);
	w->viewer.sign_in = http_sign_in_word(http, &caller.client, caller.secure);
	viewer_begin(&w->viewer, server->viewers, wsi, w->peer, &caller.client.address,
		     access_role(http->rules, &caller.client, caller.pass ? &caller.pass->role : NULL));
	w->open = true;
	server->stats.watchers++;
	return 0;
}

/* The viewer is no more, though a close frame may still have to be sent. */
static void on_leaving(struct server *server, struct watcher *w)
{
	if (!w || !w->peer)
		return;
	log_viewer("disconnected", &w->viewer.address);
	viewer_end(&w->viewer);
	free(w->request);
	w->request = NULL;
	gate_release(server->http->gate, w->pass, clock_ms());
	w->pass = NULL;
	w->peer = peers_release(server->peers, w->peer);
}

static void on_closed(struct server *server, struct watcher *w)
{
	on_leaving(server, w);
	if (!w || !w->open)
		return;
	w->open = false;
	server->stats.watchers--;
}

int server_viewer(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length)
{
	struct watcher *w = user;

	switch (reason) {
	case LWS_CALLBACK_ESTABLISHED:
		return on_established(server_of(wsi), w, wsi);
	case LWS_CALLBACK_RECEIVE:
		viewer_heard(&w->viewer, (uint32_t)(clock_ms() / 1000));
		viewer_receive(&w->viewer, in, length, lws_frame_is_binary(wsi),
			       lws_is_final_fragment(wsi) && !lws_remaining_packet_payload(wsi));
		return 0;
	case LWS_CALLBACK_RECEIVE_PONG:
		viewer_heard(&w->viewer, (uint32_t)(clock_ms() / 1000));
		return 0;
	case LWS_CALLBACK_SERVER_WRITEABLE:
		return viewer_writeable(&w->viewer);
	case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
	case LWS_CALLBACK_WS_SERVER_DROP_PROTOCOL:
		on_leaving(server_of(wsi), w);
		return 0;
	case LWS_CALLBACK_CLOSED:
		on_closed(server_of(wsi), w);
		return 0;
	default:
		return 0;
	}
}

bool server_viewer_may_stay(const struct server *server, const struct watcher *w)
{
	const struct access_rules *rules = server->http->rules;
	struct access_client client;

	if (access_client_resolve(&client, rules, w->request) < 0 ||
	    !address_equal(&client.address, &w->viewer.address) ||
	    !access_host_allowed(rules, w->request->host))
		return false;
	return w->pass ? access_client_known(&client) : access_client_allowed(rules, &client);
}
