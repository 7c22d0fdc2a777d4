/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "collector_private.h"
#include "file.h"
#include "log.h"
#include "session.h"
#include "state_folder.h"
#include "util.h"

#define SAVE_EVERY 60000   /* ms: what a power cut may cost */
#define PATIENCE 2000	   /* ms: longer nobody waits for a slow disk before the feed goes on */
#define FORGET_AFTER 60000 /* ms: until then a connection of before may still turn up */

struct saving {
	struct worker_job job;
	struct collector_session *owner;
	struct session_snapshot *snapshot;
	int error;
	char path[PATH_MAX];
};

struct collector_session {
	struct collector *collector;
	struct saving *saving; /* under way, or NULL */
	bool outdated;	       /* what is saved, or being saved, holds what is to be forgotten */
	uint64_t waits_since;  /* clock_ms(): the feed, for that saving; 0: it does not */
	uint64_t saved;	       /* clock_ms() */
	uint64_t room_saved;   /* what the room's changes were then */
	bool broken;	       /* the last saving failed, and that was said */
	bool newer;	       /* the file is of a newer connvis: it is left alone */
	char path[PATH_MAX];
};

static void run(struct worker_job *job, const struct worker *w)
{
	struct saving *s = (struct saving *)job;
	_cleanup_(cleanup_free) char *text = NULL;
	size_t length;

	(void)w;
	s->error = session_snapshot_write(s->snapshot, &text, &length);
	if (s->error == 0)
		s->error = file_replace(s->path, text, length);
}

/* The program ends. */
static void drop(struct worker_job *job)
{
	struct saving *s = (struct saving *)job;

	session_snapshot_free(s->snapshot, s->owner->collector->model);
	free(s);
}

static void done(struct worker_job *job)
{
	struct saving *s = (struct saving *)job;
	struct collector_session *session = s->owner;

	session_snapshot_free(s->snapshot, session->collector->model);
	session->saving = NULL;
	if (s->error < 0 && !session->broken)
		log_warning(
		    "The session cannot be saved in %s (%s): a restart would begin a new one. This is tried again every minute.",
		    session->path, strerror(-s->error));
	if (s->error == 0 && session->broken)
		log_info("The session is saved in %s again.", session->path);
	session->broken = s->error < 0;
	free(s);
	if (session->outdated)
		collector_session_forget(session->collector);
}

/* 0 or -errno. */
static int save(struct collector_session *session)
{
	struct collector *collector = session->collector;
	struct saving *s = calloc(1, sizeof(*s));
	int r;

	session->saved = clock_ms();
	session->room_saved = collector->model->room.changes;
	if (!s)
		return -ENOMEM;
	*s = (struct saving){.job = {.run = run, .done = done, .drop = drop}, .owner = session};
	memcpy(s->path, session->path, sizeof(s->path));
	r = session_snapshot_new(&s->snapshot, collector->model, collector->table);
	if (r < 0) {
		free(s);
		return r;
	}
	session->saving = s;
	r = worker_do(collector->writer, &s->job);
	if (r < 0) {
		s->error = r;
		done(&s->job);
	}
	return r;
}

void collector_session_forget(struct collector *collector)
{
	struct collector_session *session = collector->session;

	/* What is being saved refers to names that may not be told any more. */
	if (session && session->saving) {
		session->outdated = true;
		session->waits_since = clock_ms();
		return;
	}
	feed_resume(collector->feed);
	if (!session || session->newer || !collector->feed_started)
		return;
	session->outdated = false;
	session->waits_since = 0;
	save(session);
}

static void say_restored(const struct model *m)
{
	int64_t now = model_now(m);

	log_info(
	    "The session that began %lld minutes ago goes on. It was saved %lld s ago: what ended since then is not in its sums.",
	    (long long)((now - m->session.began) / 60000), (long long)((now - m->session.gap_from) / 1000));
}

static void load(struct collector_session *session)
{
	struct collector *collector = session->collector;
	_cleanup_(cleanup_free) char *text = NULL;
	size_t length = 0;
	uint64_t most_age = (uint64_t)collector->options.session_resume * 1000;
	int r = file_read(&text, &length, session->path, SESSION_FILE_MOST);

	if (r == -ENOENT)
		return;
	if (r == 0)
		r = session_restore(collector->model, text, length, most_age);
	if (r == 0)
		say_restored(collector->model);
	else if (r == -ESTALE)
		log_info("The session saved in %s ended more than %lld s ago: a new one begins.",
			 session->path, (long long)collector->options.session_resume);
	else
		session->newer = state_folder_refuse("session", session->path, r,
						     "it is not whole, or another kind of file");
}

int collector_session_make(struct collector *collector)
{
	const char *folder = collector->options.state_folder;
	struct collector_session *session;

	if (!folder[0])
		return 0;
	session = calloc(1, sizeof(*session));
	if (!session)
		return -ENOMEM;
	session->collector = collector;
	session->saved = clock_ms();
	collector->session = session;
	if (snprintf(session->path, sizeof(session->path), "%s/session", folder) >=
	    (int)sizeof(session->path))
		return -ENAMETOOLONG;
	if (collector->options.session_resume)
		load(session);
	session->room_saved = collector->model->room.changes;
	return 0;
}

void collector_session_end(struct collector *collector)
{
	struct collector_session *session = collector->session;

	/* Nothing is known yet where no dump was read: what was saved before is more. */
	if (session && !session->newer && collector->feed_started)
		save(session);
}

void collector_session_free(struct collector *collector)
{
	free(collector->session);
	collector->session = NULL;
}

void collector_session_tick(struct collector *collector)
{
	struct collector_session *session = collector->session;

	if (clock_ms() - collector->clock_base > FORGET_AFTER)
		session_forget(&collector->model->session);
	if (session && session->waits_since && clock_ms() - session->waits_since > PATIENCE) {
		session->waits_since = 0;
		feed_resume(collector->feed);
	}
	if (!session || session->newer || session->saving || !collector->feed_started)
		return;
	/* What whoever leads the room has done is not to be lost, least of all that a new session began. */
	if (clock_ms() - session->saved >= SAVE_EVERY ||
	    session->room_saved != collector->model->room.changes)
		save(session);
}

void collector_session_dumped(struct collector *collector)
{
	struct session *session = &collector->model->session;

	if (session->gap_from && !session->gap_until)
		session->gap_until = model_now(collector->model) ? model_now(collector->model) : 1;
}
