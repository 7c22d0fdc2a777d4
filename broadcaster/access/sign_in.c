/* SPDX-License-Identifier: MIT */
#include "sign_in.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <openssl/crypto.h>

#include "attempts.h"
#include "passphrase.h"
#include "util.h"

#define NICE 10		  /* frames first */
#define BUSY_WAIT_MS 5000 /* for who is one too many */

struct sign_in {
	struct ev_loop *loop;
	struct loop_turns *turns;
	ev_async wake;
	ev_timer pause; /* until the next may be checked */
	struct attempts *attempts;
	char hash[PASSPHRASE_HASH_MAX];
	struct sign_in_try *waiting; /* the best placed first */
	size_t n;
	bool running;
	/* what is being checked: the thread's own until done */
	pthread_t thread;
	atomic_bool done;
	struct address address;
	struct sign_in_try *try; /* the loop's; NULL: it has gone */
	char *passphrase, against[PASSPHRASE_HASH_MAX];
	int result;
};

static void forget_passphrase(char **passphrase)
{
	if (*passphrase)
		OPENSSL_cleanse(*passphrase, strlen(*passphrase));
	free(*passphrase);
	*passphrase = NULL;
}

static void *run(void *data)
{
	struct sign_in *s = data;

	setpriority(PRIO_PROCESS, (id_t)gettid(), NICE);
	s->result = passphrase_matches(s->passphrase, s->against);
	atomic_store(&s->done, true);
	ev_async_send(s->loop, &s->wake);
	return NULL;
}

/* Signals are the loop's. 0; -errno. */
static int start_thread(struct sign_in *s)
{
	sigset_t all, before;
	int e;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	e = pthread_create(&s->thread, NULL, run, s);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return -e;
}

/* Takes it out of those that wait. */
static void take_out(struct sign_in_try *t)
{
	struct sign_in *s = t->sign_in;

	for (struct sign_in_try **p = &s->waiting; *p; p = &(*p)->next)
		if (*p == t) {
			*p = t->next;
			s->n--;
			break;
		}
	t->sign_in = NULL;
	forget_passphrase(&t->passphrase);
}

static void answer(struct sign_in_try *t, enum sign_in_result result)
{
	take_out(t);
	t->answered(t, result);
}

static void check_in(struct sign_in *s, uint64_t ms)
{
	ev_timer_stop(s->loop, &s->pause);
	ev_timer_set(&s->pause, (double)ms / 1000, 0.);
	ev_timer_start(s->loop, &s->pause);
}

static void finish(struct sign_in *s)
{
	struct sign_in_try *t = s->try;
	enum sign_in_result result = s->result < 0 ? SIGN_IN_BROKEN
				     : s->result   ? SIGN_IN_RIGHT
						   : SIGN_IN_WRONG;

	pthread_join(s->thread, NULL);
	/* there is another one now */
	if (strcmp(s->against, s->hash) != 0)
		result = SIGN_IN_BUSY;
	s->running = false;
	s->try = NULL;
	forget_passphrase(&s->passphrase);
	if (result == SIGN_IN_WRONG)
		attempts_failed(s->attempts, &s->address, clock_ms());
	else if (result == SIGN_IN_RIGHT)
		attempts_succeeded(s->attempts, &s->address, clock_ms());
	if (!t)
		return;
	t->sign_in = NULL;
	t->answered(t, result);
}

static void on_wake(struct ev_loop *loop, ev_async *wake, int events)
{
	struct sign_in *s = wake->data;
	uint64_t begun = clock_us();

	(void)loop;
	(void)events;
	if (s->running && atomic_load(&s->done)) {
		finish(s);
		check_in(s, 0);
	}
	loop_turns_add(s->turns, LOOP_HTTP, begun);
}

/* Others who are placed better come again and again: who waits is told after a while. */
static void answer_late(struct sign_in *s, uint64_t now_ms)
{
	struct sign_in_try *next;

	for (struct sign_in_try *t = s->waiting; t; t = next) {
		next = t->next;
		if (now_ms - t->since_ms >= SIGN_IN_PATIENCE_MS)
			answer(t, SIGN_IN_BUSY);
	}
}

/* Begins with the first of those that wait, if it may begin. */
static void check_next(struct sign_in *s)
{
	uint64_t now = clock_ms(), wait;
	struct sign_in_try *t;

	answer_late(s, now);
	t = s->waiting;
	if (s->running || !t)
		return;
	wait = attempts_wait_all(s->attempts, now);
	if (wait) {
		check_in(s, wait);
		return;
	}
	attempts_take(s->attempts, now);
	s->waiting = t->next;
	s->n--;
	s->try = t;
	s->address = t->address;
	s->passphrase = t->passphrase;
	t->passphrase = NULL;
	memcpy(s->against, s->hash, sizeof(s->hash));
	atomic_store(&s->done, false);
	if (start_thread(s) == 0) {
		s->running = true;
		return;
	}
	forget_passphrase(&s->passphrase);
	s->try = NULL;
	t->sign_in = NULL;
	check_in(s, 0);
	t->answered(t, SIGN_IN_BROKEN);
}

static void on_pause_over(struct ev_loop *loop, ev_timer *timer, int events)
{
	uint64_t begun = clock_us();
	struct sign_in *s = timer->data;

	(void)loop;
	(void)events;
	check_next(s);
	loop_turns_add(s->turns, LOOP_HTTP, begun);
}

int sign_in_new(struct sign_in **ret, struct ev_loop *loop, struct loop_turns *turns)
{
	struct sign_in *s = calloc(1, sizeof(*s));
	int r;

	if (!s)
		return -ENOMEM;
	r = attempts_new(&s->attempts);
	if (r < 0) {
		free(s);
		return r;
	}
	s->loop = loop;
	s->turns = turns;
	ev_timer_init(&s->pause, on_pause_over, 0., 0.);
	ev_async_init(&s->wake, on_wake);
	s->pause.data = s->wake.data = s;
	ev_async_start(loop, &s->wake);
	*ret = s;
	return 0;
}

struct sign_in *sign_in_free(struct sign_in *s)
{
	if (!s)
		return NULL;
	if (s->running)
		finish(s);
	ev_timer_stop(s->loop, &s->pause);
	ev_async_stop(s->loop, &s->wake);
	attempts_free(s->attempts);
	OPENSSL_cleanse(s, sizeof(*s));
	free(s);
	return NULL;
}

bool sign_in_set(struct sign_in *s, const char *hash)
{
	bool another = strcmp(s->hash, hash ? hash : "") != 0;

	snprintf(s->hash, sizeof(s->hash), "%s", hash ? hash : "");
	/* who waits is not told by the one before, and there may be none */
	while (!sign_in_is_possible(s) && s->waiting)
		answer(s->waiting, SIGN_IN_NONE);
	return another;
}

bool sign_in_is_possible(const struct sign_in *s)
{
	return *s->hash;
}

static bool tries_already(const struct sign_in *s, const struct address *address)
{
	const struct sign_in_try *t = s->waiting;

	while (t && !address_equal(&t->address, address))
		t = t->next;
	return t || (s->running && address_equal(&s->address, address));
}

/* Behind those that are not placed worse. */
static void put_in(struct sign_in *s, struct sign_in_try *t)
{
	struct sign_in_try **p = &s->waiting;

	while (*p && (*p)->rank <= t->rank)
		p = &(*p)->next;
	t->next = *p;
	*p = t;
	t->sign_in = s;
	s->n++;
}

static struct sign_in_try *last_of(const struct sign_in *s)
{
	struct sign_in_try *t = s->waiting;

	while (t && t->next)
		t = t->next;
	return t;
}

enum sign_in_result sign_in_begin(struct sign_in *s, struct sign_in_try *t, const struct address *address,
				  bool watches, const char *passphrase, uint64_t *ret_wait_ms)
{
	uint64_t now = clock_ms();
	struct sign_in_try *last;

	*ret_wait_ms = attempts_wait(s->attempts, address, now);
	if (!sign_in_is_possible(s))
		return SIGN_IN_NONE;
	if (*ret_wait_ms)
		return SIGN_IN_SLOWED;
	*ret_wait_ms = BUSY_WAIT_MS;
	t->rank = attempts_rank(s->attempts, address, watches, now);
	last = s->n == SIGN_IN_WAITING ? last_of(s) : NULL;
	if (tries_already(s, address) || (last && last->rank <= t->rank))
		return SIGN_IN_BUSY;
	t->address = *address;
	t->since_ms = now;
	t->passphrase = strdup(passphrase);
	if (!t->passphrase)
		return SIGN_IN_BROKEN;
	if (last)
		answer(last, SIGN_IN_BUSY);
	put_in(s, t);
	if (!s->running)
		check_in(s, 0);
	return SIGN_IN_RIGHT;
}

void sign_in_end(struct sign_in_try *t)
{
	struct sign_in *s = t->sign_in;

	if (!s)
		return;
	if (s->try == t)
		s->try = NULL;
	take_out(t);
}

const char *sign_in_result_name(enum sign_in_result result)
{
	static const char *const names[] = {
	    [SIGN_IN_RIGHT] = "done", [SIGN_IN_WRONG] = "wrong",	[SIGN_IN_SLOWED] = "slowed",
	    [SIGN_IN_BUSY] = "busy",  [SIGN_IN_NONE] = "no-passphrase", [SIGN_IN_BROKEN] = "broken",
	};

	return names[result];
}
