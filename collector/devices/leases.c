/* SPDX-License-Identifier: MIT */
#include "leases.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>

#include "file.h"
#include "util.h"

#define FILE_MOST (4ul << 20) /* bytes */

struct lease_file {
	struct leases *owner;
	char path[PATH_MAX];
	sd_event_source *watch; /* of the folder, or NULL */
	struct timespec modified;
	off_t size;
	ino_t inode;
	int error; /* said last; 1: nothing was said yet */
	bool dirty;
	struct lease *leases;
	size_t n;
	struct source source;
};

struct leases {
	sd_event *event;
	struct row_table *sources;
	struct lease_file files[LEASES_FILES_MAX];
	size_t n_files;
	leases_listener listener;
	leases_report report;
	void *data;
};

static int on_inotify(sd_event_source *source, const struct inotify_event *event, void *data)
{
	struct lease_file *f = data;
	const char *name = strrchr(f->path, '/') + 1;

	(void)source;
	if (!event->len || !strcmp(event->name, name))
		f->dirty = true;
	return 0;
}

/* Without a watch the once-a-second look at size and time is enough. */
static void watch(struct lease_file *f)
{
	char folder[PATH_MAX];

	snprintf(folder, sizeof(folder), "%s", f->path);
	*(strrchr(folder, '/') + (strrchr(folder, '/') == folder)) = '\0';
	if (!f->watch)
		sd_event_add_inotify(f->owner->event, &f->watch, folder,
				     IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_TO | IN_CREATE, on_inotify, f);
}

static int add_file(struct leases *l, const char *path)
{
	struct lease_file *f = &l->files[l->n_files];

	if (l->n_files == LEASES_FILES_MAX || strlen(path) >= sizeof(f->path) || path[0] != '/')
		return -EINVAL;
	strcpy(f->path, path);
	f->owner = l;
	f->error = 1;
	f->dirty = true;
	f->source = (struct source){.kind = "leases", .state = "missing"};
	snprintf(f->source.name, sizeof(f->source.name), "%s", strrchr(f->path, '/') + 1);
	row_add(l->sources, &f->source.row);
	l->n_files++;
	return 0;
}

int leases_new(struct leases **ret, sd_event *event, struct row_table *sources,
	       const struct config_list *paths, leases_listener listener, leases_report report, void *data)
{
	struct leases *l = calloc(1, sizeof(*l));
	int r = 0;

	if (!l)
		return -ENOMEM;
	*l = (struct leases){
	    .event = event, .sources = sources, .listener = listener, .report = report, .data = data};
	for (size_t i = 0; r == 0 && i < paths->n; i++)
		r = add_file(l, paths->items[i]);
	if (r < 0) {
		leases_free(l);
		return r;
	}
	*ret = l;
	return 0;
}

struct leases *leases_free(struct leases *l)
{
	if (!l)
		return NULL;
	for (size_t i = 0; i < l->n_files; i++) {
		row_remove(l->sources, &l->files[i].source.row);
		sd_event_source_disable_unref(l->files[i].watch);
		free(l->files[i].leases);
	}
	free(l);
	return NULL;
}

static void say(struct lease_file *f, int error, uint64_t broken)
{
	struct source *s = &f->source;

	s->counted = f->n || error == 0;
	s->entries = f->n;
	s->broken = broken;
	s->state = error == 0 ? "ok" : error == -ENOENT ? "missing" : "broken";
	s->detail[0] = '\0';
	if (error == -ENOENT)
		snprintf(s->detail, sizeof(s->detail),
			 "There is no lease file %.200s yet: with it devices have their own host names.",
			 f->path);
	else if (error)
		snprintf(s->detail, sizeof(s->detail), "The lease file %.200s cannot be read: %s.", f->path,
			 strerror(-error));
	row_change(f->owner->sources, &s->row,
		   1u << SOURCE_STATE | 1u << SOURCE_DETAIL | 1u << SOURCE_ENTRIES | 1u << SOURCE_BROKEN);
	if (error != f->error)
		f->owner->report(f->owner->data, s, f->path);
	f->error = error;
}

/* A file without its last newline is read in the middle of being written. */
static int read_leases(struct lease_file *f)
{
	_cleanup_(cleanup_free) char *text = NULL;
	struct lease *leases, lease;
	size_t length, n = 0, lines = 0;
	uint64_t broken = 0;
	int r = file_read(&text, &length, f->path, FILE_MOST);

	if (r < 0)
		return r;
	if (length && text[length - 1] != '\n')
		return -EAGAIN;
	for (size_t i = 0; i < length; i++)
		lines += text[i] == '\n';
	if (lines > LEASES_MAX)
		lines = LEASES_MAX;
	leases = reallocarray(NULL, lines + 1, sizeof(*leases));
	if (!leases)
		return -ENOMEM;
	for (char *at = text, *end; at < text + length; at = end + 1) {
		end = memchr(at, '\n', (size_t)(text + length - at));
		r = lease_line_parse(&lease, at, (size_t)(end - at));
		if (r == 0 && n < lines)
			leases[n++] = lease;
		else
			broken += r <= 0;
	}
	free(f->leases);
	f->leases = leases;
	f->n = n;
	say(f, 0, broken);
	return 0;
}

/* True when there is something new. */
static bool look(struct lease_file *f)
{
	struct stat st;
	int r = stat(f->path, &st) < 0 ? -errno : 0;

	if (r == 0 && !f->dirty && st.st_size == f->size && st.st_ino == f->inode &&
	    st.st_mtim.tv_sec == f->modified.tv_sec && st.st_mtim.tv_nsec == f->modified.tv_nsec)
		return false;
	watch(f);
	f->dirty = false;
	if (r == 0)
		r = read_leases(f);
	if (r == 0) {
		f->size = st.st_size;
		f->inode = st.st_ino;
		f->modified = st.st_mtim;
		return true;
	}
	/* Half of a file: the next look finds the whole. */
	f->dirty = true;
	if (r != -EAGAIN && r != f->error)
		say(f, r, 0);
	return false;
}

void leases_check(struct leases *l, bool again)
{
	uint64_t now = clock_unix_ms() / 1000;

	for (size_t i = 0; i < l->n_files; i++) {
		struct lease_file *f = &l->files[i];

		if (!look(f) && !again)
			continue;
		for (size_t k = 0; k < f->n; k++)
			if (!f->leases[k].expiry || f->leases[k].expiry > now)
				l->listener(l->data, &f->leases[k]);
	}
}
