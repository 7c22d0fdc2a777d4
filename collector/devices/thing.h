/* SPDX-License-Identifier: MIT */
/*
 * What is a thing of the home and no person's phone or computer, by who made it and by its host name. Careful: where a
 * maker also makes phones or computers, its name alone says nothing, and a host name that speaks of one is believed over
 * all else.
 */
#pragma once

#include <stdbool.h>

#include "alias_words.h"

enum thing {
	THING_NONE, /* it may be a person's */
	THING_TELEVISION,
	THING_SPEAKER,
	THING_LAMP,
	THING_CONSOLE,
	THING_STORAGE,
	THING_PRINTER,
	THING_CAMERA,
	THING_APPLIANCE,
	THING_NETWORK, /* what the network itself is made of */
	THING_GADGET,  /* a plug, a sensor, a thermostat */
	THINGS,
};

/* maker: as of vendor_name.h; host_name: as it calls itself; either empty where it is unknown. ret_sure is set where it
 * is some thing: false where it is only probably that. */
enum thing thing_of(const char *maker, const char *host_name, bool *ret_sure);

/* The feed's word for it; NULL for none. */
const char *thing_word(enum thing thing);
/* What one of them is called, with a capital; not for none. */
const char *thing_name(enum thing thing, enum alias_language language);
