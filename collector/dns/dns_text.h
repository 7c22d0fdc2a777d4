/* SPDX-License-Identifier: MIT */
/* Pieces of text, as the parsers of this folder cut lines into. Nothing is copied; a span is borrowed from
 * the line. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "address.h"

struct span {
	const char *at;
	size_t length;
};

static inline bool span_is(struct span s, const char *text)
{
	size_t length = strlen(text);

	return s.length == length && !memcmp(s.at, text, length);
}

/* Takes text off the front of s where s begins with it. */
static inline bool span_take(struct span *s, const char *text)
{
	size_t length = strlen(text);

	if (s->length < length || memcmp(s->at, text, length))
		return false;
	s->at += length;
	s->length -= length;
	return true;
}

/* Takes text off the end. */
static inline bool span_take_end(struct span *s, const char *text)
{
	size_t length = strlen(text);

	if (s->length < length || memcmp(s->at + s->length - length, text, length))
		return false;
	s->length -= length;
	return true;
}

static inline struct span span_cut(struct span s, size_t from)
{
	return (struct span){s.at + from, s.length - from};
}

/* Splits s at the last mark: before and after it. False, and nothing set, when there is none. */
bool span_split_last(struct span s, const char *mark, struct span *ret_before, struct span *ret_after);

/* Takes decimal digits off the front. False when there is none, or the number is above max. */
bool span_take_number(struct span *s, uint64_t max, uint64_t *ret);

/* s is an address, alone; a scope ("%eth0") is left out. */
bool span_address(struct span s, struct address *ret);

/* Copies s as harmless text: small letters, printable ASCII, all else as '?', at most max - 1 bytes and a
 * NUL. True when nothing was replaced or left out. */
bool span_copy_name(struct span s, char *ret, size_t max, size_t *ret_length);
