/* SPDX-License-Identifier: MIT */
#include "leases.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util.h"
#include "watched_file.h"

#define FILE_MOST (4l << 20) /* bytes */
#define AT_REST_S 2

/* What a file holds. */
struct content {
	size_t n;
	uint64_t broken;
	struct lease leases[];
};

struct lease_file {
	struct leases *owner;
	struct watched_file *file;
	char path[PATH_MAX];
	int error; /* said last; 1: nothing was said yet */
	struct content *content;
	struct source source;
};

struct leases {
	sd_event *event;
	struct worker *worker;
	struct row_table *sources;
	struct lease_file files[LEASES_FILES_MAX];
	size_t n_files;
	leases_listener listener;
	source_report report;
	void *data;
};

static struct content *parse(const char *text, size_t length)
{
	struct content *c;
	size_t lines = 0;

	for (size_t i = 0; i < length; i++)
		lines += text[i] == '\n';
	if (lines > LEASES_MAX)
		lines = LEASES_MAX;
	c = calloc(1, sizeof(*c) + lines * sizeof(c->leases[0]));
	if (!c)
		return NULL;
	for (const char *at = text, *end; at < text + length; at = end + 1) {
		struct lease lease;
		int r;

		end = memchr(at, '\n', (size_t)(text + length - at));
		r = lease_line_parse(&lease, at, (size_t)(end - at));
		if (r == 0 && c->n < lines)
			c->leases[c->n++] = lease;
		else
			c->broken += r <= 0;
	}
	return c;
}

/* Nobody has written to it lately, whatever the clock did meanwhile. */
static bool is_at_rest(const struct stat *stat)
{
	int64_t age = (int64_t)clock_unix_ms() / 1000 - (int64_t)stat->st_mtim.tv_sec;

	return age > AT_REST_S || age < -AT_REST_S;
}

/* In the worker's thread. A file without its last newline is in the middle of being written, or its writer never
 * writes one. */
static int read_leases(void **ret, const struct watched_input *input, const void *options,
		       const struct worker *w)
{
	size_t size = (size_t)input->stat.st_size, length = 0;
	_cleanup_(cleanup_free) char *text = malloc(size + 1);
	ssize_t n = 1;

	(void)options;
	(void)w;
	if (!text)
		return -ENOMEM;
	while (n > 0 && length < size) {
		n = read(input->fd, text + length, size - length);
		if (n < 0)
			return -errno;
		length += (size_t)n;
	}
	if (length && text[length - 1] != '\n') {
		if (!is_at_rest(&input->stat))
			return -EAGAIN;
		text[length++] = '\n';
	}
	*ret = parse(text, length);
	return *ret ? 0 : -ENOMEM;
}

static const struct watched_file_kind kind = {
    .read = read_leases, .free = free, .most = FILE_MOST, .at_once = true};

static void say(struct lease_file *f, int error)
{
	struct source *s = &f->source;
	char good[PATH_MAX + 64];

	s->counted = f->content;
	s->entries = f->content ? f->content->n : 0;
	s->broken = f->content ? f->content->broken : 0;
	s->state = source_state(error, false);
	s->detail[0] = '\0';
	if (error < 0)
		source_explain(s, error, f->path, "a lease file",
			       error == -ENOENT ? "with it devices have their own host names"
						: "it is read as soon as a good one comes");
	row_change(f->owner->sources, &s->row,
		   COLUMN(SOURCE_STATE) | COLUMN(SOURCE_DETAIL) | COLUMN(SOURCE_ENTRIES) |
		       COLUMN(SOURCE_BROKEN));
	snprintf(good, sizeof(good), "Reading the leases in %s.", f->path);
	if (error != f->error)
		f->owner->report(f->owner->data, s, good);
	f->error = error;
}

static void tell(const struct lease_file *f)
{
	uint64_t now = clock_unix_ms() / 1000;

	for (size_t i = 0; f->content && i < f->content->n; i++) {
		const struct lease *lease = &f->content->leases[i];

		if (!lease->expiry || lease->expiry > now)
			f->owner->listener(f->owner->data, lease);
	}
}

static void on_file(void *data, int error, void *content)
{
	struct lease_file *f = data;

	/* Where it cannot be read, what it told before stays. */
	if (content) {
		free(f->content);
		f->content = content;
	}
	say(f, error);
	if (content)
		tell(f);
}

static int add_file(struct leases *l, const char *path)
{
	struct lease_file *f = &l->files[l->n_files];
	const char *paths[] = {f->path};

	if (l->n_files == LEASES_FILES_MAX || strlen(path) >= sizeof(f->path) || path[0] != '/')
		return -EINVAL;
	strcpy(f->path, path);
	f->owner = l;
	f->error = 1;
	f->source = (struct source){.kind = "leases", .state = "missing"};
	snprintf(f->source.name, sizeof(f->source.name), "%s", strrchr(f->path, '/') + 1);
	row_add(l->sources, &f->source.row);
	l->n_files++;
	return watched_file_new(&f->file, l->event, l->worker, &kind, paths, 1, NULL, on_file, f);
}

int leases_new(struct leases **ret, sd_event *event, struct worker *worker, struct row_table *sources,
	       const struct config_list *paths, leases_listener listener, source_report report, void *data)
{
	struct leases *l = calloc(1, sizeof(*l));
	int r = 0;

	if (!l)
		return -ENOMEM;
	*l = (struct leases){.event = event,
			     .worker = worker,
			     .sources = sources,
			     .listener = listener,
			     .report = report,
			     .data = data};
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
		watched_file_free(l->files[i].file);
		row_remove(l->sources, &l->files[i].source.row);
		free(l->files[i].content);
	}
	free(l);
	return NULL;
}

void leases_check(struct leases *l, bool again)
{
	for (size_t i = 0; i < l->n_files; i++) {
		watched_file_check(l->files[i].file);
		if (again)
			tell(&l->files[i]);
	}
}
