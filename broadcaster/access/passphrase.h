/* SPDX-License-Identifier: MIT */
/*
 * The facilitator's passphrase, of which a hash is kept in a file: yescrypt, which needs 16 MiB for each guess, by
 * libcrypt, with which Debian hashes the passwords of its own users (crypt(5)): it is on every system already.
 */
#pragma once

#include <stddef.h>

#define PASSPHRASE_LEAST 12	/* characters */
#define PASSPHRASE_MOST 256	/* bytes */
#define PASSPHRASE_HASH_MAX 256 /* bytes of a hash with its NUL */

/* NULL when it can be one; else what is wrong with it, as a sentence. */
const char *passphrase_fault(const char *passphrase);

/* 0; -ENOMEM, or -errno. Takes a while, as does the next. */
int passphrase_hash(char ret[PASSPHRASE_HASH_MAX], const char *passphrase);

/* 1: it is the one that the hash was made of; 0: it is not; -errno. Takes as long whatever they are. From any thread. */
int passphrase_matches(const char *passphrase, const char *hash);

/* Reads the bytes of such a file. 0; -EBADMSG: they are no hash as above. */
int passphrase_parse(char ret[PASSPHRASE_HASH_MAX], const char *bytes, size_t length);

/* The same of the file itself. 0; -EBADMSG; -errno, -ENOENT where there is none. */
int passphrase_read(char ret[PASSPHRASE_HASH_MAX], const char *path);
