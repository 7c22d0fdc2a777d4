/* SPDX-License-Identifier: MIT */
/* What the files of http.h share. */
#pragma once

#include "http.h"

#define HTTP_PATH_LINK "/api/v1/link"
#define HTTP_WRONG_ORIGIN "The Origin header must name this server's own page.\n"

/* Of whom a request is. */
struct http_caller {
	struct access_client client;
	struct gate_pass *pass; /* borrowed, and good until the loop turns; NULL: none */
	bool secure;		/* TLS all the way */
};

/* http_access.c: answers with a sentence of plain text; what the callback is to return. */
__attribute__((format(printf, 6, 7))) int http_refuse(struct http *http, struct http_session *session,
						      struct lws *wsi, int status, const char *phrase,
						      const char *format, ...);
/* 1 when the request may go on, and *ret; else what the callback is to return, after a refusal was sent. */
int http_check_access(struct http *http, struct http_session *session, struct lws *wsi, const char *path,
		      struct http_caller *ret);
/* Fills in all but the client, which is there. */
void http_know(struct http *http, struct lws *wsi, struct http_caller *caller);
/* How the daemon does. What the collectors count is added for who may know of the home. */
bool http_is_status(const char *path);
/* Was it our own page that asked, as Origin says (RFC 6454)? */
bool http_is_own_page(struct lws *wsi);

/* A request with a body, which is small. */
struct http_post {
	int (*serve)(struct http_post *post); /* when the body is there; what the callback is to return */
	struct http *http;
	struct http_session *session;
	struct lws *wsi;
	struct http_caller caller; /* its pass is held, and may have ended meanwhile */
	struct sign_in_try try;
	enum sign_in_result result;
	bool answered; /* result is there */
	size_t expected, length;
	char body[]; /* with a NUL behind it */
};

/* http_post.c: what the callback is to return, as all these. */
int http_post_begin(struct http *http, struct http_session *session, struct lws *wsi, const char *path);
int http_post_writeable(struct http_session *session);
/* Answers with a JSON object. more: header lines, or "". The post is gone then. */
__attribute__((format(printf, 5, 6))) int http_post_answer(struct http_post *post, int status,
							   const char *phrase, const char *more,
							   const char *format, ...);
/* Takes NULL, returns NULL. */
struct http_post *http_post_free(struct http_post *post);

/* http_sign.c: what is asked for at /api/v1/sign-in and /api/v1/sign-out. */
int http_sign_in(struct http_post *post);
int http_sign_in_answered(struct http_post *post);
int http_sign_out(struct http_post *post);

/* What an answer says that is a refusal. */
struct http_fault {
	const char *code;
	int status;
	const char *phrase, *sentence;
};
extern const struct http_fault http_not_understood, http_not_signed_in;
/* wait_s: when it is worth another try; 0: it does not say. */
int http_post_refuse(struct http_post *post, const struct http_fault *fault, uint64_t wait_s);

/* http_links.c: /api/v1/link and /api/v1/links. */
int http_link(struct http_post *post);
int http_links(struct http_post *post);
