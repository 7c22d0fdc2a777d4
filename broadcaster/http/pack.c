/* SPDX-License-Identifier: MIT */
#include "pack.h"

#include <errno.h>
#include <string.h>

static int take(struct pack *pack, size_t n, const uint8_t **ret)
{
	if ((size_t)(pack->end - pack->at) < n)
		return -EBADMSG;
	*ret = pack->at;
	pack->at += n;
	return 0;
}

static int take_number(struct pack *pack, size_t n, uint64_t *ret)
{
	const uint8_t *bytes;
	uint64_t number = 0;

	if (take(pack, n, &bytes) < 0)
		return -EBADMSG;
	while (n--)
		number = number << 8 | *bytes++;
	*ret = number;
	return 0;
}

/* A head with a length of that many bytes follows; extra: bytes of the value beside its length. */
static int take_sized(struct pack *pack, struct pack_value *v, enum pack_type type, size_t width,
		      size_t extra)
{
	uint64_t n;

	if (take_number(pack, width, &n) < 0 || take(pack, (size_t)n + extra, &v->bytes) < 0)
		return -EBADMSG;
	v->type = type;
	v->length = (uint32_t)n;
	return 0;
}

/* Each element takes a byte or more, so a longer array than what is left is none. */
static int take_head(struct pack *pack, struct pack_value *v, enum pack_type type, uint64_t n)
{
	if (n > (uint64_t)(pack->end - pack->at) / (type == PACK_MAP ? 2 : 1))
		return -EBADMSG;
	v->type = type;
	v->length = (uint32_t)n;
	return 0;
}

static int take_wide_head(struct pack *pack, struct pack_value *v, enum pack_type type, size_t width)
{
	uint64_t n;

	return take_number(pack, width, &n) < 0 ? -EBADMSG : take_head(pack, v, type, n);
}

static int take_unsigned(struct pack *pack, struct pack_value *v, size_t width)
{
	v->type = PACK_UNSIGNED;
	return take_number(pack, width, &v->number);
}

static int take_signed(struct pack *pack, struct pack_value *v, size_t width)
{
	unsigned shift = 64 - 8 * (unsigned)width;
	uint64_t n;
	int64_t s;

	if (take_number(pack, width, &n) < 0)
		return -EBADMSG;
	s = (int64_t)(n << shift) >> shift;
	if (s < 0) {
		v->type = PACK_NEGATIVE;
		v->negative = s;
	} else {
		v->type = PACK_UNSIGNED;
		v->number = (uint64_t)s;
	}
	return 0;
}

static int take_float(struct pack *pack, struct pack_value *v, size_t width)
{
	uint64_t n;
	uint32_t single;
	float f;

	if (take_number(pack, width, &n) < 0)
		return -EBADMSG;
	v->type = PACK_FLOAT;
	if (width == 8) {
		memcpy(&v->real, &n, sizeof(v->real));
		return 0;
	}
	single = (uint32_t)n;
	memcpy(&f, &single, sizeof(f));
	v->real = (double)f;
	return 0;
}

/* The types whose first byte stands alone: 0xc0 to 0xdf. */
static int take_marked(struct pack *pack, struct pack_value *v, uint8_t mark)
{
	switch (mark) {
	case 0xc0:
		v->type = PACK_NIL;
		return 0;
	case 0xc2:
	case 0xc3:
		v->type = PACK_BOOL;
		v->boolean = mark & 1;
		return 0;
	case 0xc4:
	case 0xc5:
	case 0xc6:
		return take_sized(pack, v, PACK_BYTES, (size_t)1 << (mark - 0xc4), 0);
	case 0xc7:
	case 0xc8:
	case 0xc9:
		return take_sized(pack, v, PACK_EXTENSION, (size_t)1 << (mark - 0xc7), 1);
	case 0xca:
	case 0xcb:
		return take_float(pack, v, mark == 0xca ? 4 : 8);
	case 0xcc:
	case 0xcd:
	case 0xce:
	case 0xcf:
		return take_unsigned(pack, v, (size_t)1 << (mark - 0xcc));
	case 0xd0:
	case 0xd1:
	case 0xd2:
	case 0xd3:
		return take_signed(pack, v, (size_t)1 << (mark - 0xd0));
	case 0xd4:
	case 0xd5:
	case 0xd6:
	case 0xd7:
	case 0xd8:
		v->type = PACK_EXTENSION;
		v->length = 1u << (mark - 0xd4);
		return take(pack, v->length + 1u, &v->bytes);
	case 0xd9:
	case 0xda:
	case 0xdb:
		return take_sized(pack, v, PACK_TEXT, (size_t)1 << (mark - 0xd9), 0);
	case 0xdc:
	case 0xdd:
		return take_wide_head(pack, v, PACK_ARRAY, mark == 0xdc ? 2 : 4);
	case 0xde:
	case 0xdf:
		return take_wide_head(pack, v, PACK_MAP, mark == 0xde ? 2 : 4);
	default: /* 0xc1 is never used */
		return -EBADMSG;
	}
}

int pack_next(struct pack *pack, struct pack_value *ret)
{
	struct pack_value v = {};
	const uint8_t *first;
	int r = take(pack, 1, &first);

	if (r < 0)
		return r;
	if (*first < 0x80) {
		v.type = PACK_UNSIGNED;
		v.number = *first;
	} else if (*first >= 0xe0) {
		v.type = PACK_NEGATIVE;
		v.negative = (int8_t)*first;
	} else if (*first < 0x90) {
		r = take_head(pack, &v, PACK_MAP, *first & 0x0fu);
	} else if (*first < 0xa0) {
		r = take_head(pack, &v, PACK_ARRAY, *first & 0x0fu);
	} else if (*first < 0xc0) {
		v.type = PACK_TEXT;
		v.length = *first & 0x1fu;
		r = take(pack, v.length, &v.bytes);
	} else {
		r = take_marked(pack, &v, *first);
	}
	if (r < 0)
		return r;
	*ret = v;
	return 0;
}

int pack_array(struct pack *pack, uint32_t *ret_length)
{
	struct pack_value v;

	if (pack_next(pack, &v) < 0 || v.type != PACK_ARRAY)
		return -EBADMSG;
	*ret_length = v.length;
	return 0;
}

int pack_unsigned(struct pack *pack, uint64_t maximum, uint64_t *ret)
{
	struct pack_value v;

	if (pack_next(pack, &v) < 0 || v.type != PACK_UNSIGNED || v.number > maximum)
		return -EBADMSG;
	*ret = v.number;
	return 0;
}

int pack_skip(struct pack *pack, unsigned depth)
{
	struct pack_value v;
	uint64_t inside;

	if (pack_next(pack, &v) < 0)
		return -EBADMSG;
	if (v.type != PACK_ARRAY && v.type != PACK_MAP)
		return 0;
	if (!depth)
		return -EBADMSG;
	inside = v.type == PACK_MAP ? 2 * (uint64_t)v.length : v.length;
	while (inside--)
		if (pack_skip(pack, depth - 1) < 0)
			return -EBADMSG;
	return 0;
}
