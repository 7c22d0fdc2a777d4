/* SPDX-License-Identifier: MIT */
/* The socket of conntrack events: NEW and DESTROY, many at a time, into the table. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ct_table.h"

struct ct_events;

/* receive_buffer: bytes. 0, or -errno: -EPERM, -EPROTONOSUPPORT, -ENOMEM. */
int ct_events_new(struct ct_events **ret, uint32_t receive_buffer);
struct ct_events *ct_events_free(struct ct_events *e);
int ct_events_fd(const struct ct_events *e); /* borrowed */

struct ct_events_result {
	uint32_t taken;	    /* events that went into the table */
	uint32_t malformed; /* messages that did not parse */
	uint32_t losses;    /* times that the kernel said ENOBUFS, or a message was cut off */
	bool empty;	    /* nothing was left to read */
};

/* Reads until there is no more, or at least max events were read. After a loss the buffer is enlarged. now:
 * ms on the collector's clock. */
struct ct_events_result ct_events_drain(struct ct_events *e, struct ct_table *table, uint64_t now,
					uint32_t max);
