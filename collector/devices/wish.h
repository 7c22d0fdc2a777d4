/* SPDX-License-Identifier: MIT */
/* How the holder of a device wants it to be seen. */
#pragma once

#include <stdbool.h>

enum wish {
	WISH_SHOWN,    /* as it is */
	WISH_HIDDEN,   /* by a made-up name only: without host name, maker, MAC and addresses */
	WISH_LEFT_OUT, /* nothing of it: what it moves is a part of one amount */
	WISHES,	       /* these one can have */
	/* In a room nobody has said it yet, and the site decides: */
	WISH_UNCHOSEN = WISHES, /* as one that is hidden, and nothing of what it looks up */
	WISH_UNCHOSEN_OUT,	/* as one that is left out */
};

/* "shown", "hidden", "left-out": how it is seen. */
const char *wish_word(enum wish wish);
bool wish_is_chosen(enum wish wish);
/* Nothing of it is told. */
bool wish_is_out(enum wish wish);
