/* SPDX-License-Identifier: MIT */
#include "viewer_private.h"

#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "util.h"
#include "watch_message.h"

/* That a viewer may send in a second: a page that follows all it may begins at once, and ends half of it, and begins it
 * again, when somebody looks into another view. */
#define MESSAGES_MAX (2 * VIEWER_WATCHES_MAX)
/* Answers that were not taken: as many as commands that come in a moment at most. */
#define ANSWERS_MAX 64
#define CLOSE_WAIT_S 5 /* for the socket to take what must come before the close frame */
#define ENDED_WAIT_S 1 /* the same, of who may not be here any more */

void viewer_begin(struct viewer *v, struct viewer_set *set, struct lws *wsi, struct peer *peer,
		  const struct address *address, enum role role)
{
	v->set = set;
	v->wsi = wsi;
	v->fd = lws_get_socket_fd(wsi);
	v->tls = lws_get_ssl(wsi) != NULL;
	v->peer = peer;
	v->heard_s = (uint32_t)(clock_ms() / 1000);
	v->address = *address;
	v->role = role;
	v->answers_end = &v->answers;
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

static void drop_answers(struct viewer *v)
{
	struct viewer_text *next;

	for (struct viewer_text *t = v->answers; t; t = next) {
		next = t->next;
		free(t);
	}
	v->answers = NULL;
	v->answers_end = &v->answers;
	v->n_answers = 0;
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
	free(v->unknown);
	v->unknown = NULL;
	v->n_unknown = 0;
	if (v->errands)
		v->set->listener->left(v->set->data, v);
	drop_answers(v);
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
	lws_set_timeout(v->wsi, PENDING_TIMEOUT_CLOSE_SEND,
			code == VIEWER_CLOSE_ENDED ? ENDED_WAIT_S : CLOSE_WAIT_S);
	lws_callback_on_writable(v->wsi);
}

void viewer_hang_up(struct viewer *v)
{
	v->gone = true;
	lws_set_timeout(v->wsi, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_ASYNC);
}

void viewer_answer(struct viewer *v, const char *text, size_t length)
{
	struct viewer_text *t;

	if (v->gone || v->due & DUE_CLOSE)
		return;
	if (v->n_answers == ANSWERS_MAX) {
		viewer_close(v, VIEWER_CLOSE_RULE, "answers are not taken");
		return;
	}
	t = malloc(sizeof(*t) + length);
	if (!t) {
		viewer_close(v, VIEWER_CLOSE_FULL, "no memory, try again later");
		return;
	}
	*t = (struct viewer_text){.length = length};
	memcpy(t->text, text, length);
	*v->answers_end = t;
	v->answers_end = &t->next;
	v->n_answers++;
	viewer_flush(v);
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
	v->set->listener->wanted(v->set->data, topic);
}

/* It will be told that there is no such topic, or that it may not watch it. */
static void note_unknown(struct viewer *v, const struct watch_message *m, bool refused)
{
	if (v->n_unknown == VIEWER_WATCHES_MAX) {
		viewer_close(v, VIEWER_CLOSE_RULE, "too many topics asked for that it does not get");
		return;
	}
	if (!v->unknown)
		v->unknown = calloc(VIEWER_WATCHES_MAX, sizeof(*v->unknown));
	if (!v->unknown) {
		viewer_close(v, VIEWER_CLOSE_FULL, "no memory, try again later");
		return;
	}
	log_debug("A viewer asks for %s of %s, which is not %s.", m->topic, m->site,
		  refused ? "for its role" : "relayed");
	v->unknown[v->n_unknown] = *m;
	v->unknown[v->n_unknown++].refused = refused;
}

static void take_command(struct viewer *v, const char *text, size_t length)
{
	struct command_request request;
	int r = command_request_read(&request, v->role, text, length);

	if (r < 0)
		viewer_close(v, VIEWER_CLOSE_RULE, "expected: command <site> <number> <verb>");
	else
		v->set->listener->command(v->set->data, v, &request, (enum command_fault)r);
}

static void take_watch(struct viewer *v, const char *text, size_t length)
{
	struct watch_message m;
	struct relay_topic *topic;
	struct watch *w;
	size_t i;

	if (watch_message_parse(&m, text, length) < 0) {
		viewer_close(v, VIEWER_CLOSE_RULE,
			     "expected: watch <site> <topic>, or unwatch <site> <topic>");
		return;
	}
	topic = v->set->listener->topic(v->set->data, m.site, m.topic);
	if (!topic || (m.begin && !v->set->listener->allowed(v->set->data, v, topic))) {
		if (m.begin)
			note_unknown(v, &m, topic != NULL);
		viewer_flush(v);
		return;
	}
	w = find_watch(v, topic, &i);
	if (m.begin && w) {
		topic_cursor_restart(topic->log, &w->cursor);
		v->set->listener->lost(v->set->data, topic);
	} else if (m.begin)
		begin_watch(v, topic);
	else if (w)
		unwatch(v, i);
	viewer_flush(v);
}

static void take_message(struct viewer *v, const char *text, size_t length)
{
	uint32_t now_s = (uint32_t)(clock_ms() / 1000);

	if (v->window_s != now_s) {
		v->window_s = now_s;
		v->window_messages = 0;
	}
	if (++v->window_messages > MESSAGES_MAX)
		viewer_close(v, VIEWER_CLOSE_RULE, "too many messages");
	else if (command_request_is(text, length))
		take_command(v, text, length);
	else
		take_watch(v, text, length);
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

void viewer_ping(struct viewer *v)
{
	v->due |= DUE_PING;
	viewer_flush(v);
}
