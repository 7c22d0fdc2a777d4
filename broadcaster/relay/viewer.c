/* SPDX-License-Identifier: MIT */
#include "viewer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "util.h"
#include "watch_message.h"

#define SPAN_MAX (256 * 1024)	/* bytes of one send(2) */
#define FLUSH_MAX (1024 * 1024) /* bytes to one viewer before the others have their turn */
#define MESSAGES_MAX 16		/* that a viewer may send in a second */
#define CLOSE_WAIT_S 5		/* for the socket to take what must come before the close frame */
#define TEXT_MAX 4096

enum viewer_due {
	DUE_HELLO = 1 << 0,
	DUE_PING = 1 << 1,
	DUE_ABANDON = 1 << 2, /* an unwatched topic's message was begun */
	DUE_CLOSE = 1 << 3,
};

void viewer_begin(struct viewer *v, struct viewer_set *set, struct lws *wsi, struct peer *peer,
		  const struct address *address)
{
	v->set = set;
	v->wsi = wsi;
	v->fd = lws_get_socket_fd(wsi);
	v->peer = peer;
	v->heard_s = (uint32_t)(clock_ms() / 1000);
	v->address = *address;
	chain_append(&set->viewers, &v->of_set);
	set->n++;
	peer->viewers++;
	if (set->n > set->maximum) {
		set->stats.refused++;
		viewer_close(v, VIEWER_CLOSE_FULL, "too many viewers, try again later");
	} else if (peer->viewers > set->maximum_per_address) {
		set->stats.refused++;
		viewer_close(v, VIEWER_CLOSE_FULL, "too many viewers from this address");
	} else {
		set->stats.joined++;
		v->due |= DUE_HELLO;
		lws_callback_on_writable(wsi);
	}
}

static void unwatch(struct viewer *v, size_t i)
{
	struct watch *w = v->watches[i];

	if (w->cursor.inside)
		v->due |= DUE_ABANDON;
	relay_topic_unwatch(w);
	free(w);
	v->watches[i] = v->watches[--v->n_watches];
	v->turn = 0;
}

void viewer_end(struct viewer *v)
{
	v->gone = true;
	while (v->n_watches)
		unwatch(v, v->n_watches - 1u);
	free(v->message);
	v->message = NULL;
	if (!v->of_set.next)
		return;
	chain_take(&v->of_set);
	v->of_set.next = NULL;
	v->set->n--;
	v->peer->viewers--;
}

void viewer_close(struct viewer *v, enum viewer_close code, const char *reason)
{
	if (v->due & DUE_CLOSE)
		return;
	log_debug("Closing a viewer: %s.", reason);
	v->close_code = (uint16_t)code;
	v->close_reason = reason;
	v->due |= DUE_CLOSE;
	v->set->stats.broken_rules += code == VIEWER_CLOSE_RULE;
	lws_set_timeout(v->wsi, PENDING_TIMEOUT_CLOSE_SEND, CLOSE_WAIT_S);
	lws_callback_on_writable(v->wsi);
}

void viewer_hang_up(struct viewer *v)
{
	v->gone = true;
	lws_set_timeout(v->wsi, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_ASYNC);
}

static struct watch *find_watch(const struct viewer *v, const struct relay_topic *topic, size_t *ret_i)
{
	for (size_t i = 0; i < v->n_watches; i++) {
		if (v->watches[i]->topic != topic)
			continue;
		*ret_i = i;
		return v->watches[i];
	}
	return NULL;
}

static void begin_watch(struct viewer *v, struct relay_topic *topic)
{
	struct watch *w;

	if (v->n_watches == VIEWER_WATCHES_MAX) {
		viewer_close(v, VIEWER_CLOSE_RULE, "too many topics watched at once");
		return;
	}
	w = calloc(1, sizeof(*w));
	if (!w || relay_topic_watch(topic, w) < 0) {
		free(w);
		viewer_close(v, VIEWER_CLOSE_FULL, "no memory, try again later");
		return;
	}
	w->viewer = v;
	v->watches[v->n_watches++] = w;
	v->set->hooks->wanted(v->set->user, topic);
}

static void take_message(struct viewer *v, const char *text, size_t length)
{
	uint32_t now_s = (uint32_t)(clock_ms() / 1000);
	struct watch_message m;
	struct relay_topic *topic;
	struct watch *w;
	size_t i;

	if (v->window_s != now_s) {
		v->window_s = now_s;
		v->window_messages = 0;
	}
	if (++v->window_messages > MESSAGES_MAX) {
		viewer_close(v, VIEWER_CLOSE_RULE, "too many messages");
		return;
	}
	if (watch_message_parse(&m, text, length) < 0) {
		viewer_close(v, VIEWER_CLOSE_RULE,
			     "expected: watch <site> <topic>, or unwatch <site> <topic>");
		return;
	}
	topic = v->set->hooks->topic(v->set->user, m.site, m.topic);
	if (!topic) {
		viewer_close(v, VIEWER_CLOSE_RULE, "no such site or topic here");
		return;
	}
	w = find_watch(v, topic, &i);
	if (m.begin && w) {
		topic_cursor_restart(topic->log, &w->cursor);
		v->set->hooks->lost(v->set->user, topic);
	} else if (m.begin)
		begin_watch(v, topic);
	else if (w)
		unwatch(v, i);
	viewer_flush(v);
}

void viewer_receive(struct viewer *v, const char *bytes, size_t length, bool binary, bool last)
{
	if (v->due & DUE_CLOSE || v->gone)
		return;
	if (binary) {
		viewer_close(v, VIEWER_CLOSE_RULE, "expected text");
		return;
	}
	if (length > WATCH_MESSAGE_MAX - v->message_length) {
		viewer_close(v, VIEWER_CLOSE_RULE, "message too long");
		return;
	}
	if (last && !v->message_length) {
		take_message(v, bytes, length);
		return;
	}
	if (!v->message)
		v->message = malloc(WATCH_MESSAGE_MAX);
	if (!v->message) {
		viewer_close(v, VIEWER_CLOSE_FULL, "no memory, try again later");
		return;
	}
	memcpy(v->message + v->message_length, bytes, length);
	v->message_length += length;
	if (!last)
		return;
	length = v->message_length;
	v->message_length = 0;
	take_message(v, v->message, length);
	free(v->message);
	v->message = NULL;
}

void viewer_heard(struct viewer *v, uint32_t now_s)
{
	v->heard_s = now_s;
	v->pinged = false;
}

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
	return v->set->hooks->hello(v->set->user, &v->address, text, size);
}

static size_t fill_waiting(struct viewer *v, const struct watch *w, char *text, size_t size)
{
	(void)v;
	return (size_t)snprintf(text, size, "{\"waiting\":\"%s\"}", w->topic->name);
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

/* The watch whose message was begun; else the next in turn that has something, or is to be told that it has
 * not. */
static struct watch *next_watch(struct viewer *v, const uint8_t **ret_span, size_t *ret_length)
{
	for (size_t i = 0; i < v->n_watches; i++) {
		struct watch *w = v->watches[i];

		if (!w->cursor.inside)
			continue;
		*ret_length = topic_cursor_span(w->topic->log, &w->cursor, ret_span);
		return w;
	}
	for (size_t i = 0; i < v->n_watches; i++) {
		struct watch *w = v->watches[v->turn = (uint8_t)((v->turn + 1u) % v->n_watches)];

		*ret_length = topic_cursor_span(w->topic->log, &w->cursor, ret_span);
		if (*ret_length || (!w->told && !topic_log_has_keyframe(w->topic->log)))
			return w;
	}
	return NULL;
}

/* Sends one span. Bytes sent; 0 when there is nothing or the socket is full; -1. */
static long send_span(struct viewer *v)
{
	const uint8_t *span;
	size_t length, rest;
	struct watch *w = next_watch(v, &span, &length);
	ssize_t n;

	if (!w)
		return 0;
	if (!length) {
		w->told = true;
		return write_text(v, fill_waiting, w) < 0 ? -1 : 1;
	}
	if (length > SPAN_MAX)
		length = SPAN_MAX;
	n = send(v->fd, span, length, MSG_NOSIGNAL | MSG_DONTWAIT);
	v->set->stats.sends++;
	if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
		return -1;
	if (n <= 0) {
		v->set->stats.blocks++;
		lws_callback_on_writable(v->wsi);
		return 0;
	}
	rest = topic_cursor_sent(w->topic->log, &w->cursor, (size_t)n);
	v->set->stats.bytes += (size_t)n + rest;
	if ((size_t)n == length && !rest)
		return n;
	if (rest && lws_write(v->wsi, (unsigned char *)span + n, rest, LWS_WRITE_RAW) < 0)
		return -1;
	if ((size_t)n == length)
		return n;
	v->set->stats.blocks++;
	lws_callback_on_writable(v->wsi);
	return 0;
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
		n = send_span(v);
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

void viewer_ping(struct viewer *v)
{
	v->due |= DUE_PING;
	viewer_flush(v);
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
