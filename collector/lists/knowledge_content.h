/* SPDX-License-Identifier: MIT */
/* What a file of lists, ranges or suffixes holds, read from it in a worker's thread. */
#pragma once

#include "cloud_file.h"
#include "domain.h"
#include "list_file.h"
#include "watched_file.h"

enum knowledge_kind {
	KNOWLEDGE_LIST,
	KNOWLEDGE_CLOUD,
	KNOWLEDGE_SUFFIXES,
	KNOWLEDGE_KINDS,
};

/* One of these, by its kind. */
struct knowledge_content {
	struct list_file *list;
	struct cloud_file *cloud;
	struct domain *domain;
	uint64_t dated; /* as in file_dated() */
};

/* How each is read; what is told is a struct knowledge_content. */
extern const struct watched_file_kind knowledge_kinds[KNOWLEDGE_KINDS];

/* NULL is taken. */
void knowledge_content_free(void *content);
