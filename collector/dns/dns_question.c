/* SPDX-License-Identifier: MIT */
#include "dns_question.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "map.h"
#include "util.h"

/* dnsmasq gives up after 10 s, or 40 when it tries again. With a serial number a late answer finds its
 * question; without one the client may have asked again in the meantime, or gone. */
#define WAIT_MS 20000
#define WAIT_SERIAL_MS 60000
#define BY_NAME(link) CONTAINER_OF(link, struct question, by_name)
#define BY_AGE(link) CONTAINER_OF(link, struct question, by_age)
#define LOOKED_AT 512 /* questions in one list: more than a home has clients that ask for one name */

int question_table_init(struct question_table *t, size_t max)
{
	size_t buckets = 16;

	while (buckets < max)
		buckets *= 2;
	*t = (struct question_table){.max = max, .mask = buckets - 1};
	chain_init(&t->waiting);
	chain_init(&t->settled);
	t->pool = calloc(max, sizeof(*t->pool));
	t->names = calloc(buckets, sizeof(*t->names));
	t->serials = calloc(buckets, sizeof(*t->serials));
	if (!t->pool || !t->names || !t->serials) {
		question_table_done(t);
		return -ENOMEM;
	}
	for (size_t i = 0; i < buckets; i++) {
		chain_init(&t->names[i]);
		chain_init(&t->serials[i]);
	}
	return 0;
}

void question_table_done(struct question_table *t)
{
	free(t->pool);
	free(t->names);
	free(t->serials);
	*t = (struct question_table){};
}

static uint32_t hash_serial(const struct dns_line *line)
{
	struct {
		struct address client;
		uint32_t serial, port;
	} key = {line->client, line->serial, line->port};

	_Static_assert(sizeof(key) == 24, "no padding");
	return map_hash(&key, sizeof(key));
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
	const struct chain *head = &t->names[hash & t->mask];

	*left = LOOKED_AT;
	return chain_is_empty(head) ? NULL : BY_NAME(head->previous);
}

struct question *question_next(const struct question_table *t, const struct question *q, unsigned *left)
{
	return --*left && q->by_name.previous != &t->names[q->hash & t->mask] ? BY_NAME(q->by_name.previous)
									      : NULL;
}

static struct question *find_serial(struct question_table *t, const struct dns_line *line, uint32_t hash)
{
	struct chain *head = &t->serials[hash & t->mask];
	unsigned left = LOOKED_AT;

	for (struct chain *link = head->previous; link != head && left; link = link->previous, left--) {
		struct question *q = CONTAINER_OF(link, struct question, by_serial);

		if (q->serial_hash == hash && q->serial == line->serial && q->port == line->port &&
		    address_equal(&q->client, &line->client))
			return q;
	}
	return NULL;
}

struct question *question_of_serial(struct question_table *t, const struct dns_line *line, uint64_t when)
{
	struct question *q = find_serial(t, line, hash_serial(line));

	return q && question_is_fresh(q, when) ? q : NULL;
}

static struct question *find_earlier(struct question_table *t, const struct dns_line *line, uint32_t hash,
				     uint32_t pid)
{
	unsigned left;

	if (line->has_serial) {
		struct question *q = find_serial(t, line, hash_serial(line));

		if (q)
			return q;
	}
	for (struct question *q = question_first(t, hash, &left); q; q = question_next(t, q, &left))
		if (question_has_name(q, hash, line->name, line->name_length) && q->type == line->type &&
		    (line->has_serial ? q->answer != 0 : !q->has_serial && q->pid == pid) &&
		    address_equal(&q->client, &line->client))
			return q;
	return NULL;
}

static void leave(struct question *q)
{
	chain_take(&q->by_name);
	if (q->has_serial)
		chain_take(&q->by_serial);
	chain_take(&q->by_age);
}

static struct question *make_room(struct question_table *t)
{
	struct question *q;

	if (t->used < t->max)
		return &t->pool[t->used++];
	q = BY_AGE(chain_is_empty(&t->settled) ? t->waiting.next : t->settled.next);
	leave(q);
	return q;
}

struct question *question_add(struct question_table *t, const struct dns_line *line, uint32_t hash,
			      uint32_t pid, uint64_t when)
{
	struct question *q = find_earlier(t, line, hash, pid);
	/* asked again, it waits with the first */
	bool forwarded = q && q->forwarded && !q->answer && q->hash == hash;

	if (q)
		leave(q);
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
	chain_append(&t->names[hash & t->mask], &q->by_name);
	if (q->has_serial) {
		q->serial_hash = hash_serial(line);
		chain_append(&t->serials[q->serial_hash & t->mask], &q->by_serial);
	}
	chain_append(&t->waiting, &q->by_age);
	return q;
}

void question_settle(struct question_table *t, struct question *q, uint64_t answer, uint64_t when)
{
	if (q->answer)
		return;
	chain_to_end(&t->settled, &q->by_age);
	q->answer = answer;
	q->settled = when;
}
