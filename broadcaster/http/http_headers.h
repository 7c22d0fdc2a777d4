/* SPDX-License-Identifier: MIT */
/* What a request's headers say: single ones, and of whom they say that the request is. Valid while they are there. */
#pragma once

#include <libwebsockets.h>
#include <stdbool.h>

#include "access.h"

#define HTTP_HEADER_MAX 512 /* bytes of a request header that we look at */

/* Copies a header. False when it is absent, or too long to be one that we want. */
bool http_headers_copy(struct lws *wsi, enum lws_token_indexes token, char value[HTTP_HEADER_MAX]);

/* Is the connection itself by TLS, not only one to a proxy? */
bool http_headers_tls(struct lws *wsi);

/* The client of the connection, as told by the peer's address and, behind a proxy, by its headers. 0; -EBADMSG. */
int http_headers_client(struct access_client *ret, const struct access_rules *rules, struct lws *wsi);

/* What http_headers_client would go by, kept: free(3). 0, -EBADMSG or -ENOMEM. */
int http_headers_keep(struct access_request **ret, struct lws *wsi);
