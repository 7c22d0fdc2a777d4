/* SPDX-License-Identifier: MIT */
#include "ct_source.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/epoll.h>

#include "ct_accounting.h"
#include "ct_dump.h"
#include "ct_events.h"
#include "ct_netlink.h"
#include "log.h"
#include "util.h"

enum {
	EVENTS_PAUSE = 10,	 /* ms between two drains of a busy event socket: batches cost less */
	EVENTS_PER_TURN = 4096,	 /* some 3 ms */
	EVENTS_BREATH = 1,	 /* ms for everybody else when there were more */
	READS_PER_TURN = 8,	 /* datagrams of a dump: some 1.5 ms */
	EVENTS_PER_READ = 512,	 /* between two of them */
	FORCED_MAX = 3,		 /* dumps begun at once, one after the other */
	DUMP_STALL = 5000,	 /* ms without news from a dump under way */
	INTERVAL_MAX = 60000,	 /* ms */
	ACCOUNTING_CHECK = 2000, /* ms between two looks at the sysctl */
};

/* How far a loss of events, and what was there before the start, is made good. */
enum known {
	KNOWN_NOTHING,
	KNOWN_ASKED, /* a dump has begun when no event was waiting */
	KNOWN_SHOWN, /* it was whole */
	KNOWN_ALL,   /* and no event of before it is waiting */
};

struct ct_source {
	struct ct_table *table;
	struct ct_source_options options;
	struct ct_source_status status;
	ct_source_done done;
	void *data;
	uint64_t clock_base;

	struct ct_events *events; /* NULL when there are none */
	sd_event_source *events_io, *events_timer;
	enum known known;
	bool complete; /* all was known once */

	struct ct_dump *dump;
	sd_event_source *dump_io, *dump_timer;
	bool dumping, soon; /* soon: the timer is set for a dump at once */
	uint64_t began;	    /* ms of the monotonic clock */
	uint64_t progress;  /* when the dump under way last brought something */
	uint64_t cost;	    /* ns of CPU of the dump under way */
	unsigned forced;    /* dumps begun at once since the last that waited its turn */
	uint64_t accounting_checked;
};

static uint64_t now_ms(const struct ct_source *s)
{
	return clock_ms() - s->clock_base;
}

static void set_known(struct ct_source *s, enum known known)
{
	s->known = known;
	s->complete |= known == KNOWN_ALL;
	ct_table_set_unheard(s->table, s->complete && known != KNOWN_ALL);
}

/* Sets a timer to go off once, ms from now. */
static int arm(sd_event_source *timer, uint64_t ms)
{
	int r = sd_event_source_set_time(timer, (clock_ms() + ms) * 1000);

	return r < 0 ? r : sd_event_source_set_enabled(timer, SD_EVENT_ONESHOT);
}

static void check_accounting(struct ct_source *s, uint64_t now)
{
	if (s->accounting_checked && now - s->accounting_checked < ACCOUNTING_CHECK)
		return;
	s->accounting_checked = now;
	s->status.accounting_known = ct_accounting_read(&s->status.accounting);
}

/* Begins a dump as soon as the loop turns, if too many were not begun that way already. */
static bool dump_at_once(struct ct_source *s)
{
	if (s->soon)
		return true;
	if (s->forced >= FORCED_MAX)
		return false;
	s->forced++;
	s->soon = arm(s->dump_timer, 0) >= 0;
	return s->soon;
}

static struct ct_events_result drain(struct ct_source *s, uint32_t max)
{
	struct ct_events_result r = {.empty = true};

	if (!s->events)
		return r;
	r = ct_events_drain(s->events, s->table, now_ms(s), max);
	s->status.malformed += r.malformed;
	s->status.event_losses += r.losses;
	if (r.losses) {
		log_debug(
		    "The kernel dropped events: the next dump finds all but what began and ended meanwhile.");
		set_known(s, KNOWN_NOTHING);
	}
	return r;
}

static int events_turn(struct ct_source *s)
{
	struct ct_events_result r = drain(s, EVENTS_PER_TURN);
	bool busy = r.taken || r.malformed || r.losses;
	int ret;

	if (s->known == KNOWN_NOTHING && !s->dumping)
		(void)dump_at_once(s);
	if (busy) {
		/* from now on by the timer, so that events gather */
		ret = sd_event_source_set_enabled(s->events_io, SD_EVENT_OFF);
		if (ret >= 0)
			ret = arm(s->events_timer, r.empty ? EVENTS_PAUSE : EVENTS_BREATH);
	} else {
		ret = sd_event_source_set_enabled(s->events_io, SD_EVENT_ON);
	}
	if (r.taken)
		s->done(s->data, false);
	return ret;
}

static int on_events_io(sd_event_source *source, int fd, uint32_t revents, void *data)
{
	(void)source;
	(void)fd;
	(void)revents;
	return events_turn(data);
}

static int on_events_timer(sd_event_source *source, uint64_t usec, void *data)
{
	(void)source;
	(void)usec;
	return events_turn(data);
}

/* Sets the time of the next dump, after one that is over. */
static int schedule(struct ct_source *s, bool at_once)
{
	uint64_t now = clock_ms(), next = s->began + s->status.interval;

	if (at_once && dump_at_once(s))
		return 0;
	return arm(s->dump_timer, next > now ? next - now : 0);
}

static void stop_dump(struct ct_source *s)
{
	s->dumping = false;
	(void)sd_event_source_set_enabled(s->dump_io, SD_EVENT_OFF);
}

static int dump_is_whole(struct ct_source *s)
{
	uint64_t share;
	int r;

	stop_dump(s);
	ct_table_dump_end(s->table, now_ms(s));
	if (s->known == KNOWN_ASKED)
		set_known(s, KNOWN_SHOWN);
	s->status.dumps++;
	if (!s->status.accounting_known)
		s->status.accounting = !ct_dump_is_bare(s->dump);
	s->status.dump_cost = (uint32_t)(s->cost / 1000);
	share = s->options.cpu_budget ? s->status.dump_cost / s->options.cpu_budget : 0;
	if (share > INTERVAL_MAX)
		share = INTERVAL_MAX;
	s->status.interval = share > s->options.interval ? (uint32_t)share : s->options.interval;
	r = schedule(s, s->known == KNOWN_NOTHING);
	log_debug("A dump ended after %" PRIu64 " ms: %zu connections, %" PRIu32
		  " us of CPU; the interval is %" PRIu32 " ms%s.",
		  clock_ms() - s->began, ct_table_count(s->table), s->status.dump_cost, s->status.interval,
		  s->soon ? ", the next one at once" : "");
	s->done(s->data, true);
	return r;
}

static int dump_has_failed(struct ct_source *s, bool reopen)
{
	log_debug("A dump failed after %" PRIu64 " ms and is repeated%s.", clock_ms() - s->began,
		  reopen ? ", over a new socket" : "");
	stop_dump(s);
	s->status.redone++;
	ct_table_dump_abort(s->table);
	if (reopen && ct_dump_reopen(s->dump) >= 0) {
		int r = sd_event_source_set_io_fd(s->dump_io, ct_dump_fd(s->dump));

		if (r < 0)
			return r;
	}
	return schedule(s, true);
}

/* No event is waiting, and a dump is about to begin. */
static void know_more(struct ct_source *s)
{
	if (s->known == KNOWN_NOTHING)
		set_known(s, KNOWN_ASKED);
	else if (s->known == KNOWN_SHOWN)
		set_known(s, KNOWN_ALL);
}

/*
 * The kernel drops every event from a loss on until its queue was empty once: only a dump that begins after
 * that makes the loss good.
 */
static void drain_before_dump(struct ct_source *s)
{
	struct ct_events_result r = drain(s, EVENTS_PER_TURN);

	if (r.empty)
		know_more(s);
	if (r.taken)
		s->done(s->data, false);
}

static int begin_dump(struct ct_source *s)
{
	uint64_t now, cpu;
	int r;

	drain_before_dump(s);
	now = clock_ms();
	check_accounting(s, now);
	if (!s->soon)
		s->forced = 0;
	s->soon = false;
	s->dumping = true;
	s->began = now;
	s->progress = now;
	log_debug("A dump begins.");
	cpu = clock_ns(CLOCK_THREAD_CPUTIME_ID);
	ct_table_dump_begin(s->table, now_ms(s));
	r = ct_dump_begin(s->dump);
	s->cost = clock_ns(CLOCK_THREAD_CPUTIME_ID) - cpu;
	if (r >= 0)
		r = sd_event_source_set_enabled(s->dump_io, SD_EVENT_ON);
	if (r < 0)
		return dump_has_failed(s, true);
	return arm(s->dump_timer, DUMP_STALL);
}

static int on_dump_timer(sd_event_source *source, uint64_t usec, void *data)
{
	struct ct_source *s = data;

	(void)source;
	(void)usec;
	if (!s->dumping)
		return begin_dump(s);
	if (clock_ms() - s->progress < DUMP_STALL)
		return arm(s->dump_timer, DUMP_STALL);
	return dump_has_failed(s, true);
}

static int on_dump_io(sd_event_source *source, int fd, uint32_t revents, void *data)
{
	struct ct_source *s = data;
	uint64_t cpu = clock_ns(CLOCK_THREAD_CPUTIME_ID), events_ns = 0;
	uint32_t taken = 0;
	int r = CT_DUMP_MORE;

	(void)source;
	(void)fd;
	(void)revents;
	for (int i = 0; i < READS_PER_TURN && r == CT_DUMP_MORE; i++) {
		uint64_t before = clock_ns(CLOCK_MONOTONIC);

		taken += drain(s, EVENTS_PER_READ).taken;
		events_ns += clock_ns(CLOCK_MONOTONIC) - before;
		ct_table_dump_clock(s->table, now_ms(s));
		r = ct_dump_read(s->dump, s->table, &s->status.malformed);
	}
	cpu = clock_ns(CLOCK_THREAD_CPUTIME_ID) - cpu;
	s->cost += cpu > events_ns ? cpu - events_ns : 0;
	s->progress = clock_ms();
	if (taken)
		s->done(s->data, false);
	if (r == CT_DUMP_MORE || r == CT_DUMP_WAIT)
		return 0;
	return r == CT_DUMP_WHOLE ? dump_is_whole(s) : dump_has_failed(s, r < 0);
}

static int attach(struct ct_source *s, sd_event *event)
{
	int r = 0;

	if (s->events) {
		r = sd_event_add_io(event, &s->events_io, ct_events_fd(s->events), EPOLLIN, on_events_io, s);
		if (r >= 0)
			r = sd_event_add_time(event, &s->events_timer, CLOCK_MONOTONIC, 0, 1000,
					      on_events_timer, s);
		if (r >= 0)
			r = sd_event_source_set_enabled(s->events_timer, SD_EVENT_OFF);
		/* events before all else, dumps after all else: what waits for events is what people see */
		if (r >= 0)
			r = sd_event_source_set_priority(s->events_io, SD_EVENT_PRIORITY_NORMAL - 10);
		if (r >= 0)
			r = sd_event_source_set_priority(s->events_timer, SD_EVENT_PRIORITY_NORMAL - 10);
	}
	if (r >= 0)
		r = sd_event_add_io(event, &s->dump_io, ct_dump_fd(s->dump), EPOLLIN, on_dump_io, s);
	if (r >= 0)
		r = sd_event_source_set_priority(s->dump_io, SD_EVENT_PRIORITY_NORMAL + 10);
	if (r >= 0)
		r = sd_event_source_set_enabled(s->dump_io, SD_EVENT_OFF);
	if (r >= 0)
		r = sd_event_add_time(event, &s->dump_timer, CLOCK_MONOTONIC, 0, 1000, on_dump_timer, s);
	return r < 0 ? r : 0;
}

int ct_source_new(struct ct_source **ret, sd_event *event, struct ct_table *table,
		  const struct ct_source_options *options, uint64_t clock_base, ct_source_done done,
		  void *data)
{
	struct ct_timeouts timeouts;
	struct ct_source *s;
	int r = ct_netlink_probe();

	if (r < 0)
		return r;
	ct_timeouts_read(&timeouts);
	ct_table_set_timeouts(table, &timeouts);
	s = calloc(1, sizeof(*s));
	if (!s)
		return -ENOMEM;
	s->table = table;
	s->options = *options;
	s->clock_base = clock_base;
	s->done = done;
	s->data = data;
	s->status.interval = options->interval;
	s->status.accounting = true;
	check_accounting(s, clock_ms());
	if (options->events)
		r = ct_events_new(&s->events, options->receive_buffer);
	if (r >= 0)
		r = ct_dump_new(&s->dump);
	if (r >= 0)
		r = attach(s, event);
	if (r < 0) {
		ct_source_free(s);
		return r;
	}
	*ret = s;
	return 0;
}

struct ct_source *ct_source_free(struct ct_source *s)
{
	if (!s)
		return NULL;
	sd_event_source_disable_unref(s->events_io);
	sd_event_source_disable_unref(s->events_timer);
	sd_event_source_disable_unref(s->dump_io);
	sd_event_source_disable_unref(s->dump_timer);
	ct_events_free(s->events);
	ct_dump_free(s->dump);
	free(s);
	return NULL;
}

void ct_source_set_pace(struct ct_source *s, uint32_t interval, uint32_t cpu_budget)
{
	if (s->options.interval == interval && s->options.cpu_budget == cpu_budget)
		return;
	s->options.interval = interval;
	s->options.cpu_budget = cpu_budget;
	/* What the next dump costs says how long it has to be. */
	s->status.interval = interval;
	if (!s->dumping && !s->soon)
		(void)schedule(s, false);
}

void ct_source_get_status(const struct ct_source *s, struct ct_source_status *ret)
{
	*ret = s->status;
}
