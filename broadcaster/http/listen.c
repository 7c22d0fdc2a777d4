/* SPDX-License-Identifier: MIT */
#include "listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "local_socket.h"
#include "util.h"

#define SEND_BUFFER (128 * 1024) /* of the kernel, for each connection: what a stalled viewer costs there */
#define BACKLOG 512
#define PATH_MODE 0660 /* a folder with the bit of set-group-ID gives it the folder's group */

bool listen_is_path(const char *address)
{
	return *address == '/';
}

/* What an accepted socket inherits (tcp(7)); one of a Unix socket has what net.core.wmem_default says (unix(7)). */
static int set_options(int fd, int family)
{
	const int yes = 1, buffer = SEND_BUFFER;

	if (family == AF_UNIX)
		return 0;
	return setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof(buffer)) < 0 ||
		       setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes)) < 0
		   ? -errno
		   : 0;
}

int listen_adopt(int fd)
{
	int family = 0, listens = 0, flags;
	socklen_t length = sizeof(family);

	if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &length) < 0 ||
	    getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) < 0)
		return -errno;
	if ((family != AF_INET && family != AF_INET6 && family != AF_UNIX) || !listens)
		return -EINVAL;
	flags = fcntl(fd, F_GETFL);
	if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0)
		return -errno;
	return set_options(fd, family);
}

int listen_open(const char *text, int port)
{
	struct sockaddr_storage at = {};
	_cleanup_(cleanup_close) int fd = -1;
	struct sockaddr_in *v4 = (struct sockaddr_in *)&at;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&at;
	const int yes = 1, no = 0;
	socklen_t length;
	int r;

	if (listen_is_path(text))
		return local_socket_listen(text, PATH_MODE, BACKLOG);
	if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
		at.ss_family = AF_INET;
		v4->sin_port = htons((uint16_t)port);
		length = sizeof(*v4);
	} else if (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1) {
		at.ss_family = AF_INET6;
		v6->sin6_port = htons((uint16_t)port);
		length = sizeof(*v6);
	} else {
		return -EINVAL;
	}
	fd = socket(at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	/* "::" takes IPv4 too */
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) < 0 ||
	    (at.ss_family == AF_INET6 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof(no)) < 0) ||
	    bind(fd, (struct sockaddr *)&at, length) < 0 || listen(fd, BACKLOG) < 0)
		return -errno;
	r = set_options(fd, at.ss_family);
	if (r < 0)
		return r;
	r = fd;
	fd = -1;
	return r;
}
