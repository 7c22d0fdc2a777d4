/* SPDX-License-Identifier: MIT */
#include "print_link.h"

#include <stdio.h>
#include <string.h>

#include "home_networks.h"
#include "join_links.h"
#include "secrets_folder.h"
#include "util.h"

/* Where others find the page: at the address that it is served at, or for all addresses at this host's own. */
static void find_host(const struct broadcaster_options *o, char host[ADDRESS_TEXT_MAX + 2])
{
	struct home_networks homes = {};
	char text[ADDRESS_TEXT_MAX];
	struct address a;

	if (address_parse(&a, o->listen_address) < 0)
		return;
	if (!strcmp(o->listen_address, "0.0.0.0") || !strcmp(o->listen_address, "::")) {
		if (home_networks_find(&homes) == 0 && homes.has_own)
			a = homes.own;
		home_networks_done(&homes);
	}
	snprintf(host, ADDRESS_TEXT_MAX + 2, address_is_ipv4(&a) ? "%s" : "[%s]", address_format(&a, text));
}

static void print(const struct broadcaster_options *o, const struct join_link *link, const char *token)
{
	char host[ADDRESS_TEXT_MAX + 2] = "";

	find_host(o, host);
	printf("http%s://%s:%d/join#link=%s\n", *o->tls_certificate ? "s" : "", host, (int)o->listen_port,
	       token);
	fprintf(stderr, "It is shown only now%s. To revoke it, sign in on the page, or delete %s/%s/%s.\n",
		link->until_s ? ", and ends by itself" : "", o->access_folder, JOIN_LINKS_FOLDER, link->id);
}

int print_link(const struct broadcaster_options *options)
{
	char why[SECRETS_FOLDER_WHY_MAX], token[TOKEN_MAX];
	struct join_link_wish wish;
	struct join_link link;
	int r;

	if (join_link_wish_read(&wish, options->link) < 0) {
		fprintf(
		    stderr,
		    "A link is for display or guest, then perhaps once, and for how many hours: \"guest once 8\".\n");
		return CONFIG_STATUS_WRONG;
	}
	if (secrets_folder_enter(options->access_folder, why) < 0) {
		fprintf(stderr, "%s\n", why);
		return CONFIG_STATUS_FAILED;
	}
	r = join_link_make(&link, &wish, clock_unix_ms() / 1000, token);
	if (r >= 0)
		r = join_links_save(JOIN_LINKS_FOLDER, &link);
	if (r < 0) {
		fprintf(stderr, "The link cannot be kept in %s: %s.\n", options->access_folder, strerror(-r));
		return CONFIG_STATUS_FAILED;
	}
	print(options, &link, token);
	return CONFIG_STATUS_GOOD;
}
