/* SPDX-License-Identifier: MIT */
#include "household.h"

#include <linux/netfilter/nf_conntrack_tcp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"
#include "util.h"

static void added(void *data, struct ct_connection *c)
{
	struct household *h = data;

	model_connection_added(h->model, c);
	connections_added(h->connections, c);
}

static void changed(void *data, struct ct_connection *c, const struct ct_change *change)
{
	struct household *h = data;

	model_connection_changed(h->model, c, change);
	connections_changed(h->connections, c, change);
}

static void ended(void *data, struct ct_connection *c, const struct ct_change *change)
{
	struct household *h = data;

	model_connection_ended(h->model, c, change);
	connections_ended(h->connections, c);
}

struct address household_address(const char *text)
{
	struct address a;

	assert_int_equal(address_parse(&a, text), 0);
	return a;
}

static void name(void *data, struct devices *d, struct device *device)
{
	char alias[DEVICE_ALIAS_MAX];

	(void)data;
	snprintf(alias, sizeof(alias), "Device %u", device->row.id);
	device_set_alias(d, device, alias);
}

/* "www.example.org" is Example's, at example.org; what begins with "ads." is advertising; and so on. */
static void describe_name(void *data, const char *text, struct name_facts *ret)
{
	const char *dot = strchr(text, '.');

	(void)data;
	ret->domain = dot ? dot + 1 : NULL;
	ret->company = dot && strstr(text, "example") ? "Example" : NULL;
	ret->category = !strncmp(text, "ads.", 4)      ? "advertising"
			: !strncmp(text, "doh.", 4)    ? "encrypted-dns"
			: !strncmp(text, "hidden.", 7) ? "ignored"
						       : NULL;
	ret->list = ret->category ? 1 : 0;
	ret->domain_category = ret->company ? "shopping" : NULL;
}

static const char *purpose(const char *company)
{
	return !strcmp(company, "Example") ? "shopping" : NULL;
}

static bool ignores(void *data, const struct address *a)
{
	struct address ignored = household_address(HOUSEHOLD_IGNORED);

	(void)data;
	return address_equal(a, &ignored);
}

void household_make(struct household *h, remote_describe describe, uint32_t max_conversations,
		    uint32_t max_high_ports)
{
	household_make_narrow(h, describe, max_conversations, max_high_ports, CONNECTIONS_MOST);
}

void household_make_narrow(struct household *h, remote_describe describe, uint32_t max_conversations,
			   uint32_t max_high_ports, size_t most_connections)
{
	static const struct ct_listener listener = {added, changed, ended};
	const struct model_options options = {
	    .site = "test",
	    .clock_base = clock_ms() - 100000,
	    .max_devices = 100,
	    .max_remotes = 1000,
	    .conversations = {.max = max_conversations, .max_sums = 200, .max_high_ports = max_high_ports},
	    .describe = describe,
	    .describe_name = describe_name,
	    .ignores = ignores,
	    .purpose = purpose,
	    .names_keep = 60000,
	    .max_lookups = 64,
	    .max_answers = 64,
	    .namer = name,
	};
	struct home home = {
	    .mode = HOME_ROUTER,
	    .n_networks = 2,
	    .n_own = 2,
	    .own = {household_address("192.0.2.1"), household_address("198.51.100.1")},
	};

	*h = (struct household){};
	assert_int_equal(network_parse(&home.networks[0], "192.0.2.0/24"), 0);
	assert_int_equal(network_parse(&home.networks[1], "2001:db8:1::/64"), 0);
	assert_int_equal(ct_table_new(&h->table, 10000, &listener, h), 0);
	assert_int_equal(model_new(&h->model, &h->watch, &options), 0);
	assert_int_equal(connections_new(&h->connections, h->table, h->model, &h->watch, most_connections),
			 0);
	assert_int_equal(overview_new(&h->overview, h->model), 0);
	assert_int_equal(identities_new(&h->identities, h->model), 0);
	assert_int_equal(lookups_topic_new(&h->lookups, h->model), 0);
	model_set_home(h->model, &home);
}

void household_free(struct household *h)
{
	model_topic_free(h->overview);
	model_topic_free(h->identities);
	model_topic_free(h->lookups);
	connections_free(h->connections);
	ct_table_free(h->table);
	model_free(h->model);
}

char *household_save(struct household *h, size_t *ret_length)
{
	struct session_snapshot *s;
	char *text;

	assert_int_equal(session_snapshot_new(&s, h->model, h->table), 0);
	assert_int_equal(session_snapshot_write(s, &text, ret_length), 0);
	session_snapshot_free(s, h->model);
	return text;
}

struct ct_entry household_entry(const char *from, unsigned sport, const char *to, unsigned dport,
				uint8_t protocol, bool nat)
{
	struct ct_entry e = {
	    .id = sport * 65536 + dport,
	    .protocol = protocol,
	    .state = protocol == IPPROTO_TCP ? TCP_CONNTRACK_ESTABLISHED : 0,
	    .timeout = 300,
	    .has_ports = true,
	    .has_status = true,
	    .has_timeout = true,
	    .has_state = true,
	    .has_counters = true,
	};

	e.tuple[CT_ORIG] = (struct ct_tuple){household_address(from), household_address(to), (uint16_t)sport,
					     (uint16_t)dport};
	e.tuple[CT_REPLY] =
	    (struct ct_tuple){household_address(to), household_address(nat ? "198.51.100.1" : from),
			      (uint16_t)dport, (uint16_t)sport};
	return e;
}

struct ct_entry household_forward(const char *from, unsigned sport, const char *device, unsigned dport)
{
	struct ct_entry e = household_entry(from, sport, "198.51.100.1", dport, IPPROTO_TCP, false);

	e.tuple[CT_REPLY].src = household_address(device);
	return e;
}

void household_new(struct household *h, const struct ct_entry *e)
{
	ct_table_event_new(h->table, e, (uint32_t)model_now(h->model));
}

void household_end(struct household *h, const struct ct_entry *e)
{
	ct_table_event_destroy(h->table, e, (uint32_t)model_now(h->model));
}

void household_dump(struct household *h, const struct ct_entry *entries, size_t n)
{
	ct_table_dump_begin(h->table, (uint32_t)model_now(h->model));
	for (size_t i = 0; i < n; i++)
		ct_table_dump_entry(h->table, &entries[i]);
	ct_table_dump_end(h->table, (uint32_t)model_now(h->model));
}

void household_lookup(struct household *h, const char *client, const char *name, const char *address,
		      unsigned age)
{
	struct dns_event e = {
	    .kind = DNS_ASKED, .has_client = client, .name = name, .time = clock_unix_ms() - age};

	if (client)
		e.client = household_address(client);
	model_dns(h->model, &e);
	e.kind = address ? DNS_ADDRESS : DNS_RESULT;
	e.result = DNS_RESULT_NXDOMAIN;
	if (address)
		e.address = household_address(address);
	model_dns(h->model, &e);
}

struct conversation *household_conversation(struct household *h)
{
	struct row_table *t = &h->model->conversations.table;
	struct chain *r = chain_is_empty(&t->clean) ? t->dirty.next : t->clean.next;

	return r == &t->dirty ? NULL : CONTAINER_OF(row_of(r), struct conversation, row);
}

void household_refresh(struct household *h, unsigned parts)
{
	model_refresh(h->model, parts);
	assert_false(model_refresh_slice(h->model, h->table, UINT64_MAX, NULL, NULL));
	assert_false(model_is_refreshing(h->model));
}
