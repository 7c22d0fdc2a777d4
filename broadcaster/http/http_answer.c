/* SPDX-License-Identifier: MIT */
#include "http_answer.h"

#include <inttypes.h>
#include <stdio.h>

#include "http_private.h"
#include "util.h"

#define HEADERS_MAX 2048
#define HSTS_MAX 64
#define BODY_PIECE (32 * 1024)
#define BODY_WAIT_S 20	     /* for the client to take a piece */
#define ANSWER_MAX_MS 120000 /* for all of it: who reads drop by drop holds memory */

static const char security_headers[] =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";
/* Over plain HTTP browsers ignore it, and log an error each time (HTML, cross-origin opener policies). */
static const char opener_policy[] = "Cross-Origin-Opener-Policy: same-origin\r\n";

static void stop_waiting(struct http_session *session)
{
	if (!session->previous)
		return;
	*session->previous = session->next;
	if (session->next)
		session->next->previous = session->previous;
	session->previous = NULL;
}

void http_session_clear(struct http_session *session)
{
	stop_waiting(session);
	http_post_free(session->post);
	blob_release(session->blob);
	*session = (struct http_session){};
}

/* Ends the request: 0, or -1 to close. */
static int complete(struct http_session *session, struct lws *wsi)
{
	http_session_clear(session);
	return lws_http_transaction_completed(wsi) ? -1 : 0;
}

static void hsts_format(char line[HSTS_MAX], int64_t days)
{
	line[0] = '\0';
	if (days)
		snprintf(line, HSTS_MAX, "Strict-Transport-Security: max-age=%" PRId64 "\r\n", days * 86400);
}

int http_answer_send(struct http_session *session, struct lws *wsi, const struct http_answer *a)
{
	char headers[LWS_PRE + HEADERS_MAX], hsts[HSTS_MAX];
	bool close = a->close || session->last;
	int n;

	hsts_format(hsts, session->hsts_days);
	n = snprintf(headers + LWS_PRE, HEADERS_MAX,
		     "HTTP/1.1 %d %s\r\n"
		     "%s%s%s%s"
		     "%s%s%s"
		     "Content-Length: %zu\r\n"
		     "%s%s"
		     "\r\n",
		     a->status, a->phrase, a->type ? "Content-Type: " : "", a->type ? a->type : "",
		     a->type ? "\r\n" : "", a->more ? a->more : "Cache-Control: no-store\r\n",
		     security_headers, session->isolated ? opener_policy : "", hsts, a->length,
		     close ? "Connection: close\r\n" : "", a->status == 405 ? "Allow: GET, HEAD\r\n" : "");
	stop_waiting(session);
	session->post = http_post_free(session->post);
	blob_release(session->blob);
	session->blob = a->blob;
	session->topic = NULL;
	if (n < 0 || n >= HEADERS_MAX ||
	    lws_write(wsi, (unsigned char *)headers + LWS_PRE, (size_t)n, LWS_WRITE_HTTP_HEADERS) < 0)
		return -1;
	/* the answer to HEAD, and 304, tell the length of what they leave out */
	if (a->body && !session->head && a->status != 304) {
		session->body = a->body;
		session->length = a->length;
	}
	if (close && session->length) {
		/* short, and the connection ends with it */
		lws_write(wsi, (unsigned char *)session->body, session->length, LWS_WRITE_HTTP_FINAL);
		return -1;
	}
	if (!session->length)
		return close ? -1 : complete(session, wsi);
	lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, BODY_WAIT_S);
	lws_callback_on_writable(wsi);
	return 0;
}

int http_answer_send_blob(struct http_session *session, struct lws *wsi, struct http_answer *a,
			  struct blob *blob)
{
	if (!blob)
		return -1;
	a->blob = blob;
	a->body = blob->bytes;
	a->length = blob->length;
	return http_answer_send(session, wsi, a);
}

int http_answer_writeable(struct http_session *session, struct lws *wsi)
{
	size_t n = session->length < BODY_PIECE ? session->length : BODY_PIECE;

	if (!n || lws_partial_buffered(wsi))
		return 0;
	if (clock_ms() - session->since_ms > ANSWER_MAX_MS)
		return -1;
	if (lws_write(wsi, (unsigned char *)session->body, n,
		      n == session->length ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP) < 0)
		return -1;
	session->body += n;
	session->length -= n;
	if (!session->length)
		return complete(session, wsi);
	lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, BODY_WAIT_S);
	lws_callback_on_writable(wsi);
	return 0;
}
