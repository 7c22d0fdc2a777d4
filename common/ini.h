/* SPDX-License-Identifier: MIT */
/*
 * The lines of an INI file, one at a time: "[section]", "key = value" (or ':'), and lines that begin with a
 * blank, which go on with the value before them. '#' and ';' begin a comment, at the start of a line or after
 * a blank. Lines may have any length: libinih, as Debian builds it, cuts them at 200 bytes, and does not say
 * in which line a value stands.
 */
#pragma once

#include <stddef.h>

struct ini {
	char *at, *end;	     /* what was not read yet */
	unsigned line;	     /* number of the last line read, from 1 on */
	const char *section; /* "" before the first */
	const char *name;    /* of the last key; "" before the first one of a section */
	const char *value;   /* without the blanks around it */
};

enum ini_line {
	INI_END,
	INI_VALUE, /* section, name and value are set */
	INI_MORE,  /* value goes on with name's; it is not empty */
	INI_WRONG, /* value says what is wrong with the line; the next call goes on after it */
};

/* text[0..length): borrowed and changed, with room for a NUL at text[length]. */
void ini_begin(struct ini *ini, char *text, size_t length);

/* Reads up to the next line that holds something. The texts are parts of the text given to ini_begin. */
enum ini_line ini_next(struct ini *ini);
