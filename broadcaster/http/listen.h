/* SPDX-License-Identifier: MIT */
/* The socket that the page is served at. */
#pragma once

/* Listens at the address and port. The socket, which is the caller's; -EINVAL when text is no address; -errno. */
int listen_open(const char *text, int port);
/*
 * Makes a socket that somebody else has opened fit for use. fd stays the caller's. 0; -ENOTSOCK, -EINVAL: it does not
 * listen for TCP connections, as that of a Unix socket, whose peers have no address; -errno.
 */
int listen_adopt(int fd);
