/* SPDX-License-Identifier: MIT */
/*
 * Who may look: by address, by the name under which the page was opened (against DNS rebinding), and by the
 * page that opens a WebSocket (Origin, RFC 6454). Pure functions; deny by default.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "config.h"
#include "home_networks.h"

struct access_rules {
	const struct config_networks *networks; /* borrowed; may watch; n == 0: homes */
	const struct home_networks *homes;	/* borrowed; loopback and the private networks of this host */
	const struct config_networks *proxies;	/* borrowed; whose X-Forwarded-For counts */
	const struct config_list *hosts;	/* borrowed; names beside the ones that are always right */
	const char *own_name;			/* borrowed; this host's, may be empty */
};

/* The address that a request is from, seen through our own proxies. */
struct access_client {
	struct address address;
	bool forwarded; /* a proxy named it */
};

/*
 * peer: of the connection. forwarded: the X-Forwarded-For header or NULL (hops from the left to the right,
 * separated by commas), looked at only when peer is a configured proxy. 0; -EBADMSG when such a header
 * cannot be read.
 */
int access_client_resolve(struct access_client *ret, const struct access_rules *rules,
			  const struct address *peer, const char *forwarded);

/* Is it one of our own proxies? */
bool access_is_proxy(const struct access_rules *rules, const struct address *address);

/* May this client watch? Loopback that a proxy named, or a proxy itself, is not at home. */
bool access_client_allowed(const struct access_rules *rules, const struct access_client *client);

/* Does a program of this host ask for itself, such as a health check? It may have the status, which shows nothing of
 * the home, also where loopback is a configured proxy. */
bool access_client_is_local(const struct access_client *client);

/* Is the Host header (RFC 9110, 7.2) one of ours: an address, localhost, this host's name or a configured
 * one? */
bool access_host_allowed(const struct access_rules *rules, const char *host);

/* Is origin a page that was loaded over http or https from the same host and port? */
bool access_origin_matches(const char *origin, const char *host);
