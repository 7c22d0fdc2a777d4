/* SPDX-License-Identifier: MIT */
/*
 * Writes a small file again and again in a worker's thread, each time whole or not at all (file_replace). Nobody
 * waits for the disk but the end of the program, and that not for long (worker_free).
 */
#pragma once

#include <stddef.h>

#include "worker.h"

struct file_writer;

/* Called on the loop. error: 0 or -errno, of what was written last. */
typedef void (*file_writer_done)(void *data, int error);

/* worker: borrowed, may go first or last. path: copied. data: borrowed. 0, -ENOMEM or -ENAMETOOLONG. */
int file_writer_new(struct file_writer **ret, struct worker *w, const char *path, file_writer_done done,
		    void *data);
/* What was handed over is written all the same; done is not called any more. NULL is taken. */
struct file_writer *file_writer_free(struct file_writer *f);

/* Writes bytes (copied), after what was handed over before. 0; -ENOMEM; -errno without a thread. */
int file_writer_write(struct file_writer *f, const void *bytes, size_t length);
