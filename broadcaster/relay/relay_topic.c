/* SPDX-License-Identifier: MIT */
#include "relay_topic.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"

#define EPOCH_SILENCE_MS 1500  /* there is a heartbeat a second */
#define RIVAL_SILENCE_MS 15000 /* then there is no rival any more */

const char *relay_topic_drop_name(enum relay_topic_drop reason)
{
	static const char *const names[TOPIC_DROPS] = {
	    [TOPIC_DROP_MALFORMED] = "malformed",
	    [TOPIC_DROP_VERSION] = "other-version",
	    [TOPIC_DROP_STRANGER] = "wrong-site-or-topic",
	    [TOPIC_DROP_WAITING] = "waiting-for-keyframe",
	    [TOPIC_DROP_GAP] = "gap",
	    [TOPIC_DROP_FULL] = "log-full",
	    [TOPIC_DROP_REPEATED] = "repeated",
	    [TOPIC_DROP_OLD_EPOCH] = "older-epoch",
	    [TOPIC_DROP_MEMORY] = "no-memory",
	};

	return names[reason];
}

int relay_topic_new(struct relay_topic **ret, const char *site, const char *name, bool always,
		    size_t log_limit)
{
	struct relay_topic *topic = calloc(1, sizeof(*topic));

	if (!topic)
		return -ENOMEM;
	if (topic_log_new(&topic->log, log_limit) < 0) {
		free(topic);
		return -ENOMEM;
	}
	snprintf(topic->site, sizeof(topic->site), "%s", site);
	snprintf(topic->name, sizeof(topic->name), "%s", name);
	topic->always = always;
	*ret = topic;
	return 0;
}

struct relay_topic *relay_topic_free(struct relay_topic *topic)
{
	if (!topic)
		return NULL;
	topic_log_free(topic->log);
	free(topic->watches);
	free(topic);
	return NULL;
}

static int drop(struct relay_topic *topic, enum relay_topic_drop reason)
{
	topic->stats.drops[reason]++;
	return reason == TOPIC_DROP_MEMORY ? -ENOMEM : (int)reason;
}

/* What the log says of a frame that it did not take, in our words. */
static enum relay_topic_drop reason_of(int result)
{
	switch (result) {
	case TOPIC_LOG_WAITING:
		return TOPIC_DROP_WAITING;
	case TOPIC_LOG_GAP:
		return TOPIC_DROP_GAP;
	case TOPIC_LOG_FULL:
		return TOPIC_DROP_FULL;
	case TOPIC_LOG_REPEATED:
		return TOPIC_DROP_REPEATED;
	case TOPIC_LOG_OLD_EPOCH:
		return TOPIC_DROP_OLD_EPOCH;
	default:
		return TOPIC_DROP_MEMORY;
	}
}

/* A frame of an older epoch came. It may be left from before a restart, unless others came between. */
static void note_old(struct relay_topic *topic, uint64_t now_ms)
{
	if (now_ms - topic->old_ms > RIVAL_SILENCE_MS)
		topic->new_came = false;
	if (topic->new_came)
		topic->rival_ms = now_ms;
	topic->old_ms = now_ms;
}

bool relay_topic_has_rivals(const struct relay_topic *topic, uint64_t now_ms)
{
	return topic->rival_ms && now_ms - topic->rival_ms <= RIVAL_SILENCE_MS;
}

int relay_topic_push(struct relay_topic *topic, const uint8_t *bytes, size_t length, uint64_t now_ms,
		     bool *ret_ask)
{
	struct frame_header header;
	size_t payload;
	int r = frame_header_decode(&header, &payload, bytes, length);

	*ret_ask = false;
	if (r < 0)
		return drop(topic, r == -EPROTONOSUPPORT ? TOPIC_DROP_VERSION : TOPIC_DROP_MALFORMED);
	if (strcmp(header.site, topic->site) != 0 || strcmp(header.topic, topic->name) != 0)
		return drop(topic, TOPIC_DROP_STRANGER);
	r = topic_log_push(topic->log, &header, bytes, length);
	if (r == TOPIC_LOG_OLD_EPOCH && now_ms - topic->stats.last_ms > EPOCH_SILENCE_MS) {
		/* a clock was set back before the collector's start, or the newer collector went */
		topic_log_forget_epoch(topic->log);
		topic->old_ms = topic->rival_ms = 0;
		topic->new_came = false;
		r = topic_log_push(topic->log, &header, bytes, length);
	}
	if (r == TOPIC_LOG_OLD_EPOCH)
		note_old(topic, now_ms);
	if (r != TOPIC_LOG_TAKEN) {
		*ret_ask = r == TOPIC_LOG_GAP || r == TOPIC_LOG_FULL || r < 0;
		return drop(topic, reason_of(r));
	}
	if (header.kind == FRAME_KEYFRAME) {
		log_debug("%s of %s: received a keyframe of %zu bytes, sequence number %" PRIu64 ".",
			  topic->name, topic->site, length, header.sequence);
		topic->stats.keyframes++;
	} else {
		topic->stats.deltas++;
	}
	topic->new_came = topic->old_ms != 0;
	topic->stats.bytes += length;
	topic->stats.last_ms = now_ms;
	topic->stats.unlisted = header.unlisted;
	topic->dirty = true;
	return 0;
}

int relay_topic_watch(struct relay_topic *topic, struct watch *watch)
{
	if (topic->n_watches == topic->watches_capacity) {
		size_t capacity = topic->watches_capacity ? topic->watches_capacity * 2 : 16;
		struct watch **watches = realloc(topic->watches, capacity * sizeof(struct watch *));

		if (!watches)
			return -ENOMEM;
		topic->watches = watches;
		topic->watches_capacity = capacity;
	}
	watch->topic = topic;
	watch->cursor = (struct topic_cursor){};
	watch->index = topic->n_watches;
	topic->watches[topic->n_watches++] = watch;
	return 0;
}

void relay_topic_unwatch(struct watch *watch)
{
	struct relay_topic *topic = watch->topic;

	topic_cursor_leave(topic->log, &watch->cursor);
	topic->watches[watch->index] = topic->watches[--topic->n_watches];
	topic->watches[watch->index]->index = watch->index;
	watch->topic = NULL;
}

void relay_topic_clear(struct relay_topic *topic)
{
	topic_log_clear(topic->log);
	topic->stats.unlisted = 0;
}
