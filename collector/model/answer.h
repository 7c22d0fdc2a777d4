/* SPDX-License-Identifier: MIT */
/*
 * Which address was given for which name: for each device what it looked up last, and for each address what
 * anybody looked up last and the newest few lookups that gave it.
 */
#pragma once

#include <stdint.h>

#include "address.h"
#include "chain.h"
#include "device.h"
#include "map.h"
#include "name.h"
#include "quota.h"

#define ANSWERED_NEWEST 8 /* lookups of an address that are kept; more are counted */

struct remote;

/* What one device looked up last and got this address for. */
struct answer {
	struct map_node node;
	struct chain age, of_device;
	struct device *device;
	struct name *name;
	int64_t when; /* ms on the collector's clock, negative: before its start; of now, when it was read */
	struct address address;
};

/* What is known of an address, whoever asked. */
struct answered {
	struct map_node node;
	struct chain age;
	struct address address;
	struct remote *remote; /* the one of this address, or NULL */
	struct name *name;     /* what anybody looked up last */
	int64_t when;
	uint32_t more; /* lookups that are not kept any more */
	uint32_t n;
	uint32_t newest[ANSWERED_NEWEST]; /* row ids of lookups, which may be gone; latest first */
};

struct answers {
	struct map map, by_address;
	struct chain ages, addresses; /* oldest first */
	struct quota quota;
	struct names *names;
	size_t n_answers, n_addresses, max; /* max: of each */
};

/* names: borrowed. */
void answers_init(struct answers *a, struct names *names, uint32_t max);
/* Frees all. Devices and names must still be there. */
void answers_done(struct answers *a);

/*
 * name was looked up and address came back. device: NULL where nobody knows who asked; lookup: the row id of
 * its lookup, 0: none. *ret_latest: it is now what the device (or, without one, anybody) looked up last. The
 * record of the address, NULL without memory.
 */
struct answered *answers_note(struct answers *a, const struct address *address, struct device *device,
			      const char *text, uint32_t lookup, int64_t when, bool *ret_latest);

/* What the device looked up last and got address for, until the next change; NULL: nothing. */
const struct answer *answers_latest(const struct answers *a, const struct address *address,
				    const struct device *device);
/* NULL when nobody looked up a name that gave address. */
struct answered *answers_find(const struct answers *a, const struct address *address);

/* Forgets those from before this time; addresses of remotes stay. */
void answers_expire(struct answers *a, int64_t before);
/*
 * Forgets all that the device looked up, answers with names of which is says so, and what was looked up by who knows
 * whom. lookups: sorted row ids of n lookups that go; NULL: all may. An address whose name was known by that alone has
 * none then, until answers_sweep takes it away: its remote has to let go of it before.
 */
void answers_forget(struct answers *a, struct device *device, const uint32_t *lookups, size_t n,
		    bool (*is)(const void *data, const char *name), const void *data);
void answers_sweep(struct answers *a);
/* The device goes: what it looked up goes to its successor, or with it. */
void answers_device_leaves(struct answers *a, struct device *device);

/* Between answer.c and answer_forget.c alone. */

#define ANSWER_OF(chain_pointer, member) CONTAINER_OF(chain_pointer, struct answer, member)
#define ANSWERED_OF(chain_pointer) CONTAINER_OF(chain_pointer, struct answered, age)

void answer_free(struct answers *a, struct answer *answer);
void answered_free(struct answers *a, struct answered *answered);
/* *at is another name from now on. */
void answers_rename(struct answers *a, struct name **at, struct name *name);
