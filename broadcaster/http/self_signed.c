/* SPDX-License-Identifier: MIT */
#include "self_signed.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "file.h"

#define DAY_S 86400L
#define YEARS 10
#define SERIAL_BITS 127 /* RFC 5280, 4.1.2.2: at most 20 bytes, positive */
#define NAME_MOST 250	/* bytes: a host name has at most 64 */

static bool add_extension(X509 *x, int nid, const char *value)
{
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
	bool good = extension && X509_add_ext(x, extension, -1) == 1;

	X509_EXTENSION_free(extension);
	return good;
}

static bool set_serial(X509 *x)
{
	BIGNUM *serial = BN_new();
	bool good = serial && BN_rand(serial, SERIAL_BITS, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
		    BN_to_ASN1_INTEGER(serial, X509_get_serialNumber(x));

	BN_free(serial);
	return good;
}

/* As the browsers want it that check at all (RFC 5280; CA/Browser Forum, 7.1.2.7). */
static bool fill(X509 *x, EVP_PKEY *key, const char *name)
{
	X509_NAME *subject = X509_get_subject_name(x);
	char names[3 * NAME_MOST] = "DNS:localhost";

	if (*name)
		snprintf(names, sizeof(names), "DNS:%.*s,DNS:%.*s.local,DNS:localhost", NAME_MOST, name,
			 NAME_MOST, name);
	return X509_set_version(x, X509_VERSION_3) == 1 && set_serial(x) &&
	       X509_gmtime_adj(X509_getm_notBefore(x), -DAY_S) &&
	       X509_time_adj_ex(X509_getm_notAfter(x), YEARS * 365, 0, NULL) &&
	       X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, (const unsigned char *)"connvis", -1,
					  -1, 0) == 1 &&
	       X509_set_issuer_name(x, subject) == 1 && X509_set_pubkey(x, key) == 1 &&
	       add_extension(x, NID_basic_constraints, "critical,CA:FALSE") &&
	       add_extension(x, NID_key_usage, "critical,digitalSignature") &&
	       add_extension(x, NID_ext_key_usage, "serverAuth") &&
	       add_extension(x, NID_subject_alt_name, names) && X509_sign(x, key, EVP_sha256()) > 0;
}

static int write_bytes(BIO *bio, const char *path)
{
	char *bytes;
	long length = BIO_get_mem_data(bio, &bytes);

	return file_replace(path, bytes, (size_t)length);
}

/* The certificate last: where it is, there is its key. */
static int write_both(const X509 *x, const EVP_PKEY *key, const char *certificate_path, const char *key_path)
{
	BIO *of_certificate = BIO_new(BIO_s_mem()), *of_key = BIO_new(BIO_s_secmem());
	int r = -ENOMEM;

	if (of_certificate && of_key && PEM_write_bio_X509(of_certificate, x) == 1 &&
	    PEM_write_bio_PrivateKey(of_key, key, NULL, NULL, 0, NULL, NULL) == 1) {
		r = write_bytes(of_key, key_path);
		if (r >= 0)
			r = write_bytes(of_certificate, certificate_path);
	}
	BIO_free(of_certificate);
	BIO_free(of_key);
	return r;
}

int self_signed_make(const char *certificate, const char *key, const char *name)
{
	EVP_PKEY *pair = EVP_EC_gen("P-256");
	X509 *x = X509_new();
	int r = -ENOMEM;

	if (pair && x && fill(x, pair, name))
		r = write_both(x, pair, certificate, key);
	X509_free(x);
	EVP_PKEY_free(pair);
	return r;
}
