/* SPDX-License-Identifier: MIT */
/*
 * What stands before the message in a log file: dnsmasq's own date, or that of a syslog daemon with the
 * host's name (RFC 3164, RFC 3339, RFC 5424, and OpenWrt's), then the program with its process id.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Dates come in runs: the last one is kept, so that it need not be read again. */
struct dns_prefix_clock {
	char text[32]; /* the last date that was read */
	uint64_t time;
	bool zone; /* it says its time zone */
};

struct dns_prefix {
	bool
	    dnsmasq; /* the line is dnsmasq's; else it is another program's, or its lease and boot server's */
	uint32_t pid;  /* 0: the line does not say */
	uint64_t time; /* milliseconds of Unix time; 0: the line does not say */
	bool zone;     /* the date says its time zone; else it was read in this machine's */
	const char *message;
	size_t length;
};

/* text: borrowed, as is ret->message. now: milliseconds of Unix time, for dates without a year. Where there
 * is no program's name the whole line is the message, and counts as dnsmasq's. */
void dns_prefix_parse(struct dns_prefix *ret, struct dns_prefix_clock *clock, const char *text, size_t length,
		      uint64_t now);
