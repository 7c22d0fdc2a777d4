/* SPDX-License-Identifier: MIT */
#include "join_link.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "text.h"
#include "util.h"

#define GUEST_HOURS 24
#define NUMBER_MOST 253402300799u /* the last second of the year 9999 */

static const char first_line[] = "connvis-link 1";
static const char *const uses[] = {
    [JOIN_LINK_UNUSED] = "no", [JOIN_LINK_USED_PLAIN] = "plain", [JOIN_LINK_USED_TLS] = "tls"};

static bool take_word(struct text *s, const char *word)
{
	struct text rest = *s;

	if (!text_take(&rest, word) || (rest.length && !text_take(&rest, " ")))
		return false;
	*s = rest;
	return true;
}

int join_link_wish_read(struct join_link_wish *ret, const char *text)
{
	struct text s = {text, strlen(text)};
	struct join_link_wish wish = {};
	uint64_t hours;

	/* nothing stands behind the last blank */
	if (!s.length || text[s.length - 1] == ' ')
		return -EBADMSG;
	if (take_word(&s, "display"))
		wish.role = ROLE_DISPLAY;
	else if (take_word(&s, "guest"))
		wish.role = ROLE_GUEST;
	else
		return -EBADMSG;
	wish.once = take_word(&s, "once");
	wish.hours = wish.role == ROLE_GUEST ? GUEST_HOURS : 0;
	if (s.length) {
		if (!text_take_number(&s, JOIN_LINK_HOURS_MOST, &hours) || s.length || !hours)
			return -EBADMSG;
		wish.hours = (unsigned)hours;
	}
	*ret = wish;
	return 0;
}

static const char *purpose_of(bool secure)
{
	return secure ? "tls" : "plain";
}

void join_link_cookie(const struct join_link *link, const char *token, bool secure, char ret[TOKEN_MAX])
{
	token_derive(ret, link->key, purpose_of(secure), token);
}

int join_link_make(struct join_link *ret, const struct join_link_wish *wish, uint64_t now_s,
		   char ret_token[TOKEN_MAX])
{
	struct join_link link = {.role = wish->role, .once = wish->once, .made_s = now_s};
	char cookie[TOKEN_MAX];
	uint32_t id;
	int r = token_make(ret_token);

	if (r < 0)
		return r;
	if (getrandom(&id, sizeof(id), 0) != sizeof(id) ||
	    getrandom(link.key, sizeof(link.key), 0) != sizeof(link.key))
		return errno ? -errno : -EIO;
	snprintf(link.id, sizeof(link.id), "%08" PRIx32, id);
	if (wish->hours)
		link.until_s = now_s + wish->hours * UINT64_C(3600);
	link.token = token_hash(ret_token);
	for (int secure = 0; secure < 2; secure++) {
		join_link_cookie(&link, ret_token, secure, cookie);
		link.cookies[secure] = token_hash(cookie);
	}
	*ret = link;
	return 0;
}

bool join_link_is_over(const struct join_link *link, uint64_t now_s)
{
	return link->until_s && now_s >= link->until_s;
}

bool join_link_is_good(const struct join_link *link, bool secure)
{
	return !link->once || link->used == (secure ? JOIN_LINK_USED_TLS : JOIN_LINK_USED_PLAIN);
}

static const char *format_key(const struct join_link *link, char buffer[TOKEN_HASH_TEXT_MAX])
{
	struct token_hash key;

	memcpy(key.bytes, link->key, sizeof(key.bytes));
	return token_hash_format(&key, buffer);
}

size_t join_link_write(const struct join_link *link, char ret[JOIN_LINK_FILE_MAX])
{
	char token[TOKEN_HASH_TEXT_MAX], key[TOKEN_HASH_TEXT_MAX], plain[TOKEN_HASH_TEXT_MAX],
	    tls[TOKEN_HASH_TEXT_MAX];

	return (size_t)snprintf(
	    ret, JOIN_LINK_FILE_MAX,
	    "%s\nrole %s\nonce %s\nused %s\nmade %" PRIu64 "\nuntil %" PRIu64
	    "\ntoken %s\nkey %s\nplain %s\ntls %s\n",
	    first_line, command_role_name(link->role), link->once ? "yes" : "no", uses[link->used],
	    link->made_s, link->until_s, token_hash_format(&link->token, token), format_key(link, key),
	    token_hash_format(&link->cookies[0], plain), token_hash_format(&link->cookies[1], tls));
}

/* The value of the next line, which has this name. */
static bool take_line(struct text *s, const char *name, struct text *ret)
{
	if (!text_take(s, name) || !text_take(s, " ") || !memchr(s->at, '\n', s->length))
		return false;
	*ret = text_take_until(s, '\n');
	return true;
}

static bool take_number(struct text *s, const char *name, uint64_t *ret)
{
	struct text value;

	return take_line(s, name, &value) && text_take_number(&value, NUMBER_MOST, ret) && !value.length;
}

static bool take_hash(struct text *s, const char *name, struct token_hash *ret)
{
	struct text value;

	return take_line(s, name, &value) && token_hash_parse(ret, value.at, value.length) == 0;
}

static bool take_what(struct text *s, struct join_link *link)
{
	struct text value;
	int role;

	if (!take_line(s, "role", &value))
		return false;
	role = command_find_role(value);
	link->role = (enum role)role;
	if (role != ROLE_DISPLAY && role != ROLE_GUEST)
		return false;
	if (!take_line(s, "once", &value))
		return false;
	link->once = text_is(value, "yes");
	if (!link->once && !text_is(value, "no"))
		return false;
	if (!take_line(s, "used", &value))
		return false;
	for (size_t i = 0; i < ELEMENTS_OF(uses); i++) {
		link->used = (enum join_link_use)i;
		if (text_is(value, uses[i]))
			return true;
	}
	return false;
}

int join_link_read(struct join_link *ret, const char *id, const char *bytes, size_t length)
{
	struct text s = {bytes, length};
	struct join_link link = {};
	struct token_hash key;

	if (!join_link_id_valid(id) || !text_take(&s, first_line) || !text_take(&s, "\n") ||
	    !take_what(&s, &link))
		return -EBADMSG;
	if (!take_number(&s, "made", &link.made_s) || !take_number(&s, "until", &link.until_s) ||
	    !take_hash(&s, "token", &link.token) || !take_hash(&s, "key", &key) ||
	    !take_hash(&s, "plain", &link.cookies[0]) || !take_hash(&s, "tls", &link.cookies[1]) || s.length)
		return -EBADMSG;
	memcpy(link.id, id, JOIN_LINK_ID_MAX);
	memcpy(link.key, key.bytes, sizeof(link.key));
	*ret = link;
	return 0;
}

bool join_link_id_valid(const char *id)
{
	return strlen(id) == JOIN_LINK_ID_MAX - 1 && strspn(id, "0123456789abcdef") == JOIN_LINK_ID_MAX - 1;
}
