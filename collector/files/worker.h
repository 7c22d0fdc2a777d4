/* SPDX-License-Identifier: MIT */
/*
 * A thread that works off jobs in their order, so that the loop never waits for a disk: a job shares nothing with
 * the loop while it runs, and comes back to the loop when it is done. The thread begins with the first job.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <systemd/sd-event.h>

struct worker;

/* The first member of whatever is a job. */
struct worker_job {
	struct worker_job *next; /* the worker's own */
	/* In the thread. One that takes long asks worker_is_ending now and then. */
	void (*run)(struct worker_job *job, const struct worker *w);
	/* On the loop; the job is the caller's again, who may free it or hand it over anew. */
	void (*done)(struct worker_job *job);
	/* In place of done, when the worker goes first: frees the job. Calls nobody. */
	void (*drop)(struct worker_job *job);
};

/* event: borrowed. 0 or -errno. */
int worker_new(struct worker **ret, sd_event *event);

/*
 * Ends the thread and drops all jobs. flush: those that wait still run. A thread that is not through after
 * patience_ms is left to itself with the jobs that it has: the program is ending, and exit(3) will end it without
 * what was registered by atexit(3) before. NULL is taken.
 */
struct worker *worker_free(struct worker *w, bool flush, uint32_t patience_ms);

/* job: borrowed until done or drop. 0; -errno without a thread: then neither is called. */
int worker_do(struct worker *w, struct worker_job *job);

/* For jobs that run: nobody will want what they make. */
bool worker_is_ending(const struct worker *w);
