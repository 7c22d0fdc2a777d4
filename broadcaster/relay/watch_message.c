/* SPDX-License-Identifier: MIT */
#include "watch_message.h"

#include <errno.h>
#include <string.h>

/* Takes the next word off the text: what stands before a blank or the end. */
static int take_name(char ret[FRAME_NAME_MAX + 1], const char **text, size_t *length)
{
	const char *blank = memchr(*text, ' ', *length);
	size_t n = blank ? (size_t)(blank - *text) : *length;

	if (!frame_name_valid(*text, n))
		return -EBADMSG;
	memcpy(ret, *text, n);
	ret[n] = '\0';
	if (blank)
		n++;
	*text += n;
	*length -= n;
	return blank ? 1 : 0;
}

int watch_message_parse(struct watch_message *ret, const char *text, size_t length)
{
	static const char begin[] = "watch ", end[] = "unwatch ";
	struct watch_message m = {};

	if (length > WATCH_MESSAGE_MAX)
		return -EBADMSG;
	if (length >= sizeof(begin) - 1 && !memcmp(text, begin, sizeof(begin) - 1)) {
		m.begin = true;
		text += sizeof(begin) - 1;
		length -= sizeof(begin) - 1;
	} else if (length >= sizeof(end) - 1 && !memcmp(text, end, sizeof(end) - 1)) {
		text += sizeof(end) - 1;
		length -= sizeof(end) - 1;
	} else {
		return -EBADMSG;
	}
	/* exactly one blank between the two names, and nothing after them */
	if (take_name(m.site, &text, &length) != 1 || take_name(m.topic, &text, &length) != 0)
		return -EBADMSG;
	*ret = m;
	return 0;
}
