/* SPDX-License-Identifier: MIT */
#include "feed.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "feed_private.h"
#include "util.h"

#define SECOND_US 1000000ull
#define FIRST_NEWS_MS 5	 /* what comes together goes out together */
#define ANNOUNCE_TICKS 5 /* seconds between two announcements of this collector */
#define RIVAL_SILENCE_MS 15000
#define DEFLATE_PATIENCE_MS 2000 /* at the end, for a frame that is still deflated */

void feed_flush_in(struct feed *f, uint64_t ms)
{
	uint64_t due = feed_now_ms(f) + ms;

	if (!f->started || f->due <= due)
		return;
	f->due = due;
	sd_event_source_set_time_relative(f->flush, ms * 1000);
	sd_event_source_set_enabled(f->flush, SD_EVENT_ONESHOT);
}

void feed_wake(struct feed_topic *t)
{
	if (t->feed->broken_off)
		t->wakes = true;
	else
		topic_wake(t->topic);
}

void feed_changed(void *data)
{
	struct feed *f = data;

	uint64_t next = f->flushed + f->options.flush_ms, now = feed_now_ms(f);

	/* At once after a pause, for news often comes alone; but never more frames than one each flush_ms. */
	feed_flush_in(f, next > now + FIRST_NEWS_MS ? next - now : FIRST_NEWS_MS);
}

/* Between two slices everything else that is pending has its turn. */
static void encode_on(struct feed *f)
{
	bool encoding = false;

	for (unsigned i = 0; i < f->n_topics; i++)
		encoding |= topic_is_encoding(f->topics[i].topic);
	sd_event_source_set_enabled(f->slice, encoding ? SD_EVENT_ON : SD_EVENT_OFF);
}

static int on_slice(sd_event_source *s, void *data)
{
	struct feed *f = data;

	(void)s;
	for (unsigned i = 0; i < f->n_topics; i++) {
		struct topic *t = f->topics[i].topic;

		if (!topic_is_encoding(t))
			continue;
		topic_slice(t);
		if (!topic_is_encoding(t))
			feed_flush_in(f, 0);
		break;
	}
	encode_on(f);
	return 0;
}

static int on_flush(sd_event_source *s, uint64_t usec, void *data)
{
	struct feed *f = data;
	uint64_t next = UINT64_MAX;

	(void)s;
	(void)usec;
	f->due = UINT64_MAX;
	f->flushed = feed_now_ms(f);
	f->listener.prepare(f->data);
	for (unsigned i = 0; i < f->n_topics; i++) {
		uint64_t wanted = topic_flush(f->topics[i].topic, feed_now_ms(f));

		if (wanted < next)
			next = wanted;
	}
	if (next != UINT64_MAX)
		feed_flush_in(f, next);
	encode_on(f);
	return 0;
}

static int on_tick(sd_event_source *s, uint64_t usec, void *data)
{
	struct feed *f = data;

	(void)usec;
	publisher_tick(f->publisher);
	if (++f->ticks % ANNOUNCE_TICKS == 0)
		feed_announce(f);
	if (f->rivals && feed_now_ms(f) - f->rival_heard > RIVAL_SILENCE_MS)
		feed_set_rivals(f, false);
	sd_event_source_set_time_relative(s, SECOND_US);
	sd_event_source_set_enabled(s, SD_EVENT_ONESHOT);
	return 0;
}

static void on_ready(void *data)
{
	struct feed *f = data;

	feed_announce(f);
	for (unsigned i = 0; i < f->n_topics; i++)
		feed_wake(&f->topics[i]);
	feed_flush_in(f, 0);
	f->listener.redis_ready(f->data);
}

static void on_lost(void *data, const char *why)
{
	struct feed *f = data;

	for (unsigned i = 0; i < f->n_topics; i++)
		topic_lose(f->topics[i].topic);
	f->listener.redis_lost(f->data, why);
}

static void on_received(void *data, unsigned topic, uint64_t number, long long receivers)
{
	struct feed *f = data;
	bool keyframe;

	if (topic >= f->n_topics)
		return;
	keyframe = topic_keyframe_under_way(f->topics[topic].topic);
	topic_received(f->topics[topic].topic, number, receivers, feed_now_ms(f));
	/* another one may have been asked for meanwhile */
	if (keyframe && !topic_keyframe_under_way(f->topics[topic].topic))
		feed_flush_in(f, 0);
}

static void on_limit(void *data, uint64_t bytes)
{
	struct feed *f = data;

	f->keyframe_limit = bytes;
	for (unsigned i = 0; i < f->n_topics; i++)
		topic_set_limit(f->topics[i].topic, bytes);
}

static const struct publisher_listener publisher_listener = {
    .ready = on_ready,
    .lost = on_lost,
    .asked = feed_on_asked,
    .commanded = feed_on_commanded,
    .received = on_received,
    .limit = on_limit,
};

static int start_timers(struct feed *f, sd_event *event)
{
	int r = sd_event_add_time_relative(event, &f->flush, CLOCK_MONOTONIC, 0, 1000, on_flush, f);

	if (r >= 0)
		r = sd_event_source_set_enabled(f->flush, SD_EVENT_OFF);
	if (r >= 0)
		r = sd_event_add_time_relative(event, &f->tick, CLOCK_MONOTONIC, SECOND_US, 0, on_tick, f);
	if (r >= 0)
		r = sd_event_add_defer(event, &f->slice, on_slice, f);
	if (r >= 0)
		r = sd_event_source_set_enabled(f->slice, SD_EVENT_OFF);
	return r;
}

int feed_new(struct feed **ret, sd_event *event, const struct feed_options *options,
	     const struct feed_listener *listener, void *data)
{
	struct feed *f = calloc(1, sizeof(*f));
	struct publisher_options publisher = {
	    .endpoint = options->endpoint,
	    .unacknowledged_max = options->unacknowledged_max,
	};
	int r;

	if (!f)
		return -ENOMEM;
	f->options = *options;
	f->listener = *listener;
	f->data = data;
	f->due = UINT64_MAX;
	f->keyframe_limit = options->keyframe_limit;
	publisher.ask_channel = channel_ask(f->ask_channel, options->site);
	publisher.command_channel = channel_command(f->command_channel, options->site);
	channel_reply(f->reply_channel, options->site);
	channel_metrics(f->metrics_channel, options->site);
	r = start_timers(f, event);
	if (r >= 0 && options->deflate_level)
		r = worker_new(&f->worker, event);
	if (r >= 0)
		r = publisher_new(&f->publisher, event, &publisher, &publisher_listener, f);
	if (r < 0) {
		feed_free(f);
		return r;
	}
	*ret = f;
	return 0;
}

struct feed *feed_free(struct feed *f)
{
	if (!f)
		return NULL;
	for (unsigned i = 0; i < f->n_topics; i++)
		topic_free(f->topics[i].topic);
	publisher_free(f->publisher);
	worker_free(f->worker, false, DEFLATE_PATIENCE_MS);
	sd_event_source_disable_unref(f->flush);
	sd_event_source_disable_unref(f->tick);
	sd_event_source_disable_unref(f->slice);
	free(f);
	return NULL;
}

static int send_frame(void *data, const void *frame, size_t length, uint64_t number)
{
	struct feed_topic *t = data;

	return publisher_send(t->feed->publisher, t->channel, frame, length, (unsigned)(t - t->feed->topics),
			      number);
}

static void on_packed(void *data)
{
	struct feed_topic *t = data;

	feed_flush_in(t->feed, 0);
}

int feed_add_topic(struct feed *f, const char *name, const struct topic_source *source)
{
	struct feed_topic *t = &f->topics[f->n_topics];
	struct topic_options options = {
	    .site = f->options.site,
	    .name = name,
	    .epoch = f->options.epoch,
	    .source = *source,
	    .worker = f->worker,
	    .deflate_level = f->options.deflate_level,
	    .deflate_from = f->options.deflate_from,
	    .send = send_frame,
	    .ready = on_packed,
	    .data = t,
	};
	int r;

	if (f->n_topics == FEED_TOPICS_MAX)
		return -ENOSPC;
	r = topic_new(&t->topic, &options);
	if (r < 0)
		return r;
	t->feed = f;
	topic_set_limit(t->topic, f->keyframe_limit);
	channel_feed(t->channel, f->options.site, name);
	f->n_topics++;
	if (publisher_is_ready(f->publisher))
		feed_wake(t);
	return 0;
}

void feed_start(struct feed *f)
{
	f->started = true;
	feed_flush_in(f, 0);
}

bool feed_change(struct feed *f, const struct redis_endpoint *endpoint, size_t unacknowledged_max,
		 uint32_t flush_ms)
{
	f->options.flush_ms = flush_ms;
	if (!publisher_change(f->publisher, endpoint, unacknowledged_max))
		return false;
	for (unsigned i = 0; i < f->n_topics; i++)
		topic_lose(f->topics[i].topic);
	return true;
}

void feed_break_off(struct feed *f)
{
	f->broken_off = true;
	for (unsigned i = 0; i < f->n_topics; i++)
		f->topics[i].wakes |= topic_break_off(f->topics[i].topic);
}

void feed_resume(struct feed *f)
{
	f->broken_off = false;
	for (unsigned i = 0; i < f->n_topics; i++) {
		if (f->topics[i].wakes && publisher_is_ready(f->publisher))
			topic_wake(f->topics[i].topic);
		f->topics[i].wakes = false;
	}
	feed_flush_in(f, 0);
}

void feed_publish_metrics(struct feed *f, const char *text, size_t length)
{
	publisher_send(f->publisher, f->metrics_channel, text, length, PUBLISHER_NO_TOPIC, 0);
}

void feed_get_status(const struct feed *f, struct feed_status *ret)
{
	*ret = (struct feed_status){
	    .keyframe_limit = f->keyframe_limit,
	    .unacknowledged = publisher_unacknowledged(f->publisher),
	    .ready = publisher_is_ready(f->publisher),
	    .redis_losses = publisher_losses(f->publisher),
	    .rivals = f->rivals,
	};
	for (unsigned i = 0; i < f->n_topics; i++) {
		struct topic_status status;

		topic_get_status(f->topics[i].topic, &status);
		ret->dropped_frames += status.dropped;
		ret->too_large += status.too_large;
		ret->oversized |= status.oversized;
		ret->keyframe_steps += status.keyframe_steps;
		if (status.keyframe_bytes > ret->keyframe_bytes)
			ret->keyframe_bytes = status.keyframe_bytes;
	}
}
