/* SPDX-License-Identifier: MIT */
#include "metrics.h"

#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "frames.h"

/* The page with one topic that was sent a keyframe, a delta and a gap; to be freed. */
static char *page(void)
{
	static struct viewer_set viewers = {.n = 3, .stats = {.joined = 5}};
	static const struct http_stats http = {.requests = 7,
					       .refused = 2,
					       .sign_ins = {[SIGN_IN_WRONG] = 4},
					       .sign_ins_in_clear = 6,
					       .link_uses = {[JOIN_LINKS_USED] = 8},
					       .links_made = 9};
	static const uint64_t ended[GATE_ENDS] = {[GATE_END_TIME] = 3};
	static const struct errand_stats commands = {
	    .done = 4, .refused = {[COMMAND_FAULT_TOO_FAST] = 56}, .refused_otherwise = 2, .late = 1};
	static struct loop_turns turns;
	/* the third site's is old, the fourth has never said anything */
	static const struct relay_counts sites[] = {
	    {.site = "home",
	     .came_ms = 5000,
	     .metrics =
		 {.values = {[METRIC_DEVICES] = 3, [METRIC_REMOTES] = 9, [METRIC_DUMP_COST] = 1500},
		  .given = {[METRIC_DEVICES] = true, [METRIC_REMOTES] = true, [METRIC_DUMP_COST] = true}}},
	    {.site = "cabin",
	     .came_ms = 6400,
	     .metrics = {.values = {[METRIC_DEVICES] = 1}, .given = {[METRIC_DEVICES] = true}}},
	    {.site = "old", .came_ms = 1, .metrics = {.given = {[METRIC_DEVICES] = true}}},
	    {.site = "never", .metrics = {.given = {[METRIC_DEVICES] = true}}},
	};
	struct relay_topic *topic;
	struct metrics m = {
	    .sites = sites,
	    .n_sites = sizeof(sites) / sizeof(*sites),
	    .topics = &topic,
	    .n_topics = 1,
	    .viewers = &viewers,
	    .commands = &commands,
	    .http = &http,
	    .signed_in = 2,
	    .links = 5,
	    .ended = ended,
	    .redis_connected = true,
	    .turns = &turns,
	    .now_ms = 16500,
	    .page_build = "0123456789abcdef",
	};
	static const uint64_t sequences[] = {5, 6, 9};
	char *text;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	assert_non_null(out);
	assert_int_equal(relay_topic_new(&topic, "home", "overview", true, 1 << 20), 0);
	for (int i = 0; i < 3; i++) {
		struct built b = frame_build(i ? FRAME_DELTA : FRAME_KEYFRAME, 1, sequences[i], "\x90", 1);
		bool ask;

		relay_topic_push(topic, b.bytes, b.length, 5000, &ask);
		free(b.bytes);
	}
	metrics_write(out, &m);
	fclose(out);
	relay_topic_free(topic);
	return text;
}

static void test_values(void **state)
{
	static const char *const wanted[] = {
	    "redis_connected 1",
	    "requests_total 7",
	    "requests_refused_total 2",
	    "viewers 3",
	    "sign_ins_total{result=\"wrong\"} 4",
	    "sign_ins_total{result=\"no-tls\"} 6",
	    "signed_in 2",
	    "links 5",
	    "links_made_total 9",
	    "link_uses_total{result=\"used\"} 8",
	    "signed_out_total{reason=\"time\"} 3",
	    "viewers_joined_total 5",
	    "frames_received_total{site=\"home\",topic=\"overview\",kind=\"keyframe\"} 1",
	    "frames_received_total{site=\"home\",topic=\"overview\",kind=\"delta\"} 1",
	    "frames_dropped_total{site=\"home\",topic=\"overview\",reason=\"gap\"} 1",
	    "commands_done_total 4",
	    "commands_refused_total{reason=\"too-fast\"} 56",
	    "commands_refused_total{reason=\"name-taken\"} 0",
	    "commands_refused_total{reason=\"other\"} 2",
	    "answers_late_total 1",
	    "frame_age_seconds{site=\"home\",topic=\"overview\"} 11.500",
	};
	char *text = page(), line[160];

	(void)state;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		snprintf(line, sizeof(line), "\nconnvis_broadcaster_%s\n", wanted[i]);
		if (!strstr(text, line))
			fail_msg("no line: %s", wanted[i]);
	}
	free(text);
}

static void test_what_collectors_count(void **state)
{
	static const char wanted[] =
	    "# HELP connvis_collector_rows What the collector keeps.\n"
	    "# TYPE connvis_collector_rows gauge\n"
	    "connvis_collector_rows{site=\"home\",table=\"devices\"} 3\n"
	    "connvis_collector_rows{site=\"cabin\",table=\"devices\"} 1\n"
	    "connvis_collector_rows{site=\"home\",table=\"remotes\"} 9\n"
	    "# HELP connvis_collector_dump_cost_seconds CPU time that the last reading took.\n"
	    "# TYPE connvis_collector_dump_cost_seconds gauge\n"
	    "connvis_collector_dump_cost_seconds{site=\"home\"} 0.001500\n";
	char *text = page();

	(void)state;
	assert_string_equal(strstr(text, "# HELP connvis_collector_"), wanted);
	free(text);
}

/* Text format 0.0.4: each metric once, its HELP and TYPE first, its samples behind them. */
static void test_format(void **state)
{
	char *text = page(), *rest = text, *line, name[80] = "";
	unsigned metrics = 0;

	(void)state;
	assert_int_equal(text[strlen(text) - 1], '\n');
	while ((line = strsep(&rest, "\n")) && *line) {
		char again[100], type[16] = "";

		if (sscanf(line, "# HELP %79s", name) == 1) {
			snprintf(again, sizeof(again), "# HELP %s ", name);
			assert_null(strstr(rest, again));
			line = strsep(&rest, "\n");
			assert_int_equal(sscanf(line, "# TYPE %99s %15s", again, type), 2);
			assert_string_equal(again, name);
			assert_true(!strcmp(type, "counter") || !strcmp(type, "gauge"));
			metrics++;
			continue;
		}
		assert_memory_equal(line, name, strlen(name));
		assert_true(line[strlen(name)] == ' ' || line[strlen(name)] == '{');
	}
	assert_true(metrics > 15);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_values),
	    cmocka_unit_test(test_what_collectors_count),
	    cmocka_unit_test(test_format),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
