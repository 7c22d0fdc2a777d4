/* SPDX-License-Identifier: MIT */
/* Over 400 lines: one fixture serves all its tests. */
/* The encoder against a reader that knows PROTOCOL.md alone. */
#include "overview.h"

#include <linux/netfilter/nf_conntrack_tcp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "feed_reader.h"
#include "household.h"
#include "source.h"
#include "stream.h"
#include "util.h"

static void describe(void *data, const struct address *a, struct remote_facts *ret)
{
	(void)data;
	ret->has_network = a->bytes[15] % 3 != 0;
	ret->network.asn = 64496u + a->bytes[15] % 7;
	snprintf(ret->network.name, sizeof(ret->network.name), "Example Network %u", a->bytes[15] % 7);
	ret->has_place = a->bytes[15] % 4 != 0;
	ret->anycast = !ret->has_place;
	snprintf(ret->place.country, sizeof(ret->place.country), "F%c", 'A' + a->bytes[15] % 5);
	snprintf(ret->place.region, sizeof(ret->place.region), "Region %u", a->bytes[15] % 3);
	snprintf(ret->place.city, sizeof(ret->place.city), "Town %u", a->bytes[15] % 2);
	ret->place.has_position = a->bytes[15] % 5 != 0;
	ret->place.latitude = 60.5;
	ret->place.longitude = -(double)(a->bytes[15] % 5);
	if (!ret->has_network)
		ret->special = SPECIAL_DOCUMENTATION;
	if (a->bytes[15] % 6 == 0) {
		ret->company = "Example Clouds";
		ret->category = "cloud";
		ret->cloud = "Example north-1";
		ret->list = 1;
	}
}

static void test_what_a_viewer_sees(void **state)
{
	struct household h;
	struct stream s;
	struct ct_entry e = household_entry("192.0.2.10", 4000, "203.0.113.9", 443, IPPROTO_TCP, true);
	struct reader_table *t;
	const struct reader_row *row;

	(void)state;
	household_make(&h, describe, 100, 100);
	stream_open(&s, model_topic_source(h.overview));
	stream_keyframe(&s, 1000);
	household_new(&h, &e);
	e.bytes[CT_ORIG] = 500, e.packets[CT_ORIG] = 5;
	household_dump(&h, &e, 1);
	assert_true(s.source.has_changes(s.source.data));
	stream_delta(&s, 2000);
	assert_false(s.source.has_changes(s.source.data));
	t = reader_table(&s.reader, "conversations");
	assert_int_equal(t->n_rows, 1);
	row = &t->rows[0];
	assert_int_equal(reader_cell(t, row, "up_bytes")->number, 500);
	assert_int_equal(reader_cell(t, row, "open")->number, 1);
	assert_int_equal(reader_cell(t, row, "protocol")->number, IPPROTO_TCP);
	assert_int_equal(reader_cell(t, row, "port")->number, 443);
	assert_int_equal(reader_cell(t, row, "inbound")->number, 0);

	e.bytes[CT_REPLY] = 70, e.packets[CT_REPLY] = 1;
	household_dump(&h, &e, 1);
	stream_delta(&s, 3000);
	row = &t->rows[0];
	assert_int_equal(reader_cell(t, row, "up_bytes")->number, 500);
	assert_int_equal(reader_cell(t, row, "down_bytes")->number, 70);
	assert_int_equal(reader_cell(t, row, "active")->number, 3000);
	stream_keyframe(&s, 3500);

	t = reader_table(&s.reader, "remotes");
	assert_string_equal(reader_cell(t, &t->rows[0], "address")->text, "cb007109");
	t = reader_table(&s.reader, "site");
	assert_string_equal(reader_cell(t, &t->rows[0], "mode")->text, "router");
	household_end(&h, &e);
	stream_delta(&s, 4000);
	assert_int_equal(reader_table(&s.reader, "conversations")->n_rows, 0);
	assert_int_equal(reader_table(&s.reader, "remotes")->n_rows, 0);
	assert_int_equal(reader_table(&s.reader, "places")->n_rows, 0);
	assert_int_equal(reader_table(&s.reader, "networks")->n_rows, 0);
	stream_keyframe(&s, 4500);
	stream_close(&s);
	household_free(&h);
}

/* After a day, with thousands of rows before: what a counter update and a new conversation cost. */
static void test_sizes(void **state)
{
	enum { N = 900, MORE = 10 };
	struct household h;
	struct stream s;
	struct ct_entry *e = calloc(N, sizeof(*e)), late;
	size_t bytes;

	(void)state;
	assert_non_null(e);
	household_make(&h, describe, N + MORE, N + MORE);
	stream_open(&s, model_topic_source(h.overview));
	for (unsigned i = 0; i < N; i++) {
		char to[32];

		snprintf(to, sizeof(to), "203.0.%u.%u", i / 250, i % 250 + 1);
		e[i] = household_entry("192.0.2.10", 4000 + i, to, 443, IPPROTO_TCP, true);
	}
	household_dump(&h, e, N);
	stream_keyframe(&s, 86400000);
	for (unsigned i = 0; i < N; i++) {
		e[i].bytes[CT_ORIG] += 1200, e[i].packets[CT_ORIG] += 9;
		e[i].bytes[CT_REPLY] += 60000, e[i].packets[CT_REPLY] += 50;
	}
	household_dump(&h, e, N);
	bytes = stream_delta(&s, 86401000);
	print_message("a conversation's counter update: %.2f bytes\n", (double)bytes / N);
	assert_true(bytes <= 12 * N);

	/* As they come: several in a frame, to networks and places that others have already; names came
	 * before. */
	for (unsigned i = 0; i < MORE; i++) {
		char to[32], name[32];

		snprintf(to, sizeof(to), "198.51.%u.11", i);
		snprintf(name, sizeof(name), "www%u.example.org", i);
		household_lookup(&h, "192.0.2.10", name, to, 0);
	}
	stream_delta(&s, 86401500);
	for (unsigned i = 0; i < MORE; i++) {
		char to[32];

		snprintf(to, sizeof(to), "198.51.%u.11", i);
		late = household_entry("192.0.2.10", 9000 + i, to, 443, IPPROTO_TCP, true);
		household_new(&h, &late);
	}
	bytes = stream_delta(&s, 86402000);
	assert_int_equal(reader_table(&s.reader, "remotes")->n_rows, N + MORE);
	print_message("a new conversation with a new remote: %.2f bytes\n", (double)bytes / MORE);
	assert_true(bytes <= 60 * MORE);
	stream_close(&s);
	household_free(&h);
	free(e);
}

static unsigned pick(unsigned below)
{
	static uint32_t state = 12345;

	state = state * 1664525u + 1013904223u;
	return (state >> 8) % below;
}

enum { SLOTS = 120 };

/* Of the first frame: beyond what the household's own clock shows when a slow machine has done the last step. */
#define BEGIN_MS 4000000

static void random_entry(struct ct_entry *e, unsigned slot)
{
	char from[40], to[40];
	bool six = pick(4) == 0;

	snprintf(from, sizeof(from), six ? "2001:db8:1::%u" : "192.0.2.%u", 10 + pick(12));
	snprintf(to, sizeof(to), six ? "2001:db8:2::%u" : "203.0.113.%u", 1 + pick(30));
	if (pick(5) == 0)
		*e = household_forward("203.0.113.77", 2000 + slot, "192.0.2.10", 80);
	else
		*e = household_entry(from, 2000 + slot, to, pick(6) ? 440 + pick(5) : 53,
				     pick(2) ? IPPROTO_TCP : IPPROTO_UDP, !six);
	if (e->protocol == IPPROTO_TCP && pick(2))
		e->state = TCP_CONNTRACK_SYN_SENT;
	e->has_counters = pick(3) != 0;
}

static void random_step(struct household *h, struct ct_entry *entries, bool *alive)
{
	struct ct_entry dump[SLOTS];
	size_t n = 0;

	for (unsigned k = 0; k < 10; k++) {
		unsigned i = pick(SLOTS);

		if (!alive[i]) {
			random_entry(&entries[i], i);
			household_new(h, &entries[i]);
		} else {
			household_end(h, &entries[i]);
		}
		alive[i] = !alive[i];
	}
	if (pick(2))
		return;
	for (unsigned i = 0; i < SLOTS; i++) {
		if (!alive[i])
			continue;
		entries[i].has_counters = true;
		if (pick(3)) {
			entries[i].packets[CT_ORIG] += pick(10);
			entries[i].bytes[CT_ORIG] += pick(100000);
			entries[i].bytes[CT_REPLY] += pick(100000);
		}
		if (entries[i].protocol == IPPROTO_TCP && pick(4) == 0)
			entries[i].state = TCP_CONNTRACK_ESTABLISHED;
		if (pick(8) == 0)
			entries[i].mark = pick(3);
		dump[n++] = entries[i];
	}
	household_dump(h, dump, n);
}

static void random_neighbour(struct household *h)
{
	const uint8_t mac[6] = {0, 1, 2, 3, 4, (uint8_t)pick(6)};
	char text[40];
	struct address a;

	snprintf(text, sizeof(text), pick(2) ? "2001:db8:1::%u" : "192.0.2.%u", 10 + pick(12));
	a = household_address(text);
	if (pick(4) == 0)
		devices_neighbour_gone(&h->model->devices, &a);
	else
		devices_neighbour(&h->model->devices, &a, mac, model_now(h->model));
}

static void on_moved(void *data, struct ct_connection *c)
{
	struct household *h = data;

	connections_moved(h->connections, c);
}

static void random_lookup(struct household *h)
{
	static const char *const first[] = {"www", "ads", "doh", "cdn", "hidden"};
	char client[40], name[64], address[40];

	snprintf(client, sizeof(client), pick(4) ? "192.0.2.%u" : "2001:db8:1::%u", 10 + pick(12));
	snprintf(name, sizeof(name), "%s.%s%u.org", first[pick(5)], pick(3) ? "example" : "nobody", pick(12));
	snprintf(address, sizeof(address), pick(4) ? "203.0.113.%u" : "2001:db8:2::%u", 1 + pick(30));
	household_lookup(h, pick(6) ? client : NULL, name, pick(8) ? address : NULL, pick(70000));
}

static void random_play(struct room *r, struct company *company)
{
	struct room_choice choice = {.company = company, .from = pick(50)};

	room_play(r, (enum room_kind)pick(ROOM_KINDS), (enum room_question)pick(ROOM_QUESTIONS));
	for (unsigned i = 0; i < ROOM_CHOICES_MAX; i++)
		room_add_choice(r, &choice);
	room_vote(r, pick(ROOM_CHOICES_MAX));
}

static void random_deed(struct model *m)
{
	int64_t now = model_now(m);
	struct device *d = devices_find_id(&m->devices, 1 + pick(12));
	struct row *company = row_after(&m->shared.companies, &m->shared.companies.dirty);

	switch (pick(10)) {
	case 0:
		return room_begin_round(&m->room, pick(2) ? "Quiet" : "Guess", now, pick(2) * 60000);
	case 1:
		return room_end_round(&m->room);
	case 2:
		return pick(2) ? room_freeze(&m->room, now) : room_release(&m->room);
	case 3:
		return room_spotlight(&m->room, d, NULL);
	case 4:
		return company ? room_spotlight(&m->room, NULL, CONTAINER_OF(company, struct company, row))
			       : (void)0;
	case 5:
		return room_show(&m->room, pick(2) ? "map" : "");
	case 6:
		return room_lock_names(&m->room, pick(2));
	case 7:
		return room_mark(&m->room, "Now", now);
	case 8:
		return random_play(&m->room, company ? CONTAINER_OF(company, struct company, row) : NULL);
	default:
		return;
	}
}

static void random_detail(struct household *h, struct source *source)
{
	struct device *d = devices_find_id(&h->model->devices, 1 + pick(12));

	site_set_turns_of(&h->model->site, pick(2) ? "keyframe" : "refresh", pick(3) ? "keyframe" : "other");
	h->model->conversations.max_ended = pick(20);
	h->model->session.gap_from = -5000;
	h->model->session.gap_until = 10;
	source->entries = pick(100);
	row_change(&h->model->sources, &source->row, COLUMN(SOURCE_ENTRIES));
	if (!d)
		return;
	device_set_host_name(&h->model->devices, d, pick(3) ? "laptop" : "family-tv");
	device_set_vendor(&h->model->devices, d, pick(3) ? "Example Works" : "Sonos");
	device_set_named(&h->model->devices, d, pick(2));
}

static void moved(void *data, struct ct_connection *c)
{
	connections_moved(((struct household *)data)->connections, c);
}

/* Its holder wants it to be seen in another way. */
static void random_wish(struct household *h)
{
	struct device *device = devices_next(&h->model->devices, NULL);

	for (unsigned n = pick(12); n && device; n--)
		device = devices_next(&h->model->devices, device);
	h->model->devices.wishes = true;
	if (device && !device->self)
		model_set_wish(h->model, h->table, device,
			       pick(3) ? WISH_LEFT_OUT : (enum wish)pick(WISH_UNCHOSEN_OUT + 1), moved, h);
}

/* Each column had a value at some time: the household leaves none out. */
static void assert_all_given(const struct reader *r)
{
	for (size_t i = 0; i < r->n_tables; i++) {
		const struct reader_table *t = &r->tables[i];

		assert_non_null(t->types);
		for (size_t c = 0; c < t->n_columns; c++)
			if (!(t->given & COLUMN(c)))
				fail_msg("%s: %s was nil throughout", t->name, t->columns[c]);
	}
}

struct life {
	struct household h;
	struct ct_entry entries[SLOTS];
	bool alive[SLOTS];
	struct source source;
	unsigned step;
};

static void live(struct life *l)
{
	struct model *m = l->h.model;

	random_step(&l->h, l->entries, l->alive);
	if (pick(4) == 0) {
		random_neighbour(&l->h);
		model_refresh(m, MODEL_CONNECTIONS);
	}
	if (pick(2) == 0)
		random_lookup(&l->h);
	if (pick(50) == 0)
		model_refresh(m, MODEL_NAMES | MODEL_REMOTES | MODEL_CONNECTIONS);
	/* Now a bit of it, now all that is left. */
	if (pick(3))
		model_refresh_slice(m, l->h.table, pick(4) ? 0 : UINT64_MAX, on_moved, &l->h);
	if (pick(20) == 0)
		model_forget_old_names(m);
	random_detail(&l->h, &l->source);
	if (pick(3) == 0)
		random_deed(m);
	if (pick(60) == 0)
		model_clear(m, l->h.table);
	conversations_look(&m->conversations, (int64_t)l->step++ * 1000);
	model_update_site(m, l->h.table);
}

/* Between two rows of a keyframe. */
static void live_meanwhile(void *data)
{
	if (pick(6) == 0)
		live(data);
}

enum { OVERVIEW, IDENTITIES, LOOKUPS, CONNECTIONS, TOPICS };

/* At the same moment a row of identities is a device's, and so is an address. */
static void check_identities(struct reader *overview, struct reader *identities)
{
	struct reader_table *devices = reader_table(overview, "devices");
	struct reader_table *of = reader_table(identities, "identities");
	struct reader_table *addresses = reader_table(identities, "addresses");

	assert_true(of->n_rows <= devices->n_rows);
	for (size_t i = 0; i < of->n_rows; i++)
		assert_non_null(reader_row(devices, of->rows[i].id));
	for (size_t i = 0; i < addresses->n_rows; i++)
		assert_non_null(reader_row(
		    devices, (uint32_t)reader_cell(addresses, &addresses->rows[i], "device")->number));
}

/* At the same moment what is called something is there, and so is who asked for it. */
static void check_lookups(struct reader *overview, struct reader *lookups)
{
	static const char *const tables[][2] = {
	    {"remotes", "remote_names"}, {"conversations", "conversation_names"}, {"sums", "sum_names"}};
	struct reader_table *asked = reader_table(lookups, "lookups");

	for (size_t i = 0; i < ELEMENTS_OF(tables); i++) {
		struct reader_table *of = reader_table(lookups, tables[i][1]);

		for (size_t n = 0; n < of->n_rows; n++)
			assert_non_null(reader_row(reader_table(overview, tables[i][0]), of->rows[n].id));
	}
	for (size_t i = 0; i < asked->n_rows; i++)
		assert_non_null(reader_row(reader_table(overview, "devices"),
					   (uint32_t)reader_cell(asked, &asked->rows[i], "device")->number));
}

static void live_on(struct life *l, struct stream topics[TOPICS])
{
	struct stream *overview = &topics[OVERVIEW];
	uint64_t time = BEGIN_MS;

	for (unsigned step = 0; step < 2000; step++) {
		live(l);
		if (pick(20) == 0)
			random_wish(&l->h);
		time += 40;
		for (unsigned i = 0; i < TOPICS; i++)
			stream_delta(&topics[i], time);
		stream_check_references(&overview->reader);
		check_identities(&overview->reader, &topics[IDENTITIES].reader);
		check_lookups(&overview->reader, &topics[LOOKUPS].reader);
		for (unsigned i = 0, all = pick(3); all == 0 && i < TOPICS; i++)
			stream_keyframe(&topics[i], time);
		for (unsigned i = 0, all = pick(60); all == 0 && i < TOPICS; i++)
			stream_slow_keyframe(&topics[i], time, live_meanwhile, l);
	}
	for (unsigned i = 0; i < SLOTS; i++)
		if (l->alive[i])
			household_end(&l->h, &l->entries[i]);
	while (conversations_fold_one(&l->h.model->conversations, NULL))
		;
	stream_delta(overview, time);
	stream_keyframe(overview, time);
}

/* Whatever happens, keyframe and deltas tell the same story, in all topics and in every column. */
static void test_random_life(void **state)
{
	struct life *l = calloc(1, sizeof(*l));
	struct stream topics[TOPICS];
	struct reader *overview = &topics[OVERVIEW].reader;

	(void)state;
	assert_non_null(l);
	l->source = (struct source){.kind = "list",
				    .state = "broken",
				    .detail = "Line 3 is no domain.",
				    .type = "hosts",
				    .attribution = "Example",
				    .name = "Ads",
				    .counted = true,
				    .built = 1767225600};
	household_make(&l->h, describe, 60, 20);
	row_add(&l->h.model->sources, &l->source.row);
	stream_open(&topics[OVERVIEW], model_topic_source(l->h.overview));
	stream_open(&topics[IDENTITIES], model_topic_source(l->h.identities));
	stream_open(&topics[LOOKUPS], model_topic_source(l->h.lookups));
	stream_open(&topics[CONNECTIONS], connections_source(l->h.connections));
	for (unsigned i = 0; i < TOPICS; i++)
		stream_keyframe(&topics[i], BEGIN_MS);
	live_on(l, topics);
	assert_int_equal(reader_table(overview, "conversations")->n_rows, 0);
	assert_int_equal(reader_table(overview, "remotes")->n_rows, 0);
	for (unsigned i = 0; i < TOPICS; i++) {
		assert_all_given(&topics[i].reader);
		stream_close(&topics[i]);
	}
	household_free(&l->h);
	free(l);
}

/* What points to a device's owner is in its own topic, in no byte of the overview. */
static void test_identities(void **state)
{
	static const uint8_t mac[6] = {0x02, 0x5e, 0xab, 0xcd, 0xef, 0x77};
	struct household h;
	struct stream overview, identities;
	struct ct_entry e = household_entry("192.0.2.10", 4000, "203.0.113.9", 443, IPPROTO_TCP, true);
	struct address a = household_address("192.0.2.10");
	const void *bytes;
	struct reader_table *t;

	(void)state;
	household_make(&h, describe, 100, 100);
	stream_open(&overview, model_topic_source(h.overview));
	stream_open(&identities, model_topic_source(h.identities));
	stream_keyframe(&overview, 1000);
	household_new(&h, &e);
	stream_keyframe(&identities, 1000);
	devices_neighbour(&h.model->devices, &a, mac, 0);
	devices_lease(&h.model->devices, &a, mac, "ainos-phone");
	device_set_vendor(&h.model->devices, devices_find_mac(&h.model->devices, mac), "Example Works");
	for (int i = 0; i < 2; i++) {
		const struct {
			const void *bytes;
			size_t n;
		} secrets[] = {{mac, sizeof(mac)},
			       {"ainos", 5},
			       {"Example Works", 13},
			       {a.bytes + 12, 4},
			       {"192.0.2.0/24", 12}};

		/* the delta, and then the keyframe */
		if (i)
			stream_keyframe(&overview, 3000);
		else
			stream_delta(&overview, 2000);
		assert_int_equal(reader_table(&overview.reader, "devices")->n_rows, 1);
		bytes = overview.frame.bytes;
		for (size_t s = 0; s < ELEMENTS_OF(secrets); s++)
			assert_null(memmem(bytes, overview.frame.length, secrets[s].bytes, secrets[s].n));
	}
	stream_delta(&identities, 2000);
	t = reader_table(&identities.reader, "identities");
	assert_int_equal(t->n_rows, 1);
	assert_int_equal(t->rows[0].id, reader_table(&overview.reader, "devices")->rows[0].id);
	assert_string_equal(reader_cell(t, &t->rows[0], "mac")->text, "025eabcdef77");
	assert_string_equal(reader_cell(t, &t->rows[0], "mac_kind")->text, "random");
	assert_string_equal(reader_cell(t, &t->rows[0], "host_name")->text, "ainos-phone");
	t = reader_table(&identities.reader, "addresses");
	assert_string_equal(reader_cell(t, &t->rows[0], "address")->text, "c000020a");
	t = reader_table(&identities.reader, "home");
	assert_string_equal(reader_cell(t, &t->rows[0], "networks")->text, "192.0.2.0/24 2001:db8:1::/64");
	stream_keyframe(&identities, 3000);
	stream_close(&overview);
	stream_close(&identities);
	household_free(&h);
}

static void test_nobody_reads(void **state)
{
	struct household h;
	struct stream s;
	struct ct_entry e = household_entry("192.0.2.10", 4000, "203.0.113.9", 443, IPPROTO_TCP, true);

	(void)state;
	household_make(&h, describe, 100, 100);
	stream_open(&s, model_topic_source(h.overview));
	stream_keyframe(&s, 1000);
	s.source.unfollow(s.source.data);
	household_new(&h, &e);
	household_end(&h, &e);
	household_new(&h, &e);
	assert_false(s.source.has_changes(s.source.data));
	/* The next one is a keyframe, and with it all is there. */
	s.sequence++;
	stream_keyframe(&s, 2000);
	assert_int_equal(reader_table(&s.reader, "conversations")->n_rows, 1);
	household_end(&h, &e);
	stream_delta(&s, 3000);
	assert_int_equal(reader_table(&s.reader, "conversations")->n_rows, 0);
	stream_close(&s);
	household_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_a_viewer_sees), cmocka_unit_test(test_sizes),
	    cmocka_unit_test(test_random_life),	       cmocka_unit_test(test_identities),
	    cmocka_unit_test(test_nobody_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
