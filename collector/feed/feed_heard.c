/* SPDX-License-Identifier: MIT */
/* What others say on the channels of asks and commands, and what is said to them. */
#include <errno.h>
#include <string.h>

#include "ask.h"
#include "feed_private.h"
#include "log.h"

void feed_announce(struct feed *f)
{
	char text[ASK_MAX];

	ask_format_collector(text, &f->options.epoch);
	publisher_send(f->publisher, f->ask_channel, text, strlen(text), PUBLISHER_NO_TOPIC, 0);
}

void feed_set_rivals(struct feed *f, bool any)
{
	if (f->rivals == any)
		return;
	f->rivals = any;
	f->listener.rivals(f->data, any);
}

void feed_on_asked(void *data, const char *text, size_t length)
{
	struct feed *f = data;
	struct ask ask;

	if (ask_parse(&ask, text, length) < 0) {
		log_debug("Ignored an unreadable ask of %zu bytes.", length);
		return;
	}
	if (ask.kind == ASK_COLLECTOR) {
		if (!frame_epoch_compare(&ask.epoch, &f->options.epoch))
			return;
		f->rival_heard = feed_now_ms(f);
		feed_set_rivals(f, true);
		return;
	}
	for (unsigned i = 0; i < f->n_topics; i++) {
		uint64_t number = topic_keyframe_under_way(f->topics[i].topic);

		if (strcmp(ask.topic, topic_name(f->topics[i].topic)))
			continue;
		/* Who asks has subscribed before: it gets the one that is still on its way to Redis. */
		if (number && !publisher_has_written(f->publisher, i, number)) {
			log_debug("%s: asked for a keyframe, but one is on its way to Redis already.",
				  ask.topic);
			continue;
		}
		feed_wake(&f->topics[i]);
		feed_flush_in(f, 0);
	}
}

void feed_on_commanded(void *data, const char *text, size_t length)
{
	struct feed *f = data;

	f->listener.commanded(f->data, text, length);
}

void feed_reply(struct feed *f, const char *text, size_t length)
{
	publisher_send(f->publisher, f->reply_channel, text, length, PUBLISHER_NO_TOPIC, 0);
}
