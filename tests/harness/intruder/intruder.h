/* SPDX-License-Identifier: MIT */
/*
 * What a hostile program tries that runs in the broadcaster's place, with its user, its unit and its account at Redis.
 * Each attempt is made in a process of its own, since a filter of system calls may kill it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct intruder {
	const char *redis;    /* Redis' socket */
	const char *password; /* the file that the broadcaster is given */
	char *const *others;  /* files and folders that are not the broadcaster's, ended by NULL */
};

/* Returns true when it was done; else errno says why not. */
typedef bool (*intruder_try)(const struct intruder *in, const char *what);

/* Makes one attempt and prints what came of it, with a verb before what it is; counts what should have been refused. */
void intruder_attempt(const struct intruder *in, intruder_try try, const char *verb, const char *what);
extern unsigned intruder_tried, intruder_done;

/* What Redis' access rules refuse; counts, as a failure, that it does not do what the broadcaster may. */
void intruder_redis(const struct intruder *in);
/* Files of others, and where programs stand. */
void intruder_files(const struct intruder *in);
/* Processes of others: signals, tracing, /proc. */
void intruder_processes(const struct intruder *in);
/* What takes a capability. */
void intruder_capabilities(const struct intruder *in);
/* What only the unit's sandbox refuses. */
void intruder_sandbox(const struct intruder *in);
