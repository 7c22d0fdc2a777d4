/* SPDX-License-Identifier: MIT */
/* Writing to a viewer, as far as its socket takes it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "topic_rules.h"
#include "viewer_private.h"

#define SPAN_MAX (256 * 1024)	/* bytes of one send(2) */
#define RECORD_MAX (16 * 1024)	/* bytes of one record of TLS (RFC 8446, 5.1) */
#define FLUSH_MAX (1024 * 1024) /* bytes to one viewer before the others have their turn */
#define TEXT_MAX 4096

static int write_text(struct viewer *v,
		      size_t (*fill)(struct viewer *v, const struct watch *w, char *text, size_t size),
		      const struct watch *w)
{
	char buffer[LWS_PRE + TEXT_MAX];
	size_t n = fill(v, w, buffer + LWS_PRE, TEXT_MAX);

	v->set->stats.bytes += n;
	return lws_write(v->wsi, (unsigned char *)buffer + LWS_PRE, n, LWS_WRITE_TEXT) < 0 ? -1 : 0;
}

static size_t fill_hello(struct viewer *v, const struct watch *w, char *text, size_t size)
{
	(void)w;
	return v->set->listener->hello(v->set->data, v, text, size);
}

static size_t fill_waiting(struct viewer *v, const struct watch *w, char *text, size_t size)
{
	(void)v;
	return (size_t)snprintf(text, size, "{\"waiting\":\"%s\",\"site\":\"%s\"}", w->topic->name,
				w->topic->site);
}

static size_t fill_unknown(struct viewer *v, const struct watch *w, char *text, size_t size)
{
	const struct watch_message *m = &v->unknown[0];

	(void)w;
	if (m->refused)
		return (size_t)snprintf(text, size,
					"{\"refused\":\"%s\",\"site\":\"%s\",\"sentence\":\"%s\"}", m->topic,
					m->site, TOPIC_RULES_REFUSAL);
	return (size_t)snprintf(text, size, "{\"unknown\":\"%s\",\"site\":\"%s\"}", m->topic, m->site);
}

static size_t fill_answer(struct viewer *v, const struct watch *w, char *text, size_t size)
{
	size_t n = v->answers->length;

	(void)w;
	if (n > size)
		return 0;
	memcpy(text, v->answers->text, n);
	return n;
}

/* Sends the oldest of the answers. 1, or -1. */
static int send_answer(struct viewer *v)
{
	struct viewer_text *t = v->answers;
	int r = write_text(v, fill_answer, NULL);

	v->answers = t->next;
	if (!v->answers)
		v->answers_end = &v->answers;
	v->n_answers--;
	free(t);
	return r < 0 ? -1 : 1;
}

/* Sends one of the things that are due beside frames. 1: sent; 0: nothing may be sent now; -1. */
static int send_due(struct viewer *v)
{
	static unsigned char abandoned[] = {0x80, 0x00};
	/* not empty: libwebsockets says nothing of the answer to an empty ping */
	unsigned char ping[LWS_PRE + 1] = {[LWS_PRE] = '.'};

	if (v->due & DUE_ABANDON) {
		v->due &= ~(unsigned)DUE_ABANDON;
		return lws_write(v->wsi, abandoned, sizeof(abandoned), LWS_WRITE_RAW) < 0 ? -1 : 1;
	}
	if (v->due & DUE_CLOSE) {
		lws_callback_on_writable(v->wsi);
		return 0;
	}
	if (v->due & DUE_PING) {
		v->due &= ~(unsigned)DUE_PING;
		return lws_write(v->wsi, ping + LWS_PRE, 1, LWS_WRITE_PING) < 0 ? -1 : 1;
	}
	v->due &= ~(unsigned)DUE_HELLO;
	return write_text(v, fill_hello, NULL) < 0 ? -1 : 1;
}

/* The watch whose message was begun: nothing else may come before its end. */
static struct watch *begun_watch(const struct viewer *v)
{
	for (size_t i = 0; i < v->n_watches; i++)
		if (v->watches[i]->cursor.inside)
			return v->watches[i];
	return NULL;
}

/* The next watch in turn that has something, or is to be told that it has not. */
static struct watch *next_watch(struct viewer *v, const uint8_t **ret_span, size_t *ret_length)
{
	for (size_t i = 0; i < v->n_watches; i++) {
		struct watch *w = v->watches[v->turn = (uint8_t)((v->turn + 1u) % v->n_watches)];

		*ret_length = topic_cursor_span(w->topic->log, &w->cursor, ret_span);
		if (*ret_length || (!w->told && !topic_log_has_keyframe(w->topic->log)))
			return w;
	}
	return NULL;
}

/* The socket is full: goes on when it is not. Returns as send_span. */
static long wait_for_room(struct viewer *v)
{
	v->set->stats.blocks++;
	lws_callback_on_writable(v->wsi);
	return 0;
}

/* A viewer of TLS: what the socket does not take, libwebsockets keeps, so it is given one record at a time. Returns as
 * send_span. */
static long send_record(struct viewer *v, struct watch *w, const uint8_t *span, size_t length)
{
	if (length > RECORD_MAX)
		length = RECORD_MAX;
	v->set->stats.sends++;
	length += topic_cursor_sent(w->topic->log, &w->cursor, length);
	v->set->stats.bytes += length;
	if (lws_write(v->wsi, (unsigned char *)span, length, LWS_WRITE_RAW) < 0)
		return -1;
	if (!lws_partial_buffered(v->wsi))
		return (long)length;
	return wait_for_room(v);
}

/* Sends of the span what the socket takes. Bytes sent; 0 when the socket is full; -1. */
static long send_span(struct viewer *v, struct watch *w, const uint8_t *span, size_t length)
{
	size_t rest;
	ssize_t n;

	if (v->tls)
		return send_record(v, w, span, length);
	if (length > SPAN_MAX)
		length = SPAN_MAX;
	n = send(v->fd, span, length, MSG_NOSIGNAL | MSG_DONTWAIT);
	v->set->stats.sends++;
	if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
		return -1;
	if (n <= 0)
		return wait_for_room(v);
	rest = topic_cursor_sent(w->topic->log, &w->cursor, (size_t)n);
	v->set->stats.bytes += (size_t)n + rest;
	if ((size_t)n == length && !rest)
		return n;
	if (rest && lws_write(v->wsi, (unsigned char *)span + n, rest, LWS_WRITE_RAW) < 0)
		return -1;
	if ((size_t)n == length)
		return n;
	return wait_for_room(v);
}

/* Sends one span or text. What was sent, or 1; 0 when there is nothing or the socket is full; -1. */
static long send_next(struct viewer *v)
{
	struct watch *w = begun_watch(v);
	const uint8_t *span;
	size_t length;

	if (w) {
		length = topic_cursor_span(w->topic->log, &w->cursor, &span);
		return length ? send_span(v, w, span, length) : 0;
	}
	if (v->n_unknown) {
		if (write_text(v, fill_unknown, NULL) < 0)
			return -1;
		memmove(v->unknown, v->unknown + 1, --v->n_unknown * sizeof(*v->unknown));
		return 1;
	}
	if (v->answers)
		return send_answer(v);
	w = next_watch(v, &span, &length);
	if (!w)
		return 0;
	if (length)
		return send_span(v, w, span, length);
	w->told = true;
	return write_text(v, fill_waiting, w) < 0 ? -1 : 1;
}

static int flush(struct viewer *v)
{
	size_t sent = 0;
	long n;

	while (sent < FLUSH_MAX) {
		/* what libwebsockets holds goes first; it calls back when that is out */
		if (lws_partial_buffered(v->wsi))
			return 0;
		if (v->due) {
			int r = send_due(v);

			if (r <= 0)
				return r;
			continue;
		}
		n = send_next(v);
		if (n <= 0)
			return (int)n;
		sent += (size_t)n;
	}
	lws_callback_on_writable(v->wsi);
	return 0;
}

int viewer_writeable(struct viewer *v)
{
	if (v->gone)
		return 0;
	if (v->due & DUE_CLOSE && !lws_partial_buffered(v->wsi)) {
		v->gone = true;
		lws_close_reason(v->wsi, (enum lws_close_status)v->close_code,
				 (unsigned char *)v->close_reason, strlen(v->close_reason));
		return -1;
	}
	return flush(v);
}

void viewer_flush(struct viewer *v)
{
	if (!v->gone && flush(v) < 0)
		viewer_hang_up(v);
}

void viewers_flush(struct relay_topic *topic)
{
	struct watch **all = topic->watches;
	size_t n = topic->n_watches;

	/* send(2) leaves little in the caches: fetch ahead what the next ones need */
	for (size_t i = 0; i < n; i++) {
		if (i + 4 < n)
			__builtin_prefetch(all[i + 4]);
		if (i + 2 < n)
			__builtin_prefetch(all[i + 2]->viewer);
		viewer_flush(all[i]->viewer);
	}
}
