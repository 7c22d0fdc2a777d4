/* SPDX-License-Identifier: MIT */
#include "list_line.h"

#include <stdbool.h>
#include <string.h>

#include "text.h"
#include "util.h"

#define NAME_MAX_LENGTH 253 /* RFC 1035, 2.3.4, as text */
#define LABEL_MAX_LENGTH 63

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool is_comment(char first)
{
	return first == '#' || first == '!' || first == ';';
}

static bool holds(const struct text *p, const char *what)
{
	return memmem(p->at, p->length, what, strlen(what));
}

/* Takes the next word off rest; false: there is none, or the rest is a comment. A '#' ends a line wherever it
 * stands (hosts(5)). */
static bool take_word(struct text *rest, struct text *ret)
{
	while (rest->length && is_blank(rest->at[0]))
		*rest = text_cut(*rest, 1);
	if (!rest->length || rest->at[0] == '#' || rest->at[0] == ';')
		return false;
	*ret = (struct text){.at = rest->at};
	while (ret->length < rest->length && !is_blank(rest->at[ret->length]) && rest->at[ret->length] != '#')
		ret->length++;
	*rest = text_cut(*rest, ret->length);
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
static bool is_name(const struct text *p)
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
static void trim_name(struct text *p)
{
	if (!text_take(p, "*."))
		text_take(p, ".");
	text_take_end(p, ".");
}

static int take_name(const struct text *p, enum list_item_kind kind, list_line_take take, void *data)
{
	struct list_item item = {.kind = kind, .name = p->at, .length = p->length};
	int r = take(data, &item);

	return r < 0 ? r : LIST_LINE_TAKEN;
}

static int parse_network(struct network *ret, const struct text *p)
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
static bool is_local(const struct text *p)
{
	static const char *const names[] = {"localhost", "localhost.localdomain", "local", "broadcasthost",
					    "0.0.0.0"};

	for (size_t i = 0; i < ELEMENTS_OF(names); i++)
		if (text_is(*p, names[i]))
			return true;
	/* ip6-localhost, ip6-allnodes and the like; names of others have a dot */
	return text_begins(*p, "ip6-") && !memchr(p->at, '.', p->length);
}

/* An address with the scope that it is meant in, as in "fe80::1%lo0 localhost" (RFC 4007, 11). */
static bool has_scope(const struct text *p)
{
	const char *scope = memchr(p->at, '%', p->length);
	struct network n;

	return scope && parse_network(&n, &(struct text){p->at, (size_t)(scope - p->at)}) == 0;
}

/* The names after an address. */
static int read_hosts(struct text *first, struct text *rest, list_line_take take, void *data)
{
	int result = LIST_LINE_EMPTY;
	struct text word = *first;

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
static bool is_whole_option(const struct text *p)
{
	static const char *const options[] = {"important", "third-party", "3p",	  "all",
					      "document",  "doc",	  "popup"};

	for (size_t i = 0; i < ELEMENTS_OF(options); i++)
		if (text_is(*p, options[i]))
			return true;
	return false;
}

static bool are_whole_options(struct text options)
{
	while (options.length) {
		struct text option = text_take_until(&options, ',');

		if (!is_whole_option(&option))
			return false;
	}
	return true;
}

/* What follows "||". */
static int read_rule(struct text rest, enum list_item_kind kind, list_line_take take, void *data)
{
	struct text name = {.at = rest.at};

	while (name.length < rest.length && is_pattern_letter(rest.at[name.length]))
		name.length++;
	rest = text_cut(rest, name.length);
	text_take(&rest, "^");
	text_take(&rest, "|");
	if (text_take(&rest, "$")) {
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
static bool is_other_rule(const struct text *p)
{
	return text_begins(*p, "@@") || text_begins(*p, "|") || text_begins(*p, "/") || holds(p, "##") ||
	       holds(p, "#@") || holds(p, "#?#") || holds(p, "#$#") || holds(p, "#%#") || holds(p, "$$") ||
	       holds(p, "^") || holds(p, "*") || holds(p, "$");
}

static int read_plain(struct text rest, list_line_take take, void *data)
{
	struct list_item item = {.kind = LIST_NETWORK};
	struct text word, next;
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
	struct text p = {line, length};

	for (size_t i = 0; i < length; i++)
		if (line[i] >= 'A' && line[i] <= 'Z')
			line[i] = (char)(line[i] - 'A' + 'a');
	while (p.length && is_blank(p.at[0]))
		p = text_cut(p, 1);
	while (p.length && is_blank(p.at[p.length - 1]))
		p.length--;
	if (!p.length || is_comment(p.at[0]) || text_begins(p, "[adblock"))
		return LIST_LINE_EMPTY;
	if (text_take(&p, "||"))
		return read_rule(p, LIST_NAME, take, data);
	if (text_take(&p, "@@||"))
		return read_rule(p, LIST_EXCEPTION, take, data);
	/* "*.example.org" alone is a plain name. */
	if (!text_begins(p, "*.") && is_other_rule(&p))
		return LIST_LINE_OTHER;
	return read_plain(p, take, data);
}
