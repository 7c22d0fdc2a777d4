/* SPDX-License-Identifier: MIT */
#include "list_line.h"

#include <stdbool.h>
#include <string.h>

#include "util.h"

#define NAME_MAX_LENGTH 253 /* RFC 1035, 2.3.4, as text */
#define LABEL_MAX_LENGTH 63

/* Part of a line. */
struct part {
	char *at;
	size_t length;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool is_comment(char first)
{
	return first == '#' || first == '!' || first == ';';
}

static bool begins(const struct part *p, const char *with)
{
	size_t length = strlen(with);

	return p->length >= length && !memcmp(p->at, with, length);
}

static bool equals(const struct part *p, const char *with)
{
	return p->length == strlen(with) && begins(p, with);
}

static bool holds(const struct part *p, const char *what)
{
	return memmem(p->at, p->length, what, strlen(what));
}

static void skip(struct part *p, size_t n)
{
	p->at += n;
	p->length -= n;
}

/* Takes the next word off rest; false: there is none, or the rest is a comment. A '#' ends a line wherever it
 * stands (hosts(5)). */
static bool take_word(struct part *rest, struct part *ret)
{
	while (rest->length && is_blank(rest->at[0]))
		skip(rest, 1);
	if (!rest->length || rest->at[0] == '#' || rest->at[0] == ';')
		return false;
	*ret = (struct part){.at = rest->at};
	while (ret->length < rest->length && !is_blank(rest->at[ret->length]) && rest->at[ret->length] != '#')
		ret->length++;
	skip(rest, ret->length);
	return true;
}

static bool is_name_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

static bool is_pattern_letter(char c)
{
	return is_name_letter(c) || c == '.' || c == '*';
}

/* Letters, digits and labels as in the DNS; the last label of a name is no number. */
static bool is_name(const struct part *p)
{
	size_t label = 0, digits = 0;

	if (!p->length || p->length > NAME_MAX_LENGTH)
		return false;
	for (size_t i = 0; i < p->length; i++) {
		char c = p->at[i];

		if (c == '.') {
			if (!label)
				return false;
			label = digits = 0;
			continue;
		}
		if (!is_name_letter(c) || ++label > LABEL_MAX_LENGTH)
			return false;
		digits += c >= '0' && c <= '9';
	}
	return label && digits < label;
}

/* "*.example.org", ".example.org" and "example.org." all mean example.org. */
static void trim_name(struct part *p)
{
	if (begins(p, "*."))
		skip(p, 2);
	else if (begins(p, "."))
		skip(p, 1);
	if (p->length && p->at[p->length - 1] == '.')
		p->length--;
}

static int take_name(const struct part *p, enum list_item_kind kind, list_line_take take, void *data)
{
	struct list_item item = {.kind = kind, .name = p->at, .length = p->length};
	int r = take(data, &item);

	return r < 0 ? r : LIST_LINE_TAKEN;
}

static int parse_network(struct network *ret, const struct part *p)
{
	char text[ADDRESS_TEXT_MAX];

	if (p->length >= sizeof(text) || memchr(p->at, '\0', p->length))
		return -1;
	memcpy(text, p->at, p->length);
	text[p->length] = '\0';
	return network_parse(ret, text);
}

/* Not the whole of IPv4 or IPv6: that would be everything. */
static bool is_everything(const struct network *n)
{
	return n->length == 0 || (address_is_ipv4(&n->base) && n->length == 96);
}

/* Names that hosts files have for the machine itself. */
static bool is_local(const struct part *p)
{
	static const char *const names[] = {"localhost", "localhost.localdomain", "local", "broadcasthost",
					    "0.0.0.0"};

	for (size_t i = 0; i < ELEMENTS_OF(names); i++)
		if (equals(p, names[i]))
			return true;
	/* ip6-localhost, ip6-allnodes and the like; names of others have a dot */
	return begins(p, "ip6-") && !memchr(p->at, '.', p->length);
}

/* An address with the scope that it is meant in, as in "fe80::1%lo0 localhost" (RFC 4007, 11). */
static bool has_scope(const struct part *p)
{
	const char *scope = memchr(p->at, '%', p->length);
	struct network n;

	return scope && parse_network(&n, &(struct part){p->at, (size_t)(scope - p->at)}) == 0;
}

/* The names after an address. */
static int read_hosts(struct part *first, struct part *rest, list_line_take take, void *data)
{
	int result = LIST_LINE_EMPTY;
	struct part word = *first;

	do {
		int r;

		if (is_local(&word))
			continue;
		trim_name(&word);
		if (!is_name(&word))
			return LIST_LINE_BROKEN;
		r = take_name(&word, LIST_NAME, take, data);
		if (r < 0)
			return r;
		result = LIST_LINE_TAKEN;
	} while (take_word(rest, &word));
	return result;
}

/* Options that leave the meaning "this name, and all of it": what DNS can tell apart, or need not. */
static bool is_whole_option(const struct part *p)
{
	static const char *const options[] = {"important", "third-party", "3p",	  "all",
					      "document",  "doc",	  "popup"};

	for (size_t i = 0; i < ELEMENTS_OF(options); i++)
		if (equals(p, options[i]))
			return true;
	return false;
}

static bool are_whole_options(struct part options)
{
	while (options.length) {
		const char *comma = memchr(options.at, ',', options.length);
		size_t n = comma ? (size_t)(comma - options.at) : options.length;

		if (!is_whole_option(&(struct part){options.at, n}))
			return false;
		skip(&options, n);
		if (comma)
			skip(&options, 1);
	}
	return true;
}

/* What follows "||". */
static int read_rule(struct part rest, enum list_item_kind kind, list_line_take take, void *data)
{
	struct part name = {.at = rest.at};

	while (name.length < rest.length && is_pattern_letter(rest.at[name.length]))
		name.length++;
	skip(&rest, name.length);
	if (begins(&rest, "^"))
		skip(&rest, 1);
	if (begins(&rest, "|"))
		skip(&rest, 1);
	if (begins(&rest, "$")) {
		skip(&rest, 1);
		if (!are_whole_options(rest))
			return LIST_LINE_OTHER;
		rest.length = 0;
	}
	trim_name(&name);
	if (rest.length || memchr(name.at, '*', name.length))
		return LIST_LINE_OTHER;
	return is_name(&name) ? take_name(&name, kind, take, data) : LIST_LINE_OTHER;
}

/* Rules of Adblock lists that speak of other things than whole names. */
static bool is_other_rule(const struct part *p)
{
	return begins(p, "@@") || begins(p, "|") || begins(p, "/") || holds(p, "##") || holds(p, "#@") ||
	       holds(p, "#?#") || holds(p, "#$#") || holds(p, "#%#") || holds(p, "$$") || holds(p, "^") ||
	       holds(p, "*") || holds(p, "$");
}

static int read_plain(struct part rest, list_line_take take, void *data)
{
	struct list_item item = {.kind = LIST_NETWORK};
	struct part word, next;
	bool more;
	int r;

	if (!take_word(&rest, &word))
		return LIST_LINE_EMPTY;
	more = take_word(&rest, &next);
	if (has_scope(&word))
		return more ? read_hosts(&next, &rest, take, data) : LIST_LINE_BROKEN;
	if (parse_network(&item.network, &word) == 0) {
		if (more)
			return memchr(word.at, '/', word.length) ? LIST_LINE_BROKEN
								 : read_hosts(&next, &rest, take, data);
		if (is_everything(&item.network))
			return LIST_LINE_BROKEN;
		r = take(data, &item);
		return r < 0 ? r : LIST_LINE_TAKEN;
	}
	trim_name(&word);
	if (more || !is_name(&word) || !memchr(word.at, '.', word.length))
		return LIST_LINE_BROKEN;
	return take_name(&word, LIST_NAME, take, data);
}

int list_line_read(char *line, size_t length, list_line_take take, void *data)
{
	struct part p = {line, length};

	for (size_t i = 0; i < length; i++)
		if (line[i] >= 'A' && line[i] <= 'Z')
			line[i] = (char)(line[i] - 'A' + 'a');
	while (p.length && is_blank(p.at[0]))
		skip(&p, 1);
	while (p.length && is_blank(p.at[p.length - 1]))
		p.length--;
	if (!p.length || is_comment(p.at[0]) || begins(&p, "[adblock"))
		return LIST_LINE_EMPTY;
	if (begins(&p, "||")) {
		skip(&p, 2);
		return read_rule(p, LIST_NAME, take, data);
	}
	if (begins(&p, "@@||")) {
		skip(&p, 4);
		return read_rule(p, LIST_EXCEPTION, take, data);
	}
	/* "*.example.org" alone is a plain name. */
	if (!begins(&p, "*.") && is_other_rule(&p))
		return LIST_LINE_OTHER;
	return read_plain(p, take, data);
}
