/* SPDX-License-Identifier: MIT */
/* Domain names that somebody here looked up, with what is known of each. A name lives while something refers
 * to it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "feed_schema.h"
#include "map.h"
#include "row.h"
#include "shared.h"

/* What enrichment says of a name. Texts are borrowed until the call that filled it has been made use of. */
struct name_facts {
	const char *domain; /* the registrable domain, a part of the name; NULL: none */
	const char *company;
	const char *category;
	const char *domain_category; /* of the registrable domain by itself */
	uint32_t list;		     /* row id of the source that decided, 0: none */
};

struct name {
	struct row row;
	struct map_node node;
	struct company *company; /* or NULL */
	uint32_t references;
	uint32_t list;
	uint16_t
	    domain; /* where in text the registrable domain begins; 0: it is the whole, or there is none */
	uint8_t category, domain_category;
	char text[];
};

/* Fills *ret (zeroed) with what is known of name. */
typedef void (*name_describe)(void *data, const char *name, struct name_facts *ret);

struct names {
	struct row_table table;
	struct map map;
	struct shared *shared;
	name_describe describe;
	void *describe_data;
};

/* shared, watch, describe_data: borrowed. describe may be NULL. */
void names_init(struct names *n, struct row_watch *watch, struct shared *shared, name_describe describe,
		void *describe_data);
/* All names must have been dropped before. */
void names_done(struct names *n);

/* The row of this name with one more reference; NULL without memory. To be dropped once each. */
struct name *names_take(struct names *n, const char *text);
/* One more reference; NULL is taken and given back. */
struct name *name_share(struct name *name);
/* NULL is taken. */
void names_drop(struct names *n, struct name *name);

/* Asks again about the names in one of map.n_buckets: the data behind describe has changed. */
void names_describe(struct names *n, size_t bucket);
