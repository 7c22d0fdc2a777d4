/* SPDX-License-Identifier: MIT */
#include "http.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "http_headers.h"
#include "http_private.h"
#include "page.h"
#include "relay_topic.h"
#include "state_worker.h"
#include "topic_rules.h"
#include "util.h"

#define STATE_WAIT_MS 3000 /* for a keyframe */
#define STATE_TIMEOUT_S 30 /* for the keyframe and for making the answer, with others before it */

enum method {
	METHOD_GET,
	METHOD_HEAD,
	METHOD_POST,
	METHOD_OTHER,
};

static enum method method_of(struct lws *wsi)
{
	if (lws_hdr_total_length(wsi, WSI_TOKEN_GET_URI))
		return METHOD_GET;
	if (lws_hdr_total_length(wsi, WSI_TOKEN_HEAD_URI))
		return METHOD_HEAD;
	if (lws_hdr_total_length(wsi, WSI_TOKEN_POST_URI))
		return METHOD_POST;
	return METHOD_OTHER;
}

static bool accepts_gzip(struct lws *wsi)
{
	char value[HTTP_HEADER_MAX];
	const char *p;

	if (!http_headers_copy(wsi, WSI_TOKEN_HTTP_ACCEPT_ENCODING, value))
		return false;
	p = strcasestr(value, "gzip");
	if (!p)
		return false;
	p += 4;
	/* "gzip;q=0" (or 0.0, 0.00, 0.000) means: not gzip */
	p += strspn(p, " ");
	if (*p != ';')
		return true;
	p += 1 + strspn(p + 1, " ");
	return strncasecmp(p, "q=0", 3) != 0 || p[3 + strspn(p + 3, ".0")] > '0';
}

static int serve_file(struct http_session *session, struct lws *wsi, const struct page_file *file)
{
	bool gzip = accepts_gzip(wsi);
	char more[256], known[HTTP_HEADER_MAX];
	struct http_answer a = {
	    .status = 200,
	    .phrase = "OK",
	    .type = file->type,
	    .more = more,
	    .body = file->gzip,
	    .length = file->gzip_length,
	};

	snprintf(more, sizeof(more), "ETag: %s\r\nCache-Control: %s\r\nVary: Accept-Encoding\r\n%s",
		 file->etag, file->immutable ? "public, max-age=31536000, immutable" : "no-cache",
		 gzip ? "Content-Encoding: gzip\r\n" : "");
	if (http_headers_copy(wsi, WSI_TOKEN_HTTP_IF_NONE_MATCH, known) && strstr(known, file->etag)) {
		a.status = 304;
		a.phrase = "Not Modified";
		return http_answer_send(session, wsi, &a);
	}
	if (!gzip) {
		uint8_t *bytes = page_inflate(file);

		return bytes ? http_answer_send_blob(session, wsi, &a, blob_new(bytes, file->length)) : -1;
	}
	return http_answer_send(session, wsi, &a);
}

static int serve_text(struct http *http, struct http_session *session, struct lws *wsi, bool health)
{
	struct http_answer a = {.status = 200, .phrase = "OK"};
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	if (!out)
		return -1;
	if (!health) {
		a.type = "text/plain; version=0.0.4";
		http->listener->metrics(http->data, session->home, session->is_check ? NULL : &session->role,
					out);
	} else {
		a.type = "application/json";
		if (!http->listener->health(http->data, out)) {
			a.status = 503;
			a.phrase = "Service Unavailable";
		}
	}
	if (fclose(out)) {
		free(text);
		return -1;
	}
	return http_answer_send_blob(session, wsi, &a, blob_new(text, length));
}

static int refuse_state(struct http *http, struct http_session *session, struct lws *wsi, int error)
{
	switch (error) {
	case -ENODATA:
		return http_refuse(
		    http, session, wsi, 503, "Service Unavailable",
		    "There is no state yet: is the collector running, and connected to the same Redis?\n");
	case -EBUSY:
		return http_refuse(http, session, wsi, 503, "Service Unavailable",
				   "Others still read what they asked for before: try again in a minute.\n");
	case -E2BIG:
	case -ETIME:
		return http_refuse(http, session, wsi, 507, "Insufficient Storage",
				   "The state is too large to be sent as JSON: read the feed, at /feed.\n");
	default:
		return http_refuse(http, session, wsi, 500, "Internal Server Error",
				   "The state cannot be read: %s.\n", strerror(-error));
	}
}

/* Answers with the topic's state, as soon as it is made; a topic that nobody watched needs a moment for its
 * keyframe. */
static int serve_state(struct http *http, struct http_session *session, struct lws *wsi)
{
	struct http_answer a = {.status = 200, .phrase = "OK", .type = "application/json"};
	struct blob *blob;
	int r = state_worker_get(http->states, session->topic, session->since_ms, &blob);

	if (r >= 0)
		return http_answer_send_blob(session, wsi, &a, blob);
	if (r == -EINPROGRESS)
		return 0;
	if (r == -ENODATA && clock_ms() - session->since_ms < STATE_WAIT_MS) {
		http->listener->wanted(http->data, session->topic);
		return 0;
	}
	return refuse_state(http, session, wsi, r);
}

int http_writeable(struct http *http, struct http_session *session, struct lws *wsi)
{
	if (session->post)
		return http_post_writeable(session);
	return session->topic ? serve_state(http, session, wsi) : http_answer_writeable(session, wsi);
}

/* Is there something to answer with? */
static bool wait_over(const struct http *http, const struct http_session *s, uint64_t now_ms)
{
	if (topic_log_has_keyframe(s->topic->log))
		return !state_worker_pending(http->states, s->topic);
	return now_ms - s->since_ms >= STATE_WAIT_MS;
}

void http_look(struct http *http)
{
	uint64_t now = http->waiting ? clock_ms() : 0;

	for (struct http_session *s = http->waiting; s; s = s->next)
		if (wait_over(http, s, now))
			lws_callback_on_writable(s->wsi);
}

static int request_state(struct http *http, struct http_session *session, struct lws *wsi)
{
	char site[FRAME_NAME_MAX + 8], name[FRAME_NAME_MAX + 8];
	const char *s = lws_get_urlarg_by_name(wsi, "site=", site, sizeof(site));
	const char *t = lws_get_urlarg_by_name(wsi, "topic=", name, sizeof(name));

	session->topic = http->listener->topic(http->data, s ? s : "", t ? t : "");
	if (!session->topic)
		return http_refuse(http, session, wsi, 404, "Not Found",
				   "There is no such site or topic here.\n");
	if (!http->listener->allowed(http->data, session->role, session->topic)) {
		session->topic = NULL;
		return http_refuse(http, session, wsi, 403, "Forbidden", TOPIC_RULES_REFUSAL "\n");
	}
	session->wsi = wsi;
	session->next = http->waiting;
	session->previous = &http->waiting;
	if (session->next)
		session->next->previous = &session->next;
	http->waiting = session;
	lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, STATE_TIMEOUT_S);
	return serve_state(http, session, wsi);
}

int http_request(struct http *http, struct http_session *session, struct lws *wsi, const char *path)
{
	const struct page_file *file;
	struct http_caller caller;
	int r;

	http->stats.requests++;
	http_session_clear(session);
	session->since_ms = clock_ms();
	session->head = method_of(wsi) == METHOD_HEAD;
	if (method_of(wsi) == METHOD_POST)
		return http_post_begin(http, session, wsi, path);
	if (method_of(wsi) == METHOD_OTHER)
		return http_refuse(http, session, wsi, 405, "Method Not Allowed",
				   "Only GET and HEAD are answered here.\n");
	r = http_check_access(http, session, wsi, path, &caller);
	if (r <= 0)
		return r;
	if (http_is_status(path))
		return serve_text(http, session, wsi, path[1] == 'h');
	if (!strcmp(path, "/api/v1/state"))
		return request_state(http, session, wsi);
	if (!strcmp(path, "/feed"))
		return http_refuse(http, session, wsi, 426, "Upgrade Required", "The feed is a WebSocket.\n");
	file = page_find(path);
	if (!file)
		return http_refuse(http, session, wsi, 404, "Not Found", "There is no such page.\n");
	return serve_file(session, wsi, file);
}

/* Is the subprotocol among those that are offered, separated by commas? */
static bool offers_subprotocol(const char *offered)
{
	while (*offered) {
		size_t n;

		offered += strspn(offered, ", \t");
		n = strcspn(offered, ", \t");
		if (n == strlen(HTTP_SUBPROTOCOL) && !memcmp(offered, HTTP_SUBPROTOCOL, n))
			return true;
		offered += n;
	}
	return false;
}

int http_upgrade(struct http *http, struct lws *wsi)
{
	struct http_session session = {.last = true};
	char upgrade[HTTP_HEADER_MAX], offered[HTTP_HEADER_MAX], path[HTTP_HEADER_MAX];
	struct http_caller caller;

	http->stats.requests++;
	/* the pointer that libwebsockets passes may dangle by now (CVE-2025-11677): only what lws_hdr_copy
	 * finds counts */
	if (!http_headers_copy(wsi, WSI_TOKEN_UPGRADE, upgrade))
		return -1;
	if (strcasecmp(upgrade, "websocket") != 0) {
		/* libwebsockets 4.1.6 would go on to h2c, HTTP/2 without TLS */
		http_refuse(http, &session, wsi, 400, "Bad Request",
			    "The only upgrade here is to a WebSocket.\n");
		http_session_clear(&session);
		return -1;
	}
	if (http_check_access(http, &session, wsi, "/feed", &caller) <= 0) {
		http_session_clear(&session);
		return -1;
	}
	if (!http_headers_copy(wsi, WSI_TOKEN_GET_URI, path) || strcmp(path, "/feed") != 0) {
		http_refuse(http, &session, wsi, 404, "Not Found", "The feed is at /feed.\n");
	} else if (!http_is_own_page(wsi)) {
		http_refuse(http, &session, wsi, 403, "Forbidden", HTTP_WRONG_ORIGIN);
	} else if (!http_headers_copy(wsi, WSI_TOKEN_PROTOCOL, offered) || !offers_subprotocol(offered)) {
		http_refuse(http, &session, wsi, 400, "Bad Request",
			    "The subprotocol must be " HTTP_SUBPROTOCOL ".\n");
	} else {
		return 0;
	}
	http_session_clear(&session);
	return -1;
}
