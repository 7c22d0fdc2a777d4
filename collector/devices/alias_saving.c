/* SPDX-License-Identifier: MIT */
/* The file in which the names of devices are kept. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alias_store_private.h"
#include "file.h"
#include "util.h"

static void say(struct alias_store *s, const char *state, const char *text)
{
	struct source *source = &s->source;
	char good[PATH_MAX + 64];

	source->counted = true;
	source->entries = s->n;
	if (source->state == state && !strcmp(source->detail, text))
		return;
	source->state = state;
	snprintf(source->detail, sizeof(source->detail), "%s", text);
	row_change(s->sources, &source->row,
		   COLUMN(SOURCE_STATE) | COLUMN(SOURCE_DETAIL) | COLUMN(SOURCE_ENTRIES));
	snprintf(good, sizeof(good), "The names of devices are kept in %s.", s->path);
	s->report(s->data, source, good);
}

static bool take_line(void *data, const struct alias_entry *entry)
{
	struct alias_store *s = data;
	struct kept *k;

	for (size_t i = 0; i < s->n && entry->alias[0]; i++)
		if (!strcasecmp(s->kept[i]->entry.alias, entry->alias))
			return true;
	k = s->n < ALIAS_STORE_MAX ? alias_keep(s, &entry->key) : NULL;
	if (k)
		k->entry = *entry;
	return k;
}

void alias_load(struct alias_store *s)
{
	_cleanup_(cleanup_free) char *text = NULL;
	char detail[sizeof(s->source.detail)] = "";
	size_t length = 0;
	int r = file_read(&text, &length, s->path, ALIAS_FILE_MOST);

	if (r == 0)
		r = alias_file_read(text, length, take_line, s);
	s->newer = r == -EPROTO;
	if (s->newer)
		snprintf(
		    detail, sizeof(detail),
		    "The names of devices in %.160s were saved by a newer connvis: they are not read, and nothing is saved there.",
		    s->path);
	else if (r == 1)
		snprintf(detail, sizeof(detail),
			 "Some of the names of devices in %.160s could not be read: the others are known.",
			 s->path);
	else if (r < 0 && r != -ENOENT)
		snprintf(detail, sizeof(detail),
			 "The names of devices in %.160s cannot be read (%.60s): they begin anew.", s->path,
			 r == -EBADMSG ? "it is another kind of file" : strerror(-r));
	say(s, r < 0 && r != -ENOENT ? "broken" : "ok", detail);
}

void alias_on_saved(void *data, int error)
{
	struct alias_store *s = data;
	char detail[sizeof(s->source.detail)] = "";

	s->saving = false;
	s->dirty |= error < 0;
	if (error < 0)
		snprintf(detail, sizeof(detail), "The names of devices cannot be saved in %.160s: %.60s.",
			 s->path, strerror(-error));
	say(s, error < 0 ? "broken" : "ok", detail);
}

void alias_save(struct alias_store *s)
{
	_cleanup_(cleanup_free) char *text = NULL;
	unsigned version = 1;
	size_t length;
	int r = -ENOMEM;

	s->saved = clock_ms();
	if (!s->writer || s->newer || !s->dirty)
		return;
	text = malloc((s->n + 2) * ALIAS_FILE_LINE);
	if (text) {
		for (size_t i = 0; i < s->n; i++)
			if (alias_file_version(&s->kept[i]->entry) > version)
				version = alias_file_version(&s->kept[i]->entry);
		length = alias_file_head(text, version);
		for (size_t i = 0; i < s->n; i++)
			length += alias_file_entry(text + length, &s->kept[i]->entry);
		length += alias_file_end(text + length, s->n);
		r = file_writer_write(s->writer, text, length);
	}
	s->dirty = false;
	s->saving = r >= 0;
	if (r < 0)
		alias_on_saved(s, r);
}
