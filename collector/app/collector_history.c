/* SPDX-License-Identifier: MIT */
/* What is kept of the history on disk: a minute that is over is added to the file, which now and then is written anew. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "collector_private.h"
#include "file.h"
#include "history_file.h"
#include "history_restore.h"
#include "history_snapshot.h"
#include "log.h"
#include "state_folder.h"
#include "util.h"

#define ADDED_LEAST (256 * 1024) /* bytes: for fewer the file is not written anew */

struct saving {
	struct worker_job job;
	struct collector_history *owner;
	struct history_snapshot *snapshot; /* NULL: the file goes */
	bool whole;
	size_t length;
	int error;
	char path[PATH_MAX];
};

struct collector_history {
	struct collector *collector;
	bool whole;	     /* the next saving writes the file anew */
	bool broken;	     /* the last saving failed, and that was said */
	bool newer;	     /* the file is of a newer connvis: it is left alone */
	uint64_t forgotten;  /* what the history's was at the last saving */
	size_t whole_length; /* bytes of the file when it was last written anew */
	size_t added;	     /* bytes since */
	char path[PATH_MAX];
};

static int write_snapshot(struct saving *s)
{
	_cleanup_(cleanup_free) char *text = NULL;
	int r = history_snapshot_write(s->snapshot, &text, &s->length);

	if (r < 0)
		return r;
	return s->whole ? file_replace(s->path, text, s->length) : file_append(s->path, text, s->length);
}

static void run(struct worker_job *job, const struct worker *w)
{
	struct saving *s = (struct saving *)job;

	(void)w;
	if (s->snapshot)
		s->error = write_snapshot(s);
	else
		s->error = unlink(s->path) < 0 && errno != ENOENT ? -errno : 0;
}

static void drop(struct worker_job *job)
{
	struct saving *s = (struct saving *)job;

	history_snapshot_free(s->snapshot);
	free(s);
}

static void done(struct worker_job *job)
{
	struct saving *s = (struct saving *)job;
	struct collector_history *h = s->owner;

	if (s->error < 0 && !h->broken)
		log_warning(
		    "The history cannot be saved in %s (%s): after a restart what moved since then is lost. This is tried again every minute.",
		    h->path, strerror(-s->error));
	if (s->error == 0 && h->broken)
		log_info("The history is saved in %s again.", h->path);
	h->broken = s->error < 0;
	/* Something of it may stand there. */
	h->whole |= s->error < 0;
	h->added += s->length;
	if (s->whole) {
		h->whole_length = s->length;
		h->added = 0;
	}
	if (h->added > h->whole_length + ADDED_LEAST)
		h->whole = true;
	drop(job);
}

/* What is over and not saved yet, or all. */
static void save(struct collector_history *h)
{
	struct history *history = &h->collector->model->history;
	struct saving *s = calloc(1, sizeof(*s));
	int r = s ? history_snapshot_new(&s->snapshot, history, h->whole) : -ENOMEM;

	/* Without memory all of it is tried again at the end of the next minute. */
	if (r < 0 || (r == 1 && !h->whole)) {
		h->whole |= r < 0;
		free(s);
		return;
	}
	s->job = (struct worker_job){.run = run, .done = done, .drop = drop};
	s->owner = h;
	s->whole = h->whole;
	memcpy(s->path, h->path, sizeof(s->path));
	/* Where the file goes there is none that a minute could be added to. */
	h->whole = r == 1;
	h->forgotten = history->forgotten;
	r = worker_do(h->collector->writer, &s->job);
	if (r < 0) {
		s->error = r;
		done(&s->job);
	}
}

static bool is_shown(void *data, const struct past_device *device)
{
	struct collector *collector = data;

	/* Of one that nothing is known of nobody knows whether it may be told. */
	return (device->has_mac || device->has_address) &&
	       collector_wishes_of(collector, device->has_mac ? device->mac : NULL,
				   device->has_address ? &device->address : NULL) == WISH_SHOWN;
}

static bool may_tell(void *data, const char *name)
{
	return !collector_wishes_tell(data, name);
}

static void load(struct collector_history *h)
{
	struct collector *collector = h->collector;
	const struct history_filter filter = {is_shown, may_tell, collector};
	_cleanup_(cleanup_free) char *text = NULL;
	size_t length = 0;
	int r = file_read(&text, &length, h->path, HISTORY_FILE_MOST);

	if (r == -ENOENT)
		return;
	if (r == 0)
		r = history_restore(&collector->model->history, text, length, &filter,
				    model_now(collector->model));
	if (r == 1)
		log_warning(
		    "The end of the history saved in %s is not whole, as after a power cut: what moved then is lost.",
		    h->path);
	if (r >= 0)
		log_info("The history goes on from what was saved in %s.", h->path);
	else
		h->newer =
		    state_folder_refuse("history", h->path, r, "it is spoilt, or another kind of file");
}

/* In a room it ends with the session. */
static bool goes_on(const struct collector *collector)
{
	return collector->options.history_hours &&
	       (collector->options.privacy != ROOM_PRIVACY_ROOM || collector->model->session.gap_from);
}

int collector_history_make(struct collector *collector)
{
	const char *folder = collector->options.state_folder;
	struct collector_history *h;

	if (!folder[0])
		return 0;
	h = calloc(1, sizeof(*h));
	if (!h)
		return -ENOMEM;
	h->collector = collector;
	/* The first saving drops what a power cut has torn. */
	h->whole = true;
	collector->history_file = h;
	if (snprintf(h->path, sizeof(h->path), "%s/history", folder) >= (int)sizeof(h->path))
		return -ENAMETOOLONG;
	if (goes_on(collector)) {
		load(h);
		h->forgotten = collector->model->history.forgotten;
	} else {
		save(h);
	}
	return 0;
}

void collector_history_over(struct collector *collector)
{
	if (collector->history_file && !collector->history_file->newer)
		save(collector->history_file);
}

void collector_history_tick(struct collector *collector)
{
	struct collector_history *h = collector->history_file;

	if (!h || h->newer || h->forgotten == collector->model->history.forgotten)
		return;
	h->whole = true;
	save(h);
}

void collector_history_end(struct collector *collector)
{
	model_end_history(collector->model);
	collector_history_tick(collector);
	collector_history_over(collector);
}

void collector_history_free(struct collector *collector)
{
	free(collector->history_file);
	collector->history_file = NULL;
}
