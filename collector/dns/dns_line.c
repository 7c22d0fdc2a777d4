/* SPDX-License-Identifier: MIT */
#include "dns_line.h"

#include "text.h"
#include "util.h"

/* Where dnsmasq has its own answers from. A hosts file is named by its path. */
static const char *const local_sources[] = {"cached ", "cached-stale ",	    "config ",	  "DHCP ",
					    "auth ",   "Pi-hole hostname ", "<unknown> ", "<not set> "};

/* What Pi-hole says of names that it does not let through, now and in earlier versions. */
static const char *const block_sources[] = {
    "gravity blocked ",
    "regex denied ",
    "regex blacklisted ",
    "exactly denied ",
    "exactly blacklisted ",
    "special domain ",
    "Mozilla canary domain ",
    "Apple iCloud Private Relay domain ",
    "Designated Resolver domain ",
    "to be blocked (gravity database is not available) ",
    "to be refused (gravity database is not available) ",
    "to be dropped (gravity database is not available) ",
    "blocked upstream with known address ",
    "blocked upstream with NULL address ",
    "blocked upstream with NXRA address ",
    "blocked upstream with EDE15 ",
};

static bool take_any(struct text *s, const char *const *texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_take(s, texts[i]))
			return true;
	return false;
}

/* Copies s as harmless text: small letters, printable ASCII, all else as '?', at most max - 1 bytes and a
 * NUL. True when nothing was replaced or left out. */
static bool copy_name(struct text s, char *ret, size_t max, size_t *ret_length)
{
	bool exact = s.length < max;
	size_t length = exact ? s.length : max - 1;

	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)s.at[i];

		if (c >= 'A' && c <= 'Z') {
			c = (unsigned char)(c + 'a' - 'A');
		} else if (c < ' ' || c > '~') {
			c = '?';
			exact = false;
		}
		ret[i] = (char)c;
	}
	ret[length] = '\0';
	*ret_length = length;
	return exact;
}

/* "UDP 5 192.0.2.7/4711 ", "5 192.0.2.7/4711 ", "5 ", and 2.85's "* 192.0.2.7/4711 ", which has no number and
 * stands before lines that belong to no client's question. */
static bool take_head(struct dns_line *ret, struct text *s)
{
	struct text rest = *s, before, port;
	const char *blank;
	uint64_t n = 0;

	if (!text_take(&rest, "UDP "))
		text_take(&rest, "TCP ");
	if (text_take(&rest, "* ")) {
		blank = memchr(rest.at, ' ', rest.length);
		*s = blank ? text_cut(rest, (size_t)(blank + 1 - rest.at)) : text_cut(rest, rest.length);
		return true;
	}
	if (!text_take_number(&rest, UINT32_MAX, &n) || !text_take(&rest, " "))
		return false;
	ret->has_serial = true;
	ret->serial = (uint32_t)n;
	*s = rest;
	blank = memchr(rest.at, ' ', rest.length);
	if (!blank || !memchr(rest.at, '/', (size_t)(blank - rest.at)))
		return true;
	if (!text_split_last((struct text){rest.at, (size_t)(blank - rest.at)}, "/", &before, &port) ||
	    !text_address(before, &ret->client) || !text_take_number(&port, UINT16_MAX, &n) || port.length)
		return true;
	ret->has_client = true;
	ret->port = (uint16_t)n;
	*s = text_cut(rest, (size_t)(blank + 1 - rest.at));
	return true;
}

static void take_name(struct dns_line *ret, struct text name)
{
	size_t length;

	/* what dnsmasq writes where a name holds bytes that cannot be printed: many names look like this */
	bool known = !text_is(name, "<name unprintable>");

	ret->about_name = name.length > 0;
	ret->exact = copy_name(name, ret->name, sizeof(ret->name), &length) && known;
	ret->name_length = (uint16_t)length;
}

static enum dns_type type_of(struct text type)
{
	if (text_is(type, "A"))
		return DNS_TYPE_A;
	if (text_is(type, "AAAA"))
		return DNS_TYPE_AAAA;
	if (text_is(type, "PTR"))
		return DNS_TYPE_PTR;
	return text_is(type, "ANY") ? DNS_TYPE_ANY : DNS_TYPE_OTHER;
}

/* What follows "query": "[A] NAME from ADDRESS", or " NAME from ADDRESS" for type 0 (2.92). */
static enum dns_line_kind parse_query(struct dns_line *ret, struct text s)
{
	struct text name, client;

	if (text_take(&s, "[")) {
		const char *end = memchr(s.at, ']', s.length);
		size_t length = end ? (size_t)(end - s.at) : 0;

		if (!length || length > 16)
			return DNS_LINE_BROKEN;
		ret->type = type_of((struct text){s.at, length});
		s = text_cut(s, length + 1);
	}
	if (!text_take(&s, " ") || !text_split_last(s, " from ", &name, &client) ||
	    !text_address(client, &ret->client))
		return DNS_LINE_BROKEN;
	ret->has_client = true;
	take_name(ret, name);
	return DNS_LINE_QUERY;
}

/* Answers that say in their Extended DNS Error (RFC 8914, 4.16 to 4.19) that somebody does not want them
 * given. */
static bool take_error(struct text *value)
{
	static const char *const unwanted[] = {"blocked", "censored", "filtered", "prohibited"};
	struct text before, why;

	if (!value->length || value->at[value->length - 1] != ')' ||
	    !text_split_last(*value, " (EDE: ", &before, &why))
		return false;
	*value = before;
	why.length--;
	for (size_t i = 0; i < ELEMENTS_OF(unwanted); i++)
		if (text_is(why, unwanted[i]))
			return true;
	return false;
}

static bool parse_address(struct dns_line *ret, struct text value)
{
	static const uint8_t zero[16];
	bool ipv6;

	if (!value.length || !text_address(value, &ret->address))
		return false;
	ipv6 = memchr(value.at, ':', value.length);
	ret->family = ipv6 ? 6 : 4;
	ret->value = !memcmp(ret->address.bytes + (ipv6 ? 0 : 12), zero, ipv6 ? 16 : 4) ? DNS_VALUE_BLOCKED
											: DNS_VALUE_ADDRESS;
	return true;
}

static enum dns_line_value parse_word(struct dns_line *ret, struct text value)
{
	uint64_t code;

	if (text_is(value, "NXDOMAIN"))
		return DNS_VALUE_NXDOMAIN;
	if (text_take(&value, "NODATA")) {
		ret->family = text_is(value, "-IPv4") ? 4 : text_is(value, "-IPv6") ? 6 : 0;
		return DNS_VALUE_NODATA;
	}
	if (text_is(value, "SERVFAIL") || text_is(value, "REFUSED") || text_is(value, "FORMERR") ||
	    text_is(value, "not implemented"))
		return DNS_VALUE_FAILED;
	/* Pi-hole 6 says in brackets by what it knows that the upstream server blocks */
	if (text_is(value, "NULL") || text_is(value, "blocked during CNAME inspection") ||
	    text_take(&value, "blocked due to upstream response ("))
		return DNS_VALUE_BLOCKED;
	if (text_is(value, "truncated"))
		return DNS_VALUE_NONE;
	if (!strcmp(ret->name, "query") && text_is(value, "duplicate"))
		return DNS_VALUE_DUPLICATE;
	if (!strcmp(ret->name, "error") && text_take_number(&value, UINT16_MAX, &code) && !value.length)
		return DNS_VALUE_FAILED;
	return DNS_VALUE_RECORD;
}

static void parse_value(struct dns_line *ret, struct text value)
{
	bool unwanted = take_error(&value);

	text_take_end(&value, " (DNSSEC signed)");
	if (!parse_address(ret, value))
		ret->value = text_is(value, "<CNAME>") ? DNS_VALUE_CNAME : parse_word(ret, value);
	if (unwanted && ret->value != DNS_VALUE_ADDRESS && ret->value != DNS_VALUE_CNAME)
		ret->value = DNS_VALUE_BLOCKED;
	if (ret->value == DNS_VALUE_DUPLICATE ||
	    (!strcmp(ret->name, "error") &&
	     (ret->value == DNS_VALUE_FAILED || ret->value == DNS_VALUE_BLOCKED)))
		ret->about_name = false;
}

enum source {
	SOURCE_STRANGE,
	SOURCE_UPSTREAM,
	SOURCE_LOCAL,
	SOURCE_HOSTS, /* the path of a hosts file, which is still part of s */
	SOURCE_BLOCK,
	SOURCE_LIMIT, /* Pi-hole thinks that the client asks too much */
};

static enum source take_source(struct text *s)
{
	if (text_take(s, "reply "))
		return SOURCE_UPSTREAM;
	if (take_any(s, local_sources, ELEMENTS_OF(local_sources)))
		return SOURCE_LOCAL;
	if (s->length && s->at[0] == '/')
		return SOURCE_HOSTS;
	if (take_any(s, block_sources, ELEMENTS_OF(block_sources))) {
		text_take(s, "(CNAME) ");
		return SOURCE_BLOCK;
	}
	return text_take(s, "Rate-limiting ") ? SOURCE_LIMIT : SOURCE_STRANGE;
}

/* "SOURCE NAME is VALUE" */
static enum dns_line_kind parse_answer(struct dns_line *ret, struct text s)
{
	enum source source = take_source(&s);
	enum dns_line_kind kind = source == SOURCE_UPSTREAM ? DNS_LINE_REPLY : DNS_LINE_LOCAL;
	struct text name, value, path;

	if (source == SOURCE_STRANGE)
		return DNS_LINE_OTHER;
	if (text_is(s, "is truncated"))
		return kind;
	if (!text_split_last(s, " is ", &name, &value))
		return source == SOURCE_HOSTS ? DNS_LINE_OTHER : DNS_LINE_BROKEN;
	/* a name in a hosts file holds no blanks, its path may */
	if (source == SOURCE_HOSTS && !text_split_last(name, " ", &path, &name))
		return DNS_LINE_OTHER;
	take_name(ret, name);
	parse_value(ret, value);
	if (source == SOURCE_BLOCK)
		ret->value = DNS_VALUE_BLOCKED;
	if (source == SOURCE_LIMIT)
		ret->value = DNS_VALUE_FAILED;
	return kind;
}

/* "validation NAME is BOGUS": a wrong signature, so that the client gets an error. */
static enum dns_line_kind parse_validation(struct dns_line *ret, struct text s)
{
	struct text name, value;

	if (!text_split_last(s, " is ", &name, &value))
		return DNS_LINE_BROKEN;
	take_error(&value);
	if (!text_is(value, "BOGUS"))
		return DNS_LINE_OTHER;
	take_name(ret, name);
	ret->value = DNS_VALUE_FAILED;
	return DNS_LINE_REPLY;
}

static enum dns_line_kind parse_body(struct dns_line *ret, struct text s)
{
	if (!s.length)
		return DNS_LINE_OTHER;
	if (text_take(&s, "query"))
		return parse_query(ret, s);
	if (s.length > 4 && s.at[4] == '[' && text_take(&s, "auth"))
		return parse_query(ret, s);
	if (text_take(&s, "forwarded "))
		return DNS_LINE_FORWARDED;
	if (text_take(&s, "validation "))
		return parse_validation(ret, s);
	if (text_take(&s, "overflow: "))
		return text_take_number(&s, UINT32_MAX, &ret->count) && text_is(s, " log entries lost")
			   ? DNS_LINE_LOST
			   : DNS_LINE_OTHER;
	if (text_take(&s, "possible DNS-rebind attack detected: ")) {
		take_name(ret, s);
		ret->value = DNS_VALUE_BLOCKED;
		return DNS_LINE_REPLY;
	}
	return parse_answer(ret, s);
}

void dns_line_parse(struct dns_line *ret, const char *text, size_t length)
{
	struct text s = {text, length};
	bool head;

	memset(ret, 0, offsetof(struct dns_line, name) + 1);
	while (s.length && (s.at[s.length - 1] == '\n' || s.at[s.length - 1] == '\r' || !s.at[s.length - 1]))
		s.length--;
	if (!s.length)
		return;
	head = take_head(ret, &s);
	ret->kind = parse_body(ret, s);
	/* the cache's dump and other lists begin with numbers, too */
	if (head && ret->kind == DNS_LINE_LOST)
		ret->kind = DNS_LINE_OTHER;
}
