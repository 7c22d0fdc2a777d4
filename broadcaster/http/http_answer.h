/* SPDX-License-Identifier: MIT */
/* Sends one HTTP answer after another on a connection, as its socket takes them. */
#pragma once

#include <libwebsockets.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "blob.h"
#include "command.h"

struct http_post;
struct relay_topic;

/* One connection, one request at a time. Zeroed by libwebsockets. */
struct http_session {
	const uint8_t *body; /* what is left of it */
	size_t length;
	struct blob *blob;	   /* held until the end: body lies in it */
	struct relay_topic *topic; /* whose state is waited for; then it is on the list of waiting */
	struct http_post *post;	   /* the request has a body; owned */
	struct lws *wsi;
	uint64_t since_ms; /* clock_ms() when the request came */
	struct http_session *next, **previous;
	bool head; /* the method was HEAD */
	bool home; /* may be told what is seen at home */
	enum role role;
	bool is_check;	   /* of a program of this host, which asks how the daemon does */
	bool last;	   /* the connection ends with the answer, which is short */
	int64_t hsts_days; /* as of struct http; 0 on a connection that is not by TLS */
	bool
	    isolated; /* the browser may take the page for safe: from this host, or behind a proxy, which has TLS */
};

/* An answer, to be sent with http_answer_send(). */
struct http_answer {
	int status;
	const char *phrase;
	const char *type;
	const char *more;    /* further header lines, each with its \r\n, or NULL */
	const uint8_t *body; /* outlives the request, or lies in blob */
	size_t length;
	struct blob *blob; /* taken; or NULL */
	bool close;
};

/* These return what the libwebsockets callback is to return: 0, or -1 to close. */
int http_answer_send(struct http_session *session, struct lws *wsi, const struct http_answer *a);
/* Same, with a body that lies in a blob, which is taken; NULL is no memory. */
int http_answer_send_blob(struct http_session *session, struct lws *wsi, struct http_answer *a,
			  struct blob *blob);
/* The socket takes more. */
int http_answer_writeable(struct http_session *session, struct lws *wsi);

/* Forgets the request. */
void http_session_clear(struct http_session *session);
