/* SPDX-License-Identifier: MIT */
/*
 * What is known of names and addresses: whose they are, and of which category. Our own tables are built in,
 * the user's lists and the providers' cloud ranges come from files, which are read again when they change.
 * The longest suffix wins (of names), the longest prefix (of addresses); of equals a user's list comes before
 * what is built in, and the list named first before those after it. A list of what is to be ignored wins over
 * all that is built in. A list says the category; whose a name is, the table that is built in says all the
 * same.
 */
#pragma once

#include <stdbool.h>

#include <systemd/sd-event.h>

#include "address.h"
#include "config.h"
#include "row.h"
#include "shared.h"
#include "source.h"
#include "worker.h"

#define KNOWLEDGE_FILES_MAX 32 /* lists, and as many files of clouds */

struct knowledge;

struct knowledge_options {
	const struct config_list *lists; /* see list_option.h. Category "ignored": not to be shown */
	const struct config_list *cloud; /* paths of the providers' JSON files */
	const char *suffixes;		 /* a newer Public Suffix List, empty: libpsl's own */
};

/* All texts are static or live until a file changes. */
struct verdict {
	const char *company;	     /* or NULL */
	const char *category;	     /* of the categories in PROTOCOL.md, or "ignored", or NULL */
	const struct source *source; /* what decided, or NULL */
};

struct cloud_verdict {
	const char *label; /* "Amazon eu-north-1", or NULL: no cloud's */
	const char *company;
	bool has_place;
	struct place_facts place; /* the region's */
};

/* Answers may differ from now on. */
typedef void (*knowledge_changed)(void *data);

/* event, worker, sources, data: borrowed; options: copied. Reads nothing yet but our own tables. 0, -EINVAL for
 * options that cannot be read, -errno. */
int knowledge_new(struct knowledge **ret, sd_event *event, struct worker *worker, struct row_table *sources,
		  const struct knowledge_options *options, source_report report, knowledge_changed changed,
		  void *data);
struct knowledge *knowledge_free(struct knowledge *k);

/* Once a second: has files that are new or have changed read beside the loop. */
void knowledge_check(struct knowledge *k);

/* name: as in struct dns_event. */
void knowledge_of_name(const struct knowledge *k, const char *name, struct verdict *ret);
/* By address list, else by known service (encrypted DNS, relays). */
void knowledge_of_address(const struct knowledge *k, const struct address *a, struct verdict *ret);
/* By autonomous system. */
void knowledge_of_network(const struct knowledge *k, uint32_t asn, struct verdict *ret);
/* What the company is for above all, whatever single names of it are for; NULL: unknown. Static. */
const char *knowledge_purpose(const char *company);
/* Names a network for which the data has only the number ("AS719") after the company whose it is, if that is
 * known. */
void knowledge_name_network(const struct knowledge *k, struct network_facts *network);
/* True when a, or all of network asn (0: unknown), is served from many places, so that a file of places can only be
 * wrong about it. */
bool knowledge_is_anycast(const struct knowledge *k, const struct address *a, uint32_t asn);
void knowledge_of_cloud(const struct knowledge *k, const struct address *a, struct cloud_verdict *ret);

/* The registrable domain of name, a part of it; NULL when there is none. */
const char *knowledge_domain(const struct knowledge *k, const char *name);

/* What is built in and not ours, with its licence, as lines of text; empty: there is none. */
const char *knowledge_notice(void);
