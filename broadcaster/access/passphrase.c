/* SPDX-License-Identifier: MIT */
#include "passphrase.h"

#include <crypt.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

#include "file.h"
#include "text.h"
#include "util.h"

#define FILE_MOST 4096
#define DIGEST 43 /* letters of it (crypt(5)) */

static const char yescrypt[] = "$y$";

const char *passphrase_fault(const char *passphrase)
{
	size_t length = strlen(passphrase), characters = 0;
	uint32_t code;

	for (size_t at = 0, n; at < length; at += n, characters++) {
		n = text_decode(passphrase + at, length - at, &code);
		if (!n)
			return "A passphrase has to be text in UTF-8.";
		if (code < ' ' || code == 0x7f)
			return "A passphrase may have no control characters.";
	}
	if (characters < PASSPHRASE_LEAST)
		return "This passphrase is too short: it needs at least 12 characters, such as four words.";
	return length > PASSPHRASE_MOST ? "This passphrase is too long: 256 bytes fit." : NULL;
}

/* crypt_r(3). setting: of crypt_gensalt, or a hash. */
static int hash_by(char ret[PASSPHRASE_HASH_MAX], const char *passphrase, const char *setting)
{
	struct crypt_data *data = calloc(1, sizeof(*data));
	const char *hash;
	int r = 0;

	if (!data)
		return -ENOMEM;
	errno = EINVAL;
	hash = crypt_r(passphrase, setting, data);
	if (!hash || *hash == '*' || strlen(hash) >= PASSPHRASE_HASH_MAX)
		r = -errno;
	else
		memcpy(ret, hash, strlen(hash) + 1);
	OPENSSL_cleanse(data, sizeof(*data));
	free(data);
	return r;
}

int passphrase_hash(char ret[PASSPHRASE_HASH_MAX], const char *passphrase)
{
	char setting[CRYPT_GENSALT_OUTPUT_SIZE];

	errno = EINVAL;
	/* its own cost, and random bytes of the kernel */
	if (!crypt_gensalt_rn(yescrypt, 0, NULL, 0, setting, sizeof(setting)))
		return -errno;
	return hash_by(ret, passphrase, setting);
}

int passphrase_matches(const char *passphrase, const char *hash)
{
	char made[PASSPHRASE_HASH_MAX];
	size_t length = strlen(hash);
	int r = hash_by(made, passphrase, hash);

	if (r < 0)
		return r;
	/* how long a hash is says nothing of the passphrase */
	r = strlen(made) == length && CRYPTO_memcmp(made, hash, length) == 0;
	OPENSSL_cleanse(made, sizeof(made));
	return r;
}

/* "$y$", parameters, "$", salt, "$", 43 letters. */
static bool is_hash(const char *hash)
{
	static const char letters[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	size_t lengths[3];

	if (strncmp(hash, yescrypt, strlen(yescrypt)) != 0)
		return false;
	hash += strlen(yescrypt);
	for (size_t i = 0; i < ELEMENTS_OF(lengths); i++) {
		if (i && *hash++ != '$')
			return false;
		lengths[i] = strspn(hash, letters);
		hash += lengths[i];
	}
	return lengths[0] && lengths[1] && lengths[2] == DIGEST && !*hash;
}

int passphrase_parse(char ret[PASSPHRASE_HASH_MAX], const char *bytes, size_t length)
{
	char hash[PASSPHRASE_HASH_MAX];

	if (length && bytes[length - 1] == '\n')
		length--;
	if (length >= PASSPHRASE_HASH_MAX || memchr(bytes, '\0', length))
		return -EBADMSG;
	memcpy(hash, bytes, length);
	hash[length] = '\0';
	if (!is_hash(hash))
		return -EBADMSG;
	memcpy(ret, hash, length + 1);
	return 0;
}

int passphrase_read(char ret[PASSPHRASE_HASH_MAX], const char *path)
{
	_cleanup_(cleanup_free) char *bytes = NULL;
	size_t length;
	int r = file_read(&bytes, &length, path, FILE_MOST);

	return r < 0 ? r : passphrase_parse(ret, bytes, length);
}
