/* SPDX-License-Identifier: MIT */
/* What comes from Redis. */
#include <inttypes.h>
#include <string.h>

#include "log.h"
#include "redis_feed.h"
#include "relay_private.h"
#include "util.h"

#define COMPLAIN_INTERVAL_MS 60000

/* Says at most once a minute that frames were dropped which say something about the other programs. */
static void complain(struct relay *relay, const struct relay_topic *topic, enum relay_topic_drop reason)
{
	uint64_t unsaid;

	if (!log_pace_allows(&relay->complaints, COMPLAIN_INTERVAL_MS, clock_ms(), &unsaid))
		return;
	if (reason == TOPIC_DROP_VERSION)
		log_warning(
		    "The collector of the site %s is newer or older than this broadcaster: its frames are dropped. Install the same version of both.",
		    topic->site);
	else if (reason == TOPIC_DROP_OLD_EPOCH)
		log_warning(RELAY_HAS_RIVALS, topic->site);
	else
		log_warning(
		    "A message on the channel of the topic %s of the site %s was dropped (%s); %" PRIu64
		    " more since the last such line. Does another program publish there?",
		    topic->name, topic->site, relay_topic_drop_name(reason), unsaid);
}

/* The counts that are subscribed to with this tag; NULL: it is a topic's. */
static struct relay_counts *counts_of(const struct relay *relay, void *tag)
{
	uintptr_t first = (uintptr_t)relay->counts, at = (uintptr_t)tag;

	return at >= first && at < first + relay->n_counts * sizeof(*relay->counts) ? tag : NULL;
}

/* The site whose answers to commands are subscribed to with this tag; NULL: it is something else. */
static const char *replies_of(const struct relay *relay, void *tag)
{
	const struct config_list *sites = relay->options.sites;
	uintptr_t first = (uintptr_t)sites->items, at = (uintptr_t)tag;

	return at >= first && at < first + sites->n * sizeof(*sites->items) ? *(const char **)tag : NULL;
}

static void take_counts(struct relay_counts *counts, const uint8_t *bytes, size_t length)
{
	if (collector_metrics_read(&counts->metrics, bytes, length) == 0)
		counts->came_ms = clock_ms();
	else
		log_debug("%s: the collector's metrics cannot be read: %zu bytes.", counts->site, length);
}

void relay_on_message(void *data, void *tag, const uint8_t *bytes, size_t length)
{
	struct relay *relay = data;
	struct relay_counts *counts = counts_of(relay, tag);
	const char *replies = replies_of(relay, tag);
	uint64_t now = clock_ms();
	struct relay_topic *topic = tag;
	bool needed;
	int dropped;

	if (tag == relay) {
		relay->options.told(relay->options.data, (const char *)bytes, length);
		return;
	}
	if (replies) {
		errands_reply(relay->errands, replies, (const char *)bytes, length);
		return;
	}
	if (counts) {
		take_counts(counts, bytes, length);
		return;
	}
	dropped = relay_topic_push(topic, bytes, length, now, &needed);
	if (dropped > 0)
		log_debug("%s of %s: dropped a message of %zu bytes (%s).", topic->name, topic->site, length,
			  relay_topic_drop_name((enum relay_topic_drop)dropped));
	if (needed)
		relay_ask(relay, topic);
	if (dropped == TOPIC_DROP_VERSION || dropped == TOPIC_DROP_MALFORMED ||
	    dropped == TOPIC_DROP_STRANGER ||
	    (dropped == TOPIC_DROP_OLD_EPOCH && relay_topic_has_rivals(topic, now)))
		complain(relay, topic, (enum relay_topic_drop)dropped);
}

void relay_on_subscribed(void *data, void *tag)
{
	struct relay_topic *topic = tag;

	if (tag == data || counts_of(data, tag) || replies_of(data, tag))
		return;
	log_debug("%s of %s: subscribed, so it needs a keyframe.", topic->name, topic->site);
	topic_log_lost(topic->log);
	topic->asked_ms = 0;
	relay_ask(data, topic);
}
