/* SPDX-License-Identifier: MIT */
/* Sockets in the lab's network namespaces, and the one epoll loop that serves them all. */
#pragma once

#include <stdint.h>

#include <netinet/in.h>

struct network;

/* Something that epoll watches: embedded in what owns it. */
struct watch {
	int fd;
	void (*ready)(struct watch *w, uint32_t events);
};

union network_address {
	struct sockaddr any;
	struct sockaddr_in ipv4;
	struct sockaddr_in6 ipv6;
};

/* lab: the lab's name, borrowed; its world's namespace becomes this process's own, so that who empties the
 * lab finds it there. 0 or -errno. */
int network_new(struct network **ret, const char *lab);
struct network *network_free(struct network *n);

/*
 * A nonblocking socket (SOCK_STREAM or SOCK_DGRAM) made in the namespace of a member ("world", "router" or
 * a device). The descriptor is the caller's; or -errno.
 */
int network_socket(struct network *n, const char *member, int family, int type);

/* w is borrowed until network_unwatch, which also closes its descriptor. 0 or -errno. */
int network_watch(struct network *n, struct watch *w, uint32_t events);
void network_unwatch(struct network *n, struct watch *w);

/* Waits at most timeout ms and calls those that are ready. 0 or -errno. */
int network_wait(struct network *n, int timeout);

union network_address network_ipv4(struct in_addr address, uint16_t port);
union network_address network_ipv6(struct in6_addr address, uint16_t port);
socklen_t network_address_size(const union network_address *address);
