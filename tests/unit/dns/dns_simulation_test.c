/* SPDX-License-Identifier: MIT */
/*
 * A model of dnsmasq that knows the truth: many clients, names that are aliases of each other's targets,
 * questions under way in any order, answers from the cache, errors, and children that answer over TCP while
 * the parent goes on. Each message holds addresses that no other one has, so whatever is credited wrongly is
 * seen.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "dns_credit.h"
#include "util.h"

#define CLIENTS 50
#define SITES 40
#define TARGETS 6
#define NAMES (SITES + TARGETS)
#define PENDING 24
#define CHILDREN 3
#define ROUNDS 60000
#define PARENT 100

struct asker {
	unsigned client, port, serial;
};

/* A question that is under way, with those who wait for it. */
struct pending {
	bool used;
	unsigned name, n_askers;
	bool ipv6;
	struct asker askers[CLIENTS];
};

/* A child that answers one question over TCP, one line at a turn. */
struct child {
	unsigned pid, step;
	struct pending question;
	uint32_t message;
};

/* What a message told: addresses 10.x.y.z and 2001:db8::x carry its number. */
struct message {
	unsigned name;
	bool clients[CLIENTS];
};

static struct simulation {
	struct dns_credit *credit;
	bool extra;
	unsigned seed, serial, pids;
	uint64_t now;
	struct pending pending[PENDING];
	struct child children[CHILDREN];
	struct message *messages;
	uint32_t n_messages;
	uint64_t told, credited, nameless;
} sim;

static unsigned pick(unsigned n)
{
	sim.seed = sim.seed * 1664525 + 1013904223;
	return (sim.seed >> 8) % n;
}

static const char *name_of(unsigned name)
{
	static char text[2][32];
	static unsigned turn;
	char *t = text[turn++ % 2];

	snprintf(t, sizeof(text[0]), name < SITES ? "site%u.org" : "node%u.cdn.net",
		 name < SITES ? name : name - SITES);
	return t;
}

/* Every third site is an alias, some through two steps. */
static unsigned target_of(unsigned name)
{
	return name < SITES && name % 3 == 0 ? SITES + name % TARGETS : name;
}

static void say(unsigned pid, const struct asker *a, const char *text)
{
	struct dns_line line;
	char whole[512];

	if (sim.extra)
		snprintf(whole, sizeof(whole), "%u 192.168.0.%u/%u %s", a->serial, a->client, a->port, text);
	else
		snprintf(whole, sizeof(whole), "%s", text);
	dns_line_parse(&line, whole, strlen(whole));
	assert_int_not_equal(line.kind, DNS_LINE_BROKEN);
	assert_int_not_equal(line.kind, DNS_LINE_OTHER);
	dns_credit_take(sim.credit, &line, pid, sim.now, 0);
}

static void say_query(unsigned pid, const struct asker *a, unsigned name, bool ipv6)
{
	char text[128];

	snprintf(text, sizeof(text), "query[%s] %s from 192.168.0.%u", ipv6 ? "AAAA" : "A", name_of(name),
		 a->client);
	say(pid, a, text);
}

static void say_forwarded(unsigned pid, const struct asker *a, unsigned name)
{
	char text[128];

	snprintf(text, sizeof(text), "forwarded %s to 192.0.2.1", name_of(name));
	say(pid, a, text);
}

static void say_address(unsigned pid, const struct asker *a, const char *source, unsigned name, bool ipv6,
			uint32_t message, unsigned last)
{
	char text[128];

	if (ipv6)
		snprintf(text, sizeof(text), "%s %s is 2001:db8::%x:%x:%x", source, name_of(name),
			 message >> 16, message & 0xffff, last);
	else
		snprintf(text, sizeof(text), "%s %s is %u.%u.%u.%u", source, name_of(name),
			 20 + (message >> 16), message >> 8 & 255, message & 255, last);
	say(pid, a, text);
}

static void say_alias(unsigned pid, const struct asker *a, const char *source, unsigned name)
{
	char text[128];

	snprintf(text, sizeof(text), "%s %s is <CNAME>", source, name_of(name));
	say(pid, a, text);
}

static uint32_t begin_message(const struct pending *p)
{
	struct message *m = &sim.messages[sim.n_messages];

	m->name = p->name;
	for (unsigned i = 0; i < p->n_askers; i++)
		m->clients[p->askers[i].client] = true;
	sim.told += p->n_askers * 2;
	return sim.n_messages++;
}

static void say_message(unsigned pid, const struct pending *p, const char *source)
{
	unsigned target = target_of(p->name);
	uint32_t message = begin_message(p);

	if (target != p->name)
		say_alias(pid, &p->askers[0], source, p->name);
	for (unsigned i = 1; i <= 2; i++)
		say_address(pid, &p->askers[0], source, target, p->ipv6, message, i);
	for (unsigned i = 1; sim.extra && i < p->n_askers; i++)
		say(pid, &p->askers[i], "reply query is duplicate");
}

static struct asker new_asker(void)
{
	return (struct asker){1 + pick(CLIENTS - 1), 1024 + pick(60000), ++sim.serial};
}

static void add_asker(struct pending *p, const struct asker *a)
{
	for (unsigned i = 0; i < p->n_askers; i++)
		if (p->askers[i].client == a->client)
			return;
	p->askers[p->n_askers++] = *a;
}

/* A client asks: the cache answers, or the question waits with others, or goes upstream. */
static void ask(void)
{
	struct pending new = {.used = true, .name = pick(NAMES), .ipv6 = pick(3) == 0, .n_askers = 1},
		       *free = NULL;
	struct asker a = new_asker();

	new.askers[0] = a;
	for (unsigned i = 0; i < PENDING; i++) {
		struct pending *p = &sim.pending[i];

		if (!p->used) {
			free = p;
		} else if (p->name == new.name && p->ipv6 == new.ipv6) {
			bool again = false;

			for (unsigned n = 0; n < p->n_askers; n++)
				again |= p->askers[n].client == a.client;
			if (again)
				return; /* a retry is another story: dnsmasq forwards it */
			say_query(PARENT, &a, new.name, new.ipv6);
			add_asker(p, &a);
			return;
		}
	}
	say_query(PARENT, &a, new.name, new.ipv6);
	if (!free || pick(4) == 0) {
		say_message(PARENT, &new, "cached");
		return;
	}
	say_forwarded(PARENT, &a, new.name);
	*free = new;
}

/* An answer comes, or an error, or none. */
static void answer(void)
{
	struct pending *p = &sim.pending[pick(PENDING)];

	if (!p->used)
		return;
	p->used = false;
	switch (pick(12)) {
	case 0:
		say(PARENT, &p->askers[0], "reply error is SERVFAIL");
		return;
	case 1:
		return;
	default:
		say_message(PARENT, p, "reply");
	}
}

/* One line of a child, between those of the parent. */
static void step_child(struct child *c)
{
	struct pending *p = &c->question;
	unsigned target = target_of(p->name);

	switch (c->step++) {
	case 0:
		c->pid = PARENT + 1 + sim.pids++ % 50;
		*p = (struct pending){.name = pick(NAMES), .ipv6 = pick(3) == 0, .n_askers = 1};
		p->askers[0] = new_asker();
		say_query(c->pid, &p->askers[0], p->name, p->ipv6);
		return;
	case 1:
		say_forwarded(c->pid, &p->askers[0], p->name);
		return;
	case 2:
		c->message = begin_message(p);
		if (target != p->name)
			say_alias(c->pid, &p->askers[0], "reply", p->name);
		return;
	case 3:
	case 4:
		say_address(c->pid, &p->askers[0], "reply", target, p->ipv6, c->message, c->step - 3);
		return;
	default:
		c->step = 0;
	}
}

static void check(void *data, const struct dns_event *event)
{
	const uint8_t *b = event->address.bytes;
	const struct message *m;
	uint32_t number;

	(void)data;
	if (event->kind != DNS_ADDRESS)
		return;
	if (address_is_ipv4(&event->address))
		number = (uint32_t)(b[12] - 20) << 16 | (uint32_t)b[13] << 8 | b[14];
	else
		number = (uint32_t)b[10] << 24 | (uint32_t)b[11] << 16 | (uint32_t)b[12] << 8 | b[13];
	assert_true(number < sim.n_messages);
	m = &sim.messages[number];
	if (!event->has_client) {
		sim.nameless++;
		assert_true(!strcmp(event->name, name_of(m->name)) ||
			    !strcmp(event->name, name_of(target_of(m->name))));
		return;
	}
	sim.credited++;
	assert_string_equal(event->name, name_of(m->name));
	assert_int_equal(event->client.bytes[14], 0);
	assert_true(m->clients[event->client.bytes[15]]);
}

/* The share of what the clients were told that was credited to them. Whatever is credited is right. */
static double run(bool extra, unsigned seed)
{
	double share;

	sim = (struct simulation){.extra = extra, .seed = seed, .now = 1795415854000u};
	sim.messages = calloc(ROUNDS + 1, sizeof(*sim.messages));
	assert_non_null(sim.messages);
	assert_int_equal(dns_credit_new(&sim.credit, 4096, check, NULL), 0);
	for (unsigned i = 0; i < ROUNDS; i++) {
		sim.now += pick(4);
		switch (pick(5)) {
		case 0:
		case 1:
			ask();
			break;
		case 2:
			step_child(&sim.children[pick(CHILDREN)]);
			break;
		default:
			answer();
		}
	}
	dns_credit_free(sim.credit);
	free(sim.messages);
	share = (double)sim.credited / (double)sim.told;
	print_message("%s, seed %u: %.2f %% of %llu, %llu without a client\n", extra ? "extra" : "plain",
		      seed, 100 * share, (unsigned long long)sim.told, (unsigned long long)sim.nameless);
	return share;
}

static void test_extra(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 4; seed++)
		/* all but the last lines of children that were under way */
		assert_true(run(true, seed) > 0.999);
}

static void test_plain(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 4; seed++)
		assert_true(run(false, seed) > 0.9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_extra),
	    cmocka_unit_test(test_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
