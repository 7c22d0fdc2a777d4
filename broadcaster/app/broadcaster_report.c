/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>

#include "broadcaster_private.h"
#include "metrics.h"
#include "page.h"
#include "util.h"

/* Those that the role may watch, or all where it is NULL; to be freed; NULL: no memory. */
static struct relay_topic **topics_for(const struct broadcaster *b, const enum role *role, size_t *ret_n)
{
	size_t n_all, n = 0;
	struct relay_topic *const *all = relay_topics(b->relay, &n_all);
	struct relay_topic **topics = calloc(n_all, sizeof(struct relay_topic *));

	for (size_t i = 0; topics && i < n_all; i++)
		if (!role || topic_rules_allow(&b->topics, all[i]->name, *role))
			topics[n++] = all[i];
	*ret_n = n;
	return topics;
}

void broadcaster_write_metrics(void *data, bool home, const enum role *role, FILE *out)
{
	struct broadcaster *b = data;
	struct relay_topic **topics;
	struct metrics m = {
	    .viewers = &b->viewers,
	    .http = &b->http.stats,
	    .signed_in = b->gate.n,
	    .links = b->links.n,
	    .ended = b->ended,
	    .turns = &b->turns,
	    .now_ms = clock_ms(),
	    .page_build = page_build,
	};

	m.commands = errands_stats(relay_errands(b->relay));
	m.topics = topics = topics_for(b, role, &m.n_topics);
	if (!topics)
		m.n_topics = 0;
	if (home)
		m.sites = relay_counts(b->relay, &m.n_sites);
	m.redis_connected = relay_connected(b->relay, &m.redis_connects);
	server_stats(b->server, &m.server);
	metrics_write(out, &m);
	free(topics);
}

static void write_turn(FILE *out, const char *since, struct turn_worst w)
{
	fprintf(out, "\"%s\":{\"ms\":%.3f,\"of\":\"%s\"}", since, (double)w.us / 1000,
		loop_part_name((enum loop_part)w.part));
}

bool broadcaster_write_health(void *data, FILE *out)
{
	struct broadcaster *b = data;
	uint64_t now = clock_ms();
	bool connected = relay_connected(b->relay, NULL), healthy = connected;
	size_t n;
	struct relay_topic *const *topics = relay_topics(b->relay, &n);

	for (size_t i = 0; i < n; i++) {
		const struct relay_topic *t = topics[i];

		if (t->always && (!t->stats.last_ms || now - t->stats.last_ms > BROADCASTER_HEALTHY_AGE_MS))
			healthy = false;
	}
	fprintf(out, "{\"healthy\":%s,\"redis\":%s,\"viewers\":%zu,\"topics\":[", healthy ? "true" : "false",
		connected ? "true" : "false", b->viewers.n);
	for (size_t i = 0; i < n; i++) {
		const struct relay_topic *t = topics[i];

		fprintf(out,
			"%s{\"site\":\"%s\",\"topic\":\"%s\",\"subscribed\":%s,\"unlisted\":%" PRIu32
			",\"age_ms\":",
			i ? "," : "", t->site, t->name, t->subscribed ? "true" : "false", t->stats.unlisted);
		if (t->stats.last_ms)
			fprintf(out, "%" PRIu64 "}", now - t->stats.last_ms);
		else
			fputs("null}", out);
	}
	fputs("],\"longest_turn\":{", out);
	write_turn(out, "minute", turn_record_minute(&b->turns.meter.whole, now * 1000));
	putc(',', out);
	write_turn(out, "start", b->turns.meter.whole.ever);
	fputs("}}\n", out);
	return healthy;
}
