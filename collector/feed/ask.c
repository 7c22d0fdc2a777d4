/* SPDX-License-Identifier: MIT */
#include "ask.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define EPOCH_DIGITS 24

static int parse_epoch(struct frame_epoch *ret, const char *text, size_t length)
{
	uint64_t parts[2] = {0, 0}; /* the start, the random part */

	if (length != EPOCH_DIGITS)
		return -EBADMSG;
	for (size_t i = 0; i < length; i++) {
		unsigned digit;

		if (text[i] >= '0' && text[i] <= '9')
			digit = (unsigned)(text[i] - '0');
		else if (text[i] >= 'a' && text[i] <= 'f')
			digit = (unsigned)(text[i] - 'a' + 10);
		else
			return -EBADMSG;
		parts[i >= 16] = parts[i >= 16] << 4 | digit;
	}
	ret->start = parts[0];
	ret->random = (uint32_t)parts[1];
	return 0;
}

int ask_parse(struct ask *ret, const char *text, size_t length)
{
	static const char keyframe[] = "keyframe ", collector[] = "collector ";
	struct ask ask = {};

	if (length > sizeof(keyframe) - 1 && !memcmp(text, keyframe, sizeof(keyframe) - 1)) {
		text += sizeof(keyframe) - 1;
		length -= sizeof(keyframe) - 1;
		if (!frame_name_valid(text, length))
			return -EBADMSG;
		ask.kind = ASK_KEYFRAME;
		memcpy(ask.topic, text, length);
	} else if (length > sizeof(collector) - 1 && !memcmp(text, collector, sizeof(collector) - 1)) {
		ask.kind = ASK_COLLECTOR;
		if (parse_epoch(&ask.epoch, text + sizeof(collector) - 1, length - (sizeof(collector) - 1)) <
		    0)
			return -EBADMSG;
	} else {
		return -EBADMSG;
	}
	*ret = ask;
	return 0;
}

const char *ask_format_collector(char buffer[ASK_MAX], const struct frame_epoch *epoch)
{
	snprintf(buffer, ASK_MAX, "collector %016" PRIx64 "%08" PRIx32, epoch->start, epoch->random);
	return buffer;
}
