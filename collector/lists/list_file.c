/* SPDX-License-Identifier: MIT */
#include "list_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "list_date.h"
#include "list_line.h"

#define BUFFER_SIZE 65536 /* bytes; a longer line is broken */
#define LISTED 1	  /* the value in all tables */

struct reader {
	struct list_file *file;
	size_t line;   /* the number of the line that is read */
	bool too_long; /* the rest of a line that is too long follows */
	size_t used;   /* bytes in buffer */
	char buffer[BUFFER_SIZE];
};

static int take_item(void *data, const struct list_item *item)
{
	struct list_file *f = data;
	int r;

	if (f->entries == LIST_ENTRIES_MAX) {
		f->too_many++;
		return 0;
	}
	if (item->kind == LIST_NETWORK)
		r = prefix_table_add(f->networks, &item->network, LISTED);
	else
		r = suffix_table_add(item->kind == LIST_NAME ? f->names : f->exceptions, item->name,
				     item->length, LISTED);
	/* 1: it was there already. */
	f->entries += r == 0;
	return r < 0 ? r : 0;
}

static void note_broken(struct reader *r)
{
	struct list_file *f = r->file;

	if (f->broken < LIST_FIRST_BROKEN)
		f->first_broken[f->broken] = r->line;
	f->broken++;
}

static int read_line(struct reader *r, char *line, size_t length)
{
	int result;

	r->line++;
	/* A byte order mark, as some editors write it. */
	if (r->line == 1 && length >= 3 && !memcmp(line, "\xef\xbb\xbf", 3)) {
		line += 3;
		length -= 3;
	}
	/* Before the line turns into small letters. */
	if (!r->file->built && r->line <= LIST_DATE_LINES)
		r->file->built = list_date_read(line, length);
	result = list_line_read(line, length, take_item, r->file);
	if (result == LIST_LINE_BROKEN)
		note_broken(r);
	r->file->other += result == LIST_LINE_OTHER;
	return result < 0 ? result : 0;
}

/* Reads all whole lines in the buffer and moves the rest to its beginning. */
static int read_lines(struct reader *r)
{
	char *at = r->buffer, *end = r->buffer + r->used, *newline;
	int result = 0;

	while (result >= 0 && (newline = memchr(at, '\n', (size_t)(end - at)))) {
		if (!r->too_long)
			result = read_line(r, at, (size_t)(newline - at));
		r->too_long = false;
		at = newline + 1;
	}
	r->used = (size_t)(end - at);
	memmove(r->buffer, at, r->used);
	if (r->used < sizeof(r->buffer))
		return result;
	if (!r->too_long) {
		r->line++;
		note_broken(r);
	}
	r->too_long = true;
	r->used = 0;
	return result;
}

static int read_all(struct reader *r, int fd)
{
	for (;;) {
		ssize_t n = read(fd, r->buffer + r->used, sizeof(r->buffer) - r->used);
		int result;

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			return r->used && !r->too_long ? read_line(r, r->buffer, r->used) : 0;
		r->used += (size_t)n;
		result = read_lines(r);
		if (result < 0)
			return result;
	}
}

int list_file_read(struct list_file **ret, int fd)
{
	struct list_file *f = calloc(1, sizeof(*f));
	struct reader *reader = calloc(1, sizeof(*reader));
	int r = f && reader ? suffix_table_new(&f->names) : -ENOMEM;

	if (r >= 0)
		r = suffix_table_new(&f->exceptions);
	if (r >= 0)
		r = prefix_table_new(&f->networks);
	if (r >= 0) {
		reader->file = f;
		r = read_all(reader, fd);
	}
	free(reader);
	if (r < 0) {
		list_file_free(f);
		return r;
	}
	suffix_table_settle(f->names);
	suffix_table_settle(f->exceptions);
	prefix_table_settle(f->networks);
	*ret = f;
	return 0;
}

struct list_file *list_file_free(struct list_file *f)
{
	if (!f)
		return NULL;
	suffix_table_free(f->names);
	suffix_table_free(f->exceptions);
	prefix_table_free(f->networks);
	free(f);
	return NULL;
}

bool list_file_has_name(const struct list_file *f, const char *name, size_t *ret_length)
{
	return suffix_table_find(f->names, name, ret_length) && !suffix_table_find(f->exceptions, name, NULL);
}

bool list_file_has_address(const struct list_file *f, const struct address *a, unsigned *ret_length)
{
	return prefix_table_find(f->networks, a, ret_length);
}
