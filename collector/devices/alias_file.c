/* SPDX-License-Identifier: MIT */
#include "alias_file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

#define VERSION 2
#define VERSION_WITHOUT_WISHES 1

static const char *const words[WISHES][2] = {
    [WISH_SHOWN] = {"own", "given"},
    [WISH_HIDDEN] = {"hidden", "hidden-given"},
    [WISH_LEFT_OUT] = {"left-out", "left-out-given"},
};

/* Digits alone, at most 12. */
static int read_number(uint64_t *ret, const char *text)
{
	size_t length = strspn(text, "0123456789");

	if (!length || length > 12 || text[length])
		return -EBADMSG;
	*ret = strtoull(text, NULL, 10);
	return 0;
}

static int read_key(struct alias_key *ret, const char *text)
{
	struct address a;

	*ret = (struct alias_key){};
	if (text_mac((struct text){text, strlen(text)}, ret->bytes)) {
		ret->is_mac = 1;
		return 0;
	}
	if (address_parse(&a, text) < 0)
		return -EBADMSG;
	memcpy(ret->bytes, a.bytes, sizeof(a.bytes));
	return 0;
}

/* word is changed. */
static int read_who(struct alias_entry *ret, char *word)
{
	const char *who = strsep(&word, ":");

	if (word &&
	    (strlen(word) >= sizeof(ret->host) ||
	     !text_copy(ret->host, sizeof(ret->host), word, strlen(word)) || strcmp(ret->host, word) != 0))
		return -EBADMSG;
	for (int wish = 0; wish < WISHES; wish++)
		for (int given = 0; given < 2; given++)
			if (!strcmp(who, words[wish][given])) {
				ret->wish = (enum wish)wish;
				ret->given = given;
				return wish == WISH_SHOWN && word ? -EBADMSG : 0;
			}
	return -EBADMSG;
}

/* text is changed. */
static int read_entry(struct alias_entry *ret, char *text)
{
	char *key = strsep(&text, " "), *seen = strsep(&text, " "), *who = strsep(&text, " ");

	*ret = (struct alias_entry){};
	if (!text || !text[0] || strlen(text) >= sizeof(ret->alias) || read_key(&ret->key, key) < 0 ||
	    read_number(&ret->seen, seen) < 0 || read_who(ret, who) < 0)
		return -EBADMSG;
	return text_copy(ret->alias, sizeof(ret->alias), text, strlen(text)) && !strcmp(ret->alias, text)
		   ? 0
		   : -EBADMSG;
}

static int read_head(const char *line)
{
	static const char word[] = "connvis-names ";
	uint64_t version;

	if (strncmp(line, word, strlen(word)) != 0 || read_number(&version, line + strlen(word)) < 0)
		return -EBADMSG;
	return version > VERSION ? -EPROTO : version >= VERSION_WITHOUT_WISHES ? 0 : -EBADMSG;
}

int alias_file_read(const char *text, size_t length, alias_file_line tell, void *data)
{
	size_t n = 0;
	bool head = false, bad = false;

	for (const char *at = text, *end; at < text + length; at = end + 1) {
		char line[ALIAS_FILE_LINE], last[ALIAS_FILE_LINE];
		struct alias_entry entry;
		size_t own;

		end = memchr(at, '\n', (size_t)(text + length - at));
		own = end ? (size_t)(end - at) : 0;
		if (!end)
			break;
		if (own >= sizeof(line) || memchr(at, '\0', own)) {
			bad = true;
			continue;
		}
		memcpy(line, at, own);
		line[own] = '\0';
		if (!head) {
			int r = read_head(line);

			if (r < 0)
				return r;
			head = true;
			continue;
		}
		snprintf(last, sizeof(last), "end %zu", n);
		if (!strcmp(line, last))
			return bad;
		if (read_entry(&entry, line) < 0) {
			bad = true;
			continue;
		}
		n++;
		if (!tell(data, &entry))
			return 1;
	}
	return head ? 1 : -EBADMSG;
}

size_t alias_file_head(char at[ALIAS_FILE_LINE], bool has_wishes)
{
	return (size_t)snprintf(at, ALIAS_FILE_LINE, "connvis-names %d\n",
				has_wishes ? VERSION : VERSION_WITHOUT_WISHES);
}

size_t alias_file_entry(char at[ALIAS_FILE_LINE], const struct alias_entry *e)
{
	char key[ADDRESS_TEXT_MAX];
	struct address a;

	if (e->key.is_mac) {
		mac_format(e->key.bytes, key);
	} else {
		memcpy(a.bytes, e->key.bytes, sizeof(a.bytes));
		address_format(&a, key);
	}
	return (size_t)snprintf(at, ALIAS_FILE_LINE, "%s %" PRIu64 " %s%s%s %s\n", key, e->seen,
				words[e->wish][e->given], e->wish && e->host[0] ? ":" : "",
				e->wish ? e->host : "", e->alias[0] ? e->alias : "-");
}

size_t alias_file_end(char at[ALIAS_FILE_LINE], size_t n_entries)
{
	return (size_t)snprintf(at, ALIAS_FILE_LINE, "end %zu\n", n_entries);
}
