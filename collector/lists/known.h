/* SPDX-License-Identifier: MIT */
/* What is built in: companies.tsv, services.tsv, cloud_regions.tsv, anycast.tsv and third-party-web as C tables,
 * written by tables/ at build time. */
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

/* A region of a cloud provider, and where it is. */
struct known_region {
	const char *company, *region;
	const char *country;		 /* ISO 3166-1 alpha-2 */
	const char *country_part, *city; /* empty: not named */
	float latitude, longitude;
};

extern const struct known_owner known_owners[];
/* Each company once, in the order of strcmp, with what it is for above all. */
extern const struct known_owner known_companies[];
extern const struct known_domain known_domains[];
extern const struct known_network known_networks[];
extern const struct known_asn known_asns[]; /* in ascending order */
extern const struct known_region known_regions[];
extern const char *const known_anycast_networks[]; /* as network_parse takes them */
extern const uint32_t known_anycast_asns[];
extern const size_t known_n_anycast_networks, known_n_anycast_asns;
extern const size_t known_n_owners, known_n_companies, known_n_domains, known_n_networks, known_n_asns,
    known_n_regions;
/* The version of third-party-web that is built in, and a sentence with its licence; empty: it is not. */
extern const char known_third_parties[], known_notice[];
