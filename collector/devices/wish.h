/* SPDX-License-Identifier: MIT */
/* How the holder of a device wants it to be seen. */
#pragma once

enum wish {
	WISH_SHOWN,    /* as it is */
	WISH_HIDDEN,   /* by a made-up name only: without host name, maker, MAC and addresses */
	WISH_LEFT_OUT, /* nothing of it: what it moves is a part of one amount */
	WISHES,
};

/* "shown", "hidden", "left-out". */
const char *wish_word(enum wish wish);
