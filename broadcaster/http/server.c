/* SPDX-License-Identifier: MIT */
#include "server_private.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "listen.h"
#include "log.h"
#include "util.h"

#define HEADERS_MAX 8192   /* bytes of all headers of a request */
#define HEADERS_WAIT_S 10  /* for all of them */
#define KEEP_ALIVE_S 15	   /* for the next request */
#define OTHER_FILES 64	   /* descriptors beside connections */
#define ACCEPT_PAUSE_S 0.5 /* when there are no descriptors left */
/* Who is not at home is refused when the request is there; until then all of them together hold so many connections,
 * each for so long. */
#define STRANGERS_MAX 32
#define STRANGERS_WAIT_US 2000000
#define ADMITTED_WAIT_US (INT64_C(3600) * 1000000) /* longer than any answer takes */
/* One write of ours is one send(2): when 0, libwebsockets would cut it to rx_buffer_size and copy the rest.
 */
#define TX_PACKET (1024 * 1024)
#define RX_BUFFER 256 /* allocated for each viewer; they say little */

static int take_http(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length)
{
	struct server *server = server_of(wsi);
	struct peer *peer;

	switch (reason) {
	case LWS_CALLBACK_HTTP:
		return http_request(server->http, user, wsi, in);
	case LWS_CALLBACK_HTTP_WRITEABLE:
		return http_writeable(server->http, user, wsi);
	case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
		return http_upgrade(server->http, wsi);
	case LWS_CALLBACK_HTTP_BODY:
		return http_post_take(user, in, length);
	case LWS_CALLBACK_HTTP_BODY_COMPLETION:
		return http_post_done(user);
	case LWS_CALLBACK_CLOSED_HTTP:
	case LWS_CALLBACK_HTTP_DROP_PROTOCOL:
		if (user)
			http_session_clear(user);
		return 0;
	case LWS_CALLBACK_WSI_DESTROY:
		peer = lws_get_opaque_user_data(wsi);
		if (peer) {
			peer->connections--;
			server->stats.connections--;
			server->strangers -= peer->stranger;
			peers_release(server->peers, peer);
		}
		return 0;
	case LWS_CALLBACK_OPENSSL_LOAD_EXTRA_SERVER_VERIFY_CERTS:
		server_tls_prepare(server, user);
		return 0;
	case LWS_CALLBACK_TIMER:       /* a stranger's time is over */
	case LWS_CALLBACK_RAW_ADOPT:   /* what CONNECT leads to */
	case LWS_CALLBACK_RAW_RX:      /* the same */
	case LWS_CALLBACK_ESTABLISHED: /* a WebSocket with this protocol's name */
		return -1;
	default:
		return 0;
	}
}

static void log_peer(const char *what, const struct address *address)
{
	char text[ADDRESS_TEXT_MAX];

	log_debug("%s: %s.", what, address_format(address, text));
}

struct peer *server_hold(struct server *server, const struct access_client *client)
{
	return peers_hold(server->peers, &client->address,
			  access_client_allowed(server->http->rules, client) || client->proxy);
}

/* Its time is not over: it gets a long one, for to cancel the timer lets it be over at once (libwebsockets 4.1 and 4.3).
 * known: it is no stranger, though not at home. */
static void admit(struct lws *wsi, bool known)
{
	struct server *server = server_of(wsi);
	struct peer *peer = lws_get_opaque_user_data(wsi);

	if (known && peer && peer->stranger) {
		server->strangers -= peer->connections;
		peer->stranger = false;
	}
	lws_set_timer_usecs(wsi, ADMITTED_WAIT_US);
}

static int on_http(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length)
{
	struct server *server = server_of(wsi);
	uint64_t begun = clock_us();
	int r = take_http(wsi, reason, user, in, length);

	loop_turns_add(server ? server->turns : NULL, LOOP_HTTP, begun);
	return r;
}

static int on_viewer(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length)
{
	struct server *server = server_of(wsi);
	uint64_t begun = clock_us();
	int r = server_viewer(wsi, reason, user, in, length);

	loop_turns_add(server ? server->turns : NULL, LOOP_VIEWERS, begun);
	return r;
}

static const struct lws_protocols protocols[] = {
    {.name = "connvis-http",
     .callback = on_http,
     .per_session_data_size = sizeof(struct http_session),
     .tx_packet_size = TX_PACKET},
    {.name = HTTP_SUBPROTOCOL,
     .callback = on_viewer,
     .per_session_data_size = sizeof(struct watcher),
     .rx_buffer_size = RX_BUFFER,
     .tx_packet_size = TX_PACKET},
    {0},
};

/* Viewers' pings are ours (viewer_check): those of libwebsockets walk through the timers of all viewers. */
static const lws_retry_bo_t no_validity_checks;

static void take_connection(struct server *server, int fd, const struct sockaddr_storage *from)
{
	struct access_request request = {};
	struct access_client client = {};
	struct peer *peer = NULL;
	struct lws *wsi;

	if (access_request_from(&request, from) == 0 &&
	    access_client_resolve(&client, server->http->rules, &request) == 0)
		peer = server_hold(server, &client);
	if (!peer || server->stats.connections >= server->maximum_connections ||
	    (peer->stranger && server->strangers >= STRANGERS_MAX) ||
	    (peer->connections >= server->maximum_per_address && !client.proxy)) {
		log_peer("Refused a connection, because there are too many", &client.address);
		server->stats.refused++;
		peers_release(server->peers, peer);
		close(fd);
		return;
	}
	wsi = lws_adopt_socket_vhost(
	    server->certificate ? server->tls : lws_get_vhost_by_name(server->context, "default"), fd);
	if (!wsi) {
		/* libwebsockets has closed it */
		server->stats.refused++;
		peers_release(server->peers, peer);
		return;
	}
	peer->connections++;
	if (peer->stranger) {
		server->strangers++;
		lws_set_timer_usecs(wsi, STRANGERS_WAIT_US);
	}
	server->stats.connections++;
	server->stats.accepted++;
	lws_set_opaque_user_data(wsi, peer);
}

static void on_accept(struct ev_loop *loop, ev_io *io, int events)
{
	struct server *server = io->data;
	uint64_t begun = clock_us();
	struct sockaddr_storage from;
	socklen_t length = sizeof(from);
	int fd = accept4(server->fd, (struct sockaddr *)&from, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);

	(void)events;
	if (fd >= 0) {
		server->said_full = false;
		take_connection(server, fd, &from);
	} else if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) {
		if (!server->said_full)
			log_warning(
			    "New connections have to wait, for the system gives no more (%s): raise LimitNOFILE of "
			    "the service, or lower limits.viewers.",
			    strerror(errno));
		server->said_full = true;
		ev_io_stop(loop, io);
		/* a timer that has fired would fire at once */
		ev_timer_set(&server->pause, ACCEPT_PAUSE_S, 0.);
		ev_timer_start(loop, &server->pause);
	}
	loop_turns_add(server->turns, LOOP_ACCEPT, begun);
}

static void on_pause_over(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct server *server = timer->data;

	(void)events;
	if (server->fd >= 0)
		ev_io_start(loop, &server->accept);
}

/*
 * Allows as many descriptors as we need and no more: libwebsockets sizes its tables by this limit, and looks
 * connections up by walking through all of them when told another one.
 */
static int limit_files(size_t needed)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return -errno;
	if (limit.rlim_max < needed)
		return -ENOLCK;
	limit.rlim_cur = needed;
	return setrlimit(RLIMIT_NOFILE, &limit) < 0 ? -errno : 0;
}

static int start_lws(struct server *server)
{
	void *loops[] = {server->loop};

	server->info = (struct lws_context_creation_info){
	    .port = CONTEXT_PORT_NO_LISTEN_SERVER,
	    .protocols = protocols,
	    /* the authorities of this host are for clients, and large */
	    .options = LWS_SERVER_OPTION_LIBEV | LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT |
		       LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS,
	    .foreign_loops = loops,
	    .user = server,
	    .alpn = "http/1.1",
	    .max_http_header_data2 = HEADERS_MAX,
	    .keepalive_timeout = KEEP_ALIVE_S,
	    .timeout_secs = HEADERS_WAIT_S,
	    .timeout_secs_ah_idle = HEADERS_WAIT_S,
	    .retry_and_idle_policy = &no_validity_checks,
	};

	server->context = lws_create_context(&server->info);
	server->info.foreign_loops = NULL;
	return server->context ? 0 : -ENOTSUP;
}

int server_new(struct server **ret, const struct server_settings *settings)
{
	struct server *server = calloc(1, sizeof(*server));
	int r;

	if (!server)
		return -ENOMEM;
	server->loop = settings->loop;
	server->http = settings->http;
	server->viewers = settings->viewers;
	server->turns = settings->turns;
	server->maximum_connections = settings->maximum_connections;
	server->maximum_per_address = settings->maximum_per_address;
	ev_timer_init(&server->pause, on_pause_over, ACCEPT_PAUSE_S, 0.);
	server->pause.data = server;
	server->fd = settings->fd;
	if (settings->fd >= 0) {
		r = listen_adopt(settings->fd);
	} else {
		server->fd = r = listen_open(settings->address, settings->port);
		if (r >= 0 && listen_is_path(settings->address))
			r = (server->path = strdup(settings->address)) ? 0 : -ENOMEM;
	}
	if (r >= 0)
		r = limit_files(settings->maximum_connections + OTHER_FILES);
	if (r >= 0)
		r = peers_new(&server->peers);
	if (r >= 0)
		r = start_lws(server);
	if (r < 0) {
		server_free(server);
		return r;
	}
	ev_io_init(&server->accept, on_accept, server->fd, EV_READ);
	server->accept.data = server;
	ev_io_start(server->loop, &server->accept);
	server->http->admitted = admit;
	*ret = server;
	return 0;
}

void server_tick(struct server *server)
{
	lws_cancel_service(server->context);
}

void server_reload(struct server *server, size_t maximum_per_address)
{
	server->maximum_per_address = maximum_per_address;
	CHAIN_FOR_EACH(link, &server->viewers->viewers) {
		struct watcher *w =
		    CONTAINER_OF(CONTAINER_OF(link, struct viewer, of_set), struct watcher, viewer);

		if (!server_viewer_may_stay(server, w))
			viewer_close(&w->viewer, VIEWER_CLOSE_RULE, "this page may not watch any more");
	}
}

void server_see_off(struct server *server, const struct gate_pass *pass)
{
	CHAIN_FOR_EACH(link, &server->viewers->viewers) {
		struct watcher *w =
		    CONTAINER_OF(CONTAINER_OF(link, struct viewer, of_set), struct watcher, viewer);

		if (w->pass == pass)
			viewer_close(&w->viewer, VIEWER_CLOSE_ENDED, "what it was let in by has ended");
	}
}

void server_deafen(struct server *server)
{
	if (server->fd < 0)
		return;
	ev_timer_stop(server->loop, &server->pause);
	ev_io_stop(server->loop, &server->accept);
	close(server->fd);
	server->fd = -1;
	if (server->path)
		unlink(server->path);
}

struct server *server_free(struct server *server)
{
	if (!server)
		return NULL;
	server_deafen(server);
	if (server->context)
		lws_context_destroy(server->context);
	certificate_free(server->certificate);
	peers_free(server->peers);
	free(server->path);
	free(server);
	return NULL;
}

void server_stats(const struct server *server, struct server_stats *ret)
{
	*ret = server->stats;
}
