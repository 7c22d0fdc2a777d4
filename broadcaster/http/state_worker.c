/* SPDX-License-Identifier: MIT */
#include "state_worker.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "state_json.h"
#include "util.h"

#define NICE 5		     /* frames first, and yet an answer where all are busy */
#define FREE_HERE_MAX 262144 /* bytes */

/* What was made of one topic, and what is being made. */
struct work {
	struct work *next;
	struct state_worker *worker;
	const struct relay_topic *topic;
	struct blob *kept[STATE_WORKER_KEPT];
	struct blob *newest; /* one of kept, borrowed; NULL after an error */
	int error;
	uint64_t made_ms; /* 0: nothing yet */
	bool running;
	bool joinable; /* thread has done its work, and ends or has ended */
	size_t place;  /* in kept, for what is being made */
	uint64_t since_ms;
	pthread_t thread;
	atomic_bool stop, done;
	/* the thread's own until done */
	struct topic_log_snapshot snapshot;
	char *text;
	size_t length;
	int result;
};

struct state_worker {
	struct ev_loop *loop;
	ev_async wake;
	struct work *works;
	unsigned threads;
	struct loop_turns *turns;
};

static void *run(void *data)
{
	struct work *work = data;

	setpriority(PRIO_PROCESS, (id_t)gettid(), NICE);
	work->result = state_json(&work->text, &work->length, &work->snapshot, &work->stop);
	atomic_store(&work->done, true);
	ev_async_send(work->worker->loop, &work->worker->wake);
	return NULL;
}

/* Signals are the loop's. 0; -errno. */
static int start_thread(pthread_t *ret, void *(*function)(void *data), void *data)
{
	sigset_t all, before;
	int e;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	e = pthread_create(ret, NULL, function, data);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return -e;
}

static void *free_blob(void *data)
{
	setpriority(PRIO_PROCESS, (id_t)gettid(), NICE);
	blob_release(data);
	return NULL;
}

/* Releases it; giving a large one's memory back takes milliseconds, which the loop has not. */
static void release(struct blob *blob)
{
	pthread_t thread;

	if (blob && blob->holders == 1 && blob->length > FREE_HERE_MAX &&
	    start_thread(&thread, free_blob, blob) == 0)
		pthread_detach(thread);
	else
		blob_release(blob);
}

/* It is at its end, and only slow to go when the machine is busy: not to be waited for just after its work. */
static void join(struct work *work)
{
	if (work->joinable)
		pthread_join(work->thread, NULL);
	work->joinable = false;
}

static void finish(struct work *work, uint64_t now_ms)
{
	release(work->snapshot.blob);
	work->running = false;
	work->joinable = true;
	work->worker->threads--;
	work->error = work->result;
	work->made_ms = now_ms;
	if (work->error < 0)
		return;
	work->newest = work->kept[work->place] = blob_new(work->text, work->length);
	if (!work->newest)
		work->error = -ENOMEM;
}

static void on_wake(struct ev_loop *loop, ev_async *wake, int events)
{
	struct state_worker *w = wake->data;
	uint64_t begun = clock_us();

	(void)loop;
	(void)events;
	for (struct work *work = w->works; work; work = work->next)
		if (work->running && atomic_load(&work->done))
			finish(work, clock_ms());
	loop_turns_add(w->turns, LOOP_STATES, begun);
}

/* Frees the texts that nobody reads. */
static void sweep(struct work *work)
{
	for (size_t i = 0; i < STATE_WORKER_KEPT; i++) {
		if (!work->kept[i] || work->kept[i]->holders > 1)
			continue;
		if (work->newest == work->kept[i]) {
			work->newest = NULL;
			work->made_ms = 0;
		}
		release(work->kept[i]);
		work->kept[i] = NULL;
	}
}

static int begin(struct work *work)
{
	size_t place = 0;
	int r;

	sweep(work);
	while (place < STATE_WORKER_KEPT && work->kept[place])
		place++;
	if (place == STATE_WORKER_KEPT)
		return -EBUSY;
	r = topic_log_hold(work->topic->log, &work->snapshot);
	if (r < 0)
		return r;
	work->place = place;
	work->since_ms = clock_ms();
	atomic_store(&work->stop, false);
	atomic_store(&work->done, false);
	join(work);
	r = start_thread(&work->thread, run, work);
	if (r < 0) {
		blob_release(work->snapshot.blob);
		return r;
	}
	work->newest = NULL;
	work->made_ms = 0;
	work->running = true;
	work->worker->threads++;
	return -EINPROGRESS;
}

static struct work *find(const struct state_worker *w, const struct relay_topic *topic)
{
	struct work *work = w->works;

	while (work && work->topic != topic)
		work = work->next;
	return work;
}

static struct work *add(struct state_worker *w, const struct relay_topic *topic)
{
	struct work *work = calloc(1, sizeof(*work));

	if (!work)
		return NULL;
	work->worker = w;
	work->topic = topic;
	work->next = w->works;
	w->works = work;
	return work;
}

int state_worker_get(struct state_worker *w, struct relay_topic *topic, uint64_t asked_ms, struct blob **ret)
{
	struct work *work = find(w, topic);

	if (!topic_log_has_keyframe(topic->log))
		return -ENODATA;
	if (!work)
		work = add(w, topic);
	if (!work)
		return -ENOMEM;
	if (work->running)
		return -EINPROGRESS;
	if (work->made_ms && asked_ms < work->made_ms + STATE_WORKER_FRESH_MS) {
		if (work->error >= 0)
			*ret = blob_hold(work->newest);
		return work->error;
	}
	return w->threads < STATE_WORKER_THREADS ? begin(work) : -EINPROGRESS;
}

bool state_worker_pending(const struct state_worker *w, const struct relay_topic *topic)
{
	const struct work *work = find(w, topic);

	return w->threads == STATE_WORKER_THREADS || (work && work->running);
}

void state_worker_tick(struct state_worker *w, uint64_t now_ms)
{
	for (struct work *work = w->works; work; work = work->next) {
		if (work->running && now_ms - work->since_ms > STATE_WORKER_TIME_MS)
			atomic_store(&work->stop, true);
		else if (!work->running && now_ms - work->made_ms > STATE_WORKER_FRESH_MS)
			sweep(work);
	}
}

int state_worker_new(struct state_worker **ret, struct ev_loop *loop, struct loop_turns *turns)
{
	struct state_worker *w = calloc(1, sizeof(*w));

	if (!w)
		return -ENOMEM;
	w->loop = loop;
	w->turns = turns;
	ev_async_init(&w->wake, on_wake);
	w->wake.data = w;
	ev_async_start(loop, &w->wake);
	*ret = w;
	return 0;
}

struct state_worker *state_worker_free(struct state_worker *w)
{
	struct work *next;

	if (!w)
		return NULL;
	for (struct work *work = w->works; work; work = next) {
		next = work->next;
		atomic_store(&work->stop, true);
		if (work->running) {
			pthread_join(work->thread, NULL);
			finish(work, 0);
			work->joinable = false;
		}
		join(work);
		for (size_t i = 0; i < STATE_WORKER_KEPT; i++)
			blob_release(work->kept[i]);
		free(work);
	}
	ev_async_stop(w->loop, &w->wake);
	free(w);
	return NULL;
}
