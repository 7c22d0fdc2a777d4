/* SPDX-License-Identifier: MIT */
/*
 * When was an entry of the journal written? Its realtime stamp is what the clock said at that moment, and a router without
 * a clock of its own begins in 1970 until it has asked the network. So an entry of this boot is as old as the monotonic
 * clock says, and one of a boot before is older than this boot. All in microseconds.
 */
#pragma once

#include <stdint.h>

struct dns_stamp_now {
	uint64_t real;	    /* Unix time */
	uint64_t monotonic; /* CLOCK_MONOTONIC */
	uint64_t suspended; /* since the boot: how much CLOCK_BOOTTIME is ahead of it */
};

struct dns_stamp {
	uint64_t real;
	uint64_t monotonic;
	enum {
		DNS_STAMP_ELSEWHERE, /* another machine, or unknown */
		DNS_STAMP_BEFORE,    /* this machine, a boot before this one */
		DNS_STAMP_THIS_BOOT,
	} boot;
};

void dns_stamp_look(struct dns_stamp_now *ret);
/* Unix time by the clock as it is now; never after now for an entry of this machine. */
uint64_t dns_stamp_time(const struct dns_stamp_now *now, const struct dns_stamp *s);
