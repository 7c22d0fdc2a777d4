/* SPDX-License-Identifier: MIT */
#include "loader.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "util.h"

#define LIST_SIZE_MAX (256ll << 20) /* bytes of a file */
#define SUFFIXES_SIZE_MAX (8ll << 20)

struct loader {
	loader_done done;
	void *data;
	sd_event_source *source;
	int fd;
	pthread_t thread;
	bool busy;
	/* The thread's own while it runs. */
	enum loader_kind kind;
	const char *path;
	struct loaded loaded;
};

static int read_cloud(struct loaded *loaded, int fd)
{
	size_t size = (size_t)loaded->stat.st_size, used = 0;
	_cleanup_(cleanup_free) char *bytes = malloc(size + 1);
	ssize_t n = 1;

	if (!bytes)
		return -ENOMEM;
	while (n > 0 && used < size) {
		n = read(fd, bytes + used, size - used);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n < 0)
			return -errno;
		else
			used += (size_t)n;
	}
	return cloud_file_read(&loaded->cloud, bytes, used);
}

static int read_suffixes(struct loaded *loaded, int fd)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	FILE *file = copy < 0 ? NULL : fdopen(copy, "r");
	int r;

	if (!file) {
		r = -errno;
		if (copy >= 0)
			close(copy);
		return r;
	}
	r = domain_new(&loaded->domain, file);
	fclose(file);
	return r;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static int read_file(struct loader *l)
{
	static const long long sizes[] = {
	    [LOADER_LIST] = LIST_SIZE_MAX,
	    [LOADER_CLOUD] = CLOUD_FILE_MAX,
	    [LOADER_SUFFIXES] = SUFFIXES_SIZE_MAX,
	};
	_cleanup_(cleanup_close) int fd = open(l->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct loaded *loaded = &l->loaded;
	struct stat after;
	int r;

	if (fd < 0 || fstat(fd, &loaded->stat) < 0)
		return -errno;
	if (!S_ISREG(loaded->stat.st_mode))
		return -EBADMSG;
	if (loaded->stat.st_size > sizes[l->kind])
		return -EFBIG;
	if (l->kind == LOADER_LIST)
		r = list_file_read(&loaded->list, fd);
	else if (l->kind == LOADER_CLOUD)
		r = read_cloud(loaded, fd);
	else
		r = read_suffixes(loaded, fd);
	/* What was written meanwhile may be half of something. */
	if (fstat(fd, &after) < 0 || !is_same(&loaded->stat, &after))
		r = -EAGAIN;
	return r;
}

static void clear(struct loaded *loaded)
{
	list_file_free(loaded->list);
	cloud_file_free(loaded->cloud);
	domain_free(loaded->domain);
	*loaded = (struct loaded){};
}

static void *run(void *data)
{
	struct loader *l = data;
	uint64_t one = 1;
	int error = read_file(l);

	if (error < 0) {
		struct stat stat = l->loaded.stat;

		clear(&l->loaded);
		l->loaded.stat = stat;
	}
	l->loaded.error = error;
	/* What reading took beside the result goes back to the system. */
	malloc_trim(0);
	/* It cannot fail: the counter is 0. */
	if (write(l->fd, &one, sizeof(one)) < 0)
		l->loaded.error = -errno;
	return NULL;
}

static int on_done(sd_event_source *source, int fd, uint32_t revents, void *data)
{
	struct loader *l = data;
	struct loaded loaded;
	uint64_t count;

	(void)source;
	(void)revents;
	if (read(fd, &count, sizeof(count)) < 0)
		return 0;
	pthread_join(l->thread, NULL);
	l->busy = false;
	loaded = l->loaded;
	l->loaded = (struct loaded){};
	l->done(l->data, &loaded);
	clear(&loaded);
	return 0;
}

int loader_new(struct loader **ret, sd_event *event, loader_done done, void *data)
{
	struct loader *l = calloc(1, sizeof(*l));
	int r;

	if (!l)
		return -ENOMEM;
	l->done = done;
	l->data = data;
	l->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	r = l->fd < 0 ? -errno : sd_event_add_io(event, &l->source, l->fd, EPOLLIN, on_done, l);
	if (r < 0) {
		loader_free(l);
		return r;
	}
	*ret = l;
	return 0;
}

struct loader *loader_free(struct loader *l)
{
	if (!l)
		return NULL;
	if (l->busy)
		pthread_join(l->thread, NULL);
	clear(&l->loaded);
	sd_event_source_disable_unref(l->source);
	if (l->fd >= 0)
		close(l->fd);
	free(l);
	return NULL;
}

bool loader_is_busy(const struct loader *l)
{
	return l->busy;
}

int loader_start(struct loader *l, enum loader_kind kind, const char *path)
{
	sigset_t all, before;
	int r;

	if (l->busy)
		return -EBUSY;
	l->kind = kind;
	l->path = path;
	/* Signals are the loop's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	r = pthread_create(&l->thread, NULL, run, l);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	l->busy = r == 0;
	return -r;
}
