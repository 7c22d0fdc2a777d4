/* SPDX-License-Identifier: MIT */
/* Text from outside: pieces of it, as parsers cut lines into, and text made safe for the feed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "address.h"

/* Borrowed from what it was cut out of; no NUL at its end. */
struct text {
	const char *at;
	size_t length;
};

/*
 * Copies bytes[0..length) as a string into buffer: cut at a whole character when it does not fit, control
 * characters as '?'. Bytes that are no UTF-8 (RFC 3629) give an empty string and false.
 */
bool text_copy(char *buffer, size_t size, const void *bytes, size_t length);

/* Bytes of the character that bytes[0..left) begins with and, unless ret_code is NULL, its code point; 0 for what is
 * no UTF-8. */
size_t text_decode(const void *bytes, size_t left, uint32_t *ret_code);

static inline bool text_begins(struct text s, const char *text)
{
	size_t length = strlen(text);

	return s.length >= length && !memcmp(s.at, text, length);
}

static inline bool text_is(struct text s, const char *text)
{
	return s.length == strlen(text) && text_begins(s, text);
}

/* Takes text off the front of s where s begins with it. */
static inline bool text_take(struct text *s, const char *text)
{
	size_t length = strlen(text);

	if (!text_begins(*s, text))
		return false;
	s->at += length;
	s->length -= length;
	return true;
}

/* Takes text off the end. */
static inline bool text_take_end(struct text *s, const char *text)
{
	size_t length = strlen(text);

	if (s->length < length || memcmp(s->at + s->length - length, text, length))
		return false;
	s->length -= length;
	return true;
}

static inline struct text text_cut(struct text s, size_t from)
{
	return (struct text){s.at + from, s.length - from};
}

/* Splits s at the last mark: before and after it. False, and nothing set, when there is none. */
bool text_split_last(struct text s, const char *mark, struct text *ret_before, struct text *ret_after);

/* Takes decimal digits off the front. False when there is none, or the number is above max. */
bool text_take_number(struct text *s, uint64_t max, uint64_t *ret);

/* Takes a word off the front, and the blank after it; all, when there is none. */
struct text text_take_word(struct text *line);

/* The same of a word that is a number of decimal digits, at most max. False: it is something else. */
bool text_take_word_number(struct text *line, uint64_t max, uint64_t *ret);
bool text_take_word_u32(struct text *line, uint32_t max, uint32_t *ret);

/* Takes a line that is whole off the front, and the newline that ends it. False, and nothing taken, when none ends. */
bool text_take_line(struct text *s, struct text *ret);

/* "0a:1b:…", alone, into at most max bytes; how many, 0: it is something else. */
size_t text_bytes(struct text s, uint8_t *ret, size_t max);

/* The same for the six bytes of a MAC; ret is written only when true. */
bool text_mac(struct text s, uint8_t ret[6]);

#define MAC_TEXT_MAX 18
/* "0a:1b:…"; returns buffer. */
const char *mac_format(const uint8_t m[6], char buffer[MAC_TEXT_MAX]);

/* word is a country, as two capital letters (ISO 3166-1), which are copied, or "-" for none: then ret stays as it is. */
bool text_country(struct text word, char ret[3]);

/* s is an address, alone; a scope ("%eth0") is left out. */
bool text_address(struct text s, struct address *ret);

/* Takes what stands before the next end off the front, and end with it; all, when there is none. */
struct text text_take_until(struct text *s, char end);

/* The edit distance of two short strings, counted to at most 63 bytes of each. */
unsigned text_distance(const char *a, const char *b);
