/* SPDX-License-Identifier: MIT */
/* A connection table and a model above it, for tests: entries are put in by hand. */
#pragma once

#include "connections.h"
#include "ct_table.h"
#include "identities.h"
#include "lookups_topic.h"
#include "model.h"
#include "overview.h"

/* What goes to it is not to be shown. */
#define HOUSEHOLD_IGNORED "198.18.0.66"

struct household {
	struct row_watch watch;
	struct ct_table *table;
	struct model *model;
	struct connections *connections;
	struct model_topic *overview, *identities, *lookups;
};

/* The home is 192.0.2.0/24 and 2001:db8:1::/64; the router 192.0.2.1 and 198.51.100.1. describe may be NULL.
 */
void household_make(struct household *h, remote_describe describe, uint32_t max_conversations,
		    uint32_t max_high_ports);
/* most_connections: in the topic of that name. */
void household_make_narrow(struct household *h, remote_describe describe, uint32_t max_conversations,
			   uint32_t max_high_ports, size_t most_connections);
void household_free(struct household *h);

/* A TCP (established) or UDP entry; source NAT to 198.51.100.1 when nat. */
struct ct_entry household_entry(const char *from, unsigned sport, const char *to, unsigned dport,
				uint8_t protocol, bool nat);
/* An entry of a port forward: to 198.51.100.1, which is the device. */
struct ct_entry household_forward(const char *from, unsigned sport, const char *device, unsigned dport);

/* What is kept of its session, to be freed. */
char *household_save(struct household *h, size_t *ret_length);

void household_new(struct household *h, const struct ct_entry *e);
void household_end(struct household *h, const struct ct_entry *e);
/* One whole dump of these entries. */
void household_dump(struct household *h, const struct ct_entry *entries, size_t n);

/* client asked for name, and address came back; NULL: no address did. age: ms ago. */
void household_lookup(struct household *h, const char *client, const char *name, const char *address,
		      unsigned age);

/* All that is to be looked at again, in one go. parts: of enum model_part, to be asked for first. */
void household_refresh(struct household *h, unsigned parts);

/* The first conversation there is. */
struct conversation *household_conversation(struct household *h);
struct address household_address(const char *text);
