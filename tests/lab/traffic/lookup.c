/* SPDX-License-Identifier: MIT */
#include "lookup.h"

#include <errno.h>
#include <string.h>

#define HEADER 12
#define LABEL_MAX 63
#define FIXED 10 /* of a record after its name: type, class, TTL, length */

static uint16_t get16(const uint8_t *at)
{
	return (uint16_t)(at[0] << 8 | at[1]);
}

static uint32_t get32(const uint8_t *at)
{
	return (uint32_t)get16(at) << 16 | get16(at + 2);
}

int lookup_ask(uint8_t *ret, uint16_t id, const char *name, enum lookup_type type)
{
	/* one question, recursion desired */
	const uint8_t header[HEADER] = {(uint8_t)(id >> 8), (uint8_t)id, 1, 0, 0, 1};
	const uint8_t tail[] = {0, 0, (uint8_t)type, 0, 1};
	size_t at = HEADER;

	if (strlen(name) > LOOKUP_QUESTION_MAX - HEADER - sizeof(tail) - 1)
		return -EINVAL;
	memcpy(ret, header, HEADER);
	while (*name) {
		size_t length = strcspn(name, ".");

		if (length == 0 || length > LABEL_MAX)
			return -EINVAL;
		ret[at++] = (uint8_t)length;
		memcpy(ret + at, name, length);
		at += length;
		name += length;
		name += *name == '.';
	}
	memcpy(ret + at, tail, sizeof(tail));
	return (int)(at + sizeof(tail));
}

/* The position after the name at this position, or 0 when it does not end. A pointer ends a name. */
static size_t skip_name(const uint8_t *bytes, size_t size, size_t at)
{
	while (at < size && bytes[at] != 0) {
		if ((bytes[at] & 0xc0) == 0xc0)
			return at + 2 <= size ? at + 2 : 0;
		at += 1u + bytes[at];
	}
	return at < size ? at + 1 : 0;
}

static int read_records(struct lookup_answer *ret, const uint8_t *bytes, size_t size, size_t at,
			enum lookup_type type)
{
	const size_t wanted = type == LOOKUP_A ? 4 : 16;

	for (size_t n = get16(bytes + 6); n > 0; n--) {
		size_t length;

		at = skip_name(bytes, size, at);
		if (!at || at + FIXED > size)
			return -EBADMSG;
		length = get16(bytes + at + 8);
		if (at + FIXED + length > size)
			return -EBADMSG;
		if (get32(bytes + at + 4) < ret->ttl)
			ret->ttl = get32(bytes + at + 4);
		if (get16(bytes + at) == type && length == wanted && ret->n < LOOKUP_ADDRESSES_MAX)
			memcpy(ret->addresses[ret->n++], bytes + at + FIXED, length);
		at += FIXED + length;
	}
	return 0;
}

int lookup_read(struct lookup_answer *ret, const uint8_t *bytes, size_t size, uint16_t id,
		enum lookup_type type)
{
	size_t at;

	if (size < HEADER || !(bytes[2] & 0x80) || get16(bytes + 4) != 1)
		return -EBADMSG;
	if (get16(bytes) != id)
		return -EAGAIN;
	*ret = (struct lookup_answer){.ttl = UINT32_MAX};
	at = skip_name(bytes, size, HEADER);
	if (!at || at + 4 > size)
		return -EBADMSG;
	return read_records(ret, bytes, size, at + 4, type);
}
