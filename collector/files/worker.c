/* SPDX-License-Identifier: MIT */
#include "worker.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

struct queue {
	struct worker_job *first, **end;
};

struct worker {
	sd_event_source *source;
	int fd; /* tells the loop that jobs are done */
	pthread_t thread;
	bool has_thread;
	pthread_mutex_t lock;
	pthread_cond_t wake, idle;
	/* Under the lock. */
	struct queue waiting, finished;
	bool ended; /* the thread is through */
	bool close; /* it ends once nothing waits */
	bool alone; /* nobody waits for the thread: the worker is its own */
	atomic_bool ending;
};

static void queue_init(struct queue *q)
{
	q->first = NULL;
	q->end = &q->first;
}

static void queue_put(struct queue *q, struct worker_job *job)
{
	job->next = NULL;
	*q->end = job;
	q->end = &job->next;
}

static struct worker_job *queue_take(struct queue *q)
{
	struct worker_job *job = q->first;

	if (!job)
		return NULL;
	q->first = job->next;
	if (!q->first)
		q->end = &q->first;
	return job;
}

static void release(struct worker *w)
{
	if (w->fd >= 0)
		close(w->fd);
	pthread_cond_destroy(&w->wake);
	pthread_cond_destroy(&w->idle);
	pthread_mutex_destroy(&w->lock);
	free(w);
}

static void *run(void *data)
{
	struct worker *w = data;
	bool alone;

	pthread_mutex_lock(&w->lock);
	for (;;) {
		struct worker_job *job = queue_take(&w->waiting);

		if (!job && w->close)
			break;
		if (!job) {
			pthread_cond_wait(&w->wake, &w->lock);
			continue;
		}
		pthread_mutex_unlock(&w->lock);
		job->run(job, w);
		pthread_mutex_lock(&w->lock);
		queue_put(&w->finished, job);
		eventfd_write(w->fd, 1);
	}
	w->ended = true;
	alone = w->alone;
	pthread_cond_signal(&w->idle);
	pthread_mutex_unlock(&w->lock);
	/* Its jobs stay as they are: whoever handed them over is gone. */
	if (alone)
		release(w);
	return NULL;
}

static struct worker_job *take_finished(struct worker *w)
{
	struct worker_job *job;

	pthread_mutex_lock(&w->lock);
	job = queue_take(&w->finished);
	pthread_mutex_unlock(&w->lock);
	return job;
}

static int on_finished(sd_event_source *source, int fd, uint32_t events, void *data)
{
	struct worker *w = data;
	struct worker_job *job;
	eventfd_t count;

	(void)source;
	(void)events;
	eventfd_read(fd, &count);
	while ((job = take_finished(w)))
		job->done(job);
	return 0;
}

static void init_conditions(struct worker *w)
{
	pthread_condattr_t attributes;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->wake, NULL);
	pthread_cond_init(&w->idle, &attributes);
	pthread_condattr_destroy(&attributes);
}

int worker_new(struct worker **ret, sd_event *event)
{
	struct worker *w = calloc(1, sizeof(*w));
	int r;

	if (!w)
		return -ENOMEM;
	queue_init(&w->waiting);
	queue_init(&w->finished);
	init_conditions(w);
	w->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	r = w->fd < 0 ? -errno : sd_event_add_io(event, &w->source, w->fd, EPOLLIN, on_finished, w);
	if (r < 0) {
		worker_free(w, false, 0);
		return r;
	}
	*ret = w;
	return 0;
}

/* What a thread that is left to itself still uses must not be taken from it, nor be called lost, as the program ends. */
static void leave(int status, void *data)
{
	(void)data;
	fflush(NULL);
	_exit(status);
}

/* True when the thread is through; else the worker is its own from now on. */
static bool end_thread(struct worker *w, uint32_t patience_ms)
{
	struct timespec until;
	bool ended;
	int e = 0;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += patience_ms / 1000;
	until.tv_nsec += (long)(patience_ms % 1000 * 1000000);
	if (until.tv_nsec >= 1000000000) {
		until.tv_nsec -= 1000000000;
		until.tv_sec++;
	}
	pthread_mutex_lock(&w->lock);
	w->close = true;
	pthread_cond_signal(&w->wake);
	while (!w->ended && !e)
		e = pthread_cond_timedwait(&w->idle, &w->lock, &until);
	ended = w->ended;
	w->alone = !ended;
	if (!ended) {
		atomic_store(&w->ending, true);
		pthread_detach(w->thread);
		on_exit(leave, NULL);
	}
	pthread_mutex_unlock(&w->lock);
	return ended;
}

static void drop_all(struct queue *q)
{
	struct worker_job *job;

	while ((job = queue_take(q)))
		job->drop(job);
}

struct worker *worker_free(struct worker *w, bool flush, uint32_t patience_ms)
{
	if (!w)
		return NULL;
	sd_event_source_disable_unref(w->source);
	if (!flush) {
		struct queue waiting;

		atomic_store(&w->ending, true);
		queue_init(&waiting);
		pthread_mutex_lock(&w->lock);
		for (struct worker_job *job; (job = queue_take(&w->waiting));)
			queue_put(&waiting, job);
		pthread_mutex_unlock(&w->lock);
		drop_all(&waiting);
	}
	if (w->has_thread && !end_thread(w, patience_ms))
		return NULL;
	if (w->has_thread)
		pthread_join(w->thread, NULL);
	drop_all(&w->waiting);
	drop_all(&w->finished);
	release(w);
	return NULL;
}

static int start_thread(struct worker *w)
{
	sigset_t all, before;
	int e;

	/* Signals are the loop's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	e = pthread_create(&w->thread, NULL, run, w);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	w->has_thread = !e;
	return -e;
}

int worker_do(struct worker *w, struct worker_job *job)
{
	int r = w->has_thread ? 0 : start_thread(w);

	if (r < 0)
		return r;
	pthread_mutex_lock(&w->lock);
	queue_put(&w->waiting, job);
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->lock);
	return 0;
}

bool worker_is_ending(const struct worker *w)
{
	return atomic_load(&w->ending);
}
