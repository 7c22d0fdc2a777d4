/* SPDX-License-Identifier: MIT */
/*
 * The servers of the lab: they take a request, swallow what comes after it and send back what it asks for, at
 * the rate that it asks for. One connection may carry any number of requests.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "network.h"

#define REQUEST_MAGIC 0x43564c42u
#define DATAGRAM_MAX 1200

/* What a client sends first; in a datagram it is followed by padding. Both ends are this process. */
struct request {
	uint32_t magic;
	uint32_t up;   /* bytes that follow on a stream */
	uint32_t down; /* bytes wanted */
	uint32_t rate; /* bytes/s, 0: at once */
};

/* Zeros to send, and as many as fit into one call. */
#define FILLER_SIZE 65536
extern const uint8_t server_filler[FILLER_SIZE];

struct server;

/* n: borrowed, must outlive the server. 0 or -errno. */
int server_new(struct server **ret, struct network *n);
struct server *server_free(struct server *s);

/* Listens on a port of all of a member's addresses; asking again for the same one does nothing. 0 or -errno.
 */
int server_listen(struct server *s, const char *member, uint16_t port, bool udp);

/* Sends what is due; elapsed: ms since the last call. */
void server_tick(struct server *s, uint32_t elapsed);
