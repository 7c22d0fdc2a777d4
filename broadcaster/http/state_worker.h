/* SPDX-License-Identifier: MIT */
/*
 * Makes the states of topics as JSON, each in a thread of its own beside the loop, from a snapshot of the
 * topic's log. What it costs is bounded: one thread at a time for a topic and STATE_WORKER_THREADS in all,
 * STATE_WORKER_TIME_MS for each, and STATE_WORKER_KEPT texts of at most STATE_JSON_OUTPUT_MAX for a topic,
 * those included that slow clients still read.
 */
#pragma once

#include <ev.h>
#include <stdbool.h>
#include <stdint.h>

#include "blob.h"
#include "loop_turns.h"
#include "relay_topic.h"

#define STATE_WORKER_THREADS 2
#define STATE_WORKER_TIME_MS 8000
#define STATE_WORKER_KEPT 3
#define STATE_WORKER_FRESH_MS 1000 /* a text is given to all who ask within that time after it was made */

struct state_worker;

/* loop and turns (or NULL) are borrowed; the loop turns when a text is done. 0; -ENOMEM. */
int state_worker_new(struct state_worker **ret, struct ev_loop *loop, struct loop_turns *turns);
/* Waits for the threads, which end at once. The topics may be gone. */
struct state_worker *state_worker_free(struct state_worker *w);

/*
 * The topic's state for a request of that time (clock_ms()). 0 and a reference for the caller;
 * -EINPROGRESS: ask again when state_worker_pending() is false; -ENODATA: there is no keyframe; -EBUSY: all
 * texts are still being read; -ETIME: it would take too long; else see state_json().
 */
int state_worker_get(struct state_worker *w, struct relay_topic *topic, uint64_t asked_ms, struct blob **ret);

/* Is there nothing new to get for the topic yet? */
bool state_worker_pending(const struct state_worker *w, const struct relay_topic *topic);

/* Once a second: ends what takes too long, frees what nobody reads. */
void state_worker_tick(struct state_worker *w, uint64_t now_ms);
