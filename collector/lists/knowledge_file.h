/* SPDX-License-Identifier: MIT */
/* A file that knowledge comes from: a user's list, a provider's ranges, or a Public Suffix List. Says what
 * its row in the sources says, and when it is to be read. */
#pragma once

#include <stdbool.h>
#include <sys/stat.h>

#include "loader.h"
#include "source.h"

struct knowledge_file {
	struct source source;
	enum loader_kind kind;
	const char *category; /* of a list; static */
	char path[256];	      /* empty: no file is configured, the row says what one would add */
	struct stat seen;     /* at the last check */
	struct stat tried;    /* when it was last read, or in vain; all zero: it is not there */
	bool checked, was_tried;
	/* What it held when it was last good: one of these by kind, or NULL. */
	struct list_file *list;
	struct cloud_file *cloud;
	struct domain *domain;
};

/* path[0..path_length), name[0..name_length): copied; an empty name is the file's own. category: static, NULL
 * unless it is a list. 0 or -EINVAL. */
int knowledge_file_init(struct knowledge_file *f, enum loader_kind kind, const char *path, size_t path_length,
			const char *category, const char *name, size_t name_length);
void knowledge_file_done(struct knowledge_file *f);

enum knowledge_file_news {
	KNOWLEDGE_FILE_SAME,
	KNOWLEDGE_FILE_NEW,  /* it is to be read */
	KNOWLEDGE_FILE_GONE, /* the row's sentence says so */
};

/* Looks whether the file is there, another, and at rest. now: seconds of Unix time. */
enum knowledge_file_news knowledge_file_check(struct knowledge_file *f, time_t now);

/* Takes what was read over, and says it in the row; what was there before is left in loaded. False: what is
 * known is the same as before. */
bool knowledge_file_take(struct knowledge_file *f, struct loaded *loaded);
