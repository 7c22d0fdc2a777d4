/* SPDX-License-Identifier: MIT */
/* What a request's headers say: single ones, and of whom they say that the request is. Valid while they are there. */
#pragma once

#include <libwebsockets.h>
#include <stdbool.h>

#include "access.h"
#include "token.h"

#define HTTP_HEADER_MAX 512 /* bytes of a request header that we look at */

/* Copies a header. False when it is absent, or too long to be one that we want. */
bool http_headers_copy(struct lws *wsi, enum lws_token_indexes token, char value[HTTP_HEADER_MAX]);

/* Is the connection itself by TLS, not only one to a proxy? */
bool http_headers_tls(struct lws *wsi);

/* The client of the connection, as told by the peer's address and, behind a proxy, by its headers. 0; -EBADMSG. */
int http_headers_client(struct access_client *ret, const struct access_rules *rules, struct lws *wsi);

/* Did it come by TLS all the way: to us, or to a proxy of ours that says so? client: of http_headers_client. */
bool http_headers_secure(const struct access_client *client, struct lws *wsi);

/* The token of our cookie, which is called after the port. False: there is none that is good over such a connection. */
bool http_headers_token(char ret[TOKEN_MAX], struct lws *wsi, int port, bool secure);

/* What http_headers_client would go by, kept: free(3). 0, -EBADMSG or -ENOMEM. */
int http_headers_keep(struct access_request **ret, struct lws *wsi);
