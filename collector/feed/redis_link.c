/* SPDX-License-Identifier: MIT */
#include "redis_link.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/random.h>

#include "log.h"
#include "redis_event.h"
#include "redis_guard.h"
#include "redis_login.h"
#include "resolver.h"

#define BACKOFF_FIRST_MS 100
#define BACKOFF_LAST_MS 2000
#define BACKOFF_REFUSED_MS 10000 /* where something answers, but not as Redis should */
#define CONNECT_MS 5000		 /* that one address, or the answer to the host's name, may take */

struct redis_link {
	sd_event *event;
	const struct redis_endpoint *endpoint;
	struct redis_link_listener listener;
	void *data;
	redisAsyncContext *context;
	struct redis_guard guard; /* of the context */
	struct redis_login login;
	struct resolver *resolver; /* NULL unless it is asked for the host's addresses */
	sd_event_source *resolved;
	struct resolver_answer
	    addresses; /* of this round: each is tried once, then all are asked for again */
	size_t tried;
	sd_event_source *timer; /* the next try, or how long this one may take */
	unsigned backoff;	/* ms */
	bool up, works;		/* works: it answered since it is up */
};

static void set_timer(struct redis_link *l, unsigned ms)
{
	sd_event_source_set_time_relative(l->timer, ms * 1000ull);
	sd_event_source_set_enabled(l->timer, SD_EVENT_ONESHOT);
}

/* refused: it was there, but let us do nothing. */
static void try_later(struct redis_link *l, bool refused)
{
	unsigned jitter = 0, last = refused ? BACKOFF_REFUSED_MS : BACKOFF_LAST_MS;

	if (getrandom(&jitter, sizeof(jitter), GRND_NONBLOCK) < 0)
		jitter = 0;
	if (l->backoff > last)
		l->backoff = last;
	log_debug("Redis: %s; trying again in %u ms.", refused ? "it refused us" : "it is not there",
		  l->backoff);
	set_timer(l, l->backoff + jitter % (l->backoff / 4 + 1));
	l->backoff *= 2;
}

static void went_down(struct redis_link *l, const char *why)
{
	bool refused = l->up && !l->works;

	l->context = NULL;
	l->up = l->works = false;
	if (l->tried < l->addresses.n)
		set_timer(l, 0);
	else
		try_later(l, refused);
	l->listener.down(l->data, why);
}

static void on_login(redisAsyncContext *context, void *reply, void *data)
{
	const redisReply *r = reply;

	if (context->data && r && r->type == REDIS_REPLY_ERROR)
		redis_link_drop(data, r->str);
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
	/* When it is lost, the name may stand for another address. */
	l->addresses.n = 0;
	redis_login_send(&l->login, l->context, on_login, l);
	l->listener.up(l->data);
}

static void on_disconnect(const redisAsyncContext *context, int status)
{
	struct redis_link *l = context->data;

	if (l && l->context == context)
		went_down(l, status == REDIS_OK ? "the connection was closed"
						: redis_guard_why(&l->guard, context));
}

/* Takes a context over that has begun to connect. 0 or -errno: the caller tries later. */
static int follow(struct redis_link *l, redisAsyncContext *context)
{
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
	redis_guard_watch(&l->guard, context);
	redisAsyncSetConnectCallback(context, on_connect);
	redisAsyncSetDisconnectCallback(context, on_disconnect);
	set_timer(l, CONNECT_MS);
	return 0;
}

static void try_addresses(struct redis_link *l)
{
	while (l->tried < l->addresses.n)
		/* An address: hiredis has nobody to ask for it. */
		if (follow(l, redisAsyncConnect(l->addresses.addresses[l->tried++], l->endpoint->port)) == 0)
			return;
	try_later(l, false);
}

static void stop_resolving(struct redis_link *l)
{
	l->resolved = sd_event_source_disable_unref(l->resolved);
	l->resolver = resolver_free(l->resolver);
}

static int on_resolved(sd_event_source *s, int fd, uint32_t events, void *data)
{
	struct redis_link *l = data;

	(void)s;
	(void)fd;
	(void)events;
	if (resolver_take(l->resolver, &l->addresses) < 0)
		return 0;
	stop_resolving(l);
	log_debug("Redis: %s has %zu addresses.", l->endpoint->host, l->addresses.n);
	if (l->addresses.error)
		l->listener.down(l->data, resolver_explain(l->addresses.error));
	try_addresses(l);
	return 0;
}

static int resolve(struct redis_link *l)
{
	int r;

	l->addresses.n = l->tried = 0;
	r = resolver_start(&l->resolver, l->endpoint->host);
	if (r >= 0)
		r = sd_event_add_io(l->event, &l->resolved, resolver_fd(l->resolver), EPOLLIN, on_resolved,
				    l);
	if (r < 0)
		stop_resolving(l);
	else
		set_timer(l, CONNECT_MS);
	return r;
}

static void start(struct redis_link *l)
{
	char why[REDIS_LOGIN_WHY_MAX];
	int r = redis_login_read(&l->login, l->endpoint, why);

	if (r < 0) {
		l->listener.down(l->data, why);
		try_later(l, false);
		return;
	}
	if (!l->endpoint->path[0] && l->tried < l->addresses.n) {
		try_addresses(l);
		return;
	}
	if (l->endpoint->path[0])
		r = follow(l, redisAsyncConnectUnix(l->endpoint->path));
	else
		r = resolve(l);
	if (r < 0)
		try_later(l, false);
}

void redis_link_works(struct redis_link *l)
{
	l->works = true;
	l->backoff = BACKOFF_FIRST_MS;
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

bool redis_link_is_new(const struct redis_link *l, const struct redis_endpoint *to)
{
	return redis_login_is_new(&l->login, l->endpoint, to);
}

static void give_up(struct redis_link *l)
{
	redisAsyncContext *context = l->context;

	l->context = NULL;
	l->up = l->works = false;
	if (!context)
		return;
	context->data = NULL;
	redisAsyncFree(context);
}

void redis_link_renew(struct redis_link *l)
{
	give_up(l);
	stop_resolving(l);
	l->addresses.n = l->tried = 0;
	l->backoff = BACKOFF_FIRST_MS;
	set_timer(l, 0);
}

static int on_timer(sd_event_source *s, uint64_t usec, void *data)
{
	struct redis_link *l = data;

	(void)s;
	(void)usec;
	if (l->context) {
		redis_link_drop(l, "no answer to the attempt to connect");
	} else if (l->resolver) {
		/* It goes on: another thread would wait for the same. */
		l->listener.down(l->data, "looking up its host name takes long");
		set_timer(l, CONNECT_MS);
	} else {
		start(l);
	}
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
	give_up(l);
	stop_resolving(l);
	sd_event_source_disable_unref(l->timer);
	free(l);
	return NULL;
}

redisAsyncContext *redis_link_context(const struct redis_link *l)
{
	return l->up ? l->context : NULL;
}
