/* SPDX-License-Identifier: MIT */
/* What somebody is told who opened the page by a name that is not ours. */
#pragma once

#include <stdbool.h>
#include <sys/socket.h>

#include "http_answer.h"

/* Its first line, and the one of the log. */
#define WRONG_HOST "This server does not go by that name."

/*
 * The answer, with the way in: the address that the request came to, which is never what the request says. own: that
 * address (getsockname(2)), or NULL where it is of no use to who asks, as behind a proxy. tls: the page is at an address of https. html: as a page
 * with a link, else plain text. Returns what the caller frees; NULL without memory.
 */
char *wrong_host_answer(const struct sockaddr_storage *own, bool tls, bool html);

/* Sends it. direct: no proxy named who asks. Returns what the libwebsockets callback is to return. */
int wrong_host_send(struct http_session *session, struct lws *wsi, bool direct, bool tls);
