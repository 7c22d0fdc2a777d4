/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ct_key.h"
#include "model.h"
#include "text.h"
#include "util.h"

/* Whom a device talked with, as it is now: what the facts name is referred to until the snapshot is freed. */
struct part {
	uint32_t device;   /* its place in devices, 0: nobody's */
	struct name *name; /* that facts.domain is of, or NULL */
	struct sum_facts facts;
	struct sum_amounts amounts;
};

struct kept_device {
	struct session_device device;
	struct address addresses[DEVICE_ADDRESSES_MAX];
	uint32_t n_addresses, voted;
};

struct session_snapshot {
	struct session_time time;
	struct siphash_secret secret;
	struct traffic apart;
	uint64_t unix_base; /* Unix time in ms at 0 of the collector's clock */
	struct kept_device *devices;
	struct part *parts;
	struct session_connection *connections;
	size_t n_devices, n_parts, n_connections;
	struct session_room room[SESSION_NOTES + ROOM_CHOICES_MAX + ROOM_MARKS];
	size_t n_room;
	uint32_t vote;	    /* the number of the round in which there is one, or 0 */
	uint32_t spotlight; /* the device's place in devices, from 1 on; 0: none is in it */
};

static uint64_t unix_time(const struct session_snapshot *s, int64_t clock)
{
	int64_t at = (int64_t)s->unix_base + clock;

	return at > 0 ? (uint64_t)at : 0;
}

static void keep_device(struct session_snapshot *s, struct device *d)
{
	struct kept_device *k = &s->devices[s->n_devices++];

	d->snapshot = (uint32_t)s->n_devices;
	k->voted = d->voted;
	k->device = (struct session_device){
	    .has_mac = d->has_mac,
	    .self = d->self,
	    .traffic = d->traffic,
	    .total = d->total,
	    .unseen = d->unseen,
	    .seen = unix_time(s, d->seen),
	    .active = unix_time(s, d->active),
	    .looked_up = d->has_looked_up ? unix_time(s, d->looked_up) : 0,
	    .hidden_dns = d->hidden_dns ? unix_time(s, d->hidden_dns) : 0,
	    .clear_dns = d->clear_dns ? unix_time(s, d->clear_dns) : 0,
	};
	memcpy(k->device.mac, d->mac, sizeof(d->mac));
	for (const struct device_address *a = d->addresses; a && k->n_addresses < DEVICE_ADDRESSES_MAX;
	     a = a->next)
		k->addresses[k->n_addresses++] = a->address;
}

static void keep_sums(struct session_snapshot *s, const struct row_table *sums)
{
	ROW_TABLE_FOR_EACH(r, sums)
	{
		const struct sum *sum = SUM_OF(r);

		s->parts[s->n_parts++] = (struct part){
		    .device = sum->device ? sum->device->snapshot : 0,
		    .name = name_share(sum->name),
		    .facts = sum->facts,
		    .amounts = sum->amounts,
		};
	}
}

/* The connections that are alive count again after a restart, and with them a conversation that has one. */
static void leave_alive_out(struct session_snapshot *s, const struct conversation *c,
			    struct sum_amounts *amounts)
{
	uint32_t alive = 0;

	for (size_t i = 0; i < PHASES; i++)
		alive += c->phases[i];
	if (!alive)
		return;
	amounts->conversations--;
	amounts->total -= alive < amounts->total ? alive : amounts->total;
	s->devices[c->device->snapshot - 1].device.total--;
	if (c->unseen)
		s->devices[c->device->snapshot - 1].device.unseen--;
}

static void keep_conversations(struct session_snapshot *s, const struct row_table *conversations)
{
	ROW_TABLE_FOR_EACH(r, conversations)
	{
		const struct conversation *c = CONTAINER_OF(r, struct conversation, row);
		struct part *p = &s->parts[s->n_parts++];

		p->device = c->device->snapshot;
		conversation_summary(c, &p->facts, &p->amounts);
		leave_alive_out(s, c, &p->amounts);
		if (p->facts.domain)
			p->name = name_share(c->name);
	}
}

static void refer(struct session_snapshot *s)
{
	for (size_t i = 0; i < s->n_parts; i++) {
		const struct sum_facts *f = &s->parts[i].facts;

		if (f->company)
			f->company->references++;
		if (f->network)
			f->network->references++;
	}
}

static void keep_connections(struct session_snapshot *s, const struct model *m, const struct ct_table *table)
{
	for (uint32_t at = 1; at <= ct_table_positions(table); at++) {
		const struct ct_connection *c = ct_table_at(table, at);
		struct session_connection *k;
		struct ct_key key;

		if (!c || !model_counts(m, c))
			continue;
		k = &s->connections[s->n_connections++];
		key = ct_key_of_connection(c);
		k->key = ct_key_hash(&key, &s->secret);
		memcpy(k->bytes, c->bytes, sizeof(k->bytes));
		memcpy(k->packets, c->packets, sizeof(k->packets));
	}
}

static void keep_note(struct session_snapshot *s, enum session_note note, uint64_t at, uint64_t timer,
		      const char *text)
{
	struct session_room *r = &s->room[s->n_room++];

	*r = (struct session_room){.note = note, .at = at, .timer = timer};
	/* A company's name may be longer than what is read again. */
	text_copy(r->text, sizeof(r->text), text, strlen(text));
}

static void keep_play(struct session_snapshot *s, const struct room *r)
{
	char from[ROOM_FROM_TEXT_MAX];

	if (r->kind == ROOM_PLAIN)
		return;
	keep_note(s, SESSION_PLAY, 0, 0,
		  r->kind == ROOM_GUESS ? room_question_word(r->question) : room_kind_word(r->kind));
	for (unsigned i = 0; i < r->n_choices; i++)
		keep_note(s, SESSION_CHOICE, r->choices[i].votes, 0, room_choice_text(&r->choices[i], from));
}

static void keep_room(struct session_snapshot *s, const struct room *r)
{
	const struct room_mark *mark;

	if (r->label[0])
		keep_note(s, SESSION_ROUND, unix_time(s, r->since), r->timer, r->label);
	keep_play(s, r);
	s->vote = r->n_choices ? r->number : 0;
	if (r->is_frozen)
		keep_note(s, SESSION_FROZEN, unix_time(s, r->frozen), 0, "");
	if (r->company)
		keep_note(s, SESSION_COMPANY, 0, 0, r->company->name);
	if (r->view[0])
		keep_note(s, SESSION_VIEW, 0, 0, r->view);
	if (r->names_locked)
		keep_note(s, SESSION_NAMES_LOCKED, 0, 0, "");
	for (unsigned i = 0; (mark = room_mark_at(r, i)); i++)
		keep_note(s, SESSION_MARK, unix_time(s, mark->at), 0, mark->text);
	s->spotlight = r->device ? r->device->snapshot : 0;
}

int session_snapshot_new(struct session_snapshot **ret, const struct model *m, const struct ct_table *table)
{
	const struct conversations *c = &m->conversations;
	struct session_snapshot *s = calloc(1, sizeof(*s));
	int64_t now = model_now(m);

	if (!s)
		return -ENOMEM;
	s->devices = calloc(m->devices.table.count + 1, sizeof(*s->devices));
	s->parts = calloc(c->table.count + c->sums.table.count + 1, sizeof(*s->parts));
	s->connections =
	    calloc((size_t)m->shown + m->left_out[SELECTION_APART] + m->left_out[SELECTION_UNKNOWN] + 1,
		   sizeof(*s->connections));
	if (!s->devices || !s->parts || !s->connections) {
		session_snapshot_free(s, NULL);
		return -ENOMEM;
	}
	siphash_make_secret(&s->secret);
	s->time.saved = clock_unix_ms();
	s->unix_base = s->time.saved - (uint64_t)now;
	s->time.began = unix_time(s, m->session.began);
	s->apart = m->apart;
	/* Not those that are left out. */
	ROW_TABLE_FOR_EACH(r, &m->devices.table)
	keep_device(s, DEVICE_OF(r));
	keep_sums(s, &c->sums.table);
	keep_conversations(s, &c->table);
	refer(s);
	keep_connections(s, m, table);
	keep_room(s, &m->room);
	*ret = s;
	return 0;
}

struct session_snapshot *session_snapshot_free(struct session_snapshot *s, struct model *m)
{
	if (!s)
		return NULL;
	for (size_t i = 0; i < s->n_parts; i++) {
		shared_drop_company(&m->shared, s->parts[i].facts.company);
		shared_drop_network(&m->shared, s->parts[i].facts.network);
		names_drop(&m->names, s->parts[i].name);
	}
	free(s->devices);
	free(s->parts);
	free(s->connections);
	free(s);
	return NULL;
}

/* By device, and then so that those which are one stand together. */
static int compare_parts(const void *one, const void *other)
{
	const struct part *a = one, *b = other;

	if (a->device != b->device)
		return a->device < b->device ? -1 : 1;
	return sum_facts_compare(&a->facts, &b->facts);
}

static size_t write_sum(FILE *f, const struct session_snapshot *s, const struct part *p,
			const struct sum_amounts *amounts)
{
	struct session_sum sum = {
	    .traffic = amounts->traffic,
	    .conversations = amounts->conversations,
	    .total = amounts->total,
	    .seen = unix_time(s, amounts->seen),
	    .active = unix_time(s, amounts->active),
	    .category = p->facts.category,
	    .special = p->facts.special,
	};

	memcpy(sum.country, p->facts.country, sizeof(sum.country));
	if (p->facts.company) {
		sum.whom = SESSION_WITH_COMPANY;
		sum.text = p->facts.company->name;
	} else if (p->facts.domain) {
		sum.whom = SESSION_WITH_NAME;
		sum.text = p->facts.domain;
	} else if (p->facts.network) {
		sum.whom = SESSION_WITH_NETWORK;
		sum.asn = p->facts.network->asn;
		sum.text = p->facts.network->name;
	}
	session_file_sum(f, &sum);
	return 1;
}

/* Those of one device; *at goes on to the next one's. */
static size_t write_sums(FILE *f, const struct session_snapshot *s, uint32_t device, size_t *at)
{
	size_t n = 0;

	while (*at < s->n_parts && s->parts[*at].device == device) {
		const struct part *p = &s->parts[*at];
		struct sum_amounts amounts = p->amounts;

		while (++*at < s->n_parts && !compare_parts(p, &s->parts[*at]))
			sum_amounts_add(&amounts, &s->parts[*at].amounts);
		/* All of it is alive, and has moved nothing yet. */
		if (!amounts.total && !amounts.conversations && !traffic_moved(&amounts.traffic))
			continue;
		n += write_sum(f, s, p, &amounts);
	}
	return n;
}

static size_t write_device(FILE *f, const struct kept_device *k, bool in_the_spotlight, bool has_voted)
{
	static const struct session_room spotlight = {.note = SESSION_DEVICE},
					 voted = {.note = SESSION_VOTED};

	session_file_device(f, &k->device);
	/* The oldest first, as they came. */
	for (uint32_t i = k->n_addresses; i > 0; i--)
		session_file_address(f, &k->addresses[i - 1]);
	if (in_the_spotlight)
		session_file_room(f, &spotlight);
	if (has_voted)
		session_file_room(f, &voted);
	return 1 + k->n_addresses + in_the_spotlight + has_voted;
}

int session_snapshot_write(struct session_snapshot *s, char **ret, size_t *ret_length)
{
	FILE *f = open_memstream(ret, ret_length);
	size_t n = 2, at = 0;
	bool failed, apart = s->apart.up_bytes || s->apart.down_bytes;

	if (!f)
		return -ENOMEM;
	qsort(s->parts, s->n_parts, sizeof(*s->parts), compare_parts);
	session_file_head(f, &s->time, &s->secret);
	n += write_sums(f, s, 0, &at);
	for (size_t i = 0; i < s->n_devices; i++) {
		n += write_device(f, &s->devices[i], s->spotlight == i + 1,
				  s->vote && s->devices[i].voted == s->vote);
		n += write_sums(f, s, (uint32_t)i + 1, &at);
	}
	for (size_t i = 0; i < s->n_connections; i++)
		session_file_connection(f, &s->connections[i]);
	for (size_t i = 0; i < s->n_room; i++)
		session_file_room(f, &s->room[i]);
	if (apart)
		session_file_apart(f, &s->apart);
	session_file_end(f, n + s->n_connections + s->n_room + apart);
	failed = ferror(f);
	if (fclose(f) < 0 || failed) {
		free(*ret);
		return -ENOMEM;
	}
	return 0;
}
