/* SPDX-License-Identifier: MIT */
#include "vendor_name.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "text.h"
#include "util.h"

#define LONGEST 256

/* What companies are by law or by trade, not by name. */
static const char *const forms[] = {
    "inc",
    "inc.",
    "incorporated",
    "corp",
    "corp.",
    "corporation",
    "co",
    "co.",
    "company",
    "ltd",
    "ltd.",
    "limited",
    "llc",
    "l.l.c.",
    "llp",
    "plc",
    "gmbh",
    "mbh",
    "ag",
    "kg",
    "se",
    "sa",
    "s.a.",
    "s.a.s",
    "sas",
    "srl",
    "s.r.l.",
    "s.r.l",
    "spa",
    "s.p.a.",
    "bv",
    "b.v.",
    "nv",
    "n.v.",
    "oy",
    "oyj",
    "ab",
    "as",
    "a/s",
    "aps",
    "pty",
    "pte",
    "pte.",
    "pvt",
    "pvt.",
    "sdn",
    "bhd",
    "bhd.",
    "k.k.",
    "kk",
    "s.l.",
    "sl",
    "ltda",
    "s.a.r.l.",
    "sarl",
    "&",
    "technology",
    "tech",
    "technologies",
    "electronics",
    "international",
    "communications",
    "industries",
    "holdings",
};

static bool is_form(const char *word, size_t length)
{
	for (size_t i = 0; i < ELEMENTS_OF(forms); i++)
		if (strlen(forms[i]) == length && !strncasecmp(forms[i], word, length))
			return true;
	return false;
}

static size_t trim(const char *text, size_t length)
{
	while (length && strchr(" ,;-(", text[length - 1]))
		length--;
	return length;
}

/* Takes the forms at the end away, but never the first word. */
static size_t shorten(const char *text, size_t length)
{
	for (;;) {
		size_t word;

		length = trim(text, length);
		word = length;
		while (word && !strchr(" ,", text[word - 1]))
			word--;
		if (!word || !is_form(text + word, length - word))
			return length;
		length = word;
	}
}

/* A name in capitals throughout: only each word's first stays one. */
static void lower_capitals(char *text)
{
	for (char *word = text; *word;) {
		size_t length = strcspn(word, " -."), letters = 0;

		while (letters < length && isupper((unsigned char)word[letters]))
			letters++;
		if (letters == length && length > 4)
			for (size_t i = 1; i < length; i++)
				word[i] = (char)tolower((unsigned char)word[i]);
		word += length;
		word += *word ? 1 : 0;
	}
}

/* The register has tabs, runs of blanks, and quotes written twice (RFC 4180) that say nothing. Returns how
 * much of ret is used. */
static size_t clean(char *ret, size_t size, const char *name, size_t length)
{
	size_t n = 0;

	for (size_t i = 0; i < length && n < size; i++) {
		bool blank = strchr(" \t\r\n", name[i]) && name[i];

		if (name[i] == '"' || (blank && (!n || ret[n - 1] == ' ')))
			continue;
		ret[n++] = (char)(blank ? ' ' : name[i]);
	}
	return n;
}

/* Who keeps the register, not who made a thing. */
static bool is_nobody(const char *text)
{
	return !strcmp(text, "Private") || !strcmp(text, "IEEE Registration Authority");
}

bool vendor_name(char *ret, size_t size, const char *name, size_t length)
{
	char text[LONGEST], cleaned[LONGEST];

	ret[0] = '\0';
	length = clean(cleaned, sizeof(cleaned), name, length);
	if (!text_copy(text, sizeof(text), cleaned, length))
		return false;
	if (is_nobody(text))
		return true;
	text[shorten(text, strlen(text))] = '\0';
	lower_capitals(text);
	return text_copy(ret, size, text, strlen(text));
}
