/* SPDX-License-Identifier: MIT */
/*
 * Reads files in a thread of its own, one at a time, so that the loop never waits: the thread shares nothing
 * but its result, which it hands over through an eventfd(2).
 */
#pragma once

#include <stdbool.h>
#include <sys/stat.h>

#include <systemd/sd-event.h>

#include "cloud_file.h"
#include "domain.h"
#include "list_file.h"

struct loader;

enum loader_kind {
	LOADER_LIST,
	LOADER_CLOUD,
	LOADER_SUFFIXES,
};

struct loaded {
	int error; /* 0; -errno; -EBADMSG: not what it should be; -EAGAIN: it changed while it was read;
		      -EFBIG */
	struct stat stat; /* of what was read, or should have been */
	/* One of these, by its kind, when there is no error; whoever takes it sets it to NULL. */
	struct list_file *list;
	struct cloud_file *cloud;
	struct domain *domain;
};

/* Called on the loop. */
typedef void (*loader_done)(void *data, struct loaded *loaded);

/* event, data: borrowed. 0 or -errno. */
int loader_new(struct loader **ret, sd_event *event, loader_done done, void *data);
/* Waits for a thread that is reading. */
struct loader *loader_free(struct loader *l);

bool loader_is_busy(const struct loader *l);
/* path: borrowed until done. 0; -EBUSY; -errno. */
int loader_start(struct loader *l, enum loader_kind kind, const char *path);
