/* SPDX-License-Identifier: MIT */
#include "session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ct_key.h"
#include "model.h"
#include "text.h"
#include "util.h"

#define LONGEST (10ull * 366 * 86400 * 1000) /* ms: nothing is older */

struct restoring {
	struct model *m;
	int64_t now;
	uint64_t unix_now;     /* ms; not before the saving: a clock may have been set back */
	struct device *device; /* the last one; NULL: nobody, or there was no room */
	uint64_t most_age, age;
	size_t max_connections;
	bool left_out; /* the device is */
	bool failed;
};

/* Milliseconds on the collector's clock. */
static int64_t time_of(const struct restoring *r, uint64_t unix_time)
{
	uint64_t ago = r->unix_now > unix_time ? r->unix_now - unix_time : 0;

	return r->now - (int64_t)(ago < LONGEST ? ago : LONGEST);
}

static void take_time(void *data, const struct session_time *time)
{
	struct restoring *r = data;
	struct session *s = &r->m->session;

	r->unix_now = clock_unix_ms();
	if (r->unix_now < time->saved)
		r->unix_now = time->saved;
	r->age = r->unix_now - time->saved;
	if (r->age > r->most_age)
		return;
	s->began = time_of(r, time->began);
	s->gap_from = time_of(r, time->saved);
	/* 0 says that there was none. */
	if (!s->gap_from)
		s->gap_from = -1;
}

static void take_secret(void *data, const struct siphash_secret *secret)
{
	struct restoring *r = data;

	r->m->session.secret = *secret;
}

static void take_device(void *data, const struct session_device *d)
{
	struct restoring *r = data;
	struct devices *devices = &r->m->devices;
	struct device *device;

	device = devices_restore(devices, d->has_mac ? d->mac : NULL, d->self, time_of(r, d->seen));
	r->device = device;
	r->left_out = device && wish_is_out(device->wish);
	/* It was saved before that was asked for. */
	if (r->left_out)
		traffic_add(&r->m->apart, &d->traffic);
	if (!device || r->left_out)
		return;
	traffic_add(&device->traffic, &d->traffic);
	device->had_traffic = traffic_moved(&device->traffic);
	device->total += d->total;
	device->unseen += d->unseen;
	device->active = time_of(r, d->active);
	if (d->looked_up && wish_is_chosen(device->wish))
		device_looked_up(devices, device, time_of(r, d->looked_up));
	if (d->hidden_dns)
		device_hides(devices, device, time_of(r, d->hidden_dns));
	if (d->clear_dns)
		device_asks_elsewhere(devices, device, time_of(r, d->clear_dns));
}

static void take_address(void *data, const struct address *address)
{
	struct restoring *r = data;

	if (r->device && !r->left_out)
		devices_restore_address(&r->m->devices, r->device, address);
}

static void take_sum(void *data, const struct session_sum *sum)
{
	struct restoring *r = data;
	struct shared *shared = &r->m->shared;
	struct network_facts network = {.asn = sum->asn};
	struct sum_facts facts = {.category = sum->category, .special = sum->special};
	const struct sum_amounts amounts = {
	    .traffic = sum->traffic,
	    .active = time_of(r, sum->active),
	    .seen = time_of(r, sum->seen),
	    .conversations = sum->conversations,
	    .total = sum->total,
	};

	if (r->left_out)
		return;
	memcpy(facts.country, sum->country, sizeof(facts.country));
	if (sum->whom == SESSION_WITH_COMPANY)
		facts.company = shared_take_company(shared, sum->text);
	/* It was kept before, where nobody was asked. */
	if (sum->whom == SESSION_WITH_NAME && !(r->device && !wish_is_chosen(r->device->wish)))
		facts.domain = sum->text;
	if (sum->whom == SESSION_WITH_NETWORK) {
		snprintf(network.name, sizeof(network.name), "%s", sum->text);
		facts.network = shared_take_network(shared, &network);
	}
	sums_add(&r->m->conversations.sums, r->device, &facts, &amounts);
	shared_drop_company(shared, facts.company);
	shared_drop_network(shared, facts.network);
}

static void take_connection(void *data, const struct session_connection *connection)
{
	struct restoring *r = data;
	struct session *s = &r->m->session;

	if (s->n_connections == r->max_connections) {
		size_t max = r->max_connections ? r->max_connections * 2 : 256;
		struct session_connection *more = reallocarray(s->connections, max, sizeof(*more));

		if (!more) {
			r->failed = true;
			return;
		}
		s->connections = more;
		r->max_connections = max;
	}
	s->connections[s->n_connections++] = *connection;
}

/* "quiet", or what is asked. */
static void take_play(struct room *room, const char *word)
{
	for (unsigned i = ROOM_PLAIN + 1; i < ROOM_GUESS; i++)
		if (!strcmp(word, room_kind_word((enum room_kind)i)))
			room_play(room, (enum room_kind)i, ROOM_NO_QUESTION);
	for (unsigned i = ROOM_NO_QUESTION + 1; i < ROOM_QUESTIONS; i++)
		if (!strcmp(word, room_question_word((enum room_question)i)))
			room_play(room, ROOM_GUESS, (enum room_question)i);
}

static void take_choice(struct room *room, const struct session_room *kept)
{
	struct text word = {kept->text, strlen(kept->text)};
	struct room_choice choice = {.votes = kept->at < UINT32_MAX ? (uint32_t)kept->at : UINT32_MAX};
	uint64_t from;

	if (room->question == ROOM_MOST && word.length)
		choice.company = shared_take_company(room->shared, kept->text);
	else if (room->question == ROOM_MOST || !text_take_number(&word, ROOM_FROM_MAX, &from))
		return;
	else
		choice.from = (uint32_t)from;
	room_add_choice(room, &choice);
	shared_drop_company(room->shared, choice.company);
}

/* What does not fit was put there by somebody else. */
static void take_room(void *data, const struct session_room *kept)
{
	struct restoring *r = data;
	struct room *room = &r->m->room;
	int64_t at = time_of(r, kept->at);
	size_t length = strlen(kept->text);
	struct company *company;

	switch (kept->note) {
	case SESSION_ROUND:
		if (length && length < ROOM_LABEL_MAX)
			room_begin_round(room, kept->text, at, kept->timer);
		return;
	case SESSION_PLAY:
		if (room->label[0])
			take_play(room, kept->text);
		return;
	case SESSION_CHOICE:
		if (room->kind == ROOM_GUESS)
			take_choice(room, kept);
		return;
	case SESSION_VOTED:
		/* in the first round of this run, which comes after the devices */
		if (r->device)
			r->device->voted = 1;
		return;
	case SESSION_FROZEN:
		return room_freeze(room, at);
	case SESSION_DEVICE:
		return room_spotlight(room, r->left_out ? NULL : r->device, NULL);
	case SESSION_COMPANY:
		company = length ? shared_take_company(&r->m->shared, kept->text) : NULL;
		room_spotlight(room, NULL, company);
		return shared_drop_company(&r->m->shared, company);
	case SESSION_VIEW:
		if (room_is_view(kept->text))
			room_show(room, kept->text);
		return;
	case SESSION_NAMES_LOCKED:
		return room_lock_names(room, true);
	case SESSION_MARK:
		if (length && length < ROOM_MARK_MAX)
			room_mark(room, kept->text, at);
		return;
	case SESSION_NOTES:
		return;
	}
}

static void take_apart(void *data, const struct traffic *bytes)
{
	struct restoring *r = data;

	traffic_add(&r->m->apart, bytes);
}

static int compare(const void *one, const void *other)
{
	const struct session_connection *a = one, *b = other;

	return a->key < b->key ? -1 : a->key > b->key;
}

int session_restore(struct model *m, const char *text, size_t length, uint64_t most_age)
{
	static const struct session_reader only_time = {.time = take_time, .secret = take_secret};
	static const struct session_reader all = {take_time, take_secret,     take_device, take_address,
						  take_sum,  take_connection, take_room,   take_apart};
	struct restoring r = {.m = m, .now = model_now(m), .most_age = most_age};
	struct session *s = &m->session;
	int error = session_file_read(text, length, &only_time, &r);

	if (error < 0)
		return error;
	if (r.age > r.most_age)
		return -ESTALE;
	session_file_read(text, length, &all, &r);
	if (s->n_connections)
		qsort(s->connections, s->n_connections, sizeof(*s->connections), compare);
	return r.failed ? -ENOMEM : 0;
}

const struct session_connection *session_take(struct session *s, const struct ct_connection *c)
{
	struct ct_key key;
	struct session_connection wanted, *found;

	if (!s->n_connections)
		return NULL;
	key = ct_key_of_connection(c);
	wanted.key = ct_key_hash(&key, &s->secret);
	found = bsearch(&wanted, s->connections, s->n_connections, sizeof(*found), compare);
	/* Fewer than before: somebody set its counters to zero, or it is another one. */
	if (!found || found->bytes[CT_ORIG] > c->bytes[CT_ORIG] ||
	    found->bytes[CT_REPLY] > c->bytes[CT_REPLY] || found->packets[CT_ORIG] > c->packets[CT_ORIG] ||
	    found->packets[CT_REPLY] > c->packets[CT_REPLY])
		return NULL;
	return found;
}

void session_forget(struct session *s)
{
	free(s->connections);
	s->connections = NULL;
	s->n_connections = 0;
}
