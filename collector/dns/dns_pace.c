/* SPDX-License-Identifier: MIT */
#include "dns_pace.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#define PRIORITY (SD_EVENT_PRIORITY_NORMAL + 10)

struct dns_pace {
	struct dns_pace_work work;
	void *data;
	sd_event_source *io, *timer;
	bool busy; /* the timer goes on with the work, rather than back to the descriptor */
};

static void arm(struct dns_pace *p, uint64_t microseconds)
{
	sd_event_source_set_time_relative(p->timer, microseconds);
	sd_event_source_set_enabled(p->timer, SD_EVENT_ONESHOT);
}

static void step(struct dns_pace *p)
{
	sd_event_source_set_enabled(p->io, SD_EVENT_OFF);
	p->busy = p->work.work(p->data);
	arm(p, p->busy ? 0 : DNS_PACE_MS * 1000);
}

static int on_io(sd_event_source *s, int fd, uint32_t revents, void *data)
{
	struct dns_pace *p = data;

	(void)s;
	(void)fd;
	p->work.clear(p->data, revents);
	step(p);
	return 0;
}

static int on_timer(sd_event_source *s, uint64_t usec, void *data)
{
	struct dns_pace *p = data;

	(void)s;
	(void)usec;
	if (p->busy)
		step(p);
	else
		sd_event_source_set_enabled(p->io, SD_EVENT_ON);
	return 0;
}

int dns_pace_new(struct dns_pace **ret, sd_event *event, int fd, uint32_t events,
		 const struct dns_pace_work *work, void *data)
{
	struct dns_pace *p = calloc(1, sizeof(*p));
	int r;

	if (!p)
		return -ENOMEM;
	p->work = *work;
	p->data = data;
	r = sd_event_add_io(event, &p->io, fd, events, on_io, p);
	if (r >= 0)
		r = sd_event_add_time(event, &p->timer, CLOCK_MONOTONIC, 0, 1000, on_timer, p);
	if (r >= 0)
		r = sd_event_source_set_enabled(p->timer, SD_EVENT_OFF);
	if (r >= 0)
		r = sd_event_source_set_priority(p->timer, PRIORITY);
	if (r >= 0)
		r = sd_event_source_set_priority(p->io, PRIORITY);
	if (r < 0) {
		dns_pace_free(p);
		return r;
	}
	*ret = p;
	return 0;
}

struct dns_pace *dns_pace_free(struct dns_pace *p)
{
	if (!p)
		return NULL;
	sd_event_source_disable_unref(p->io);
	sd_event_source_disable_unref(p->timer);
	free(p);
	return NULL;
}

void dns_pace_wake(struct dns_pace *p)
{
	p->busy = true;
	arm(p, 0);
}
