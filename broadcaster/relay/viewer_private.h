/* SPDX-License-Identifier: MIT */
/* What viewer.c and viewer_send.c share. */
#pragma once

#include "viewer.h"

/* A text message. */
struct viewer_text {
	struct viewer_text *next;
	size_t length;
	char text[];
};

enum viewer_due {
	DUE_HELLO = 1 << 0,
	DUE_PING = 1 << 1,
	DUE_ABANDON = 1 << 2, /* an unwatched topic's message was begun */
	DUE_CLOSE = 1 << 3,
};
