/* SPDX-License-Identifier: MIT */
/* Who is let in beside those at home: the passphrase of now, and what becomes of those who have signed in. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/random.h>

#include "access_message.h"
#include "broadcaster_private.h"
#include "log.h"
#include "passphrase.h"
#include "secrets_folder.h"
#include "util.h"

#define PATH_MAX_OURS (CONFIG_TEXT_MAX + 32)

/* Tells the other broadcasters that the pass of this hash has ended; NULL: those of all who have signed in. */
static void tell(struct broadcaster *b, const struct token_hash *ended)
{
	struct access_message m = {.all = !ended};
	char text[ACCESS_MESSAGE_MAX];

	memcpy(m.sender, b->sender, sizeof(m.sender));
	if (ended)
		m.ended = *ended;
	relay_tell(b->relay, text, access_message_write(&m, text));
}

static void on_ended(void *data, const struct gate_pass *pass, enum gate_end why)
{
	struct broadcaster *b = data;
	char text[ADDRESS_TEXT_MAX];

	if (why < GATE_ENDS)
		b->ended[why]++;
	address_format(&pass->address, text);
	if (why == GATE_END_TIME)
		log_info("The facilitator who signed in at %s was signed out: the time is over.", text);
	else if (why == GATE_END_FULL)
		log_info("The facilitator who signed in at %s was signed out: too many have signed in since.",
			 text);
	/* what ended while it did not run has no viewers */
	if (b->server)
		server_see_off(b->server, pass);
	if (why == GATE_END_BUTTON || why == GATE_END_LINK)
		tell(b, &pass->hash);
}

static void look_at_links(struct broadcaster *b)
{
	join_links_look(&b->links, clock_unix_ms() / 1000);
	if (b->links.broken > b->links.said)
		log_warning(
		    "%s has files that are no links, or cannot be read, or more than %d: %zu of them are not used.",
		    b->links.folder, JOIN_LINKS_MAX, b->links.broken);
	b->links.said = b->links.broken;
}

/* All who have signed in are signed out, at every broadcaster. */
void broadcaster_sign_out_all(void *data)
{
	struct broadcaster *b = data;

	tell(b, NULL);
	gate_end_all(&b->gate, GATE_END_ALL);
}

void broadcaster_access_told(void *data, const char *text, size_t length)
{
	struct broadcaster *b = data;
	struct access_message m;
	struct gate_pass *pass;

	if (access_message_read(&m, text, length) < 0) {
		log_debug("What another broadcaster says of who is signed out cannot be read: %zu bytes.",
			  length);
		return;
	}
	/* what it has said itself */
	if (!strcmp(m.sender, b->sender))
		return;
	pass = m.all ? NULL : gate_find_hash(&b->gate, &m.ended);
	if (m.all && gate_end_all(&b->gate, GATE_END_ELSEWHERE))
		log_info("All were signed out at another broadcaster, and so they are here.");
	if (pass && !pass->of_link)
		gate_end(&b->gate, pass, GATE_END_ELSEWHERE);
	/* the folder of links is another broadcaster's, too: what has ended there is not in it any more */
	if (pass && pass->of_link) {
		b->links.looked = false;
		look_at_links(b);
	}
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
	char path[JOIN_LINKS_PATH_MAX];
	uint64_t random;
	int r = sign_in_new(&b->sign_in, b->loop, &b->turns);

	if (r < 0)
		return r;
	if (getrandom(&random, sizeof(random), 0) != sizeof(random))
		return -errno;
	snprintf(b->sender, sizeof(b->sender), "%016" PRIx64, random);
	b->http.sign_in = b->sign_in;
	b->http.gate = &b->gate;
	gate_init(&b->gate, &gate_listener, b);
	snprintf(path, sizeof(path), "%s/%s", b->options->access_folder, JOIN_LINKS_FOLDER);
	join_links_init(&b->links, &b->gate, path);
	b->http.links = &b->links;
	broadcaster_access_reload(b);
	look_at_passphrase(b);
	look_at_links(b);
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
	look_at_links(b);
	gate_tick(&b->gate, clock_ms());
}
