/* SPDX-License-Identifier: MIT */
#include "redis_link.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

#include "redis_event.h"

#define BACKOFF_FIRST_MS 100
#define BACKOFF_LAST_MS 2000
#define CONNECT_MS 5000

struct redis_link {
	sd_event *event;
	const struct redis_endpoint *endpoint;
	struct redis_link_listener listener;
	void *data;
	redisAsyncContext *context;
	sd_event_source *timer; /* the next try, or how long this one may take */
	unsigned backoff;	/* ms */
	bool up;
};

static void set_timer(struct redis_link *l, unsigned ms)
{
	sd_event_source_set_time_relative(l->timer, ms * 1000ull);
	sd_event_source_set_enabled(l->timer, SD_EVENT_ONESHOT);
}

static void try_later(struct redis_link *l)
{
	unsigned jitter = 0;

	if (getrandom(&jitter, sizeof(jitter), GRND_NONBLOCK) < 0)
		jitter = 0;
	set_timer(l, l->backoff + jitter % (l->backoff / 4 + 1));
	l->backoff = l->backoff * 2 > BACKOFF_LAST_MS ? BACKOFF_LAST_MS : l->backoff * 2;
}

static void went_down(struct redis_link *l, const char *why)
{
	l->context = NULL;
	l->up = false;
	try_later(l);
	l->listener.down(l->data, why);
}

static void on_connect(const redisAsyncContext *context, int status)
{
	struct redis_link *l = context->data;

	if (!l || l->context != context)
		return;
	if (status != REDIS_OK) {
		/* hiredis frees the context after this call. */
		went_down(l, context->errstr);
		return;
	}
	sd_event_source_set_enabled(l->timer, SD_EVENT_OFF);
	l->up = true;
	l->backoff = BACKOFF_FIRST_MS;
	l->listener.up(l->data);
}

static void on_disconnect(const redisAsyncContext *context, int status)
{
	struct redis_link *l = context->data;

	if (l && l->context == context)
		went_down(l, status == REDIS_OK ? "the connection was closed" : context->errstr);
}

static int start(struct redis_link *l)
{
	const struct redis_endpoint *e = l->endpoint;
	redisAsyncContext *context =
	    e->path[0] ? redisAsyncConnectUnix(e->path) : redisAsyncConnect(e->host, e->port);
	int r;

	if (!context)
		return -ENOMEM;
	if (context->err) {
		l->listener.down(l->data, context->errstr);
		redisAsyncFree(context);
		return -ECONNREFUSED;
	}
	context->data = l;
	r = redis_event_attach(l->event, context);
	if (r < 0) {
		redisAsyncFree(context);
		return r;
	}
	l->context = context;
	redisAsyncSetConnectCallback(context, on_connect);
	redisAsyncSetDisconnectCallback(context, on_disconnect);
	set_timer(l, CONNECT_MS);
	return 0;
}

void redis_link_drop(struct redis_link *l, const char *why)
{
	redisAsyncContext *context = l->context;

	if (!context)
		return;
	/* The context calls back while it goes: it is no longer ours then. */
	context->data = NULL;
	went_down(l, why);
	redisAsyncFree(context);
}

static int on_timer(sd_event_source *s, uint64_t usec, void *data)
{
	struct redis_link *l = data;

	(void)s;
	(void)usec;
	if (l->context)
		redis_link_drop(l, "no answer to the attempt to connect");
	else if (start(l) < 0)
		try_later(l);
	return 0;
}

int redis_link_new(struct redis_link **ret, sd_event *event, const struct redis_endpoint *endpoint,
		   const struct redis_link_listener *listener, void *data)
{
	struct redis_link *l = calloc(1, sizeof(*l));
	int r;

	if (!l)
		return -ENOMEM;
	l->event = event;
	l->endpoint = endpoint;
	l->listener = *listener;
	l->data = data;
	l->backoff = BACKOFF_FIRST_MS;
	r = sd_event_add_time_relative(event, &l->timer, CLOCK_MONOTONIC, 0, 1000, on_timer, l);
	if (r < 0) {
		free(l);
		return r;
	}
	*ret = l;
	return 0;
}

struct redis_link *redis_link_free(struct redis_link *l)
{
	if (!l)
		return NULL;
	if (l->context) {
		l->context->data = NULL;
		redisAsyncFree(l->context);
	}
	sd_event_source_disable_unref(l->timer);
	free(l);
	return NULL;
}

redisAsyncContext *redis_link_context(const struct redis_link *l)
{
	return l->up ? l->context : NULL;
}
