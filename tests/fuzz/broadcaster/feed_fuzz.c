/* SPDX-License-Identifier: MIT */
/* Messages of a topic's channel, each after its length in two bytes; a viewer reads along, and the state is
 * asked for. */
#include <stdlib.h>

#include "relay_topic.h"
#include "state_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct watch watch = {};
	struct topic_log_snapshot snapshot;
	struct relay_topic *topic;
	const uint8_t *span;
	size_t n, length;
	char *json;
	bool ask;

	if (relay_topic_new(&topic, "home", "overview", true, 4096) < 0 ||
	    relay_topic_watch(topic, &watch) < 0)
		abort();
	while (size >= 2) {
		n = (size_t)data[0] << 8 | data[1];
		data += 2;
		size -= 2;
		if (n > size)
			n = size;
		relay_topic_push(topic, data, n, 1, &ask);
		length = topic_cursor_span(topic->log, &watch.cursor, &span);
		if (length)
			topic_cursor_sent(topic->log, &watch.cursor, 1 + n % length);
		data += n;
		size -= n;
	}
	if (topic_log_hold(topic->log, &snapshot) == 0) {
		if (state_json(&json, &length, &snapshot, NULL) == 0)
			free(json);
		blob_release(snapshot.blob);
	}
	relay_topic_unwatch(&watch);
	relay_topic_free(topic);
	return 0;
}
