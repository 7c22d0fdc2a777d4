/* SPDX-License-Identifier: MIT */
#include "frame.h"

#include <endian.h>
#include <errno.h>
#include <string.h>

enum {
	FIXED_LENGTH = 48,
	KNOWN_FLAGS = FRAME_FLAG_DEFLATED,
};

static void put32(uint8_t *at, uint32_t value)
{
	value = htobe32(value);
	memcpy(at, &value, sizeof(value));
}

static void put64(uint8_t *at, uint64_t value)
{
	value = htobe64(value);
	memcpy(at, &value, sizeof(value));
}

static uint32_t get32(const uint8_t *at)
{
	uint32_t value;

	memcpy(&value, at, sizeof(value));
	return be32toh(value);
}

static uint64_t get64(const uint8_t *at)
{
	uint64_t value;

	memcpy(&value, at, sizeof(value));
	return be64toh(value);
}

static bool letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool frame_name_valid(const char *name, size_t length)
{
	if (length < 1 || length > FRAME_NAME_MAX || !letter_or_digit(name[0]))
		return false;
	for (size_t i = 1; i < length; i++)
		if (!letter_or_digit(name[i]) && name[i] != '-')
			return false;
	return true;
}

size_t frame_header_encode(const struct frame_header *h, uint8_t buffer[FRAME_HEADER_MAX])
{
	size_t site = strnlen(h->site, FRAME_NAME_MAX), topic = strnlen(h->topic, FRAME_NAME_MAX);

	memset(buffer, 0, FIXED_LENGTH);
	buffer[0] = 'C';
	buffer[1] = 'V';
	buffer[2] = FRAME_VERSION;
	buffer[3] = (uint8_t)h->kind;
	buffer[4] = h->flags;
	buffer[5] = (uint8_t)site;
	buffer[6] = (uint8_t)topic;
	put64(buffer + 8, h->epoch.start);
	put32(buffer + 16, h->epoch.random);
	put32(buffer + 20, h->payload_length);
	put32(buffer + 24, h->inflated_length);
	put32(buffer + 28, h->unlisted);
	put64(buffer + 32, h->sequence);
	put64(buffer + 40, h->time);
	memcpy(buffer + FIXED_LENGTH, h->site, site);
	memcpy(buffer + FIXED_LENGTH + site, h->topic, topic);
	return FIXED_LENGTH + site + topic;
}

int frame_header_decode(struct frame_header *ret, size_t *ret_payload, const void *bytes, size_t length)
{
	const uint8_t *b = bytes;
	const char *site, *topic;
	struct frame_header h;
	size_t payload;

	if (length < 3 || b[0] != 'C' || b[1] != 'V' || b[2] < 1)
		return -EBADMSG;
	if (b[2] != FRAME_VERSION)
		return -EPROTONOSUPPORT;
	if (length < FIXED_LENGTH || (b[3] != FRAME_KEYFRAME && b[3] != FRAME_DELTA) || (b[4] & ~KNOWN_FLAGS))
		return -EBADMSG;

	payload = (size_t)FIXED_LENGTH + b[5] + b[6];
	if (length < payload)
		return -EBADMSG;
	site = (const char *)b + FIXED_LENGTH;
	topic = site + b[5];
	if (!frame_name_valid(site, b[5]) || !frame_name_valid(topic, b[6]))
		return -EBADMSG;

	h = (struct frame_header){
	    .kind = b[3],
	    .flags = b[4],
	    .epoch = {.start = get64(b + 8), .random = get32(b + 16)},
	    .payload_length = get32(b + 20),
	    .inflated_length = get32(b + 24),
	    .unlisted = get32(b + 28),
	    .sequence = get64(b + 32),
	    .time = get64(b + 40),
	};
	if (h.payload_length != length - payload || h.inflated_length > FRAME_INFLATED_MAX)
		return -EBADMSG;
	if (!(h.flags & FRAME_FLAG_DEFLATED) && h.inflated_length != h.payload_length)
		return -EBADMSG;
	if (h.kind == FRAME_DELTA && h.sequence == 0)
		return -EBADMSG;
	memcpy(h.site, site, b[5]);
	memcpy(h.topic, topic, b[6]);

	*ret = h;
	*ret_payload = payload;
	return 0;
}

int frame_epoch_compare(const struct frame_epoch *a, const struct frame_epoch *b)
{
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->random != b->random)
		return a->random < b->random ? -1 : 1;
	return 0;
}
