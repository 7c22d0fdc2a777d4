/* SPDX-License-Identifier: MIT */
/* The socket that the page is served at. */
#pragma once

#include <stdbool.h>

/* Is it the path of a Unix socket rather than an IP address? */
bool listen_is_path(const char *address);
/*
 * Listens at the IP address and port, or at the path, for its user and its group: whoever may use a Unix socket is a
 * proxy. The socket, which is the caller's; -EINVAL when text is no address; -errno, as of local_socket_listen.
 */
int listen_open(const char *text, int port);
/*
 * Makes a socket that somebody else has opened fit for use. fd stays the caller's. 0; -ENOTSOCK, -EINVAL: it does not
 * listen for TCP connections or at a Unix socket; -errno.
 */
int listen_adopt(int fd);
