/* SPDX-License-Identifier: MIT */
#include "resolver.h"

#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Held by the caller and by the thread: the one that lets go last frees it. */
struct resolver {
	atomic_uint holders;
	atomic_bool answered;
	int fd;
	struct resolver_answer answer; /* the thread's own until answered */
	char host[];
};

static struct resolver *release(struct resolver *r)
{
	if (atomic_fetch_sub(&r->holders, 1) == 1) {
		if (r->fd >= 0)
			close(r->fd);
		free(r);
	}
	return NULL;
}

/* flags: as in getaddrinfo(3). */
static void look_up(struct resolver *r, int flags)
{
	const struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = flags};
	struct resolver_answer *a = &r->answer;
	struct addrinfo *found = NULL;

	*a = (struct resolver_answer){.error = getaddrinfo(r->host, NULL, &hints, &found)};
	if (a->error)
		return;
	for (const struct addrinfo *i = found; i && a->n < RESOLVER_ADDRESSES_MAX; i = i->ai_next)
		if (!getnameinfo(i->ai_addr, i->ai_addrlen, a->addresses[a->n], RESOLVER_TEXT_MAX, NULL, 0,
				 NI_NUMERICHOST))
			a->n++;
	freeaddrinfo(found);
	if (!a->n)
		a->error = EAI_NONAME;
}

static void answer(struct resolver *r)
{
	atomic_store(&r->answered, true);
	/* It cannot fail: the counter is 0. */
	eventfd_write(r->fd, 1);
}

static void *run(void *data)
{
	struct resolver *r = data;

	look_up(r, 0);
	answer(r);
	return release(r);
}

static int start_thread(struct resolver *r)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	pthread_t thread;
	int e = pthread_attr_init(&attributes);

	if (e)
		return -e;
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	/* Signals are the caller's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	atomic_store(&r->holders, 2);
	e = pthread_create(&thread, &attributes, run, r);
	if (e)
		atomic_store(&r->holders, 1);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return -e;
}

int resolver_start(struct resolver **ret, const char *host)
{
	size_t size = strlen(host) + 1;
	struct resolver *r = calloc(1, sizeof(*r) + size);
	int e = 0;

	if (!r)
		return -ENOMEM;
	memcpy(r->host, host, size);
	atomic_store(&r->holders, 1);
	r->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (r->fd < 0) {
		e = -errno;
		release(r);
		return e;
	}
	look_up(r, AI_NUMERICHOST);
	if (!r->answer.error)
		answer(r);
	else
		e = start_thread(r);
	if (e < 0) {
		release(r);
		return e;
	}
	*ret = r;
	return 0;
}

struct resolver *resolver_free(struct resolver *r)
{
	return r ? release(r) : NULL;
}

int resolver_fd(const struct resolver *r)
{
	return r->fd;
}

int resolver_take(const struct resolver *r, struct resolver_answer *ret)
{
	if (!atomic_load(&r->answered))
		return -EAGAIN;
	*ret = r->answer;
	return 0;
}

const char *resolver_explain(int error)
{
	/* Its own sentence is about errno, which is long gone. */
	return error == EAI_SYSTEM ? "the system could not look the name up" : gai_strerror(error);
}
