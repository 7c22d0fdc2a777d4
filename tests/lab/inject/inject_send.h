/* SPDX-License-Identifier: MIT */
/* Makes and deletes conntrack entries over ctnetlink, many to a system call. Needs CAP_NET_ADMIN. */
#pragma once

#include <stdint.h>

#include "inject_plan.h"

struct inject_sender;

struct inject_counts {
	uint64_t created, deleted;
	uint64_t existing, missing; /* was there already; was not there to delete */
	uint64_t failed;
	int error; /* -errno of the last failure */
};

/* In the network namespace of the caller. 0 or -errno. */
int inject_sender_new(struct inject_sender **ret, const struct inject_plan *plan);
struct inject_sender *inject_sender_free(struct inject_sender *s);

/* Queues one entry; sends when the batch is full. 0 or -errno. */
int inject_create(struct inject_sender *s, uint32_t number);
int inject_delete(struct inject_sender *s, uint32_t number);
/* Gives the entry another mark. Counted only when the kernel refuses it. */
int inject_mark(struct inject_sender *s, uint32_t number, uint32_t mark);
/* Sends what is queued; the kernel has done it all on return. 0 or -errno. */
int inject_sync(struct inject_sender *s);
/* Deletes every entry of the namespace. 0 or -errno. */
int inject_flush(struct inject_sender *s);

struct inject_counts inject_counts(const struct inject_sender *s);
