/* SPDX-License-Identifier: MIT */
#include "file_writer.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"

/* One write on its way; its writer may go before it comes back. */
struct write {
	struct worker_job job;
	struct file_writer *owner; /* NULL: nobody wants to know */
	struct write *next;	   /* of the same writer */
	int error;
	size_t length;
	char path[PATH_MAX];
	char bytes[];
};

struct file_writer {
	struct worker *worker;
	file_writer_done done;
	void *data;
	struct write *writes; /* that are on their way */
	char path[PATH_MAX];
};

int file_writer_new(struct file_writer **ret, struct worker *w, const char *path, file_writer_done done,
		    void *data)
{
	struct file_writer *f;

	if (strlen(path) >= sizeof(f->path))
		return -ENAMETOOLONG;
	f = calloc(1, sizeof(*f));
	if (!f)
		return -ENOMEM;
	f->worker = w;
	f->done = done;
	f->data = data;
	strcpy(f->path, path);
	*ret = f;
	return 0;
}

struct file_writer *file_writer_free(struct file_writer *f)
{
	if (!f)
		return NULL;
	for (struct write *w = f->writes; w; w = w->next)
		w->owner = NULL;
	free(f);
	return NULL;
}

static void leave(struct write *w)
{
	struct write **at = &w->owner->writes;

	while (*at != w)
		at = &(*at)->next;
	*at = w->next;
}

static void run(struct worker_job *job, const struct worker *worker)
{
	struct write *w = (struct write *)job;

	(void)worker;
	w->error = file_replace(w->path, w->bytes, w->length);
}

static void drop(struct worker_job *job)
{
	struct write *w = (struct write *)job;

	if (w->owner)
		leave(w);
	free(w);
}

static void done(struct worker_job *job)
{
	struct write *w = (struct write *)job;
	struct file_writer *f = w->owner;
	int error = w->error;

	drop(job);
	if (f)
		f->done(f->data, error);
}

int file_writer_write(struct file_writer *f, const void *bytes, size_t length)
{
	struct write *w = malloc(sizeof(*w) + length);
	int r;

	if (!w)
		return -ENOMEM;
	*w = (struct write){.job = {.run = run, .done = done, .drop = drop}, .owner = f, .length = length};
	memcpy(w->path, f->path, sizeof(w->path));
	memcpy(w->bytes, bytes, length);
	r = worker_do(f->worker, &w->job);
	if (r < 0) {
		free(w);
		return r;
	}
	w->next = f->writes;
	f->writes = w;
	return 0;
}
