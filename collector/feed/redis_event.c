/* SPDX-License-Identifier: MIT */
#include "redis_event.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/epoll.h>

struct redis_event {
	redisAsyncContext *context;
	sd_event_source *source;
	uint32_t wanted; /* EPOLLIN, EPOLLOUT */
	bool busy;	 /* in its own handler: the context may free us there */
	bool dead;
};

static int on_ready(sd_event_source *source, int fd, uint32_t events, void *data)
{
	struct redis_event *e = data;

	(void)source;
	(void)fd;
	e->busy = true;
	if (events & (EPOLLIN | EPOLLHUP | EPOLLERR))
		redisAsyncHandleRead(e->context);
	if (!e->dead && events & EPOLLOUT && e->wanted & EPOLLOUT)
		redisAsyncHandleWrite(e->context);
	e->busy = false;
	if (e->dead)
		free(e);
	return 0;
}

static void want(struct redis_event *e, uint32_t events)
{
	if (events == e->wanted)
		return;
	e->wanted = events;
	sd_event_source_set_io_events(e->source, events);
}

static void add_read(void *data)
{
	struct redis_event *e = data;

	want(e, e->wanted | EPOLLIN);
}

static void del_read(void *data)
{
	struct redis_event *e = data;

	want(e, e->wanted & ~(uint32_t)EPOLLIN);
}

static void add_write(void *data)
{
	struct redis_event *e = data;

	want(e, e->wanted | EPOLLOUT);
}

static void del_write(void *data)
{
	struct redis_event *e = data;

	want(e, e->wanted & ~(uint32_t)EPOLLOUT);
}

static void cleanup(void *data)
{
	struct redis_event *e = data;

	e->source = sd_event_source_disable_unref(e->source);
	if (e->busy)
		e->dead = true;
	else
		free(e);
}

int redis_event_attach(sd_event *event, redisAsyncContext *context)
{
	struct redis_event *e = calloc(1, sizeof(*e));
	int r;

	if (!e)
		return -ENOMEM;
	e->context = context;
	r = sd_event_add_io(event, &e->source, context->c.fd, 0, on_ready, e);
	if (r < 0) {
		free(e);
		return r;
	}
	context->ev.data = e;
	context->ev.addRead = add_read;
	context->ev.delRead = del_read;
	context->ev.addWrite = add_write;
	context->ev.delWrite = del_write;
	context->ev.cleanup = cleanup;
	return 0;
}
