/* SPDX-License-Identifier: MIT */
/* What server.c and server_viewer.c share. */
#pragma once

#include "server.h"

struct server {
	struct ev_loop *loop;
	struct http *http;
	struct viewer_set *viewers;
	size_t maximum_connections, maximum_per_address, strangers;
	bool said_full; /* that there are no descriptors */
	int fd;
	char *path; /* of the Unix socket that it has made; NULL: it has none */
	ev_io accept;
	ev_timer pause;
	struct lws_context_creation_info info; /* of the context and of each vhost */
	struct lws_context *context;
	struct certificate *certificate; /* NULL: new connections are not by TLS */
	struct lws_vhost *tls;		 /* of those that are; NULL: none ever were */
	struct peers *peers;
	struct server_stats stats;
	struct loop_turns *turns;
};

/* What libwebsockets holds for a viewer. */
struct watcher {
	struct viewer viewer;
	struct peer *peer;
	struct access_request *request; /* for when the rules change */
	struct gate_pass *pass;		/* held; NULL: it is at home */
	bool open;			/* counted in server_stats.watchers */
};

static inline struct server *server_of(struct lws *wsi)
{
	return lws_context_user(lws_get_context(wsi));
}

/* The peer at the client's address, to be released; NULL: no memory. */
struct peer *server_hold(struct server *server, const struct access_client *client);

/* The TLS of libwebsockets was made: as much of it as is ours. */
void server_tls_prepare(struct server *server, SSL_CTX *context);

/* What libwebsockets calls for a WebSocket. */
int server_viewer(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t length);
/* Would it be let in by the rules as they are, and as the same one? */
bool server_viewer_may_stay(const struct server *server, const struct watcher *w);
