/* SPDX-License-Identifier: MIT */
/*
 * What viewer.c needs of libwebsockets, over one end of a socketpair (CMakeLists.txt says which functions it
 * stands for). Like the real one it keeps what the socket does not take, and sends it before all else.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "viewer.h"

struct fake_lws {
	int fd;
	bool tls;   /* what it sends would be encrypted */
	bool wants; /* to be called back when the socket takes more */
	uint8_t *kept;
	size_t n_kept, most_kept; /* bytes now; the most there ever were */
	bool killed;
	bool closed;
	unsigned code; /* of the close frame */
	char reason[128];
};

void fake_lws_init(struct fake_lws *lws, int fd);
void fake_lws_done(struct fake_lws *lws);
struct lws *fake_lws_wsi(struct fake_lws *lws);

/* One turn of the loop: sends what was kept, then calls back who wants to write. */
void fake_lws_turn(struct fake_lws *lws, struct viewer *v);
