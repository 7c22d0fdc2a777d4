/* SPDX-License-Identifier: MIT */
/* What the parts of the program tables share. The first fault ends it, with file and line. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum kind { DOMAIN_ITEM, NETWORK_ITEM, ASN_ITEM };

struct item {
	enum kind kind;
	char *text;
	uint32_t asn;
	unsigned owner;
};

struct owner {
	char *company;
	const char *category; /* static */
};

struct region {
	char *company, *name, *country, *part, *city;
	double latitude, longitude;
};

struct tables {
	struct owner *owners;
	struct owner *companies; /* each once, with what it is for above all */
	struct item *items;
	struct item *anycast; /* no domains; without owners */
	struct region *regions;
	size_t n_owners, n_companies, n_items, n_anycast, n_regions;
	const char *file; /* that is read, for messages */
	unsigned line;
	char *version, *licence; /* of third-party-web, NULL without */
};

void __attribute__((noreturn, format(printf, 2, 3)))
tables_die(const struct tables *t, const char *format, ...);
char *tables_copy(const struct tables *t, const char *text);
/* Makes room for one more of size bytes in an array of n; the array, perhaps moved. */
void *tables_grow(const struct tables *t, void *array, size_t n, size_t size);

/* Reads path line by line; comments and empty lines are left out. fields: text between tabs, as many as
 * wanted, none empty. */
void tables_read(struct tables *t, const char *path, size_t n_fields,
		 void (*take)(struct tables *t, char **fields));

/* companies.c */
bool companies_is_domain(const char *text);
const struct item *companies_find(const struct tables *t, const char *text);
void companies_add(struct tables *t, const struct item *item, const char *company, const char *category);
void companies_take(struct tables *t, char **fields);
/* Once all is read: companies that no line of ours is of are for what most of their items are for. */
void companies_settle(struct tables *t);
/* text: of an item, borrowed. */
struct item companies_read_item(struct tables *t, char *text);
/* anycast.c */
void anycast_take(struct tables *t, char **fields);
/* regions.c */
void regions_take(struct tables *t, char **fields);
/* third_parties.c: folder holds third-party-web as npm installs it. Comes after our own tables, which win. */
void third_parties_read(struct tables *t, const char *folder);
/* output.c */
void output_write(const struct tables *t, FILE *out);
