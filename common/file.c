/* SPDX-License-Identifier: MIT */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util.h"

int file_read(char **ret, size_t *ret_length, const char *path, size_t most)
{
	_cleanup_(cleanup_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	_cleanup_(cleanup_free) char *bytes = NULL;
	size_t length = 0;
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return S_ISDIR(st.st_mode) ? -EISDIR : -EINVAL;
	if ((uint64_t)st.st_size > most)
		return -EFBIG;
	bytes = malloc((size_t)st.st_size + 1);
	if (!bytes)
		return -ENOMEM;
	while (length < (size_t)st.st_size) {
		ssize_t n = read(fd, bytes + length, (size_t)st.st_size - length);

		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		length += (size_t)n;
	}
	bytes[length] = '\0';
	*ret = bytes;
	*ret_length = length;
	bytes = NULL;
	return 0;
}

struct file_stamp file_stamp_of(const struct stat *st, struct timespec when)
{
	return (struct file_stamp){st->st_dev, st->st_ino, st->st_size, when};
}

bool file_stamp_equal(const struct file_stamp *a, const struct file_stamp *b)
{
	return a->device == b->device && a->inode == b->inode && a->size == b->size &&
	       a->when.tv_sec == b->when.tv_sec && a->when.tv_nsec == b->when.tv_nsec;
}

uint64_t file_dated(const struct stat *st)
{
	/* Packers that keep no times write one before this one, 2000-01-01. */
	if (st->st_mtim.tv_nsec || st->st_mtim.tv_sec < 946684800)
		return 0;
	return (uint64_t)st->st_mtim.tv_sec;
}

static int write_all(int fd, const char *bytes, size_t length, bool wait)
{
	while (length) {
		ssize_t n = write(fd, bytes, length);

		if (n < 0)
			return -errno;
		bytes += n;
		length -= (size_t)n;
	}
	return wait && fsync(fd) < 0 ? -errno : 0;
}

static int replace(const char *path, const void *bytes, size_t length, bool wait)
{
	char temporary[PATH_MAX];
	int fd, r;

	if (snprintf(temporary, sizeof(temporary), "%s.new", path) >= (int)sizeof(temporary))
		return -ENAMETOOLONG;
	fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return -errno;
	r = write_all(fd, bytes, length, wait);
	if (close(fd) < 0 && r == 0)
		r = -errno;
	if (r == 0 && rename(temporary, path) < 0)
		r = -errno;
	if (r < 0)
		unlink(temporary);
	return r;
}

int file_replace(const char *path, const void *bytes, size_t length)
{
	return replace(path, bytes, length, true);
}

int file_replace_soon(const char *path, const void *bytes, size_t length)
{
	return replace(path, bytes, length, false);
}

int file_append(const char *path, const void *bytes, size_t length)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW), r;

	if (fd < 0)
		return -errno;
	r = write_all(fd, bytes, length, true);
	if (close(fd) < 0 && r == 0)
		r = -errno;
	return r;
}
