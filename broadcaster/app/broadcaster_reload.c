/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "broadcaster_private.h"
#include "log.h"
#include "util.h"

#define SPARE_PER_ADDRESS 16

size_t broadcaster_connections_per_address(const struct broadcaster_options *options)
{
	return (size_t)options->viewers_per_address + SPARE_PER_ADDRESS;
}

/* Where none are configured: what the provider lends changes as it likes, and so a sandbox cannot name it. */
static void say_lent_networks(const struct broadcaster *b)
{
	char text[ADDRESS_TEXT_MAX];

	for (size_t i = 0; i < b->homes.n; i++)
		if (address_is_public(&b->homes.items[i].network.base))
			log_info(
			    "%s is a network at home, but not a private one: the packaged service lets it in by an IPAddressAllow= only (\"systemctl edit connvis-broadcaster\"); IPv4 and private IPv6 addresses work as they are.",
			    network_format(&b->homes.items[i].network, text));
}

/* As a service it has a sandbox, which nobody thinks of where nothing is heard of those who are kept out. */
void broadcaster_say_networks(const struct broadcaster *b)
{
	const struct config_networks *networks = &b->options->access_networks;
	char text[ADDRESS_TEXT_MAX];

	if (!getenv("NOTIFY_SOCKET"))
		return;
	if (!networks->n)
		say_lent_networks(b);
	for (size_t i = 0; i < networks->n; i++) {
		const struct address *a = &networks->items[i].base;

		if (!address_is_private(a) && !address_is_link_local(a) && !address_is_loopback(a))
			log_info(
			    "access.networks has %s, which is no private network: the packaged service lets in what its IPAddressAllow= names (\"systemctl edit connvis-broadcaster\").",
			    network_format(&networks->items[i], text));
	}
}

void broadcaster_settle_topics(struct broadcaster *b)
{
	uint32_t before[ROLES];

	memcpy(before, b->allowed, sizeof(before));
	for (int role = 0; role < ROLES; role++)
		b->allowed[role] = topic_rules_allowed(&b->topics, &b->options->topics, (enum role)role);
	CHAIN_FOR_EACH(link, &b->viewers.viewers) {
		struct viewer *v = CONTAINER_OF(link, struct viewer, of_set);

		if (b->allowed[v->role] != before[v->role])
			viewer_close(v, VIEWER_CLOSE_AWAY, "who may watch what has changed");
	}
}

/* Each option with .live, whether it changed or not: what is as it was changes nothing. The rules of access look at the
 * options themselves. */
static void take_over(struct broadcaster *b)
{
	const struct broadcaster_options *o = b->options;

	log_set_level((enum log_level)o->log_level);
	b->viewers.maximum_per_address = (size_t)o->viewers_per_address;
	broadcaster_access_reload(b);
	server_reload(b->server, broadcaster_connections_per_address(o));
	relay_reload(b->relay);
	broadcaster_settle_topics(b);
	broadcaster_tls_show(b);
	broadcaster_say_networks(b);
}

void broadcaster_on_hangup(struct ev_loop *loop, ev_signal *signal, int events)
{
	struct broadcaster *b = signal->data;

	(void)loop;
	(void)events;
	/* the service manager is not to be told that it is ready after all */
	if (b->leaving)
		return;
	service_reloading();
	if (broadcaster_options_reload(b->options, b->argc, b->argv) == 0)
		take_over(b);
	service_reloaded();
}
