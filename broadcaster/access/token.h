/* SPDX-License-Identifier: MIT */
/*
 * Random tokens, by which somebody is known who has nothing else: a cookie, a link. Whoever has one is let in, so only
 * their hashes are kept. They have 256 bits, so a plain SHA-256 is enough: nobody guesses one (unlike a passphrase).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TOKEN_LETTERS 43 /* base64url without padding (RFC 4648, 5) */
#define TOKEN_MAX (TOKEN_LETTERS + 1)
#define TOKEN_HASH_TEXT_MAX 65 /* in hex, with its NUL */

struct token_hash {
	uint8_t bytes[32];
};

/* A new one. 0; -errno. */
int token_make(char ret[TOKEN_MAX]);
/* Can this be one? */
bool token_valid(const char *text, size_t length);

#define TOKEN_KEY 32 /* bytes */
/* The token that only who has both can make of these: another one for each purpose. */
void token_derive(char ret[TOKEN_MAX], const uint8_t key[TOKEN_KEY], const char *purpose, const char *token);

struct token_hash token_hash(const char *token);
/* Takes as long whatever they are. */
bool token_hash_equal(const struct token_hash *a, const struct token_hash *b);
/* In hex; returns buffer. */
const char *token_hash_format(const struct token_hash *hash, char buffer[TOKEN_HASH_TEXT_MAX]);
/* 0; -EBADMSG. */
int token_hash_parse(struct token_hash *ret, const char *text, size_t length);
