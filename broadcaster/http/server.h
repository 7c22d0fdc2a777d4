/* SPDX-License-Identifier: MIT */
/* The listening socket and libwebsockets: hands each connection to http.c or viewer.c. */
#pragma once

#include <ev.h>
#include <stddef.h>

#include "certificate.h"
#include "http.h"
#include "loop_turns.h"
#include "peers.h"
#include "viewer.h"

struct server;

struct server_stats {
	size_t connections;
	size_t watchers; /* WebSockets, until their close frame is out */
	uint64_t accepted, refused;
};

struct server_settings {
	struct ev_loop *loop; /* borrowed */
	int fd;		      /* listening already, and the server's from now on; negative: none is */
	const char *address;  /* copied; or the path of a Unix socket */
	int port;
	size_t maximum_connections;
	size_t maximum_per_address; /* connections; not counted for proxies */
	struct http *http;	    /* borrowed */
	struct viewer_set *viewers; /* borrowed */
	struct loop_turns *turns;   /* borrowed, or NULL */
};

/*
 * Listens. 0; -EADDRINUSE, -EADDRNOTAVAIL, -EACCES: the socket; those of listen_adopt; -ENOLCK: not enough file descriptors are
 * allowed (RLIMIT_NOFILE); -ENOTSUP: libwebsockets would not start; -ENOMEM.
 */
int server_new(struct server **ret, const struct server_settings *settings);
/* Cuts what is still connected. */
struct server *server_free(struct server *server);

/*
 * Once a second: lets libwebsockets look at its timeouts. Its libev plugin (4.1.6) changes the time of a
 * timer that is running, which libev does not allow and does not heed, so that a timeout could be missed for
 * long.
 */
void server_tick(struct server *server);
/* The rules of access, or how many connections an address may have, are others now: who may not watch any more is sent
 * away. */
void server_reload(struct server *server, size_t maximum_per_address);
/* This pass has ended: who watches by it is sent away. */
void server_see_off(struct server *server, const struct gate_pass *pass);
/*
 * From now on new connections are by TLS, with this certificate (taken); NULL: they are plain. Those that are there stay
 * as they are. 0; -ENOTSUP: libwebsockets has no TLS, and all stays as it was.
 */
int server_show(struct server *server, struct certificate *certificate);
/* The one of now, or NULL. */
const struct certificate *server_certificate(const struct server *server);
/* Stops to listen; the connections stay. */
void server_deafen(struct server *server);
void server_stats(const struct server *server, struct server_stats *ret);
