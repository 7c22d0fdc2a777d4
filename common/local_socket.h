/* SPDX-License-Identifier: MIT */
/* Unix sockets (unix(7)) at paths. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

/*
 * Listens at path, without blocking, for whom mode lets in. What a program that was killed has left there is replaced.
 * The socket, which is the caller's; -EADDRINUSE: something else is there; -ENAMETOOLONG; -errno.
 */
int local_socket_listen(const char *path, mode_t mode, int waiting);
/* Connects to path, and waits patience_s at most, then and later. The socket, which is the caller's, or -errno. */
int local_socket_reach(const char *path, int patience_s);
/* Is path short enough? */
bool local_socket_fits(const char *path);
