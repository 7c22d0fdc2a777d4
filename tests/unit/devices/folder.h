/* SPDX-License-Identifier: MIT */
/* A folder and a loop of a test's own. */
#pragma once

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <systemd/sd-event.h>

#include "row.h"
#include "source.h"
#include "worker.h"

struct folder {
	char path[64];
	sd_event *event;
	struct worker *worker;
	struct row_watch watch;
	struct row_table sources;
	char said[sizeof(((struct source *)0)->detail)]; /* the last sentence */
	unsigned reports, changes;
};

static inline void folder_make(struct folder *f)
{
	*f = (struct folder){.path = "/tmp/connvis-devices-XXXXXX"};
	assert_non_null(mkdtemp(f->path));
	assert_true(sd_event_new(&f->event) >= 0);
	assert_int_equal(worker_new(&f->worker, f->event), 0);
	row_table_init(&f->sources, &f->watch);
}

static inline void folder_write(const struct folder *f, const char *name, const char *text)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", f->path, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static inline void folder_remove(const struct folder *f, const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", f->path, name);
	unlink(path);
}

static inline void folder_done(struct folder *f)
{
	assert_int_equal(f->sources.count, 0);
	row_table_done(&f->sources);
	worker_free(f->worker, true, 10000);
	sd_event_unref(f->event);
	assert_int_equal(rmdir(f->path), 0);
}

/* What was handed over is done, as at the program's end. */
static inline void folder_flush(struct folder *f)
{
	f->worker = worker_free(f->worker, true, 10000);
	assert_int_equal(worker_new(&f->worker, f->event), 0);
}

static inline void folder_report(void *data, const struct source *source, const char *good)
{
	struct folder *f = data;

	assert_true(good[0]);
	snprintf(f->said, sizeof(f->said), "%s", source->detail);
	f->reports++;
}

#define FOLDER_TURN_US 20000
/* Looks again and again until condition holds, 10 s at most. */
#define folder_wait(f, look, condition)                                                                      \
	do {                                                                                                 \
		for (unsigned turns = 0; turns < 500 && !(condition); turns++) {                             \
			look;                                                                                \
			assert_true(sd_event_run((f)->event, FOLDER_TURN_US) >= 0);                          \
		}                                                                                            \
		assert_true(condition);                                                                      \
	} while (0)
/* Looks a few times: what is to happen happens. */
#define folder_turns(f, look)                                                                                \
	do {                                                                                                 \
		for (unsigned turns = 0; turns < 5; turns++) {                                               \
			look;                                                                                \
			assert_true(sd_event_run((f)->event, FOLDER_TURN_US) >= 0);                          \
		}                                                                                            \
	} while (0)
