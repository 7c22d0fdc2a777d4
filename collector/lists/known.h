/* SPDX-License-Identifier: MIT */
/* What is built in: companies.tsv and services.tsv as C tables, written by tables/tables.c at build time. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct known_owner {
	const char *company;
	const char *category;
};

/* owner: a position in known_owners. */
struct known_domain {
	const char *name;
	uint16_t owner;
};

struct known_network {
	const char *text; /* as network_parse takes it */
	uint16_t owner;
};

struct known_asn {
	uint32_t asn;
	uint16_t owner;
};

extern const struct known_owner known_owners[];
extern const struct known_domain known_domains[];
extern const struct known_network known_networks[];
extern const struct known_asn known_asns[]; /* in ascending order */
extern const size_t known_n_owners, known_n_domains, known_n_networks, known_n_asns;
