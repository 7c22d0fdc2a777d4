/* SPDX-License-Identifier: MIT */
#include "broadcaster_tls.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "broadcaster_private.h"
#include "log.h"
#include "self_signed.h"
#include "util.h"

#define LOOK_MS 5000 /* at the files, whether they are others; they are taken when they were the same twice */

#define FILE_MAX (CONFIG_TEXT_MAX + 32)

static const char of_certificate[] = "tls.certificate", of_key[] = "tls.key", of_folder[] = "tls.folder";
static const char self_signed[] = "self-signed";

struct paths {
	char certificate[FILE_MAX], key[FILE_MAX];
};

static bool is_self_signed(const struct broadcaster_options *o)
{
	return !strcmp(o->tls_certificate, self_signed);
}

/* Where they are; empty: there are none. */
static struct paths find(const struct broadcaster_options *o)
{
	struct paths paths;

	if (is_self_signed(o)) {
		snprintf(paths.certificate, FILE_MAX, "%s/certificate.pem", o->tls_folder);
		snprintf(paths.key, FILE_MAX, "%s/key.pem", o->tls_folder);
	} else {
		snprintf(paths.certificate, FILE_MAX, "%s", o->tls_certificate);
		snprintf(paths.key, FILE_MAX, "%s", o->tls_key);
	}
	return paths;
}

/* Is a self-signed one wanted that is not there yet? */
static bool is_to_be_made(const struct broadcaster_options *o)
{
	struct paths paths = find(o);

	return is_self_signed(o) && access(paths.certificate, F_OK) < 0 && errno == ENOENT;
}

const char *broadcaster_tls_check_certificate(const char *value)
{
	return !*value || *value == '/' || !strcmp(value, self_signed)
		   ? NULL
		   : "the absolute path of a file, or self-signed";
}

static int check_options(const struct broadcaster_options *o, const char **ret_option,
			 char why[CONFIG_WHY_MAX])
{
	if (is_self_signed(o)) {
		if (!*o->tls_key)
			return 0;
		*ret_option = of_key;
		snprintf(why, CONFIG_WHY_MAX,
			 "is set, but a self-signed certificate has a key of its own: leave it empty");
		return -EINVAL;
	}
	if (!*o->tls_certificate == !*o->tls_key)
		return 0;
	*ret_option = *o->tls_key ? of_certificate : of_key;
	snprintf(why, CONFIG_WHY_MAX, "is empty, but %s is not: TLS needs both",
		 *o->tls_key ? of_key : of_certificate);
	return -EINVAL;
}

/* Reads it: NULL is no certificate, where none is wanted. 0; or -EINVAL or -ENOMEM with the option that is wrong and
 * what follows its name in a sentence. */
static int load(struct certificate **ret, const struct broadcaster_options *o, const char **ret_option,
		char why[CONFIG_WHY_MAX])
{
	struct paths paths = find(o);
	struct certificate_fault fault;
	const char *path;
	int r = check_options(o, ret_option, why);

	*ret = NULL;
	if (r < 0 || !*o->tls_certificate)
		return r;
	r = certificate_load(ret, paths.certificate, paths.key, &fault);
	if (r >= 0)
		return 0;
	path = fault.of_key ? paths.key : paths.certificate;
	*ret_option = is_self_signed(o) ? of_folder : fault.of_key ? of_key : of_certificate;
	if (is_self_signed(o))
		snprintf(why, CONFIG_WHY_MAX,
			 "has %s, which %s; delete certificate.pem, and both are made anew", path, fault.why);
	else
		snprintf(why, CONFIG_WHY_MAX, "is \"%s\", which %s", path, fault.why);
	return r;
}

/* Makes the self-signed one that is wanted. 0; -errno after saying so. */
static int make(const struct broadcaster *b)
{
	const struct broadcaster_options *o = b->options;
	struct paths paths = find(o);
	int r;

	if (!is_to_be_made(o))
		return 0;
	r = self_signed_make(paths.certificate, paths.key, b->own_name);
	if (r < 0)
		log_error("No self-signed certificate can be kept in %s, of tls.folder: %s.", o->tls_folder,
			  strerror(-r));
	else
		log_info("Made a self-signed certificate, %s.", paths.certificate);
	return r;
}

const char *broadcaster_tls_check(const void *options, char why[CONFIG_WHY_MAX])
{
	struct certificate *certificate;
	const char *option;

	/* the start makes it */
	if (is_to_be_made(options))
		return check_options(options, &option, why) < 0 ? option : NULL;
	if (load(&certificate, options, &option, why) < 0)
		return option;
	certificate_free(certificate);
	return NULL;
}

/* Which files these are. Who may read them counts, too. */
static void look(struct file_stamp files[TLS_FILES], const struct broadcaster_options *o)
{
	struct paths found = find(o);
	const char *const paths[TLS_FILES] = {found.certificate, found.key};

	for (size_t i = 0; i < TLS_FILES; i++) {
		struct stat st;

		files[i] = (struct file_stamp){};
		if (*paths[i] && stat(paths[i], &st) == 0)
			files[i] = file_stamp_of(&st, st.st_ctim);
	}
}

static bool same_files(const struct file_stamp a[TLS_FILES], const struct file_stamp b[TLS_FILES])
{
	for (size_t i = 0; i < TLS_FILES; i++)
		if (!file_stamp_equal(&a[i], &b[i]))
			return false;
	return true;
}

#define DATE_MAX 16

/* When it ends, and whether it has. */
static bool write_end(char date[DATE_MAX], const struct certificate *certificate)
{
	time_t end = (time_t)certificate_end(certificate);
	struct tm tm;

	strftime(date, DATE_MAX, "%Y-%m-%d", gmtime_r(&end, &tm));
	return end < time(NULL);
}

static void say_certificate(const struct certificate *certificate)
{
	char date[DATE_MAX];
	bool over = write_end(date, certificate);

	log_info("The page is served by TLS. The SHA-256 fingerprint of its certificate is %s.",
		 certificate_fingerprint(certificate));
	if (over)
		log_warning("The certificate of tls.certificate has expired on %s: renew it.", date);
	else
		log_info("The certificate is good until %s.", date);
}

int broadcaster_tls_show(struct broadcaster *b)
{
	const struct broadcaster_options *o = b->options;
	const struct certificate *shown = server_certificate(b->server);
	struct certificate *certificate;
	const char *option;
	char why[CONFIG_WHY_MAX];
	bool another;
	int r;

	r = make(b);
	look(b->tls_tried, o);
	if (r < 0)
		return r;
	r = load(&certificate, o, &option, why);
	if (r < 0) {
		log_error("%s %s%s.", option, why, shown ? "; the certificate of before stays" : "");
		return r;
	}
	another = certificate && (!shown || strcmp(certificate_fingerprint(certificate),
						   certificate_fingerprint(shown)) != 0);
	b->http.hsts_days = certificate && !certificate_is_self_signed(certificate) ? o->tls_hsts_days : 0;
	if (shown && !certificate)
		log_info("The page is served without TLS.");
	r = server_show(b->server, certificate);
	if (r < 0)
		log_error("tls.certificate is set, but libwebsockets was built without TLS.");
	else if (another)
		say_certificate(certificate);
	return r;
}

void broadcaster_tls_tick(struct broadcaster *b)
{
	uint64_t now = clock_ms();
	struct file_stamp files[TLS_FILES];

	if (!*b->options->tls_certificate || now - b->tls_looked_ms < LOOK_MS)
		return;
	b->tls_looked_ms = now;
	look(files, b->options);
	/* a renewal writes one file after the other */
	if (!same_files(files, b->tls_tried) && same_files(files, b->tls_seen))
		broadcaster_tls_show(b);
	memcpy(b->tls_seen, files, sizeof(files));
}

void broadcaster_tls_status(const struct broadcaster *b, struct status *s)
{
	const struct certificate *certificate = server_certificate(b->server);
	char date[DATE_MAX];

	if (!certificate)
		return;
	if (write_end(date, certificate))
		status_wrong(s, "Its certificate has expired on %s: renew it.", date);
	else
		status_say(s, "It serves the page by TLS, with a certificate that is good until %s.", date);
	status_say(s, "The certificate's SHA-256 fingerprint is %s.", certificate_fingerprint(certificate));
}
