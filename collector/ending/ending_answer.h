/* SPDX-License-Identifier: MIT */
/* What the kernel says to a batch of requests: an acknowledgement or an error for each (netlink(7)). */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct ending_answers {
	uint32_t first, last; /* only what answers to these sequence numbers counts; set by the caller */
	size_t good;
	size_t gone; /* -ENOENT */
	size_t busy; /* -EBUSY */
	int error;   /* the first of the others, and what it answers to; 0: there is none */
	uint32_t error_sequence;
};

/* Adds what is in one datagram. 0, or -EBADMSG: what came before that still counts. */
int ending_answers_take(struct ending_answers *a, const void *datagram, size_t length);
