/* SPDX-License-Identifier: MIT */
/*
 * Finds the addresses of a host name without making the caller wait: getaddrinfo(3) runs in a thread of its
 * own, and a descriptor becomes readable when it has answered. A resolver that hangs holds up nobody: who
 * does not want the answer any more, or ends, leaves the thread to itself.
 */
#pragma once

#include <stddef.h>

#define RESOLVER_ADDRESSES_MAX 8
#define RESOLVER_TEXT_MAX 64 /* of an address as text, with a scope ("fe80::1%eth0") and its NUL */

struct resolver;

struct resolver_answer {
	int error; /* 0, or EAI_* of getaddrinfo(3) */
	size_t n;  /* in the order in which they should be tried (RFC 6724), IPv4 and IPv6 */
	char addresses[RESOLVER_ADDRESSES_MAX][RESOLVER_TEXT_MAX];
};

/* host: a name or an address, copied. What is an address already needs no thread and is answered at once. 0;
 * -EAGAIN without a thread; -ENOMEM; -errno. */
int resolver_start(struct resolver **ret, const char *host);
/* Also before there is an answer, which is thrown away then. Returns at once. NULL is taken. */
struct resolver *resolver_free(struct resolver *r);

/* Readable (poll(2), epoll(7)) once there is an answer, and from then on; valid until resolver_free. */
int resolver_fd(const struct resolver *r);

/* 0; -EAGAIN while there is no answer yet. */
int resolver_take(const struct resolver *r, struct resolver_answer *ret);

/* A few words on an answer's error, static. */
const char *resolver_explain(int error);
