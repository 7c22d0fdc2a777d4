/* SPDX-License-Identifier: MIT */
/*
 * Whom devices talked with, as the history tells it: a company, else a name, else a network, each with a category and a
 * country. It has its own texts, for rows of other topics go with the last conversation. A party lives as long as
 * something refers to it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "map.h"
#include "remote_facts.h"
#include "row.h"

#define PARTY_TEXT_MAX 254 /* bytes with the NUL: a longer one is cut */

enum whom {
	WHOM_UNKNOWN,
	WHOM_COMPANY,
	WHOM_NAME,    /* a registrable domain, where there is no company */
	WHOM_NETWORK, /* where there is neither */
};

struct party_facts {
	enum whom whom;
	const char *text; /* of whom; borrowed. NULL: WHOM_UNKNOWN, or a network without a name */
	uint32_t asn;	  /* of a network, 0: unknown */
	enum special special;
	uint8_t category;
	char country[3]; /* empty: unknown */
};

struct party {
	struct row row;
	struct map_node node;
	uint32_t references;
	uint32_t number; /* history_snapshot.c's own: in the one that is being made, 0: it is not in it */
	bool forgotten;	 /* its name was: it is not in the map */
	struct party_facts facts;
	char text[];
};

struct parties {
	struct row_table table;
	struct map map;
	uint32_t max;
};

/* watch: borrowed. */
void parties_init(struct parties *p, struct row_watch *watch, uint32_t max);
/* All must have been dropped before. */
void parties_done(struct parties *p);

/* The party of these facts with one more reference; NULL where there are too many, or without memory. To be dropped once
 * each. */
struct party *parties_take(struct parties *p, const struct party_facts *facts);
/* NULL is taken. */
void parties_drop(struct parties *p, struct party *party);

/* Parties whose name is says so of have none any more. True: there were some. */
bool parties_forget_names(struct parties *p, bool (*is)(const void *data, const char *name),
			  const void *data);

#define PARTY_OF(row_pointer) CONTAINER_OF(row_pointer, struct party, row)
