/* SPDX-License-Identifier: MIT */
#include "watched_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "file.h"
#include "log.h"

#define REST 2	      /* seconds between a file's last write and its last rename (or the like): it is whole */
#define PAUSE_MOST 64 /* looks between two attempts to read what cannot be read now */

/* A reading; its file may go before it comes back. */
struct reading {
	struct worker_job job;
	struct watched_file *owner; /* NULL: nobody wants what comes of it */
	const struct watched_file_kind *kind;
	const void *options;
	size_t n;
	struct watched_input inputs[WATCHED_FILE_PATHS_MAX];
	struct file_stamp
	    stamps[WATCHED_FILE_PATHS_MAX]; /* of what was read, or seen where it could not be */
	int error;
	void *content;
	char paths[WATCHED_FILE_PATHS_MAX][PATH_MAX];
};

struct watched_file {
	struct worker *worker;
	const struct watched_file_kind *kind;
	const void *options;
	watched_file_told told;
	void *data;
	size_t n;
	char paths[WATCHED_FILE_PATHS_MAX][PATH_MAX];
	struct file_stamp seen[WATCHED_FILE_PATHS_MAX];	 /* at the last look */
	struct file_stamp tried[WATCHED_FILE_PATHS_MAX]; /* when it was last read, or in vain */
	bool looked, was_tried;
	bool dirty;		 /* to be read even though its stamp is the same */
	int error;		 /* told last; 1: nothing was told yet */
	unsigned pause, waited;	 /* looks */
	struct reading *reading; /* under way, or NULL */
	sd_event_source *watch;	 /* of the first one's folder, or NULL */
	sd_event *event;
};

/* By when it was written. */
static struct file_stamp stamp_of(const struct stat *st)
{
	return file_stamp_of(st, st->st_mtim);
}

static bool are_same(const struct file_stamp *a, const struct file_stamp *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!file_stamp_equal(&a[i], &b[i]))
			return false;
	return true;
}

static int open_input(struct watched_input *input, int64_t most)
{
	input->fd = open(input->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (input->fd < 0)
		return errno == ENOENT ? 0 : -errno;
	if (fstat(input->fd, &input->stat) < 0)
		return -errno;
	if (!S_ISREG(input->stat.st_mode))
		return S_ISDIR(input->stat.st_mode) ? -EISDIR : -EBADMSG;
	return input->stat.st_size > most ? -EFBIG : 0;
}

static int read_inputs(struct reading *r, const struct worker *w)
{
	bool any = false;
	int error = 0;

	for (size_t i = 0; i < r->n; i++) {
		int e = open_input(&r->inputs[i], r->kind->most);

		error = error ? error : e;
		any |= r->inputs[i].fd >= 0;
		if (r->inputs[i].fd >= 0)
			r->stamps[i] = stamp_of(&r->inputs[i].stat);
	}
	if (!error)
		error = any ? r->kind->read(&r->content, r->inputs, r->options, w) : -ENOENT;
	/* What was written meanwhile may be half of something. */
	for (size_t i = 0; i < r->n; i++) {
		struct stat after;
		struct file_stamp stamp;

		if (r->inputs[i].fd < 0)
			continue;
		stamp = fstat(r->inputs[i].fd, &after) < 0 ? (struct file_stamp){} : stamp_of(&after);
		if (!file_stamp_equal(&r->stamps[i], &stamp))
			error = -EAGAIN;
	}
	return error;
}

static void free_content(struct reading *r)
{
	if (r->content)
		r->kind->free(r->content);
	r->content = NULL;
}

static void run(struct worker_job *job, const struct worker *w)
{
	struct reading *r = (struct reading *)job;

	for (size_t i = 0; i < r->n; i++)
		r->inputs[i] = (struct watched_input){.path = r->paths[i], .fd = -1};
	r->error = read_inputs(r, w);
	for (size_t i = 0; i < r->n; i++)
		if (r->inputs[i].fd >= 0)
			close(r->inputs[i].fd);
	if (r->error < 0)
		free_content(r);
	/* What reading took beside the result goes back to the system. */
	malloc_trim(0);
}

static void drop(struct worker_job *job)
{
	struct reading *r = (struct reading *)job;

	if (r->owner)
		r->owner->reading = NULL;
	free_content(r);
	free(r);
}

static void tell(struct watched_file *f, int error, void *content)
{
	/* The same trouble once. */
	if (error < 0 && error == f->error && error != -EBADMSG && error != -EMEDIUMTYPE && error != -EFBIG)
		return;
	log_debug("%s: %s.", f->paths[0], error ? strerror(-error) : "reloaded");
	f->error = error;
	f->told(f->data, error, content);
}

/* The bytes themselves are wrong: nothing changes until they do. */
static bool is_final(int error)
{
	return !error || error == -ENOENT || error == -EBADMSG || error == -EMEDIUMTYPE || error == -EFBIG ||
	       error == -EISDIR;
}

static void done(struct worker_job *job)
{
	struct reading *r = (struct reading *)job;
	struct watched_file *f = r->owner;
	void *content = r->content;
	int error = r->error;

	if (!f || error == -EAGAIN) {
		if (f) {
			log_debug("%s: still being written, will be read again.", f->paths[0]);
			f->dirty = true;
		}
		drop(job);
		return;
	}
	memcpy(f->tried, r->stamps, sizeof(f->tried));
	f->was_tried = true;
	f->waited = 0;
	f->pause = is_final(error) ? 0 : f->pause ? f->pause * 2 : 1;
	if (f->pause > PAUSE_MOST)
		f->pause = PAUSE_MOST;
	r->content = NULL;
	drop(job);
	tell(f, error, content);
}

static void start(struct watched_file *f)
{
	struct reading *r = calloc(1, sizeof(*r));

	/* Without memory or a thread now, the next look tries again. */
	if (!r)
		return;
	r->job = (struct worker_job){.run = run, .done = done, .drop = drop};
	r->owner = f;
	r->kind = f->kind;
	r->options = f->options;
	r->n = f->n;
	memcpy(r->paths, f->paths, sizeof(r->paths));
	memcpy(r->stamps, f->seen, sizeof(r->stamps));
	if (worker_do(f->worker, &r->job) < 0) {
		free(r);
		return;
	}
	f->reading = r;
	f->dirty = false;
}

static int on_inotify(sd_event_source *source, const struct inotify_event *event, void *data)
{
	struct watched_file *f = data;

	(void)source;
	if (!event->len || !strcmp(event->name, strrchr(f->paths[0], '/') + 1))
		f->dirty = true;
	return 0;
}

/* Two writes within the clock's grain leave the same stamp. Without a watch that is all that is missed. */
static void watch_folder(struct watched_file *f)
{
	char folder[PATH_MAX];
	char *slash;

	memcpy(folder, f->paths[0], sizeof(folder));
	slash = strrchr(folder, '/');
	if (f->watch || !f->kind->at_once || !slash)
		return;
	slash[slash == folder] = '\0';
	sd_event_add_inotify(f->event, &f->watch, folder,
			     IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_TO | IN_CREATE, on_inotify, f);
}

int watched_file_new(struct watched_file **ret, sd_event *event, struct worker *w,
		     const struct watched_file_kind *kind, const char *const *paths, size_t n,
		     const void *options, watched_file_told told, void *data)
{
	struct watched_file *f = calloc(1, sizeof(*f));

	if (!f)
		return -ENOMEM;
	*f = (struct watched_file){.worker = w,
				   .kind = kind,
				   .options = options,
				   .told = told,
				   .data = data,
				   .n = n,
				   .error = 1,
				   .event = event};
	for (size_t i = 0; i < n; i++) {
		if (strlen(paths[i]) >= sizeof(f->paths[i])) {
			free(f);
			return -ENAMETOOLONG;
		}
		strcpy(f->paths[i], paths[i]);
	}
	*ret = f;
	return 0;
}

struct watched_file *watched_file_free(struct watched_file *f)
{
	if (!f)
		return NULL;
	if (f->reading)
		f->reading->owner = NULL;
	sd_event_source_disable_unref(f->watch);
	free(f);
	return NULL;
}

/* Takes the stamps. True when nobody seems to be writing: each file is as it was at the look before, or was there
 * before the first look, or its inode was changed well after its bytes (it was renamed, or given its time). */
static bool look(struct watched_file *f, bool *ret_any)
{
	bool rest = true;

	*ret_any = false;
	for (size_t i = 0; i < f->n; i++) {
		struct file_stamp before = f->seen[i];
		struct stat now = {};

		if (stat(f->paths[i], &now) < 0)
			now = (struct stat){};
		f->seen[i] = stamp_of(&now);
		*ret_any |= now.st_ino != 0;
		rest &= f->kind->at_once || !f->looked || file_stamp_equal(&before, &f->seen[i]) ||
			now.st_ctim.tv_sec > now.st_mtim.tv_sec + REST;
	}
	f->looked = true;
	return rest;
}

void watched_file_check(struct watched_file *f)
{
	bool any, rest;

	if (f->reading)
		return;
	watch_folder(f);
	rest = look(f, &any);
	if (f->was_tried && !f->dirty && are_same(f->seen, f->tried, f->n) &&
	    (!f->pause || ++f->waited < f->pause))
		return;
	if (!any) {
		memcpy(f->tried, f->seen, sizeof(f->tried));
		f->was_tried = true;
		f->pause = 0;
		f->dirty = false;
		tell(f, -ENOENT, NULL);
		return;
	}
	if (rest)
		start(f);
}
