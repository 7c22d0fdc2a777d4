/* SPDX-License-Identifier: MIT */
/* A certificate with its key, from PEM files, as a server shows it to browsers. */
#pragma once

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>

#define CERTIFICATE_WHY_MAX 512
#define CERTIFICATE_FINGERPRINT_MAX (32 * 3) /* of SHA-256 as "AB:CD:…", with its NUL */

struct certificate;

/* What is wrong with one of the two files. */
struct certificate_fault {
	bool of_key;
	char why[CERTIFICATE_WHY_MAX]; /* what follows the file's path in a sentence */
};

/*
 * Reads both files. certificate: the server's own first, then those in between, as certbot's fullchain.pem. The key has
 * to be its, needs no password, and is strong enough for TLS. 0; -EINVAL with the fault; -ENOMEM (with it, too).
 */
int certificate_load(struct certificate **ret, const char *certificate, const char *key,
		     struct certificate_fault *fault);
struct certificate *certificate_free(struct certificate *certificate);

/* Shows it on a connection whose handshake is under way: 0; -ENOMEM. */
int certificate_show(const struct certificate *certificate, SSL *ssl);

/* Signed with its own key: no browser trusts it unasked. */
bool certificate_is_self_signed(const struct certificate *certificate);
/* When it ends: seconds of Unix time. */
int64_t certificate_end(const struct certificate *certificate);
/* Of SHA-256, as browsers show it: pairs of capital hexadecimal digits with colons between them. */
const char *certificate_fingerprint(const struct certificate *certificate);
