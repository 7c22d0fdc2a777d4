/* SPDX-License-Identifier: MIT */
/*
 * A link by which somebody may watch who is not at home: what is kept of it, in a small file of text. Its token is in
 * nobody's hands but theirs who have the link: of that, and of the cookies that it is exchanged for, there are hashes here.
 * The cookie is made of the token and a key of the link's own, one for TLS and one for connections without, so that all who
 * come by the link have the same, and nobody who has the link alone has it. Pure, but for randomness.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "command.h"
#include "token.h"

#define JOIN_LINK_ID_MAX 9     /* eight hex digits, with a NUL */
#define JOIN_LINK_FILE_MAX 768 /* bytes of such a file */
#define JOIN_LINK_HOURS_MOST 8760

enum join_link_use {
	JOIN_LINK_UNUSED,
	JOIN_LINK_USED_PLAIN,
	JOIN_LINK_USED_TLS,
};

struct join_link {
	char id[JOIN_LINK_ID_MAX];
	enum role role;		  /* display or guest */
	bool once;		  /* good for the first who comes */
	enum join_link_use used;  /* of one that is: by whom */
	uint64_t made_s, until_s; /* Unix time; until 0: until it is revoked */
	struct token_hash token;
	uint8_t key[TOKEN_KEY];
	struct token_hash cookies[2]; /* without TLS, and with */
};

/* What somebody wants one for. */
struct join_link_wish {
	enum role role;
	bool once;
	unsigned hours; /* 0: until it is revoked */
};

/*
 * Reads "display" or "guest", and behind that, if anything, "once" and how many hours it is to be good for. A display's ends
 * when it is revoked, unless it says so; a guest's after a day. 0 or -EBADMSG.
 */
int join_link_wish_read(struct join_link_wish *ret, const char *text);

/* A new one, and its token. 0 or -errno. */
int join_link_make(struct join_link *ret, const struct join_link_wish *wish, uint64_t now_s,
		   char ret_token[TOKEN_MAX]);

bool join_link_is_over(const struct join_link *link, uint64_t now_s);
/* May somebody have come by it over such a connection, or come still? */
bool join_link_is_good(const struct join_link *link, bool secure);
/* The cookie for who has this token of it. */
void join_link_cookie(const struct join_link *link, const char *token, bool secure, char ret[TOKEN_MAX]);

/* The file's bytes, without a NUL; how many. */
size_t join_link_write(const struct join_link *link, char ret[JOIN_LINK_FILE_MAX]);
/* Reads them; id: the file's name. 0 or -EBADMSG. */
int join_link_read(struct join_link *ret, const char *id, const char *bytes, size_t length);
/* Can this be the name of one? */
bool join_link_id_valid(const char *id);
