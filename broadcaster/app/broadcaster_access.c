/* SPDX-License-Identifier: MIT */
/* Who is let in beside those at home: the passphrase of now, and what becomes of those who have signed in. */
#include <errno.h>
#include <string.h>

#include "broadcaster_private.h"
#include "log.h"
#include "passphrase.h"
#include "secrets_folder.h"
#include "util.h"

#define PATH_MAX_OURS (CONFIG_TEXT_MAX + 32)

static void on_ended(void *data, const struct gate_pass *pass, enum gate_end why)
{
	struct broadcaster *b = data;
	char text[ADDRESS_TEXT_MAX];

	b->ended[why]++;
	address_format(&pass->address, text);
	if (why == GATE_END_TIME)
		log_info("The facilitator who signed in at %s was signed out: the time is over.", text);
	else if (why == GATE_END_FULL)
		log_info("The facilitator who signed in at %s was signed out: too many have signed in since.",
			 text);
	server_see_off(b->server, pass);
}

static const struct gate_listener gate_listener = {.ended = on_ended};

/* What cannot be read is no passphrase. */
static void take_passphrase(struct broadcaster *b, const char *path)
{
	char hash[PASSPHRASE_HASH_MAX] = "";
	int r = passphrase_read(hash, path);
	size_t n;

	if (r < 0 && r != -ENOENT)
		log_warning(
		    "%s cannot be used (%s), so nobody can sign in: run connvis-broadcaster --set-passphrase.",
		    path, r == -EBADMSG ? "it holds no passphrase" : strerror(-r));
	if (!sign_in_set(b->sign_in, r < 0 ? NULL : hash))
		return;
	n = gate_end_all(&b->gate, GATE_END_CHANGED);
	if (n)
		log_info("The passphrase is another one: all who had signed in (%zu) were signed out.", n);
	else
		log_debug("The passphrase is %s.", r < 0 ? "not there" : "read");
}

static void look_at_passphrase(struct broadcaster *b)
{
	char path[PATH_MAX_OURS];
	struct file_stamp seen = {};
	struct stat st;

	snprintf(path, sizeof(path), "%s/%s", b->options->access_folder, SECRETS_FOLDER_PASSPHRASE);
	if (stat(path, &st) == 0)
		seen = file_stamp_of(&st, st.st_ctim);
	if (b->passphrase_looked && file_stamp_equal(&seen, &b->passphrase_seen))
		return;
	b->passphrase_looked = true;
	b->passphrase_seen = seen;
	take_passphrase(b, path);
}

void broadcaster_access_reload(struct broadcaster *b)
{
	const struct broadcaster_options *o = b->options;

	b->rules.sign_in_without_tls = o->sign_in_without_tls;
	b->gate.longest_ms = (uint64_t)o->signed_in * 1000;
	b->gate.idle_ms = (uint64_t)o->signed_in_idle * 1000;
}

int broadcaster_access_start(struct broadcaster *b)
{
	int r = sign_in_new(&b->sign_in, b->loop, &b->turns);

	if (r < 0)
		return r;
	b->http.sign_in = b->sign_in;
	b->http.gate = &b->gate;
	gate_init(&b->gate, &gate_listener, b);
	broadcaster_access_reload(b);
	look_at_passphrase(b);
	return 0;
}

void broadcaster_access_stop(struct broadcaster *b)
{
	sign_in_free(b->sign_in);
	gate_done(&b->gate);
}

void broadcaster_access_tick(struct broadcaster *b)
{
	look_at_passphrase(b);
	gate_tick(&b->gate, clock_ms());
}
