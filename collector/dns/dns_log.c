/* SPDX-License-Identifier: MIT */
#include "dns_log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dns_pace.h"
#include "util.h"

#define FOLDER_EVENTS (IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ATTRIB | IN_ONLYDIR)

#define LAST_MAX 4096 /* bytes at the end of a file in which its last line is looked for */

struct dns_log {
	struct dns_log_listener listener;
	void *data;
	struct dns_pace *pace;
	int inotify, folder_watch, file_watch; /* -1: none */
	int fd;				       /* -1: the file is not open */
	int error;
	bool past, started; /* started: a file that is opened now has come since the start */
	bool look;	    /* the file may be another one now */
	bool skip;	    /* up to the next newline, what is read is no whole line */
	dev_t device;
	ino_t inode;
	uint64_t offset;   /* of what is read next */
	uint64_t past_end; /* what begins before it was there at the start */
	unsigned came;	   /* files that took the name since this one was opened */
	uint64_t long_lines;
	size_t used; /* bytes of a line that is not whole yet */
	char path[PATH_MAX];
	char buffer[DNS_LOG_CHUNK];
};

static void watch_folder(struct dns_log *l)
{
	char folder[PATH_MAX];
	size_t length = (size_t)(strrchr(l->path, '/') - l->path);

	if (l->folder_watch >= 0)
		return;
	memcpy(folder, l->path, length);
	folder[length] = '\0';
	l->folder_watch = inotify_add_watch(l->inotify, length ? folder : "/", FOLDER_EVENTS);
}

static void close_file(struct dns_log *l)
{
	if (l->file_watch >= 0)
		inotify_rm_watch(l->inotify, l->file_watch);
	if (l->fd >= 0)
		close(l->fd);
	l->file_watch = -1;
	l->fd = -1;
	l->used = 0;
	l->skip = false;
}

/* Where to begin in a file that was there before. */
static void seek_start(struct dns_log *l, uint64_t size)
{
	char before;

	l->offset = !l->past ? size : size > DNS_LOG_PAST_MAX ? size - DNS_LOG_PAST_MAX : 0;
	l->skip = l->offset && pread(l->fd, &before, 1, (off_t)(l->offset - 1)) == 1 && before != '\n';
}

static void tell_last(struct dns_log *l, const struct stat *st)
{
	uint64_t size = (uint64_t)st->st_size, from = size > LAST_MAX ? size - LAST_MAX : 0;
	char buffer[LAST_MAX], *newline, *end;
	ssize_t n = pread(l->fd, buffer, sizeof(buffer), (off_t)from);

	end = n > 0 ? memrchr(buffer, '\n', (size_t)n) : NULL;
	if (!end || !l->listener.last)
		return;
	newline = memrchr(buffer, '\n', (size_t)(end - buffer));
	if (newline || !from)
		l->listener.last(
		    l->data, newline ? newline + 1 : buffer, (size_t)(end - (newline ? newline + 1 : buffer)),
		    (uint64_t)st->st_mtim.tv_sec * 1000 + (uint64_t)st->st_mtim.tv_nsec / 1000000);
}

static void drain(void *data, uint32_t revents);

static int open_file(struct dns_log *l)
{
	char name[64];
	struct stat st;
	int fd = open(l->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0) {
		l->started |= errno == ENOENT;
		return -errno;
	}
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return -EISDIR;
	}
	close_file(l);
	l->fd = fd;
	l->device = st.st_dev;
	l->inode = st.st_ino;
	l->offset = l->past_end = 0;
	/* what is still to be told of the way that this file came */
	drain(l, 0);
	l->came = 0;
	if (!l->started) {
		seek_start(l, (uint64_t)st.st_size);
		l->past_end = (uint64_t)st.st_size;
		tell_last(l, &st);
	}
	l->started = true;
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	l->file_watch = inotify_add_watch(l->inotify, name, IN_MODIFY);
	return 0;
}

/* Another file has taken the name, and somebody writes to it already: then nothing more comes to the old one.
 */
static bool was_replaced(const struct dns_log *l)
{
	struct stat st;

	if (stat(l->path, &st) < 0 || (st.st_dev == l->device && st.st_ino == l->inode))
		return false;
	if (st.st_size > 0)
		return true;
	/* its first line calls for another look; when it becomes the file that is read, this is its watch */
	inotify_add_watch(l->inotify, l->path, IN_MODIFY);
	return false;
}

static void take_lines(struct dns_log *l)
{
	char *at = l->buffer, *end = l->buffer + l->used, *newline;

	while ((newline = memchr(at, '\n', (size_t)(end - at)))) {
		if (!l->skip)
			l->listener.line(l->data, at, (size_t)(newline - at),
					 l->offset - (uint64_t)(end - at) < l->past_end);
		l->skip = false;
		at = newline + 1;
	}
	l->used = (size_t)(end - at);
	if (l->used == sizeof(l->buffer)) {
		if (!l->skip)
			l->long_lines++;
		l->skip = true;
		l->used = 0;
	}
	memmove(l->buffer, at, l->used);
}

/* True when there may be more. */
static bool read_some(struct dns_log *l)
{
	size_t room = sizeof(l->buffer) - l->used;
	struct stat st;
	ssize_t n;

	if (fstat(l->fd, &st) == 0 && (uint64_t)st.st_size < l->offset) {
		l->offset = l->past_end = 0;
		l->used = 0;
		l->skip = false;
		room = sizeof(l->buffer);
		l->listener.gap(l->data, false);
	}
	n = pread(l->fd, l->buffer + l->used, room, (off_t)l->offset);
	if (n < 0) {
		l->error = -errno;
		return false;
	}
	l->error = 0;
	l->offset += (uint64_t)n;
	l->used += (size_t)n;
	take_lines(l);
	return (size_t)n == room;
}

static bool work(void *data)
{
	struct dns_log *l = data;

	if (l->fd < 0) {
		l->error = open_file(l);
		if (l->error < 0)
			return false;
	}
	if (read_some(l))
		return true;
	if (!l->look)
		return false;
	l->look = false;
	if (!was_replaced(l))
		return false;
	/* what was written between the last read and the move */
	if (read_some(l)) {
		l->look = true;
		return true;
	}
	l->listener.gap(l->data, l->came > 1);
	l->error = open_file(l);
	return l->error == 0;
}

static void drain(void *data, uint32_t revents)
{
	struct dns_log *l = data;
	char buffer[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
	ssize_t n;

	(void)revents;
	/* what stays wakes the loop again */
	n = read(l->inotify, buffer, sizeof(buffer));
	for (char *at = buffer; at < buffer + n;) {
		const struct inotify_event *e = (const struct inotify_event *)at;

		if (e->wd != l->file_watch)
			l->look = true;
		if (e->mask & IN_IGNORED && e->wd == l->folder_watch)
			l->folder_watch = -1;
		if (e->mask & (IN_CREATE | IN_MOVED_TO) && e->len &&
		    !strcmp(e->name, strrchr(l->path, '/') + 1))
			l->came++;
		at += sizeof(*e) + e->len;
	}
}

int dns_log_new(struct dns_log **ret, sd_event *event, const char *path, bool past,
		const struct dns_log_listener *listener, void *data)
{
	static const struct dns_pace_work pace = {.clear = drain, .work = work};
	struct dns_log *l;
	int r;

	if (path[0] != '/' || strlen(path) >= sizeof(l->path))
		return -EINVAL;
	l = calloc(1, sizeof(*l));
	if (!l)
		return -ENOMEM;
	l->listener = *listener;
	l->data = data;
	l->past = past;
	l->look = true;
	l->fd = l->folder_watch = l->file_watch = -1;
	strcpy(l->path, path);
	l->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (l->inotify < 0) {
		r = -errno;
		free(l);
		return r;
	}
	r = dns_pace_new(&l->pace, event, l->inotify, EPOLLIN, &pace, l);
	if (r < 0) {
		dns_log_free(l);
		return r;
	}
	watch_folder(l);
	l->error = open_file(l);
	dns_pace_wake(l->pace);
	*ret = l;
	return 0;
}

struct dns_log *dns_log_free(struct dns_log *l)
{
	if (!l)
		return NULL;
	dns_pace_free(l->pace);
	close_file(l);
	if (l->inotify >= 0)
		close(l->inotify);
	free(l);
	return NULL;
}

void dns_log_check(struct dns_log *l)
{
	watch_folder(l);
	l->look = true;
	dns_pace_wake(l->pace);
}

int dns_log_error(const struct dns_log *l)
{
	return l->error;
}

uint64_t dns_log_long_lines(const struct dns_log *l)
{
	return l->long_lines;
}
