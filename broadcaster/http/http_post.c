/* SPDX-License-Identifier: MIT */
/*
 * Requests with a body (POST): our own page asks for something that is no business of a site's collector. Their media type
 * is our own, so that no other page can send one without having been asked (Fetch, CORS-safelisted request headers).
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <openssl/crypto.h>

#include "http_headers.h"
#include "http_private.h"
#include "util.h"

#define BODY_MOST 1024
#define BODY_WAIT_S 10
#define MEDIA_TYPE "application/x-connvis"

static const struct route {
	const char *path;
	int (*serve)(struct http_post *post);
} routes[] = {
    {"/api/v1/sign-in", http_sign_in},
    {"/api/v1/sign-out", http_sign_out},
    {HTTP_PATH_LINK, http_link},
    {"/api/v1/links", http_links},
};

static const struct route *find(const char *path)
{
	for (size_t i = 0; i < ELEMENTS_OF(routes); i++)
		if (!strcmp(routes[i].path, path))
			return &routes[i];
	return NULL;
}

struct http_post *http_post_free(struct http_post *post)
{
	if (!post)
		return NULL;
	sign_in_end(&post->try);
	gate_release(post->http->gate, post->caller.pass, clock_ms());
	/* it may be a passphrase */
	OPENSSL_cleanse(post->body, post->expected);
	free(post);
	return NULL;
}

/* Bytes that will come; 0: too many, none, or it does not say. */
static size_t length_of(struct lws *wsi)
{
	char value[HTTP_HEADER_MAX];
	size_t digits;

	if (!http_headers_copy(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH, value))
		return 0;
	digits = strspn(value, "0123456789");
	if (value[digits] || digits > 4 || strtoul(value, NULL, 10) > BODY_MOST)
		return 0;
	return strtoul(value, NULL, 10);
}

static bool is_our_type(struct lws *wsi)
{
	char value[HTTP_HEADER_MAX];

	return http_headers_copy(wsi, WSI_TOKEN_HTTP_CONTENT_TYPE, value) && !strcasecmp(value, MEDIA_TYPE);
}

int http_post_begin(struct http *http, struct http_session *session, struct lws *wsi, const char *path)
{
	const struct route *route = find(path);
	struct http_caller caller;
	struct http_post *post;
	size_t expected = length_of(wsi);
	int r;

	if (!route)
		return http_refuse(http, session, wsi, 405, "Method Not Allowed",
				   "Only GET and HEAD are answered here.\n");
	r = http_check_access(http, session, wsi, path, &caller);
	if (r <= 0)
		return r;
	if (!http_is_own_page(wsi))
		return http_refuse(http, session, wsi, 403, "Forbidden", HTTP_WRONG_ORIGIN);
	if (!is_our_type(wsi))
		return http_refuse(http, session, wsi, 415, "Unsupported Media Type",
				   "The Content-Type must be " MEDIA_TYPE ".\n");
	if (!expected)
		return http_refuse(http, session, wsi, 413, "Payload Too Large",
				   "The Content-Length must be 1 to %d.\n", BODY_MOST);
	post = calloc(1, sizeof(*post) + expected + 1);
	if (!post)
		return -1;
	post->serve = route->serve;
	post->http = http;
	post->session = session;
	post->wsi = wsi;
	post->caller = caller;
	post->expected = expected;
	gate_hold(caller.pass);
	session->post = post;
	lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, BODY_WAIT_S);
	return 0;
}

int http_post_take(struct http_session *session, const char *bytes, size_t length)
{
	struct http_post *post = session->post;

	if (!post || length > post->expected - post->length)
		return -1;
	memcpy(post->body + post->length, bytes, length);
	post->length += length;
	return 0;
}

int http_post_done(struct http_session *session)
{
	struct http_post *post = session->post;

	if (!post || post->length != post->expected)
		return -1;
	if (post->caller.pass && post->caller.pass->ended) {
		gate_release(post->http->gate, post->caller.pass, clock_ms());
		post->caller.pass = NULL;
	}
	return post->serve(post);
}

int http_post_writeable(struct http_session *session)
{
	return session->post->answered ? http_sign_in_answered(session->post) : 0;
}

const struct http_fault http_not_understood = {"not-understood", 400, "Bad Request",
					       "This cannot be understood."};
const struct http_fault http_not_signed_in = {"not-signed-in", 403, "Forbidden",
					      "Only who has signed in may do this."};

int http_post_refuse(struct http_post *post, const struct http_fault *fault, uint64_t wait_s)
{
	char retry[64];

	if (!wait_s)
		return http_post_answer(post, fault->status, fault->phrase, "",
					"{\"error\":\"%s\",\"sentence\":\"%s\"}\n", fault->code,
					fault->sentence);
	snprintf(retry, sizeof(retry), "Retry-After: %" PRIu64 "\r\n", wait_s);
	return http_post_answer(post, fault->status, fault->phrase, retry,
				"{\"error\":\"%s\",\"sentence\":\"%s\",\"wait\":%" PRIu64 "}\n", fault->code,
				fault->sentence, wait_s);
}

int http_post_answer(struct http_post *post, int status, const char *phrase, const char *more,
		     const char *format, ...)
{
	char lines[512], *text;
	struct http_answer a = {
	    .status = status, .phrase = phrase, .type = "application/json", .more = lines};
	va_list args;
	int n;

	snprintf(lines, sizeof(lines), "Cache-Control: no-store\r\n%s", more);
	va_start(args, format);
	n = vasprintf(&text, format, args);
	va_end(args);
	if (n < 0)
		return -1;
	post->http->stats.refused += status >= 400;
	return http_answer_send_blob(post->session, post->wsi, &a, blob_new(text, (size_t)n));
}
