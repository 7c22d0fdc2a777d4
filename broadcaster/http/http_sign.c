/* SPDX-License-Identifier: MIT */
/* Signing in and out (PROTOCOL.md, "Signing in"). */
#include <inttypes.h>
#include <string.h>

#include "command.h"
#include "cookie.h"
#include "http_private.h"
#include "log.h"
#include "passphrase.h"
#include "peers.h"
#include "util.h"

/* Lines of the log about those who are refused, who could fill it. */
#define SAY_WHILE_MS 10000
#define SAY_MOST 60
#define TURN_WAIT_S 60 /* for one's turn, and for the passphrase to be checked */
#define LATER_S 5      /* for who was one too many */

static const struct http_fault of_sign_in[SIGN_IN_RESULTS] = {
    [SIGN_IN_WRONG] = {"wrong", 403, "Forbidden", "This is not the passphrase."},
    [SIGN_IN_SLOWED] = {"slowed", 429, "Too Many Requests", "This was wrong too often: wait a moment."},
    [SIGN_IN_BUSY] = {"busy", 429, "Too Many Requests", "Too many try at once: wait a moment."},
    [SIGN_IN_NONE] = {"no-passphrase", 409, "Conflict",
		      "There is no passphrase: make one with connvis-broadcaster --set-passphrase."},
    [SIGN_IN_BROKEN] = {"broken", 500, "Internal Server Error", "The passphrase could not be checked."},
};
static const struct http_fault no_tls = {
    "no-tls", 403, "Forbidden",
    "Without TLS others could read the passphrase on its way: open the page by https, or on its own host."};
const char *http_sign_in_word(const struct http *http, const struct access_client *client, bool secure)
{
	if (!sign_in_is_possible(http->sign_in))
		return "no-passphrase";
	return access_may_sign_in(http->rules, client, secure) ? "yes" : "no-tls";
}

static void say_refused(struct http_post *post, const struct http_fault *fault)
{
	char text[ADDRESS_TEXT_MAX];
	uint64_t unsaid;

	if (!log_burst_allows(&post->http->said, SAY_MOST, SAY_WHILE_MS, clock_ms(), &unsaid))
		return;
	if (unsaid)
		log_info("Signing in was refused %" PRIu64 " more times shortly before.", unsaid);
	log_info("Signing in was refused at %s: %s", address_format(&post->caller.client.address, text),
		 fault->sentence);
}

static int refuse_sign_in(struct http_post *post, enum sign_in_result result, uint64_t wait_ms)
{
	bool later = result == SIGN_IN_SLOWED || result == SIGN_IN_BUSY;

	post->http->stats.sign_ins[result]++;
	say_refused(post, &of_sign_in[result]);
	return http_post_refuse(post, &of_sign_in[result], later ? (wait_ms + 999) / 1000 : 0);
}

static void on_answered(struct sign_in_try *t, enum sign_in_result result)
{
	struct http_post *post = CONTAINER_OF(t, struct http_post, try);

	post->result = result;
	post->answered = true;
	lws_callback_on_writable(post->wsi);
}

int http_sign_in(struct http_post *post)
{
	struct http *http = post->http;
	const struct peer *peer = lws_get_opaque_user_data(post->wsi);
	enum sign_in_result result;
	uint64_t wait_ms;

	if (!access_may_sign_in(http->rules, &post->caller.client, post->caller.secure)) {
		http->stats.sign_ins_in_clear++;
		say_refused(post, &no_tls);
		return http_post_refuse(post, &no_tls, 0);
	}
	if (post->length > PASSPHRASE_MOST || memchr(post->body, '\0', post->length))
		return http_post_refuse(post, &http_not_understood, 0);
	post->try.answered = on_answered;
	result = sign_in_begin(http->sign_in, &post->try, &post->caller.client.address, peer && peer->viewers,
			       post->body, &wait_ms);
	if (result != SIGN_IN_RIGHT)
		return refuse_sign_in(post, result, wait_ms);
	lws_set_timeout(post->wsi, PENDING_TIMEOUT_HTTP_CONTENT, TURN_WAIT_S);
	return 0;
}

/* What can go wrong is memory alone. */
static int let_in(struct http_post *post)
{
	struct gate *gate = post->http->gate;
	char token[TOKEN_MAX], line[COOKIE_LINE_MAX], text[ADDRESS_TEXT_MAX];
	struct gate_pass *pass;

	if (gate_sign_in(gate, &post->caller.client.address, post->caller.secure, clock_ms(), token, &pass) <
	    0)
		return refuse_sign_in(post, SIGN_IN_BROKEN, 0);
	/* the browser forgets the one before */
	if (post->caller.pass && post->caller.pass->role == ROLE_FACILITATOR)
		gate_end(gate, post->caller.pass, GATE_END_BUTTON);
	post->http->stats.sign_ins[SIGN_IN_RIGHT]++;
	log_info("The facilitator signed in at %s.", address_format(&pass->address, text));
	cookie_write(line, token, post->http->port, pass->secure, (int64_t)(gate->longest_ms / 1000));
	return http_post_answer(post, 200, "OK", line, "{\"role\":\"%s\"}\n", command_role_name(pass->role));
}

int http_sign_in_answered(struct http_post *post)
{
	post->answered = false;
	if (post->result == SIGN_IN_RIGHT)
		return let_in(post);
	return refuse_sign_in(post, post->result, LATER_S * 1000);
}

int http_sign_out(struct http_post *post)
{
	struct gate *gate = post->http->gate;
	struct gate_pass *pass = post->caller.pass;
	bool everywhere = !strcmp(post->body, "everywhere"), secure = post->caller.secure;
	char line[COOKIE_LINE_MAX], text[ADDRESS_TEXT_MAX];

	if (!everywhere && strcmp(post->body, "here") != 0)
		return http_post_refuse(post, &http_not_understood, 0);
	if (!pass || pass->role != ROLE_FACILITATOR)
		return http_post_refuse(post, &http_not_signed_in, 0);
	log_info("The facilitator at %s signed out%s.", address_format(&post->caller.client.address, text),
		 everywhere ? " everywhere" : "");
	if (everywhere)
		post->http->listener->sign_out_all(post->http->data);
	else
		gate_end(gate, pass, GATE_END_BUTTON);
	cookie_write(line, NULL, post->http->port, secure, 0);
	return http_post_answer(post, 200, "OK", line, "{}\n");
}
