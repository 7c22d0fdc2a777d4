/* SPDX-License-Identifier: MIT */
#include "traffic.h"

#include <stdio.h>
#include <stdlib.h>

#include "util.h"

#define CLIENTS 50
#define NAMES 2000
#define UNDER_WAY 20

struct question {
	unsigned client, port, serial, name, step;
};

struct traffic {
	bool extra;
	unsigned seed, serial, last;
	struct question questions[UNDER_WAY];
};

struct traffic *traffic_new(bool extra)
{
	struct traffic *t = calloc(1, sizeof(*t));

	if (!t)
		abort();
	t->extra = extra;
	t->seed = 7;
	return t;
}

struct traffic *traffic_free(struct traffic *t)
{
	free(t);
	return NULL;
}

static unsigned pick(struct traffic *t, unsigned n)
{
	t->seed = t->seed * 1664525 + 1013904223;
	return (t->seed >> 8) % n;
}

static void begin(struct traffic *t, struct question *q)
{
	*q = (struct question){pick(t, CLIENTS) + 10, pick(t, 60000) + 1024, ++t->serial, pick(t, NAMES), 0};
	/* some names are asked for much more than others */
	if (pick(t, 2))
		q->name %= 50;
}

/* The steps of one question; the next line is one of its own while its message goes on. */
static int message(const struct question *q, char *to, size_t room)
{
	bool cached = q->name % 3 == 0, alias = q->name % 2 == 0;
	const char *source = cached ? "cached" : "reply";
	char name[64], target[64];

	snprintf(name, sizeof(name), "www%u.some-shop-%u.example.com", q->name % 10, q->name);
	snprintf(target, sizeof(target), "edge-%u.cdn.example.net", q->name % 40);
	switch (q->step) {
	case 0:
		return snprintf(to, room, "query[A] %s from 192.168.1.%u", name, q->client);
	case 1:
		return snprintf(to, room, "forwarded %s to 192.0.2.53", name);
	case 2:
		return snprintf(to, room, "%s %s is <CNAME>", source, name);
	default:
		return snprintf(to, room, "%s %s is 203.%u.%u.%u", source, alias ? target : name, q->step,
				q->name / 250, q->name % 250);
	}
}

size_t traffic_next(struct traffic *t, char line[TRAFFIC_LINE_MAX])
{
	struct question *q = &t->questions[t->last];
	int used = 0;

	/* what is answered from the cache, and one message, stay together */
	if (!q->serial || q->step >= 5 || (q->step == 2 && q->name % 3))
		q = &t->questions[t->last = pick(t, UNDER_WAY)];
	if (!q->serial || q->step >= 5)
		begin(t, q);
	if (q->step == 1 && q->name % 3 == 0)
		q->step = 2;
	if (q->step == 2 && q->name % 2)
		q->step = 3;
	if (t->extra)
		used = snprintf(line, TRAFFIC_LINE_MAX, "%u 192.168.1.%u/%u ", q->serial, q->client, q->port);
	used += message(q, line + used, TRAFFIC_LINE_MAX - (size_t)used);
	q->step++;
	return (size_t)used;
}
