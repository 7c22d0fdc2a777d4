/* SPDX-License-Identifier: MIT */
/* Where the page is served, in words. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "broadcaster_private.h"
#include "listen.h"
#include "log.h"

const char *broadcaster_place(const struct broadcaster *b, char place[BROADCASTER_PLACE_MAX])
{
	const struct broadcaster_options *o = b->options;

	if (b->handed_over)
		snprintf(place, BROADCASTER_PLACE_MAX, "the socket that was handed over");
	else if (listen_is_path(o->listen_address))
		snprintf(place, BROADCASTER_PLACE_MAX, "%s", o->listen_address);
	else
		snprintf(place, BROADCASTER_PLACE_MAX, "%s port %ld", o->listen_address,
			 (long)o->listen_port);
	return place;
}

int broadcaster_listen_fault(const struct broadcaster_options *o, int r)
{
	const char *at = o->listen_address;
	long port = (long)o->listen_port;
	bool path = listen_is_path(at);

	if (r == -EADDRINUSE && path)
		log_error(
		    "Something else is at %s: stop it, or choose another path with --set listen.address=PATH.",
		    at);
	else if (r == -EADDRINUSE)
		log_error(
		    "Port %ld at %s is taken by another program: stop it, or choose another with --set listen.port=NUMBER.",
		    port, at);
	else if (r == -EADDRNOTAVAIL)
		log_error("This host has no address %s: choose another with --set listen.address=ADDRESS.",
			  at);
	else if (r == -EACCES && !path)
		log_error(
		    "This user may not listen at port %ld: choose one above 1023 with --set listen.port=NUMBER.",
		    port);
	else if (r == -ENOLCK)
		log_error(
		    "Too few open files are allowed for %ld viewers: raise the limit (LimitNOFILE=, ulimit -n), or lower limits.viewers.",
		    (long)o->viewers);
	else if (r == -ENOTSUP)
		log_error(
		    "libwebsockets would not start: install its libev part, on Debian libwebsockets-evlib-ev.");
	else if (r == -ENOTSOCK || r == -EINVAL || r == -E2BIG)
		log_error(
		    "What was handed over is not one socket that listens for streams: give the .socket unit a single ListenStream= with an address and a port, or a path.");
	else if (path)
		log_error("Cannot serve at %s: %s.", at, strerror(-r));
	else
		log_error("Cannot serve at %s port %ld: %s.", at, port, strerror(-r));
	return r;
}
