/* SPDX-License-Identifier: MIT */
#include "knowledge_file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

static const char *const kinds[] = {
    [KNOWLEDGE_LIST] = "list",
    [KNOWLEDGE_CLOUD] = "cloud",
    [KNOWLEDGE_SUFFIXES] = "suffixes",
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
	if (f->kind == KNOWLEDGE_LIST)
		say(f, "It would mark names and addresses as %s.", f->category);
	else if (f->kind == KNOWLEDGE_CLOUD)
		say(f, "It would say which cloud, and which region of it, an address belongs to.");
	else
		say(f, "Until it comes, the list that libpsl was built with says what belongs together.");
}

static void say_off(struct knowledge_file *f)
{
	f->source.state = "off";
	if (f->kind == KNOWLEDGE_LIST)
		say(f,
		    "No list is configured (names.lists). Lists mark names and addresses, of advertising for example, beside those that are built in.");
	else
		say(f,
		    "No address ranges of cloud providers are configured (names.cloud). They say which cloud, and which region of it, an address belongs to.");
}

int knowledge_file_init(struct knowledge_file *f, enum knowledge_kind kind, const char *path,
			size_t path_length, const char *category, const char *name, size_t name_length)
{
	*f = (struct knowledge_file){.kind = kind, .category = category};
	f->source.kind = kinds[kind];
	f->source.state = "missing";
	if (path_length >= sizeof(f->path))
		return -EINVAL;
	memcpy(f->path, path, path_length);
	if (!path_length) {
		if (kind != KNOWLEDGE_SUFFIXES)
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
	watched_file_free(f->file);
	knowledge_content_free(f->content);
}

static const char *instead(const struct knowledge_file *f)
{
	return f->content ? "what was read before stays in use" : "it is read as soon as a good one comes";
}

static void say_error(struct knowledge_file *f, int error)
{
	static const char *const should[] = {
	    [KNOWLEDGE_LIST] = "a list of names or addresses",
	    [KNOWLEDGE_CLOUD] = "a cloud provider's file of address ranges",
	    [KNOWLEDGE_SUFFIXES] = "a Public Suffix List",
	};

	source_explain(&f->source, error, f->path, should[f->kind], instead(f));
	if (!f->content)
		say_missing(f);
}

static void say_list(struct knowledge_file *f)
{
	const struct list_file *l = f->content->list;
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
	if (l->other == 1)
		say(f, "One of its rules is for less than whole names and has no effect here.");
	else if (l->other)
		say(f, "%zu of its rules are for less than whole names and have no effect here.", l->other);
	if (l->too_many == 1)
		say(f, "One entry is beyond the %d that a list may have.", LIST_ENTRIES_MAX);
	else if (l->too_many)
		say(f, "%zu entries are beyond the %d that a list may have.", l->too_many, LIST_ENTRIES_MAX);
}

static void say_cloud(struct knowledge_file *f)
{
	const struct cloud_file *c = f->content->cloud;
	struct source *s = &f->source;

	s->entries = prefix_table_count(c->ranges);
	s->broken = c->broken;
	s->built = c->built;
	snprintf(s->name, sizeof(s->name), "%s", c->company);
	snprintf(s->attribution, sizeof(s->attribution), "Address ranges published by %s", c->company);
	if (c->broken == 1)
		say(f, "One record of the address ranges of %s cannot be read.", c->company);
	else if (c->broken)
		say(f, "%zu records of the address ranges of %s cannot be read.", c->broken, c->company);
	if (c->placeless == 1)
		say(f, "It is not known here where one of the regions of %s is.", c->company);
	else if (c->placeless)
		say(f, "It is not known here where %zu of the regions of %s are.", c->placeless, c->company);
}

static void say_suffixes(struct knowledge_file *f)
{
	f->source.entries = domain_count(f->content->domain);
	f->source.built = domain_built(f->content->domain);
}

bool knowledge_file_take(struct knowledge_file *f, int error, struct knowledge_content *content)
{
	f->source.state = source_state(error, f->content);
	if (error < 0) {
		say_error(f, error);
		return false;
	}
	knowledge_content_free(f->content);
	f->content = content;
	f->source.detail[0] = '\0';
	f->source.counted = true;
	if (f->kind == KNOWLEDGE_LIST)
		say_list(f);
	else if (f->kind == KNOWLEDGE_CLOUD)
		say_cloud(f);
	else
		say_suffixes(f);
	if (!f->source.built)
		f->source.built = content->dated;
	return true;
}
