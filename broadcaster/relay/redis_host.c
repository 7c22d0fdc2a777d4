/* SPDX-License-Identifier: MIT */
#include "redis_host.h"

static void on_readable(struct ev_loop *loop, ev_io *io, int events)
{
	struct redis_host *h = io->data;

	(void)loop;
	(void)events;
	if (resolver_take(h->resolver, &h->answer) < 0)
		return;
	redis_host_stop(h);
	h->answered(h->data, h->answer.error ? resolver_explain(h->answer.error) : NULL);
}

void redis_host_init(struct redis_host *h, struct ev_loop *loop, const char *name,
		     void (*answered)(void *data, const char *fault), void *data)
{
	*h = (struct redis_host){.loop = loop, .name = name, .answered = answered, .data = data};
	ev_init(&h->readable, on_readable);
	h->readable.data = h;
}

void redis_host_stop(struct redis_host *h)
{
	ev_io_stop(h->loop, &h->readable);
	h->resolver = resolver_free(h->resolver);
}

int redis_host_ask(struct redis_host *h)
{
	int r = resolver_start(&h->resolver, h->name);

	redis_host_forget(h);
	if (r < 0)
		return r;
	ev_io_set(&h->readable, resolver_fd(h->resolver), EV_READ);
	ev_io_start(h->loop, &h->readable);
	return 0;
}

bool redis_host_asking(const struct redis_host *h)
{
	return h->resolver;
}

const char *redis_host_next(struct redis_host *h)
{
	return redis_host_has_more(h) ? h->answer.addresses[h->used++] : NULL;
}

bool redis_host_has_more(const struct redis_host *h)
{
	return h->used < h->answer.n;
}

void redis_host_forget(struct redis_host *h)
{
	h->answer.n = h->used = 0;
}
