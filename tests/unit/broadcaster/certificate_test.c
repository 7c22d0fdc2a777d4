/* SPDX-License-Identifier: MIT */
/* Files as an administrator may give them, right and wrong. */
#include "certificate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "cmocka_all.h"
#include "util.h"

#define DAY_S 86400

static char folder[] = "/tmp/connvis-certificate-test-XXXXXX";
static char own_path[64], key_path[64];
static EVP_PKEY *key, *other;
static struct certificate *c;
static struct certificate_fault fault;

static X509 *sign(const char *name, EVP_PKEY *of, const char *issuer, EVP_PKEY *with)
{
	X509 *x = X509_new();
	X509_NAME *subject = X509_get_subject_name(x), *by = X509_NAME_new();

	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 7);
	X509_gmtime_adj(X509_getm_notBefore(x), -DAY_S);
	X509_gmtime_adj(X509_getm_notAfter(x), 30L * DAY_S);
	X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, (const unsigned char *)name, -1, -1, 0);
	X509_NAME_add_entry_by_txt(by, "CN", MBSTRING_ASC, (const unsigned char *)issuer, -1, -1, 0);
	X509_set_issuer_name(x, by);
	X509_NAME_free(by);
	X509_set_pubkey(x, of);
	assert_true(X509_sign(x, with, EVP_sha256()) > 0);
	return x;
}

static FILE *open_for_writing(const char *path)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	return f;
}

static void write_text(const char *path, const char *text)
{
	FILE *f = open_for_writing(path);

	fputs(text, f);
	fclose(f);
}

static void write_key(EVP_PKEY *of, const char *password)
{
	FILE *f = open_for_writing(key_path);

	assert_int_equal(PEM_write_PrivateKey(f, of, password ? EVP_aes_128_cbc() : NULL,
					      (const unsigned char *)password,
					      password ? (int)strlen(password) : 0, NULL, NULL),
			 1);
	fclose(f);
}

/* A self-signed one, or one by an authority with that authority's after it. */
static void write_certificate(EVP_PKEY *of, bool self_signed)
{
	FILE *f = open_for_writing(own_path);
	X509 *x = self_signed ? sign("router", of, "router", of) : sign("router", of, "authority", other);

	PEM_write_X509(f, x);
	X509_free(x);
	if (!self_signed) {
		x = sign("authority", other, "authority", other);
		PEM_write_X509(f, x);
		X509_free(x);
	}
	fclose(f);
}

static int begin(void **state)
{
	(void)state;
	key = EVP_EC_gen("P-256");
	other = EVP_EC_gen("P-256");
	assert_non_null(mkdtemp(folder));
	snprintf(own_path, sizeof(own_path), "%s/own.pem", folder);
	snprintf(key_path, sizeof(key_path), "%s/key.pem", folder);
	return 0;
}

static int end(void **state)
{
	(void)state;
	EVP_PKEY_free(key);
	EVP_PKEY_free(other);
	unlink(own_path);
	unlink(key_path);
	return rmdir(folder);
}

static int good_files(void **state)
{
	(void)state;
	write_certificate(key, true);
	write_key(key, NULL);
	return 0;
}

static void refused(bool of_key, const char *why)
{
	assert_int_equal(certificate_load(&c, own_path, key_path, &fault), -EINVAL);
	assert_int_equal(fault.of_key, of_key);
	if (!strstr(fault.why, why))
		fail_msg("\"%s\" is not in \"%s\"", why, fault.why);
}

static void test_self_signed(void **state)
{
	int64_t left;

	(void)state;
	assert_int_equal(certificate_load(&c, own_path, key_path, &fault), 0);
	assert_true(certificate_is_self_signed(c));
	assert_int_equal(strlen(certificate_fingerprint(c)), 32 * 3 - 1);
	assert_int_equal(strspn(certificate_fingerprint(c), "0123456789ABCDEF:"), 32 * 3 - 1);
	left = certificate_end(c) - time(NULL);
	assert_in_range(left, 29 * DAY_S, 30 * DAY_S);
	certificate_free(c);
	assert_null(certificate_free(NULL));
}

static void test_by_an_authority(void **state)
{
	(void)state;
	write_certificate(key, false);
	assert_int_equal(certificate_load(&c, own_path, key_path, &fault), 0);
	assert_false(certificate_is_self_signed(c));
	certificate_free(c);
}

/* The kinds of key may change with a renewal, and no browser is to be shown the one of before. */
static void test_shown(void **state)
{
	EVP_PKEY *rsa = EVP_RSA_gen(2048);
	SSL_CTX *context = SSL_CTX_new(TLS_server_method());
	SSL *ssl = SSL_new(context);

	(void)state;
	assert_int_equal(certificate_load(&c, own_path, key_path, &fault), 0);
	assert_int_equal(certificate_show(c, ssl), 0);
	certificate_free(c);
	write_certificate(rsa, true);
	write_key(rsa, NULL);
	assert_int_equal(certificate_load(&c, own_path, key_path, &fault), 0);
	assert_int_equal(certificate_show(c, ssl), 0);
	assert_int_equal(EVP_PKEY_get_base_id(SSL_get_privatekey(ssl)), EVP_PKEY_RSA);
	assert_int_equal(SSL_set_current_cert(ssl, SSL_CERT_SET_FIRST), 1);
	assert_int_equal(SSL_set_current_cert(ssl, SSL_CERT_SET_NEXT), 0);
	certificate_free(c);
	SSL_free(ssl);
	SSL_CTX_free(context);
	EVP_PKEY_free(rsa);
}

static void test_wrong_certificates(void **state)
{
	(void)state;
	unlink(own_path);
	refused(false, "cannot be read: No such file or directory");
	assert_int_equal(mkdir(own_path, 0700), 0);
	refused(false, "cannot be read: Is a directory");
	rmdir(own_path);
	write_text(own_path, "");
	refused(false, "holds no certificate in PEM form");
	write_key(key, NULL);
	assert_int_equal(rename(key_path, own_path), 0);
	write_key(key, NULL);
	refused(false, "holds no certificate in PEM form");
	/* cut off in what comes after the first */
	write_certificate(key, false);
	{
		struct stat st;

		assert_int_equal(stat(own_path, &st), 0);
		assert_int_equal(truncate(own_path, st.st_size - 60), 0);
	}
	refused(false, "has a certificate that cannot be read after the first 1");
	assert_int_equal(truncate(own_path, 300 * 1024), 0);
	refused(false, "is larger than");
}

static void test_wrong_keys(void **state)
{
	(void)state;
	unlink(key_path);
	refused(true, "cannot be read: No such file or directory");
	write_text(key_path, "hunter2\n");
	refused(true, "holds no private key in PEM form");
	write_key(key, "secret");
	refused(true, "is locked with a password");
	write_key(other, NULL);
	refused(true, "is not the key of the certificate in /tmp/connvis-certificate-test-");
}

static void test_too_weak(void **state)
{
	EVP_PKEY *weak = EVP_RSA_gen(512);

	(void)state;
	write_certificate(weak, true);
	write_key(weak, NULL);
	refused(false, "cannot be used for TLS: ee key too small");
	EVP_PKEY_free(weak);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(test_self_signed, good_files),
	    cmocka_unit_test_setup(test_by_an_authority, good_files),
	    cmocka_unit_test_setup(test_shown, good_files),
	    cmocka_unit_test_setup(test_wrong_certificates, good_files),
	    cmocka_unit_test_setup(test_wrong_keys, good_files),
	    cmocka_unit_test_setup(test_too_weak, good_files),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
