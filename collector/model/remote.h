/* SPDX-License-Identifier: MIT */
/* Addresses outside, with what is known of each. A remote lives as long as a conversation refers to it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "address.h"
#include "answer.h"
#include "chain.h"
#include "feed_schema.h"
#include "map.h"
#include "name.h"
#include "refused.h"
#include "remote_facts.h"
#include "row.h"
#include "shared.h"

struct remote {
	struct row row;
	struct row naming; /* what it is called, in a table of its own once anything is known */
	struct map_node node;
	struct address address;
	struct place *place;	     /* or NULL */
	struct network_row *network; /* or NULL */
	struct company *company;     /* or NULL */
	struct name *name;	     /* what anybody looked up last, or NULL */
	struct answered *answered;   /* what is known of the address, or NULL */
	char *cloud;		     /* or NULL */
	struct chain talks;	     /* its conversations: conversation.c's own */
	int64_t seen;		     /* ms on the collector's clock */
	uint32_t conversations;
	uint32_t list;
	enum special special;
	uint8_t category;
	bool anycast;
};

/* Fills *ret (zeroed) with what is known of a. */
typedef void (*remote_describe)(void *data, const struct address *a, struct remote_facts *ret);

struct remotes {
	struct row_table table, naming;
	struct map map;
	struct shared *shared;
	struct answers *answers;
	remote_describe describe;
	void *describe_data;
	uint32_t max;
	struct refused refused;
};

/* shared, answers, watch, describe_data: borrowed. describe may be NULL. */
void remotes_init(struct remotes *r, struct row_watch *watch, struct shared *shared, struct answers *answers,
		  uint32_t max, remote_describe describe, void *describe_data);
/* All remotes must have been dropped before. */
void remotes_done(struct remotes *r);

/* The address has a remote, or there is room for it. */
bool remotes_have_room(const struct remotes *r, const struct address *a);
/* The remote of this address with one more conversation; NULL when it does not fit. To be dropped once each.
 */
struct remote *remotes_take(struct remotes *r, const struct address *a, int64_t now);
void remotes_drop(struct remotes *r, struct remote *remote);

/* The remote of this address; NULL when there is none. */
struct remote *remotes_find(const struct remotes *r, const struct address *a);
/* Takes over what answered, the record of its address, says now. True when its name is another. */
bool remote_answered(struct remotes *r, struct remote *remote, struct answered *answered);

/* Takes over that its name is not known any more. */
void remote_forget_name(struct remotes *r, struct remote *remote);

/* Asks again about the remotes in one of map.n_buckets: the data behind describe has changed. */
void remotes_describe(struct remotes *r, size_t bucket);
