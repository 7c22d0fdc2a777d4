/* SPDX-License-Identifier: MIT */
#include "knowledge_file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "text.h"

#define REST 2 /* seconds after which a file that was written is taken to be whole */

#define SWAP(a, b)                                                                                           \
	do {                                                                                                 \
		__typeof__(a) before = a;                                                                    \
		(a) = (b);                                                                                   \
		(b) = before;                                                                                \
	} while (0)

static const char *const kinds[] = {
    [LOADER_LIST] = "list",
    [LOADER_CLOUD] = "cloud",
    [LOADER_SUFFIXES] = "suffixes",
};

static __attribute__((format(printf, 2, 3))) void say(struct knowledge_file *f, const char *format, ...)
{
	char *detail = f->source.detail;
	size_t used = strlen(detail);
	va_list arguments;

	/* Sentences are written one after the other. */
	if (used && used + 1 < sizeof(f->source.detail))
		detail[used++] = ' ';
	va_start(arguments, format);
	vsnprintf(detail + used, sizeof(f->source.detail) - used, format, arguments);
	va_end(arguments);
}

/* What the file would add. */
static void say_missing(struct knowledge_file *f)
{
	if (f->kind == LOADER_LIST)
		say(f, "It would mark names and addresses as %s.", f->category);
	else if (f->kind == LOADER_CLOUD)
		say(f, "It would say which cloud, and which region of it, an address belongs to.");
	else
		say(f, "Until it comes, the list that libpsl was built with says what belongs together.");
}

static void say_off(struct knowledge_file *f)
{
	f->source.state = "off";
	if (f->kind == LOADER_LIST)
		say(f,
		    "No list is configured (names.lists). Lists mark names and addresses, of advertising for example, beside those that are built in.");
	else
		say(f,
		    "No address ranges of cloud providers are configured (names.cloud). They say which cloud, and which region of it, an address belongs to.");
}

int knowledge_file_init(struct knowledge_file *f, enum loader_kind kind, const char *path, size_t path_length,
			const char *category, const char *name, size_t name_length)
{
	*f = (struct knowledge_file){.kind = kind, .category = category};
	f->source.kind = kinds[kind];
	f->source.state = "missing";
	if (path_length >= sizeof(f->path))
		return -EINVAL;
	memcpy(f->path, path, path_length);
	if (!path_length) {
		if (kind != LOADER_SUFFIXES)
			say_off(f);
		return 0;
	}
	if (!name_length) {
		const char *slash = strrchr(f->path, '/');

		name = slash ? slash + 1 : f->path;
		name_length = strlen(name);
	}
	if (!text_copy(f->source.name, sizeof(f->source.name), name, name_length))
		return -EINVAL;
	return 0;
}

void knowledge_file_done(struct knowledge_file *f)
{
	list_file_free(f->list);
	cloud_file_free(f->cloud);
	domain_free(f->domain);
}

static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static bool has_content(const struct knowledge_file *f)
{
	return f->list || f->cloud || f->domain;
}

static const char *instead(const struct knowledge_file *f)
{
	return has_content(f) ? "what was read before stays in use"
			      : "it is read as soon as a good one comes";
}

static void say_error(struct knowledge_file *f, int error)
{
	static const char *const should[] = {
	    [LOADER_LIST] = "a list of names or addresses",
	    [LOADER_CLOUD] = "a cloud provider's file of address ranges",
	    [LOADER_SUFFIXES] = "a Public Suffix List",
	};

	f->source.detail[0] = '\0';
	f->source.state = has_content(f) ? "ok" : error == -ENOENT ? "missing" : "broken";
	if (error == -ENOENT)
		say(f, "There is no file %s: %s.", f->path, instead(f));
	else if (error == -EBADMSG)
		say(f, "The file %s is not %s: %s.", f->path, should[f->kind], instead(f));
	else if (error == -EFBIG)
		say(f, "The file %s is too large: %s.", f->path, instead(f));
	else
		say(f, "The file %s cannot be read (%s): %s.", f->path, strerror(-error), instead(f));
	if (!has_content(f))
		say_missing(f);
}

enum knowledge_file_news knowledge_file_check(struct knowledge_file *f, time_t now)
{
	struct stat file = {}, before = f->seen;
	bool checked = f->checked;

	if (!f->path[0])
		return KNOWLEDGE_FILE_SAME;
	if (stat(f->path, &file) < 0)
		file = (struct stat){};
	f->seen = file;
	f->checked = true;
	if (f->was_tried && is_same(&file, &f->tried))
		return KNOWLEDGE_FILE_SAME;
	if (!file.st_ino) {
		f->tried = file;
		f->was_tried = true;
		say_error(f, -ENOENT);
		return KNOWLEDGE_FILE_GONE;
	}
	/* At rest: as it was at the check before, or not written for a while. */
	if ((checked && is_same(&file, &before)) || file.st_mtim.tv_sec + REST < now)
		return KNOWLEDGE_FILE_NEW;
	return KNOWLEDGE_FILE_SAME;
}

static void say_list(struct knowledge_file *f)
{
	const struct list_file *l = f->list;
	struct source *s = &f->source;

	s->entries = l->entries;
	s->built = l->built;
	s->broken = l->broken + l->other + l->too_many;
	if (l->broken == 1)
		say(f, "The list %s has a line that cannot be read: line %zu.", s->name, l->first_broken[0]);
	else if (l->broken == 2)
		say(f, "The list %s has two lines that cannot be read: %zu and %zu.", s->name,
		    l->first_broken[0], l->first_broken[1]);
	else if (l->broken > 2)
		say(f, "The list %s has %zu lines that cannot be read, the first are %zu, %zu and %zu.",
		    s->name, l->broken, l->first_broken[0], l->first_broken[1], l->first_broken[2]);
	if (l->other)
		say(f, "%zu of its rules are for less than whole names and have no effect here.", l->other);
	if (l->too_many)
		say(f, "%zu entries are beyond the %d that a list may have.", l->too_many, LIST_ENTRIES_MAX);
}

static void say_cloud(struct knowledge_file *f)
{
	const struct cloud_file *c = f->cloud;
	struct source *s = &f->source;

	s->entries = prefix_table_count(c->ranges);
	s->broken = c->broken;
	s->built = c->built;
	snprintf(s->name, sizeof(s->name), "%s", c->company);
	snprintf(s->attribution, sizeof(s->attribution), "Address ranges published by %s", c->company);
	if (c->broken)
		say(f, "%zu records of the address ranges of %s cannot be read.", c->broken, c->company);
	if (c->placeless)
		say(f, "Where %zu of the regions of %s are is not known here.", c->placeless, c->company);
}

static void say_suffixes(struct knowledge_file *f)
{
	f->source.entries = domain_count(f->domain);
	f->source.built = domain_built(f->domain);
}

/* A list without a single entry in all its lines is something else: a page that says "not found", say. */
static int judge(const struct knowledge_file *f, const struct loaded *loaded)
{
	const struct list_file *l = loaded->list;

	if (!loaded->error && f->kind == LOADER_LIST && !l->entries && l->broken)
		return -EBADMSG;
	return loaded->error;
}

bool knowledge_file_take(struct knowledge_file *f, struct loaded *loaded)
{
	int error = judge(f, loaded);

	/* It changed while it was read: the next check tries again. */
	if (error == -EAGAIN)
		return false;
	f->tried = error == -ENOENT ? (struct stat){} : loaded->stat.st_ino ? loaded->stat : f->seen;
	f->was_tried = true;
	if (error < 0) {
		say_error(f, error);
		return false;
	}
	SWAP(f->list, loaded->list);
	SWAP(f->cloud, loaded->cloud);
	SWAP(f->domain, loaded->domain);
	f->source.state = "ok";
	f->source.detail[0] = '\0';
	f->source.counted = true;
	if (f->kind == LOADER_LIST)
		say_list(f);
	else if (f->kind == LOADER_CLOUD)
		say_cloud(f);
	else
		say_suffixes(f);
	if (!f->source.built)
		f->source.built = file_dated(&f->tried);
	return true;
}
