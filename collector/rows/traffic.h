/* SPDX-License-Identifier: MIT */
/* Bytes and packets as a device sees them: up is from the device. */
#pragma once

#include <stdint.h>

struct traffic {
	uint64_t up_bytes, down_bytes, up_packets, down_packets;
};

static inline void traffic_add(struct traffic *t, const struct traffic *more)
{
	t->up_bytes += more->up_bytes;
	t->down_bytes += more->down_bytes;
	t->up_packets += more->up_packets;
	t->down_packets += more->down_packets;
}

static inline void traffic_subtract(struct traffic *t, const struct traffic *less)
{
	t->up_bytes -= less->up_bytes;
	t->down_bytes -= less->down_bytes;
	t->up_packets -= less->up_packets;
	t->down_packets -= less->down_packets;
}

/* Which members differ from zero: bit 0 up_bytes to bit 3 down_packets. */
static inline uint64_t traffic_moved(const struct traffic *t)
{
	return (t->up_bytes ? 1u : 0) | (t->down_bytes ? 2u : 0) | (t->up_packets ? 4u : 0) |
	       (t->down_packets ? 8u : 0);
}
