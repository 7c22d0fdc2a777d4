/* SPDX-License-Identifier: MIT */
/* The metrics page: Prometheus text format 0.0.4. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "http.h"
#include "loop_turns.h"
#include "relay.h"
#include "server.h"
#include "viewer.h"

struct metrics {
	struct relay_topic *const *topics;
	size_t n_topics;
	const struct relay_counts *sites; /* what their collectors count */
	size_t n_sites;
	const struct viewer_set *viewers;
	const struct errand_stats *commands;
	const struct http_stats *http;
	size_t signed_in, links;
	const uint64_t *ended; /* by enum gate_end */
	struct server_stats server;
	bool redis_connected;
	uint64_t redis_connects;
	const struct loop_turns *turns;
	uint64_t now_ms; /* clock_ms() */
	const char *page_build;
};

void metrics_write(FILE *out, const struct metrics *m);

/* metrics_sites.c: what the collectors count, as long as it is new. */
void metrics_write_sites(FILE *out, const struct metrics *m);
