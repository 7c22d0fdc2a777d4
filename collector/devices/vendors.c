/* SPDX-License-Identifier: MIT */
#include "vendors.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "util.h"
#include "vendor_csv.h"
#include "vendor_table.h"
#include "watched_file.h"

#define FILE_MOST (64l << 20) /* bytes */

static const char *const names[] = {"oui.csv", "mam.csv", "oui36.csv"};

enum { FILES = ELEMENTS_OF(names) };

/* What the files hold. */
struct content {
	struct vendor_table *table;
	uint64_t built;
};

struct vendors {
	struct row_table *sources;
	struct source source;
	char folder[PATH_MAX - 16];
	struct watched_file *files; /* NULL: none are configured */
	struct content *content;    /* NULL: nothing was read yet */
	source_report report;
	vendors_changed changed;
	void *data;
};

static void free_content(void *content)
{
	struct content *c = content;

	if (c)
		vendor_table_free(c->table);
	free(c);
}

static int read_file(struct vendor_table *t, const struct watched_input *input)
{
	size_t size = (size_t)input->stat.st_size, length = 0, used;
	_cleanup_(cleanup_free) char *csv = malloc(size + 1);
	ssize_t n = 1;

	if (!csv)
		return -ENOMEM;
	while (n > 0 && length < size) {
		n = read(input->fd, csv + length, size - length);
		if (n < 0)
			return -errno;
		length += (size_t)n;
	}
	for (size_t at = 0; at < length; at += used) {
		struct vendor_record record;
		int r = vendor_csv_read(&record, csv + at, length - at, &used);

		if (r == 0)
			vendor_table_add(t, &record);
		else if (r < 0)
			vendor_table_note_broken(t);
	}
	return 0;
}

/* The oldest of the files that are there; 0 when one of them does not say. */
static uint64_t built(const struct watched_input *inputs)
{
	uint64_t oldest = UINT64_MAX;

	for (unsigned i = 0; i < FILES; i++)
		if (inputs[i].fd >= 0 && file_dated(&inputs[i].stat) < oldest)
			oldest = file_dated(&inputs[i].stat);
	return oldest;
}

/* In the worker's thread. */
static int read_files(void **ret, const struct watched_input *inputs, const void *options,
		      const struct worker *w)
{
	struct content *c = calloc(1, sizeof(*c));
	int r = c ? vendor_table_new(&c->table) : -ENOMEM;

	(void)options;
	for (unsigned i = 0; r == 0 && i < FILES && !worker_is_ending(w); i++)
		if (inputs[i].fd >= 0)
			r = read_file(c->table, &inputs[i]);
	if (r == 0) {
		vendor_table_settle(c->table);
		c->built = built(inputs);
		r = vendor_table_count(c->table) ? 0 : -EBADMSG;
	}
	if (r < 0) {
		free_content(c);
		return r;
	}
	*ret = c;
	return 0;
}

static const struct watched_file_kind kind = {.read = read_files, .free = free_content, .most = FILE_MOST};

static void say_error(struct vendors *v, int error)
{
	struct source *s = &v->source;

	if (error == -ENOENT)
		snprintf(
		    s->detail, sizeof(s->detail),
		    "There are no registers of makers in %.160s (oui.csv of the IEEE; on Debian the package "
		    "ieee-data): with them the makers of devices are known.",
		    v->folder);
	else if (error == -EBADMSG)
		snprintf(
		    s->detail, sizeof(s->detail),
		    "The registers of makers in %.160s hold nothing that can be read: oui.csv of the IEEE is wanted.",
		    v->folder);
	else
		snprintf(s->detail, sizeof(s->detail),
			 "The registers of makers in %.160s cannot be read: %s.", v->folder,
			 strerror(-error));
}

static void on_files(void *data, int error, void *content)
{
	struct vendors *v = data;
	struct content *before = v->content;
	struct source *s = &v->source;
	char good[PATH_MAX + 64];

	s->detail[0] = '\0';
	if (error < 0) {
		say_error(v, error);
	} else {
		v->content = content;
		s->counted = true;
		s->entries = vendor_table_count(v->content->table);
		s->broken = vendor_table_broken(v->content->table);
		s->built = v->content->built;
	}
	s->state = source_state(error, v->content);
	row_change(v->sources, &s->row,
		   COLUMN(SOURCE_STATE) | COLUMN(SOURCE_DETAIL) | COLUMN(SOURCE_BUILT) |
		       COLUMN(SOURCE_ENTRIES) | COLUMN(SOURCE_BROKEN));
	snprintf(good, sizeof(good), "Read the makers of devices from %s.", v->folder);
	v->report(v->data, s, good);
	if (error < 0)
		return;
	free_content(before);
	v->changed(v->data);
}

static int follow(struct vendors *v, sd_event *event, struct worker *worker)
{
	char text[FILES][PATH_MAX];
	const char *paths[FILES];

	for (unsigned i = 0; i < FILES; i++) {
		snprintf(text[i], sizeof(text[i]), "%s/%s", v->folder, names[i]);
		paths[i] = text[i];
	}
	return watched_file_new(&v->files, event, worker, &kind, paths, FILES, NULL, on_files, v);
}

int vendors_new(struct vendors **ret, sd_event *event, struct worker *worker, struct row_table *sources,
		const char *folder, source_report report, vendors_changed changed, void *data)
{
	struct vendors *v = calloc(1, sizeof(*v));
	int r;

	if (!v)
		return -ENOMEM;
	v->sources = sources;
	v->report = report;
	v->changed = changed;
	v->data = data;
	r = snprintf(v->folder, sizeof(v->folder), "%s", folder) >= (int)sizeof(v->folder) ? -ENAMETOOLONG
											   : 0;
	if (r >= 0 && folder[0])
		r = follow(v, event, worker);
	if (r < 0) {
		free(v);
		return r;
	}
	v->source = (struct source){.kind = "vendors", .state = folder[0] ? "missing" : "off"};
	row_add(sources, &v->source.row);
	*ret = v;
	return 0;
}

struct vendors *vendors_free(struct vendors *v)
{
	if (!v)
		return NULL;
	watched_file_free(v->files);
	row_remove(v->sources, &v->source.row);
	free_content(v->content);
	free(v);
	return NULL;
}

void vendors_check(struct vendors *v)
{
	if (v->files)
		watched_file_check(v->files);
}

const char *vendors_of(const struct vendors *v, const uint8_t mac[6])
{
	return v->content ? vendor_table_find(v->content->table, mac) : NULL;
}

size_t vendors_bytes(const struct vendors *v)
{
	return v->content ? vendor_table_bytes(v->content->table) : 0;
}
