/* SPDX-License-Identifier: MIT */
#include "ini.h"

#include <stdbool.h>
#include <string.h>

static const char blanks[] = " \t\r\v\f";
static const char byte_order_mark[] = "\xef\xbb\xbf";

void ini_begin(struct ini *ini, char *text, size_t length)
{
	size_t mark = sizeof(byte_order_mark) - 1;

	text[length] = '\0';
	*ini = (struct ini){.at = text, .end = text + length, .section = "", .name = ""};
	/* some editors begin every UTF-8 file with it */
	if (length >= mark && !memcmp(text, byte_order_mark, mark))
		ini->at += mark;
}

static bool is_blank(char c)
{
	return c && strchr(blanks, c);
}

/* Takes the blanks off both ends of a text. */
static char *trim(char *text)
{
	size_t n;

	text += strspn(text, blanks);
	n = strlen(text);
	while (n && is_blank(text[n - 1]))
		n--;
	text[n] = '\0';
	return text;
}

/* Ends a line where its comment begins. */
static void cut_comment(char *line)
{
	for (char *c = line; *c; c++)
		if ((*c == '#' || *c == ';') && (c == line || is_blank(c[-1]))) {
			*c = '\0';
			return;
		}
}

static enum ini_line wrong(struct ini *ini, const char *what)
{
	ini->value = what;
	return INI_WRONG;
}

static enum ini_line read_section(struct ini *ini, char *text)
{
	char *close = strchr(text, ']');

	ini->name = "";
	if (!close || close[1])
		return wrong(ini, "is not a [section]: it starts with '[' but does not end with ']'");
	*close = '\0';
	ini->section = trim(text + 1);
	return INI_END; /* nothing for the caller */
}

static enum ini_line read_key(struct ini *ini, char *text)
{
	char *sign = strpbrk(text, "=:"), *name;

	if (!sign || sign == text)
		return wrong(ini, "is neither a [section], nor \"key = value\", nor a comment (# or ;)");
	*sign = '\0';
	name = trim(text);
	if (!*ini->section)
		return wrong(ini, "has a key, but no [section] comes before it");
	ini->name = name;
	ini->value = trim(sign + 1);
	return INI_VALUE;
}

/* INI_END: the line holds nothing that the caller needs. */
static enum ini_line read_line(struct ini *ini, char *line)
{
	bool goes_on = is_blank(*line);
	char *text;

	cut_comment(line);
	text = trim(line);
	if (!*text)
		return INI_END;
	if (goes_on && *ini->name) {
		ini->value = text;
		return INI_MORE;
	}
	return *text == '[' ? read_section(ini, text) : read_key(ini, text);
}

enum ini_line ini_next(struct ini *ini)
{
	enum ini_line r = INI_END;

	while (r == INI_END && ini->at < ini->end) {
		char *line = ini->at, *end = memchr(line, '\n', (size_t)(ini->end - line));

		if (!end)
			end = ini->end;
		*end = '\0';
		ini->at = end + 1;
		ini->line++;
		if (strlen(line) != (size_t)(end - line))
			return wrong(ini, "contains a NUL byte: this is not a text file");
		r = read_line(ini, line);
	}
	return r;
}
