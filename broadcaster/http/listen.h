/* SPDX-License-Identifier: MIT */
/* The socket that the page is served at. */
#pragma once

/* Listens at the address and port. The socket, which is the caller's; -EINVAL when text is no address; -errno. */
int listen_open(const char *text, int port);
