/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "broadcaster_private.h"
#include "metrics.h"
#include "page.h"
#include "util.h"

void broadcaster_write_metrics(void *data, bool home, FILE *out)
{
	struct broadcaster *b = data;
	struct metrics m = {
	    .viewers = &b->viewers,
	    .http = &b->http.stats,
	    .turns = &b->turns,
	    .now_ms = clock_ms(),
	    .page_build = page_build,
	};

	m.commands = errands_stats(relay_errands(b->relay));
	m.topics = relay_topics(b->relay, &m.n_topics);
	if (home)
		m.sites = relay_counts(b->relay, &m.n_sites);
	m.redis_connected = relay_connected(b->relay, &m.redis_connects);
	server_stats(b->server, &m.server);
	metrics_write(out, &m);
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
