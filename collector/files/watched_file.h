/* SPDX-License-Identifier: MIT */
/*
 * A file (or a few that belong together) that is read again whenever it is another one. Once a second the loop looks
 * at its stamp (device, inode, size, time of change in nanoseconds); it is read, copied and parsed in a worker's
 * thread, and what came of it is handed over on the loop. What is being written is left until it is at rest, and
 * what changed while it was read is read again.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include <systemd/sd-event.h>

#include "worker.h"

#define WATCHED_FILE_PATHS_MAX 3

struct watched_file;

/* One of the files, as the thread finds it. */
struct watched_input {
	const char *path;
	int fd; /* at the file's beginning; -1: there is no such file */
	struct stat stat;
};

struct watched_file_kind {
	/*
	 * Makes *ret of the files, of which at least one is there; in the thread, so it shares nothing. options: as
	 * given to watched_file_new. 0; -EBADMSG or -EMEDIUMTYPE when it is not what it should be; -EAGAIN when it
	 * is not whole; -errno.
	 */
	int (*read)(void **ret, const struct watched_input *inputs, const void *options,
		    const struct worker *w);
	/* Frees what read made. */
	void (*free)(void *content);
	int64_t most; /* bytes of each file */
	/* A small one that is rewritten in place: it is read at the next look, whatever its age. */
	bool at_once;
};

/*
 * The file is another one. error: 0; -ENOENT: it is not there; -EISDIR, -EBADMSG, -EMEDIUMTYPE; -EFBIG; -errno.
 * content: what read made, the callee's own from now on; NULL with an error. Told once until something differs.
 */
typedef void (*watched_file_told)(void *data, int error, void *content);

/* worker, event, kind, options, data: borrowed; options must outlive the worker. paths: n of them, copied. Reads
 * nothing yet. 0, -ENOMEM, -ENAMETOOLONG. */
int watched_file_new(struct watched_file **ret, sd_event *event, struct worker *w,
		     const struct watched_file_kind *kind, const char *const *paths, size_t n,
		     const void *options, watched_file_told told, void *data);
/* Waits for nobody; tells nobody any more. NULL is taken. */
struct watched_file *watched_file_free(struct watched_file *f);

/* Once a second. What is found is told later, on the loop; -ENOENT at once. */
void watched_file_check(struct watched_file *f);
