/* SPDX-License-Identifier: MIT */
/* Links by which others may watch: made, listed and revoked by the facilitator, and exchanged for a cookie (PROTOCOL.md,
 * "Links"). */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cookie.h"
#include "http_private.h"
#include "log.h"
#include "util.h"

#define SAY_WHILE_MS 10000
#define SAY_MOST 60
#define COOKIE_S (INT64_C(400) * 86400) /* browsers keep none for longer (RFC 6265bis, 5.5) */

static const struct http_fault of_use[JOIN_LINKS_USES] = {
    [JOIN_LINKS_UNKNOWN] = {"no-link", 404, "Not Found", "This link is not good, or not any more."},
    [JOIN_LINKS_USED] = {"link-used", 410, "Gone", "This link was good for one, who has come already."},
    [JOIN_LINKS_BROKEN] = {"broken", 500, "Internal Server Error",
			   "It cannot be kept that this link is used."},
};
static const struct http_fault too_many = {"too-many", 409, "Conflict",
					   "There are too many links: revoke one first."};
static const struct http_fault broken = {"broken", 500, "Internal Server Error",
					 "It does not work: the log says why."};
static const struct http_fault no_link = {"no-link", 404, "Not Found", "There is no such link."};

static const char *name_of(const struct join_link *link)
{
	return link->role == ROLE_DISPLAY ? "a display" : "guests";
}

static void say_refused(struct http_post *post, const struct http_fault *fault)
{
	char text[ADDRESS_TEXT_MAX];
	uint64_t unsaid;

	if (!log_burst_allows(&post->http->said, SAY_MOST, SAY_WHILE_MS, clock_ms(), &unsaid))
		return;
	if (unsaid)
		log_info("Links and signing in were refused %" PRIu64 " more times shortly before.", unsaid);
	log_info("A link was refused at %s: %s", address_format(&post->caller.client.address, text),
		 fault->sentence);
}

int http_link(struct http_post *post)
{
	const struct gate_pass *pass = post->caller.pass;
	bool secure = post->caller.secure;
	char cookie[TOKEN_MAX], line[COOKIE_LINE_MAX], text[ADDRESS_TEXT_MAX];
	const struct join_link *link;
	enum join_links_use use;

	if (!token_valid(post->body, post->length))
		return http_post_refuse(post, &http_not_understood, 0);
	/* who leads the room, and tries a link, goes on leading it */
	if (pass && pass->role == ROLE_FACILITATOR)
		return http_post_answer(post, 200, "OK", "", "{\"role\":\"%s\"}\n",
					command_role_name(pass->role));
	use = join_links_use(post->http->links, post->body, secure, clock_unix_ms() / 1000, cookie, &link);
	post->http->stats.link_uses[use]++;
	if (use != JOIN_LINKS_GOOD) {
		say_refused(post, &of_use[use]);
		return http_post_refuse(post, &of_use[use], 0);
	}
	log_info("The %s at %s has come by the link %s.", command_role_name(link->role),
		 address_format(&post->caller.client.address, text), link->id);
	cookie_write(line, cookie, post->http->port, secure, COOKIE_S);
	return http_post_answer(post, 200, "OK", line, "{\"role\":\"%s\"}\n", command_role_name(link->role));
}

/* As a JSON object. token: NULL: it is not known any more. */
static void write_link(FILE *out, const struct join_link *link, unsigned viewers, const char *token)
{
	fprintf(out,
		"{\"id\":\"%s\",\"role\":\"%s\",\"once\":%s,\"used\":%s,\"made\":%" PRIu64
		",\"until\":%" PRIu64 ",\"viewers\":%u",
		link->id, command_role_name(link->role), link->once ? "true" : "false",
		link->used ? "true" : "false", link->made_s, link->until_s, viewers);
	if (token)
		fprintf(out, ",\"token\":\"%s\"", token);
	putc('}', out);
}

static int list(struct http_post *post)
{
	const struct join_links *l = post->http->links;
	_cleanup_(cleanup_free) char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	if (!out)
		return -1;
	for (size_t i = 0; i < l->n; i++) {
		if (i)
			putc(',', out);
		write_link(out, &l->all[i].link, join_links_viewers(&l->all[i]), NULL);
	}
	if (fclose(out))
		return -1;
	return http_post_answer(post, 200, "OK", "", "{\"links\":[%s]}\n", text);
}

static int make(struct http_post *post, const char *what)
{
	struct http *http = post->http;
	_cleanup_(cleanup_free) char *json = NULL;
	char token[TOKEN_MAX], text[ADDRESS_TEXT_MAX];
	const struct join_link *link;
	struct join_link_wish wish;
	size_t length;
	FILE *out;
	int r;

	if (join_link_wish_read(&wish, what) < 0)
		return http_post_refuse(post, &http_not_understood, 0);
	r = join_links_make(http->links, &wish, clock_unix_ms() / 1000, token, &link);
	if (r == -ENOSPC)
		return http_post_refuse(post, &too_many, 0);
	if (r < 0) {
		log_error("No link can be kept in %s: %s.", http->links->folder, strerror(-r));
		return http_post_refuse(post, &broken, 0);
	}
	http->stats.links_made++;
	log_info("The facilitator at %s made the link %s for %s%s.",
		 address_format(&post->caller.client.address, text), link->id, name_of(link),
		 link->until_s ? "" : ", until it is revoked");
	out = open_memstream(&json, &length);
	if (!out)
		return -1;
	write_link(out, link, 0, token);
	return fclose(out) ? -1 : http_post_answer(post, 200, "OK", "", "%s\n", json);
}

static int end_link(struct http_post *post, const char *id)
{
	char text[ADDRESS_TEXT_MAX];
	int r = join_links_revoke(post->http->links, id);

	if (r == -ENOENT)
		return http_post_refuse(post, &no_link, 0);
	if (r < 0) {
		log_error("The link %s cannot be deleted: %s.", id, strerror(-r));
		return http_post_refuse(post, &broken, 0);
	}
	post->http->stats.links_revoked++;
	log_info("The facilitator at %s revoked the link %s.",
		 address_format(&post->caller.client.address, text), id);
	return http_post_answer(post, 200, "OK", "", "{}\n");
}

int http_links(struct http_post *post)
{
	static const char of_make[] = "make ", of_revoke[] = "revoke ";
	const struct gate_pass *pass = post->caller.pass;

	if (!pass || pass->role != ROLE_FACILITATOR)
		return http_post_refuse(post, &http_not_signed_in, 0);
	if (!strcmp(post->body, "list"))
		return list(post);
	if (!strncmp(post->body, of_make, strlen(of_make)))
		return make(post, post->body + strlen(of_make));
	if (!strncmp(post->body, of_revoke, strlen(of_revoke)) &&
	    join_link_id_valid(post->body + strlen(of_revoke)))
		return end_link(post, post->body + strlen(of_revoke));
	return http_post_refuse(post, &http_not_understood, 0);
}
