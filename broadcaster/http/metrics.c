/* SPDX-License-Identifier: MIT */
#include "metrics.h"

#include <inttypes.h>

static void head(FILE *out, const char *name, const char *type, const char *help)
{
	fprintf(out, "# HELP connvis_broadcaster_%s %s\n# TYPE connvis_broadcaster_%s %s\n", name, help, name,
		type);
}

static void number(FILE *out, const char *name, const char *type, uint64_t value, const char *help)
{
	head(out, name, type, help);
	fprintf(out, "connvis_broadcaster_%s %" PRIu64 "\n", name, value);
}

/* One line of a metric that each topic has. */
static void of_topic(FILE *out, const char *name, const struct relay_topic *t, const char *label,
		     const char *value, uint64_t n)
{
	fprintf(out, "connvis_broadcaster_%s{site=\"%s\",topic=\"%s\"", name, t->site, t->name);
	if (label)
		fprintf(out, ",%s=\"%s\"", label, value);
	fprintf(out, "} %" PRIu64 "\n", n);
}

static void write_frames(FILE *out, const struct metrics *m)
{
	head(out, "frames_received_total", "counter", "Frames taken from Redis.");
	for (size_t i = 0; i < m->n_topics; i++) {
		const struct relay_topic *t = m->topics[i];

		of_topic(out, "frames_received_total", t, "kind", "keyframe", t->stats.keyframes);
		of_topic(out, "frames_received_total", t, "kind", "delta", t->stats.deltas);
	}
	head(out, "frame_bytes_received_total", "counter", "Bytes of the frames taken from Redis.");
	for (size_t i = 0; i < m->n_topics; i++)
		of_topic(out, "frame_bytes_received_total", m->topics[i], NULL, NULL,
			 m->topics[i]->stats.bytes);
	head(out, "frames_dropped_total", "counter", "Messages from Redis that were not taken.");
	for (size_t i = 0; i < m->n_topics; i++)
		for (int reason = 1; reason < TOPIC_DROPS; reason++)
			of_topic(out, "frames_dropped_total", m->topics[i], "reason",
				 relay_topic_drop_name((enum relay_topic_drop)reason),
				 m->topics[i]->stats.drops[reason]);
}

static void write_commands(FILE *out, const struct errand_stats *c)
{
	number(out, "commands_done_total", "counter", c->done, "What viewers asked for and was done.");
	head(out, "commands_refused_total", "counter", "What viewers asked for and was refused, and why.");
	for (int i = 1; i < COMMAND_FAULTS; i++)
		fprintf(out, "connvis_broadcaster_commands_refused_total{reason=\"%s\"} %" PRIu64 "\n",
			command_fault_code((enum command_fault)i), c->refused[i]);
	fprintf(out, "connvis_broadcaster_commands_refused_total{reason=\"other\"} %" PRIu64 "\n",
		c->refused_otherwise);
	number(out, "answers_late_total", "counter", c->late,
	       "Answers of collectors that nobody waited for: too late, or twice.");
}

static void write_sign_ins(FILE *out, const struct metrics *m)
{
	head(out, "sign_ins_total", "counter", "Attempts to sign in, and what became of them.");
	for (int i = 0; i < SIGN_IN_RESULTS; i++)
		fprintf(out, "connvis_broadcaster_sign_ins_total{result=\"%s\"} %" PRIu64 "\n",
			sign_in_result_name((enum sign_in_result)i), m->http->sign_ins[i]);
	fprintf(out, "connvis_broadcaster_sign_ins_total{result=\"no-tls\"} %" PRIu64 "\n",
		m->http->sign_ins_in_clear);
	number(out, "signed_in", "gauge", m->signed_in, "Browsers that have signed in.");
	head(out, "signed_out_total", "counter", "Those that have not any more, and why.");
	for (int i = 0; i < GATE_ENDS; i++)
		fprintf(out, "connvis_broadcaster_signed_out_total{reason=\"%s\"} %" PRIu64 "\n",
			gate_end_name((enum gate_end)i), m->ended[i]);
}

static void write_links(FILE *out, const struct metrics *m)
{
	number(out, "links", "gauge", m->links, "Links by which others may watch.");
	number(out, "links_made_total", "counter", m->http->links_made, "Links that were made on the page.");
	number(out, "links_revoked_total", "counter", m->http->links_revoked,
	       "Links that were revoked on the page.");
	head(out, "link_uses_total", "counter", "Those who came by a link, and what became of them.");
	for (int i = 0; i < JOIN_LINKS_USES; i++)
		fprintf(out, "connvis_broadcaster_link_uses_total{result=\"%s\"} %" PRIu64 "\n",
			join_links_use_name((enum join_links_use)i), m->http->link_uses[i]);
}

static void write_logs(FILE *out, const struct metrics *m)
{
	struct topic_log_stats stats;

	head(out, "frames_delivered_total", "counter", "Frames sent to viewers.");
	for (size_t i = 0; i < m->n_topics; i++) {
		topic_log_stats(m->topics[i]->log, &stats);
		of_topic(out, "frames_delivered_total", m->topics[i], NULL, NULL, stats.delivered);
	}
	head(out, "jumps_total", "counter",
	     "Viewers who fell behind the log and were sent the newest keyframe.");
	for (size_t i = 0; i < m->n_topics; i++) {
		topic_log_stats(m->topics[i]->log, &stats);
		of_topic(out, "jumps_total", m->topics[i], NULL, NULL, stats.jumps);
	}
	head(out, "frames_abandoned_total", "counter", "Frames that were cut off for a newer keyframe.");
	for (size_t i = 0; i < m->n_topics; i++) {
		topic_log_stats(m->topics[i]->log, &stats);
		of_topic(out, "frames_abandoned_total", m->topics[i], NULL, NULL, stats.abandoned);
	}
	head(out, "log_bytes", "gauge", "Memory that holds frames.");
	for (size_t i = 0; i < m->n_topics; i++)
		of_topic(out, "log_bytes", m->topics[i], NULL, NULL, topic_log_memory(m->topics[i]->log));
	head(out, "watches", "gauge", "Viewers who watch the topic.");
	for (size_t i = 0; i < m->n_topics; i++)
		of_topic(out, "watches", m->topics[i], NULL, NULL, m->topics[i]->n_watches);
	head(out, "frame_age_seconds", "gauge", "Since the last frame of the topic was taken.");
	for (size_t i = 0; i < m->n_topics; i++)
		if (m->topics[i]->stats.last_ms)
			fprintf(out, "connvis_broadcaster_frame_age_seconds{site=\"%s\",topic=\"%s\"} %.3f\n",
				m->topics[i]->site, m->topics[i]->name,
				(double)(m->now_ms - m->topics[i]->stats.last_ms) / 1000);
}

static void longest_turn(FILE *out, const char *of, const struct turn_record *r, uint64_t now_ms)
{
	fprintf(out, "connvis_broadcaster_longest_turn_seconds{of=\"%s\",since=\"minute\"} %.6f\n", of,
		(double)turn_record_minute(r, now_ms * 1000).us / 1e6);
	fprintf(out, "connvis_broadcaster_longest_turn_seconds{of=\"%s\",since=\"start\"} %.6f\n", of,
		(double)r->ever.us / 1e6);
}

static void write_turns(FILE *out, const struct metrics *m)
{
	head(
	    out, "longest_turn_seconds", "gauge",
	    "The longest that everything else had to wait for one turn of the loop (of=\"all\"), and for a part of it.");
	longest_turn(out, "all", &m->turns->meter.whole, m->now_ms);
	for (int i = 0; i < LOOP_PARTS; i++)
		longest_turn(out, loop_part_name((enum loop_part)i), &m->turns->meter.parts[i], m->now_ms);
}

void metrics_write(FILE *out, const struct metrics *m)
{
	const struct viewer_stats *v = &m->viewers->stats;

	head(out, "build_info", "gauge", "The versions of the program and of the page.");
	fprintf(out, "connvis_broadcaster_build_info{version=\"%s\",page=\"%s\"} 1\n", CONNVIS_VERSION,
		m->page_build);
	number(out, "redis_connected", "gauge", m->redis_connected, "1 while Redis is connected.");
	number(out, "redis_connects_total", "counter", m->redis_connects, "Times that Redis was connected.");
	number(out, "connections", "gauge", m->server.connections, "Open connections of browsers.");
	number(out, "connections_accepted_total", "counter", m->server.accepted, "Connections taken.");
	number(out, "connections_refused_total", "counter", m->server.refused,
	       "Connections closed at once: too many.");
	number(out, "requests_total", "counter", m->http->requests, "HTTP requests.");
	number(out, "requests_refused_total", "counter", m->http->refused,
	       "HTTP requests that were refused.");
	number(out, "viewers", "gauge", m->viewers->n, "Viewers who are connected.");
	number(out, "viewers_joined_total", "counter", v->joined, "Viewers who were let in.");
	number(out, "viewers_refused_total", "counter", v->refused, "Viewers who were one too many.");
	number(out, "viewers_hung_up_total", "counter", v->hangups,
	       "Viewers who neither answered nor took anything.");
	number(out, "viewers_broke_rules_total", "counter", v->broken_rules,
	       "Viewers who were closed with 1008.");
	number(out, "sent_bytes_total", "counter", v->bytes, "Bytes sent to viewers.");
	number(out, "sends_total", "counter", v->sends, "System calls for them.");
	number(out, "send_blocks_total", "counter", v->blocks, "Times that a viewer's socket was full.");
	write_commands(out, m->commands);
	write_sign_ins(out, m);
	write_links(out, m);
	write_turns(out, m);
	write_frames(out, m);
	write_logs(out, m);
	metrics_write_sites(out, m);
}
