/* SPDX-License-Identifier: MIT */
#include "dns_question.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* dnsmasq gives up after 10 s, or 40 when it tries again. With a serial number a late answer finds its
 * question; without one the client may have asked again in the meantime, or gone. */
#define WAIT_MS 20000
#define WAIT_SERIAL_MS 60000
#define LOOKED_AT 512 /* questions in one list: more than a home has clients that ask for one name */

int question_table_init(struct question_table *t, size_t max)
{
	size_t buckets = 16;

	while (buckets < max)
		buckets *= 2;
	*t = (struct question_table){.max = max, .mask = buckets - 1};
	TAILQ_INIT(&t->waiting);
	TAILQ_INIT(&t->settled);
	t->pool = calloc(max, sizeof(*t->pool));
	t->names = calloc(buckets, sizeof(*t->names));
	t->serials = calloc(buckets, sizeof(*t->serials));
	if (!t->pool || !t->names || !t->serials) {
		question_table_done(t);
		return -ENOMEM;
	}
	/* names come from outside: whoever chooses them must not know where they land */
	if (getrandom(&t->seed, sizeof(t->seed), GRND_NONBLOCK) < 0)
		t->seed = (uintptr_t)t->pool;
	return 0;
}

void question_table_done(struct question_table *t)
{
	free(t->pool);
	free(t->names);
	free(t->serials);
	*t = (struct question_table){};
}

static uint32_t fold(uint64_t h)
{
	h ^= h >> 29;
	h *= 0xbf58476d1ce4e5b9u;
	return (uint32_t)(h >> 32);
}

uint32_t question_hash(const struct question_table *t, const char *name, size_t length)
{
	uint64_t h = t->seed ^ length;

	/* eight bytes a step, each mixed by a multiplication and a turn */
	for (; length >= 8; name += 8, length -= 8) {
		uint64_t word;

		memcpy(&word, name, 8);
		h = (h ^ word) * 0x9e3779b97f4a7c15u;
		h ^= h >> 32;
	}
	for (; length; name++, length--)
		h = (h ^ (uint8_t)*name) * 0x9e3779b97f4a7c15u;
	return fold(h);
}

static uint32_t hash_serial(const struct question_table *t, const struct dns_line *line)
{
	uint64_t high, low;

	memcpy(&high, line->client.bytes, 8);
	memcpy(&low, line->client.bytes + 8, 8);
	return fold(((t->seed ^ high) * 0x9e3779b97f4a7c15u ^ low) * 0x9e3779b97f4a7c15u ^
		    ((uint64_t)line->serial << 16 | line->port));
}

bool question_is_fresh(const struct question *q, uint64_t when)
{
	return when < q->asked + (q->has_serial ? WAIT_SERIAL_MS : WAIT_MS);
}

bool question_has_name(const struct question *q, uint32_t hash, const char *name, size_t length)
{
	return q->hash == hash && q->name_length == length && !memcmp(q->name, name, length);
}

bool question_asks_family(const struct question *q, uint8_t family)
{
	return !family || q->type == DNS_TYPE_ANY || q->type == (family == 4 ? DNS_TYPE_A : DNS_TYPE_AAAA);
}

struct question *question_first(const struct question_table *t, uint32_t hash, unsigned *left)
{
	*left = LOOKED_AT;
	return LIST_FIRST(&t->names[hash & t->mask]);
}

struct question *question_next(const struct question *q, unsigned *left)
{
	return --*left ? LIST_NEXT(q, by_name) : NULL;
}

static struct question *find_serial(struct question_table *t, const struct dns_line *line, uint32_t hash)
{
	struct question *q;
	unsigned left = LOOKED_AT;

	LIST_FOREACH(q, &t->serials[hash & t->mask], by_serial)
	{
		if (q->serial_hash == hash && q->serial == line->serial && q->port == line->port &&
		    address_equal(&q->client, &line->client))
			return q;
		if (!--left)
			break;
	}
	return NULL;
}

struct question *question_of_serial(struct question_table *t, const struct dns_line *line, uint64_t when)
{
	struct question *q = find_serial(t, line, hash_serial(t, line));

	return q && question_is_fresh(q, when) ? q : NULL;
}

static struct question *find_earlier(struct question_table *t, const struct dns_line *line, uint32_t hash,
				     uint32_t pid)
{
	unsigned left;

	if (line->has_serial) {
		struct question *q = find_serial(t, line, hash_serial(t, line));

		if (q)
			return q;
	}
	for (struct question *q = question_first(t, hash, &left); q; q = question_next(q, &left))
		if (question_has_name(q, hash, line->name, line->name_length) && q->type == line->type &&
		    (line->has_serial ? q->answer != 0 : !q->has_serial && q->pid == pid) &&
		    address_equal(&q->client, &line->client))
			return q;
	return NULL;
}

static void leave(struct question_table *t, struct question *q)
{
	LIST_REMOVE(q, by_name);
	if (q->has_serial)
		LIST_REMOVE(q, by_serial);
	if (q->answer)
		TAILQ_REMOVE(&t->settled, q, by_age);
	else
		TAILQ_REMOVE(&t->waiting, q, by_age);
}

static struct question *make_room(struct question_table *t)
{
	struct question *q;

	if (t->used < t->max)
		return &t->pool[t->used++];
	q = TAILQ_FIRST(&t->settled);
	if (!q)
		q = TAILQ_FIRST(&t->waiting);
	leave(t, q);
	return q;
}

struct question *question_add(struct question_table *t, const struct dns_line *line, uint32_t hash,
			      uint32_t pid, uint64_t when)
{
	struct question *q = find_earlier(t, line, hash, pid);
	/* asked again, it waits with the first */
	bool forwarded = q && q->forwarded && !q->answer && q->hash == hash;

	if (q)
		leave(t, q);
	else
		q = make_room(t);
	q->asked = when;
	q->settled = 0;
	q->answer = 0;
	q->forwarded = forwarded;
	q->client = line->client;
	q->hash = hash;
	q->serial = line->serial;
	q->pid = pid;
	q->id = ++t->last_id;
	q->port = line->port;
	q->has_serial = line->has_serial;
	q->exact = line->exact;
	q->type = (uint8_t)line->type;
	q->result = DNS_RESULT_UNKNOWN;
	q->name_length = line->name_length;
	memcpy(q->name, line->name, (size_t)line->name_length + 1);
	LIST_INSERT_HEAD(&t->names[hash & t->mask], q, by_name);
	if (q->has_serial) {
		q->serial_hash = hash_serial(t, line);
		LIST_INSERT_HEAD(&t->serials[q->serial_hash & t->mask], q, by_serial);
	}
	TAILQ_INSERT_TAIL(&t->waiting, q, by_age);
	return q;
}

void question_settle(struct question_table *t, struct question *q, uint64_t answer, uint64_t when)
{
	if (q->answer)
		return;
	TAILQ_REMOVE(&t->waiting, q, by_age);
	TAILQ_INSERT_TAIL(&t->settled, q, by_age);
	q->answer = answer;
	q->settled = when;
}
