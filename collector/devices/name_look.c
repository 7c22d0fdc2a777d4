/* SPDX-License-Identifier: MIT */
#include "name_look.h"

#include <string.h>

#include "text.h"
#include "util.h"

struct range {
	uint32_t first, last;
};

static bool is_in(const struct range *ranges, size_t n, uint32_t code)
{
	for (size_t i = 0; i < n; i++)
		if (code >= ranges[i].first && code <= ranges[i].last)
			return true;
	return false;
}

bool name_look_is_blank(uint32_t code)
{
	static const struct range blanks[] = {{' ', ' '},	{0xa0, 0xa0},	  {0x1680, 0x1680},
					      {0x2000, 0x200a}, {0x202f, 0x202f}, {0x205f, 0x205f},
					      {0x3000, 0x3000}};

	return is_in(blanks, ELEMENTS_OF(blanks), code);
}

bool name_look_is_filler(uint32_t code)
{
	static const struct range fillers[] = {
	    {0x34f, 0x34f},   {0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f},   {0x2800, 0x2800},
	    {0x3164, 0x3164}, {0xfe00, 0xfe0d}, {0xffa0, 0xffa0}, {0xe0100, 0xe01ef}, {0xfff0, 0xfff8},
	};

	return is_in(fillers, ELEMENTS_OF(fillers), code);
}

/* Marks over and under letters, and the selectors of text and colour that follow symbols. */
static bool is_mark(uint32_t code)
{
	static const struct range marks[] = {
	    {0x300, 0x36f}, {0xfe0e, 0xfe0f}, {0x1ab0, 0x1aff}, {0x20d0, 0x20ff}};

	return is_in(marks, ELEMENTS_OF(marks), code);
}

/* Pairs of a letter and the Latin one that it looks like, small and capital. */
static const struct {
	uint16_t code;
	char latin;
} twins[] = {
    /* Greek */
    {0x391, 'a'},
    {0x392, 'b'},
    {0x395, 'e'},
    {0x396, 'z'},
    {0x397, 'h'},
    {0x399, 'l'},
    {0x39a, 'k'},
    {0x39c, 'm'},
    {0x39d, 'n'},
    {0x39f, 'o'},
    {0x3a1, 'p'},
    {0x3a4, 't'},
    {0x3a5, 'y'},
    {0x3a7, 'x'},
    {0x3b1, 'a'},
    {0x3b9, 'l'},
    {0x3ba, 'k'},
    {0x3bd, 'v'},
    {0x3bf, 'o'},
    {0x3c1, 'p'},
    {0x3c5, 'u'},
    {0x3c7, 'x'},
    {0x3f2, 'c'},
    {0x3f3, 'j'},
    /* Cyrillic */
    {0x405, 's'},
    {0x406, 'l'},
    {0x408, 'j'},
    {0x410, 'a'},
    {0x412, 'b'},
    {0x415, 'e'},
    {0x41a, 'k'},
    {0x41c, 'm'},
    {0x41d, 'h'},
    {0x41e, 'o'},
    {0x420, 'p'},
    {0x421, 'c'},
    {0x422, 't'},
    {0x423, 'y'},
    {0x425, 'x'},
    {0x430, 'a'},
    {0x435, 'e'},
    {0x43a, 'k'},
    {0x43e, 'o'},
    {0x440, 'p'},
    {0x441, 'c'},
    {0x443, 'y'},
    {0x445, 'x'},
    {0x455, 's'},
    {0x456, 'l'},
    {0x458, 'j'},
    {0x4bb, 'h'},
    {0x4c0, 'l'},
    {0x4cf, 'l'},
    {0x501, 'd'},
    {0x51b, 'q'},
    {0x51d, 'w'},
    /* Latin, of phonetics and of Roman numbers */
    {0x131, 'l'},
    {0x251, 'a'},
    {0x261, 'g'},
    {0x2160, 'l'},
    {0x216c, 'l'},
    {0x2170, 'l'},
    {0x217c, 'l'},
};

static uint32_t look_of(uint32_t code)
{
	/* full-width forms of ASCII */
	if (code >= 0xff01 && code <= 0xff5e)
		code -= 0xff01 - '!';
	if (code >= 'A' && code <= 'Z')
		code += 'a' - 'A';
	else if (code >= 0xc0 && code <= 0xde && code != 0xd7)
		code += 0x20; /* Latin-1's capitals */
	if (code == '0')
		return 'o';
	if (code == '1' || code == 'i' || code == '|')
		return 'l';
	for (size_t i = 0; i < ELEMENTS_OF(twins); i++)
		if (twins[i].code == code)
			return (uint32_t)twins[i].latin;
	return code;
}

/* A letter of Latin-1 with its mark as one; the plain letter, 0: there is none. */
static uint32_t without_mark(uint32_t code)
{
	static const char plain[] = "aaaaaa\0ceeeellll\0nooooo\0\0uuuuy\0y";

	return code >= 0xe0 && code <= 0xff ? (uint32_t)plain[code - 0xe0] : 0;
}

/* Appends the bytes of text[0..n) when they fit. */
static void append(char *ret, size_t size, size_t *used, const char *text, size_t n)
{
	if (*used + n >= size)
		return;
	memcpy(ret + *used, text, n);
	*used += n;
}

void name_look(char *ret, size_t size, const char *text)
{
	size_t used = 0, n, left = strlen(text);
	uint32_t code, next;

	for (const char *p = text; (n = left ? text_decode(p, left, &code) : 0); p += n, left -= n) {
		uint32_t look = look_of(code);
		char one = (char)look;
		bool marked = left > n && text_decode(p + n, left - n, &next) && is_mark(next);

		if (name_look_is_blank(code) || name_look_is_filler(code) || is_mark(code))
			continue;
		if (without_mark(look)) {
			one = (char)without_mark(look);
			append(ret, size, &used, &one, 1);
			append(ret, size, &used, "\"", 1);
		} else if (look < 0x80) {
			append(ret, size, &used, &one, 1);
			if (marked)
				append(ret, size, &used, "\"", 1);
		} else {
			append(ret, size, &used, p, n);
		}
	}
	ret[used] = '\0';
}
