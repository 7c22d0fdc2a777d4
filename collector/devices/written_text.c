/* SPDX-License-Identifier: MIT */
#include "written_text.h"

#include <stdbool.h>
#include <string.h>

#include "name_look.h"
#include "text.h"
#include "util.h"

/* Control characters, and those that nobody sees but that turn the text around them (Unicode 15, categories
 * Cc, Cf, Zl and Zp in the planes that matter): as pairs of first and last, in UTF-8. */
static const char *const hidden[][2] = {
    {"\x01", "\x1f"},
    {"\x7f", "\x7f"},
    {"\xc2\x80", "\xc2\x9f"},		      /* C1 */
    {"\xc2\xad", "\xc2\xad"},		      /* soft hyphen */
    {"\xd8\x9c", "\xd8\x9c"},		      /* Arabic letter mark */
    {"\xe2\x80\x8b", "\xe2\x80\x8f"},	      /* zero width, marks of direction */
    {"\xe2\x80\xa8", "\xe2\x80\xae"},	      /* separators, embeddings of direction */
    {"\xe2\x81\xa0", "\xe2\x81\xaf"},	      /* joiners, isolates of direction */
    {"\xef\xbb\xbf", "\xef\xbb\xbf"},	      /* byte order mark */
    {"\xef\xbf\xb9", "\xef\xbf\xbb"},	      /* annotations */
    {"\xf3\xa0\x80\x80", "\xf3\xa0\x81\xbf"}, /* tags */
};

static bool has_hidden(const char *text)
{
	for (const char *p = text; *p; p++)
		for (size_t i = 0; i < ELEMENTS_OF(hidden); i++) {
			size_t n = strlen(hidden[i][0]);

			/* Characters of one length are ordered as their bytes are. */
			if (strncmp(p, hidden[i][0], n) >= 0 && strncmp(p, hidden[i][1], n) <= 0)
				return true;
		}
	return false;
}

static bool has_filler(const char *text)
{
	uint32_t code;
	size_t n;

	for (; *text && (n = text_decode(text, strlen(text), &code)); text += n)
		if (name_look_is_filler(code))
			return true;
	return false;
}

static bool is_text(const char *text)
{
	size_t n = 1;

	for (; *text && n; text += n)
		n = text_decode(text, strlen(text), NULL);
	return n;
}

/* The bytes of text without blanks of any width at its ends. */
static size_t trim(const char **text)
{
	size_t n, length = strlen(*text), used = 0, end = 0;
	uint32_t code;

	while ((n = length ? text_decode(*text, length, &code) : 0) && name_look_is_blank(code)) {
		*text += n;
		length -= n;
	}
	for (; used < length; used += n) {
		n = text_decode(*text + used, length - used, &code);
		if (!n)
			return length; /* no UTF-8: what is said of that comes later */
		if (!name_look_is_blank(code))
			end = used + n;
	}
	return end;
}

enum written_text written_text_take(char *ret, size_t size, const char *text)
{
	char look[16]; /* of its first characters */
	size_t length = trim(&text);

	if (!length)
		return WRITTEN_TEXT_EMPTY;
	if (length >= size)
		return WRITTEN_TEXT_LONG;
	memcpy(ret, text, length);
	ret[length] = '\0';
	if (has_hidden(ret) || has_filler(ret))
		return WRITTEN_TEXT_UNSEEN;
	if (!is_text(ret))
		return WRITTEN_TEXT_BROKEN;
	name_look(look, sizeof(look), ret);
	return look[0] ? WRITTEN_TEXT_GOOD : WRITTEN_TEXT_EMPTY;
}
