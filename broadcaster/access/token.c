/* SPDX-License-Identifier: MIT */
#include "token.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

#define BYTES 32

/* bytes: one more than it has, which is 0. */
static void write_letters(char ret[TOKEN_MAX], const uint8_t bytes[BYTES + 1])
{
	for (size_t i = 0; i < TOKEN_LETTERS; i++) {
		size_t bit = i * 6, at = bit / 8;
		unsigned pair = (unsigned)bytes[at] << 8 | bytes[at + 1];

		ret[i] = letters[pair >> (10 - bit % 8) & 0x3f];
	}
	ret[TOKEN_LETTERS] = '\0';
}

int token_make(char ret[TOKEN_MAX])
{
	uint8_t random[BYTES + 1] = {};

	if (getrandom(random, BYTES, 0) != BYTES)
		return errno ? -errno : -EIO;
	write_letters(ret, random);
	OPENSSL_cleanse(random, sizeof(random));
	return 0;
}

void token_derive(char ret[TOKEN_MAX], const uint8_t key[TOKEN_KEY], const char *purpose, const char *token)
{
	uint8_t bytes[BYTES + 1] = {};
	char text[128];

	snprintf(text, sizeof(text), "%s %s", purpose, token);
	HMAC(EVP_sha256(), key, TOKEN_KEY, (const unsigned char *)text, strlen(text), bytes, NULL);
	write_letters(ret, bytes);
	OPENSSL_cleanse(bytes, sizeof(bytes));
	OPENSSL_cleanse(text, sizeof(text));
}

bool token_valid(const char *text, size_t length)
{
	if (length != TOKEN_LETTERS)
		return false;
	for (size_t i = 0; i < length; i++)
		if (!text[i] || !strchr(letters, text[i]))
			return false;
	return true;
}

struct token_hash token_hash(const char *token)
{
	struct token_hash hash;

	SHA256((const unsigned char *)token, strlen(token), hash.bytes);
	return hash;
}

bool token_hash_equal(const struct token_hash *a, const struct token_hash *b)
{
	return CRYPTO_memcmp(a, b, sizeof(*a)) == 0;
}

static const char digits[] = "0123456789abcdef";

const char *token_hash_format(const struct token_hash *hash, char buffer[TOKEN_HASH_TEXT_MAX])
{
	for (size_t i = 0; i < sizeof(hash->bytes); i++) {
		buffer[2 * i] = digits[hash->bytes[i] >> 4];
		buffer[2 * i + 1] = digits[hash->bytes[i] & 15];
	}
	buffer[TOKEN_HASH_TEXT_MAX - 1] = '\0';
	return buffer;
}

int token_hash_parse(struct token_hash *ret, const char *text, size_t length)
{
	struct token_hash hash = {};

	if (length != TOKEN_HASH_TEXT_MAX - 1)
		return -EBADMSG;
	for (size_t i = 0; i < length; i++) {
		const char *digit = text[i] ? strchr(digits, text[i]) : NULL;

		if (!digit)
			return -EBADMSG;
		hash.bytes[i / 2] = (uint8_t)(hash.bytes[i / 2] << 4 | (digit - digits));
	}
	*ret = hash;
	return 0;
}
