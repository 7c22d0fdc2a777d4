/* SPDX-License-Identifier: MIT */
#include "dns_cursor.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util.h"

static const char head[] = "connvis-journal-place 1\n";
static const char tail[] = "\nend\n";

int dns_cursor_load(const char *path, char ret[DNS_CURSOR_MAX])
{
	char text[DNS_CURSOR_MAX + sizeof(head) + sizeof(tail)];
	_cleanup_(cleanup_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	size_t length, around = sizeof(head) - 1 + sizeof(tail) - 1;
	ssize_t n;

	ret[0] = '\0';
	if (fd < 0)
		return -errno;
	n = read(fd, text, sizeof(text));
	if (n < 0)
		return -errno;
	length = (size_t)n - around;
	if ((size_t)n <= around || length >= DNS_CURSOR_MAX || memcmp(text, head, sizeof(head) - 1) ||
	    memcmp(text + n - (sizeof(tail) - 1), tail, sizeof(tail) - 1))
		return -EBADMSG;
	for (size_t i = 0; i < length; i++)
		if (text[sizeof(head) - 1 + i] <= ' ' || text[sizeof(head) - 1 + i] > '~')
			return -EBADMSG;
	memcpy(ret, text + sizeof(head) - 1, length);
	ret[length] = '\0';
	return 0;
}

int dns_cursor_save(const char *path, const char *cursor)
{
	char temporary[PATH_MAX], text[DNS_CURSOR_MAX + sizeof(head) + sizeof(tail)];
	int fd, length = snprintf(text, sizeof(text), "%s%s%s", head, cursor, tail), r = 0;

	if (strlen(cursor) >= DNS_CURSOR_MAX ||
	    snprintf(temporary, sizeof(temporary), "%s.new", path) >= (int)sizeof(temporary))
		return -EINVAL;
	fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return -errno;
	if (write(fd, text, (size_t)length) != length)
		r = -EIO;
	if (close(fd) < 0 && !r)
		r = -errno;
	if (!r && rename(temporary, path) < 0)
		r = -errno;
	if (r < 0)
		unlink(temporary);
	return r;
}

uint64_t dns_cursor_time(const char *cursor)
{
	const char *at = strstr(cursor, ";t=");

	return at ? strtoull(at + 3, NULL, 16) : 0;
}
