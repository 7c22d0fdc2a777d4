/* SPDX-License-Identifier: MIT */
#include "alias_file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

#define VERSION 3
#define VERSION_WITHOUT_ROOMS 2
#define VERSION_WITHOUT_WISHES 1

static const char *const words[ALIAS_CHOOSERS][WISHES][2] = {
    [ALIAS_NOBODY] = {[WISH_SHOWN] = {"own", "given"}},
    [ALIAS_SOMEBODY] =
	{
	    [WISH_SHOWN] = {"shown", "shown-given"},
	    [WISH_HIDDEN] = {"hidden", "hidden-given"},
	    [WISH_LEFT_OUT] = {"left-out", "left-out-given"},
	},
    [ALIAS_HOLDER] =
	{
	    [WISH_SHOWN] = {"chose-shown", "chose-shown-given"},
	    [WISH_HIDDEN] = {"chose-hidden", "chose-hidden-given"},
	    [WISH_LEFT_OUT] = {"chose-left-out", "chose-left-out-given"},
	},
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

/* NULL: there is no such thing. */
static const char *word_of(const struct alias_entry *e)
{
	return words[e->chooser][e->wish][e->given];
}

/* word is changed. */
static int read_who(struct alias_entry *ret, char *word)
{
	char *since = strsep(&word, ":");
	const char *who = strsep(&since, "@");

	if (since && read_number(&ret->since, since) < 0)
		return -EBADMSG;
	if (word &&
	    (strlen(word) >= sizeof(ret->host) ||
	     !text_copy(ret->host, sizeof(ret->host), word, strlen(word)) || strcmp(ret->host, word) != 0))
		return -EBADMSG;
	for (unsigned at = 0; at < ALIAS_CHOOSERS * WISHES * 2; at++) {
		ret->chooser = (enum alias_chooser)(at / 2 / WISHES);
		ret->wish = (enum wish)(at / 2 % WISHES);
		ret->given = at % 2;
		/* where it is shown, its host name is no secret */
		if (word_of(ret) && !strcmp(who, word_of(ret)))
			return (ret->chooser && ret->wish == WISH_SHOWN && word) || (!ret->chooser && since)
				   ? -EBADMSG
				   : 0;
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
	if (!text_copy(ret->alias, sizeof(ret->alias), text, strlen(text)) || strcmp(ret->alias, text) != 0)
		return -EBADMSG;
	/* it has none */
	if (!strcmp(ret->alias, "-"))
		ret->alias[0] = '\0';
	return 0;
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

unsigned alias_file_version(const struct alias_entry *e)
{
	if (e->chooser == ALIAS_HOLDER || e->since || (e->chooser ? e->wish == WISH_SHOWN : e->host[0]))
		return VERSION;
	return e->wish ? VERSION_WITHOUT_ROOMS : VERSION_WITHOUT_WISHES;
}

size_t alias_file_head(char at[ALIAS_FILE_LINE], unsigned version)
{
	return (size_t)snprintf(at, ALIAS_FILE_LINE, "connvis-names %u\n", version);
}

size_t alias_file_entry(char at[ALIAS_FILE_LINE], const struct alias_entry *e)
{
	char key[ADDRESS_TEXT_MAX], since[24] = "";
	struct address a;

	if (e->key.is_mac) {
		mac_format(e->key.bytes, key);
	} else {
		memcpy(a.bytes, e->key.bytes, sizeof(a.bytes));
		address_format(&a, key);
	}
	if (e->since)
		snprintf(since, sizeof(since), "@%" PRIu64, e->since);
	return (size_t)snprintf(at, ALIAS_FILE_LINE, "%s %" PRIu64 " %s%s%s%s %s\n", key, e->seen, word_of(e),
				since, e->host[0] ? ":" : "", e->host, e->alias[0] ? e->alias : "-");
}

size_t alias_file_end(char at[ALIAS_FILE_LINE], size_t n_entries)
{
	return (size_t)snprintf(at, ALIAS_FILE_LINE, "end %zu\n", n_entries);
}
