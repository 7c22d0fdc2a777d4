/* SPDX-License-Identifier: MIT */
#include "local_socket.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#define LOOK_S 3 /* for who listens at a path that is taken */

bool local_socket_fits(const char *path)
{
	return strlen(path) < sizeof(((struct sockaddr_un *)NULL)->sun_path);
}

static int address_of(struct sockaddr_un *ret, const char *path)
{
	*ret = (struct sockaddr_un){.sun_family = AF_UNIX};
	if (!local_socket_fits(path))
		return -ENAMETOOLONG;
	strcpy(ret->sun_path, path);
	return 0;
}

int local_socket_reach(const char *path, int patience_s)
{
	const struct timeval patience = {.tv_sec = patience_s};
	struct sockaddr_un at;
	int r = address_of(&at, path), fd;

	if (r < 0)
		return r;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	/* for who listens, but takes nobody, too (connect(2) of a Unix socket waits as send does) */
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (connect(fd, (const struct sockaddr *)&at, sizeof(at)) == 0)
		return fd;
	r = -errno;
	close(fd);
	return r;
}

/* Of a program that was killed? */
static bool is_left_over(const char *path)
{
	struct stat st;
	int fd;

	if (lstat(path, &st) < 0 || !S_ISSOCK(st.st_mode))
		return false;
	fd = local_socket_reach(path, LOOK_S);
	if (fd >= 0)
		close(fd);
	return fd == -ECONNREFUSED;
}

int local_socket_listen(const char *path, mode_t mode, int waiting)
{
	struct sockaddr_un at;
	int r = address_of(&at, path), fd;

	if (r < 0)
		return r;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	if (is_left_over(path))
		unlink(path);
	if (bind(fd, (const struct sockaddr *)&at, sizeof(at)) == 0) {
		/* nobody is let in before it listens */
		if (chmod(path, mode) == 0 && listen(fd, waiting) == 0)
			return fd;
		r = -errno;
		unlink(path);
	} else {
		r = -errno;
	}
	close(fd);
	return r;
}
