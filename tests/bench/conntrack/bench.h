/* SPDX-License-Identifier: MIT */
/* Small things of the conntrack benchmark: CPU time, medians, one table for all. */
#pragma once

#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "ct_table.h"

enum { BENCH_ROUNDS_MAX = 101 };

struct bench_series {
	double value[BENCH_ROUNDS_MAX];
	int n;
};

/* ns of CPU that this process has used. */
static inline uint64_t bench_cpu_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static inline int bench_compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static inline double bench_median(const struct bench_series *s)
{
	struct bench_series sorted = *s;

	if (!s->n)
		return 0;
	qsort(sorted.value, (size_t)sorted.n, sizeof(double), bench_compare);
	return sorted.value[sorted.n / 2];
}

/* A connection table whose listener does nothing. Ends the process on an error. */
struct ct_table *bench_table(size_t max);

/* Ends the process, saying what could not be done. */
void bench_die(const char *what, int error) __attribute__((noreturn));

void bench_dumps(uint32_t entries, int rounds);
void bench_events(uint32_t rate, int rounds);
