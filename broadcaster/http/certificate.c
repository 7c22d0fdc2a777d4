/* SPDX-License-Identifier: MIT */
#include "certificate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "file.h"
#include "util.h"

#define FILE_MOST (256 * 1024) /* bytes: far more than any chain has */

struct certificate {
	X509 *own;
	STACK_OF(X509) * chain; /* those between it and who is trusted */
	EVP_PKEY *key;
	int64_t end;
	char fingerprint[CERTIFICATE_FINGERPRINT_MAX];
};

__attribute__((format(printf, 3, 4))) static int say(struct certificate_fault *fault, bool of_key,
						     const char *format, ...)
{
	va_list arguments;

	fault->of_key = of_key;
	va_start(arguments, format);
	vsnprintf(fault->why, sizeof(fault->why), format, arguments);
	va_end(arguments);
	ERR_clear_error();
	return -EINVAL;
}

/* The file as OpenSSL reads it, to be freed together with its text; NULL after saying what is wrong. */
static BIO *open_file(char **ret_text, const char *path, bool of_key, struct certificate_fault *fault)
{
	size_t length;
	int r = file_read(ret_text, &length, path, FILE_MOST);
	BIO *bio;

	if (r == -EFBIG) {
		say(fault, of_key, "is larger than %d bytes, so it is something else", FILE_MOST);
		return NULL;
	}
	if (r < 0) {
		say(fault, of_key, "cannot be read: %s", strerror(-r));
		return NULL;
	}
	bio = BIO_new_mem_buf(*ret_text, (int)length);
	if (!bio)
		say(fault, of_key, "cannot be read: %s", strerror(ENOMEM));
	return bio;
}

/* After its first certificate, up to the end of the file. */
static int read_chain(struct certificate *c, BIO *bio, struct certificate_fault *fault)
{
	X509 *next;
	unsigned long error;

	c->chain = sk_X509_new_null();
	if (!c->chain)
		return say(fault, false, "cannot be read: %s", strerror(ENOMEM));
	while ((next = PEM_read_bio_X509(bio, NULL, NULL, NULL))) {
		if (!sk_X509_push(c->chain, next)) {
			X509_free(next);
			return say(fault, false, "cannot be read: %s", strerror(ENOMEM));
		}
	}
	error = ERR_peek_last_error();
	if (ERR_GET_LIB(error) != ERR_LIB_PEM || ERR_GET_REASON(error) != PEM_R_NO_START_LINE)
		return say(fault, false, "has a certificate that cannot be read after the first %d",
			   1 + sk_X509_num(c->chain));
	ERR_clear_error();
	return 0;
}

static int read_certificate(struct certificate *c, const char *path, struct certificate_fault *fault)
{
	_cleanup_(cleanup_free) char *text = NULL;
	BIO *bio = open_file(&text, path, false, fault);
	int r;

	if (!bio)
		return -EINVAL;
	c->own = PEM_read_bio_X509(bio, NULL, NULL, NULL);
	r = c->own ? read_chain(c, bio, fault) : say(fault, false, "holds no certificate in PEM form");
	BIO_free(bio);
	return r;
}

/* Nobody is there to type one. asked: whether there should have been. */
static int no_password(char *password, int size, int writing, void *asked)
{
	(void)password;
	(void)size;
	(void)writing;
	*(bool *)asked = true;
	return -1;
}

static int read_key(struct certificate *c, const char *path, struct certificate_fault *fault)
{
	_cleanup_(cleanup_free) char *text = NULL;
	BIO *bio = open_file(&text, path, true, fault);
	bool locked = false;

	if (!bio)
		return -EINVAL;
	c->key = PEM_read_bio_PrivateKey(bio, NULL, no_password, &locked);
	BIO_free(bio);
	if (text)
		OPENSSL_cleanse(text, strlen(text));
	if (locked)
		return say(fault, true, "is locked with a password, which nobody types here: take it off");
	return c->key ? 0 : say(fault, true, "holds no private key in PEM form");
}

/* Do the two belong together, and would a browser be shown them? */
static int check_pair(const struct certificate *c, const char *path, struct certificate_fault *fault)
{
	SSL_CTX *trial;
	int good;

	if (X509_check_private_key(c->own, c->key) != 1)
		return say(fault, true, "is not the key of the certificate in %.256s", path);
	trial = SSL_CTX_new(TLS_server_method());
	if (!trial)
		return say(fault, false, "cannot be used: %s", strerror(ENOMEM));
	good = SSL_CTX_use_cert_and_key(trial, c->own, c->key, c->chain, 1);
	SSL_CTX_free(trial);
	if (good == 1)
		return 0;
	return say(fault, false, "cannot be used for TLS: %.100s",
		   ERR_reason_error_string(ERR_peek_last_error()));
}

static int look_into(struct certificate *c, struct certificate_fault *fault)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned length = 0;
	struct tm end = {};

	if (X509_digest(c->own, EVP_sha256(), digest, &length) != 1 ||
	    length * 3 > CERTIFICATE_FINGERPRINT_MAX ||
	    ASN1_TIME_to_tm(X509_get0_notAfter(c->own), &end) != 1)
		return say(fault, false, "holds a certificate without a proper end");
	for (unsigned i = 0; i < length; i++)
		snprintf(c->fingerprint + (size_t)3 * i, 4, "%02X%s", digest[i], i + 1 < length ? ":" : "");
	c->end = timegm(&end);
	return 0;
}

int certificate_load(struct certificate **ret, const char *certificate, const char *key,
		     struct certificate_fault *fault)
{
	struct certificate *c = calloc(1, sizeof(*c));
	int r;

	if (!c) {
		say(fault, false, "cannot be read: %s", strerror(ENOMEM));
		return -ENOMEM;
	}
	r = read_certificate(c, certificate, fault);
	if (r >= 0)
		r = read_key(c, key, fault);
	if (r >= 0)
		r = check_pair(c, certificate, fault);
	if (r >= 0)
		r = look_into(c, fault);
	if (r < 0) {
		certificate_free(c);
		return r;
	}
	*ret = c;
	return 0;
}

struct certificate *certificate_free(struct certificate *c)
{
	if (!c)
		return NULL;
	X509_free(c->own);
	sk_X509_pop_free(c->chain, X509_free);
	EVP_PKEY_free(c->key);
	free(c);
	return NULL;
}

int certificate_show(const struct certificate *c, SSL *ssl)
{
	/* one of another kind of key would stay beside it */
	SSL_certs_clear(ssl);
	return SSL_use_cert_and_key(ssl, c->own, c->key, c->chain, 1) == 1 ? 0 : -ENOMEM;
}

bool certificate_is_self_signed(const struct certificate *c)
{
	return (X509_get_extension_flags(c->own) & EXFLAG_SS) != 0;
}

int64_t certificate_end(const struct certificate *c)
{
	return c->end;
}

const char *certificate_fingerprint(const struct certificate *c)
{
	return c->fingerprint;
}
