/* SPDX-License-Identifier: MIT */
/* Which makers and which host names are those of things. */
#pragma once

#include "thing.h"

/* Either NULL: whatever it is. */
struct thing_row {
	enum thing thing;
	bool sure;
	const char *maker; /* whole words that it begins with */
	const char *host;  /* a pattern as of fnmatch(3), without regard to capitals */
};

/* The first that fits is right; ends with THING_NONE. */
extern const struct thing_row thing_table[];
/* Host names of phones and computers, as patterns; ends with NULL. */
extern const char *const thing_personal[];
