/* SPDX-License-Identifier: MIT */
/* A file that knowledge comes from: a user's list, a provider's ranges, or a Public Suffix List. Says what
 * its row in the sources says. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "knowledge_content.h"
#include "source.h"

struct knowledge_file {
	struct source source;
	enum knowledge_kind kind;
	const char *category; /* of a list; static */
	char path[256];	      /* empty: no file is configured, the row says what one would add */
	/* What it held when it was last good, or NULL. */
	struct knowledge_content *content;
	struct watched_file *file; /* the owner's; NULL: none is configured */
	void *owner;		   /* the owner's */
};

/* path[0..path_length), name[0..name_length): copied; an empty name is the file's own. category: static, NULL
 * unless it is a list. 0 or -EINVAL. */
int knowledge_file_init(struct knowledge_file *f, enum knowledge_kind kind, const char *path,
			size_t path_length, const char *category, const char *name, size_t name_length);
void knowledge_file_done(struct knowledge_file *f);

/* Takes over what was read, as told by a watched file, and says it in the row. True: what is known is another. */
bool knowledge_file_take(struct knowledge_file *f, int error, struct knowledge_content *content);

/* What it holds; NULL: nothing, or something of another kind. */
static inline const struct list_file *knowledge_file_list(const struct knowledge_file *f)
{
	return f->content ? f->content->list : NULL;
}

static inline const struct cloud_file *knowledge_file_cloud(const struct knowledge_file *f)
{
	return f->content ? f->content->cloud : NULL;
}

static inline const struct domain *knowledge_file_domain(const struct knowledge_file *f)
{
	return f->content ? f->content->domain : NULL;
}
