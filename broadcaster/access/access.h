/* SPDX-License-Identifier: MIT */
/*
 * Who may look: by address, by the name under which the page was opened (against DNS rebinding), and by the
 * page that opens a WebSocket (Origin, RFC 6454). Pure functions; deny by default.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "command.h"
#include "config.h"
#include "home_networks.h"

struct access_rules {
	const struct config_networks *networks; /* borrowed; may watch; n == 0: homes */
	const struct home_networks *homes;	/* borrowed; loopback and the private networks of this host */
	const struct config_networks *proxies;	/* borrowed; whose X-Forwarded-For counts */
	const struct config_list *hosts;	/* borrowed; names beside the ones that are always right */
	const char *own_name;			/* borrowed; this host's, may be empty */
	bool sign_in_without_tls;		/* from other hosts */
};

/* Of whom a request says that it is. The headers are borrowed, NULL where there is none. */
struct access_request {
	struct address peer; /* of the connection; loopback where it is local */
	bool local;	     /* it came by a Unix socket: whoever may use that is one of our proxies */
	unsigned interface;  /* by which it came, of IPv6 link-local addresses (sin6_scope_id); else 0 */
	/* X-Forwarded-For (hops from the left to the right, separated by commas), X-Real-IP, Forwarded (RFC 7239) */
	const char *forwarded_for, *real_ip, *forwarded;
	const char *host; /* the Host header; not looked at by access_client_resolve */
	bool relayed;	  /* it has another header that only proxies write */
};

/* The address that a request is from, seen through our own proxies. */
struct access_client {
	struct address address;
	unsigned interface; /* as of access_request */
	bool forwarded;	    /* a proxy named it */
	bool proxy;	    /* it is one of our own proxies, not somebody behind it */
	/* It came through a proxy that is not configured: one on this host, or one for somebody who is not at home. */
	bool stray;
};

/* Takes peer, local and interface from a socket's address (getpeername(2)). 0 or -EAFNOSUPPORT. */
int access_request_from(struct access_request *ret, const struct sockaddr_storage *from);

/* A copy that has its own headers, for when the rules change. In one block, for free(3); NULL: no memory. */
struct access_request *access_request_keep(const struct access_request *request);

/*
 * X-Forwarded-For is what proxies are asked for, and only configured ones are believed. 0; -EBADMSG when such a
 * header cannot be read.
 */
int access_client_resolve(struct access_client *ret, const struct access_rules *rules,
			  const struct access_request *request);

/* May this client watch? Loopback that a proxy named, a proxy itself, and who came through a stray one, is not at
 * home. */
bool access_client_allowed(const struct access_rules *rules, const struct access_client *client);

/* Can it be told who this client is? Only then may one who has a pass watch from there, at home or not. */
bool access_client_known(const struct access_client *client);

/* What one is who may watch: what the pass says, if there is one (else NULL). A guest who is at home is a participant.
 * Whose device is at the address, the collector knows. */
enum role access_role(const struct access_rules *rules, const struct access_client *client,
		      const enum role *pass);

/* May the passphrase be sent from there? secure: over TLS all the way. */
bool access_may_sign_in(const struct access_rules *rules, const struct access_client *client, bool secure);

/* Does a program of this host ask for itself, such as a health check? It may have the status of the broadcaster, which
 * shows nothing of the home, also where loopback is a configured proxy. */
bool access_client_is_local(const struct access_client *client);

/* Is the Host header (RFC 9110, 7.2) one of ours: an address, localhost, this host's name or a configured
 * one? */
bool access_host_allowed(const struct access_rules *rules, const char *host);

/* Is origin a page that was loaded from the same host and port, over https, or without tls (which a proxy may have) over
 * http? */
bool access_origin_matches(const char *origin, const char *host, bool tls);
