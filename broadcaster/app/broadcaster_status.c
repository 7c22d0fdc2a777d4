/* SPDX-License-Identifier: MIT */
/* What --status is told. */
#include "broadcaster_private.h"
#include "log.h"
#include "util.h"

static void say_start(const struct broadcaster *b, struct status *s)
{
	char time[32], number[STATUS_NUMBER_MAX], place[BROADCASTER_PLACE_MAX];

	status_number(number, b->viewers.n, "viewer", "viewers");
	status_time(time, clock_ms() - b->started_ms);
	status_say(s, "connvis-broadcaster %s serves at %s, since %s.", CONNVIS_VERSION,
		   broadcaster_place(b, place), time);
	if (b->viewers.n >= b->viewers.maximum)
		status_wrong(s, "It has %s, and no more may watch: raise limits.viewers.", number);
	else
		status_say(s, "It has %s, of at most %zu.", number, b->viewers.maximum);
}

static void say_topic(const struct relay_topic *t, bool connected, struct status *s)
{
	uint64_t age = t->stats.last_ms ? clock_ms() - t->stats.last_ms : 0;
	char time[32];

	if (!t->always)
		return;
	/* of the other topics they would be the same */
	if (relay_topic_has_rivals(t, clock_ms()))
		status_wrong(s, RELAY_HAS_RIVALS, t->site);
	if (t->stats.last_ms && age <= BROADCASTER_HEALTHY_AGE_MS)
		status_say(s, "The collector of the site %s sends frames, the last %.1f s ago.", t->site,
			   (double)age / 1000);
	else if (!connected)
		status_wrong(s, "Without Redis no frame of the site %s arrives.", t->site);
	else if (t->stats.last_ms)
		status_wrong(s, "No frame of the site %s has come for %s: does its collector run?", t->site,
			     status_time(time, age));
	else
		status_wrong(
		    s,
		    "No frame of the site %s has come yet: does its collector run, with this name in site.name?",
		    t->site);
}

static void on_asked(struct ev_loop *loop, ev_io *io, int events)
{
	struct broadcaster *b = io->data;
	struct status s;
	size_t n;
	struct relay_topic *const *topics = relay_topics(b->relay, &n);

	(void)loop;
	(void)events;
	status_begin(&s);
	say_start(b, &s);
	broadcaster_tls_status(b, &s);
	redis_fault_status(relay_said(b->relay), b->options->redis_server, relay_connected(b->relay, NULL),
			   &s);
	for (size_t i = 0; i < n; i++)
		say_topic(topics[i], relay_connected(b->relay, NULL), &s);
	status_answer(&b->status, &s);
}

void broadcaster_status_start(struct broadcaster *b)
{
	const char *path = b->options->status_socket;
	char sentence[STATUS_FAULT_MAX];
	int r;

	if (!*path)
		return;
	r = status_listen(&b->status, path);
	if (r < 0) {
		log_sentence(status_listen_fault(sentence, r, "connvis-broadcaster", path), sentence);
		return;
	}
	ev_io_init(&b->asked, on_asked, b->status.fd, EV_READ);
	b->asked.data = b;
	ev_io_start(b->loop, &b->asked);
}

void broadcaster_status_stop(struct broadcaster *b)
{
	if (b->status.fd < 0)
		return;
	ev_io_stop(b->loop, &b->asked);
	status_close(&b->status, b->options->status_socket);
}
