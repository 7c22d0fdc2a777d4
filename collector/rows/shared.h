/* SPDX-License-Identifier: MIT */
/* Rows that many others share: places, networks and companies. Each lives as long as another refers to it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "map.h"
#include "row.h"

#define SHARED_TEXT_MAX 128 /* bytes of a region, city or organisation with its NUL */

/* The columns of the table places, in the order of PROTOCOL.md. */
struct place_facts {
	char country[3]; /* empty: unknown */
	bool has_position;
	double latitude, longitude; /* degrees */
	char region[SHARED_TEXT_MAX], city[SHARED_TEXT_MAX];
};

struct place {
	struct row row;
	struct map_node node;
	uint32_t references;
	bool has_position;
	char country[3];
	float latitude, longitude;
	const char *region, *city; /* empty: unknown; in text */
	char text[];
};

struct network_facts {
	uint32_t asn; /* 0: unknown */
	char name[SHARED_TEXT_MAX];
};

struct network_row {
	struct row row;
	struct map_node node;
	uint32_t references;
	uint32_t asn;
	char name[];
};

struct company {
	struct row row;
	struct map_node node;
	uint32_t references;
	const char *purpose; /* static, or NULL */
	char name[];
};

/* What a company is for: a word that is static, or NULL. */
typedef const char *(*company_purpose)(const char *company);

struct shared {
	struct row_table places, networks, companies;
	struct map places_map, networks_map, companies_map;
	company_purpose purpose;
};

/* purpose: may be NULL. */
void shared_init(struct shared *s, struct row_watch *watch, company_purpose purpose);
/* Everything must have been dropped before. */
void shared_done(struct shared *s);

/* The row of these facts, new or with one more reference; NULL without memory. To be dropped once each. */
struct place *shared_take_place(struct shared *s, const struct place_facts *facts);
struct network_row *shared_take_network(struct shared *s, const struct network_facts *facts);
/* name: copied; NULL for NULL. */
struct company *shared_take_company(struct shared *s, const char *name);
/* The one with this row id, borrowed; NULL: there is none. */
struct company *shared_find_company(const struct shared *s, uint32_t id);
/* NULL is taken. */
void shared_drop_place(struct shared *s, struct place *p);
void shared_drop_network(struct shared *s, struct network_row *n);
void shared_drop_company(struct shared *s, struct company *c);
