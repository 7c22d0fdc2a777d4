/* SPDX-License-Identifier: MIT */
/*
 * One line of dnsmasq's query log: a pure parser over bytes from outside. Formats: log-queries,
 * log-queries=extra (serial number, client and port first) and log-queries=proto (UDP or TCP before these) of
 * dnsmasq 2.85 to 2.92 (log_query in its src/cache.c), and what Pi-hole's FTL logs for names that it blocks
 * (src/dnsmasq_interface.c).
 *
 * Names come from whoever asks, and may hold " from ", " is " or anything else: lines are split at the last
 * of these.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"
#include "dns_event.h"

enum dns_line_kind {
	DNS_LINE_OTHER,	    /* says nothing about a lookup */
	DNS_LINE_BROKEN,    /* begins like one of the others, but cannot be read: perhaps it was cut off */
	DNS_LINE_QUERY,	    /* client asks for name */
	DNS_LINE_FORWARDED, /* the last question goes to another server */
	DNS_LINE_REPLY,	    /* another server answers */
	DNS_LINE_LOCAL, /* dnsmasq answers by itself: cache, configuration, hosts file, lease, block list */
	DNS_LINE_LOST,	/* dnsmasq's own queue overflowed: count lines are lost */
};

enum dns_line_value {
	DNS_VALUE_NONE,	   /* nothing that matters here: key data, a truncated answer */
	DNS_VALUE_ADDRESS, /* address */
	DNS_VALUE_CNAME,   /* name is an alias; the next line says of what */
	DNS_VALUE_RECORD,  /* a record of another kind, or a text */
	DNS_VALUE_NODATA,  /* for the question's type there is nothing; family says which where it is known */
	DNS_VALUE_NXDOMAIN,  /* there is no such name */
	DNS_VALUE_FAILED,    /* SERVFAIL, REFUSED, other errors, or a signature that is wrong */
	DNS_VALUE_BLOCKED,   /* 0.0.0.0, ::, or a block list; family as above */
	DNS_VALUE_DUPLICATE, /* the same answer as the one just logged goes to this client, too */
};

struct dns_line {
	enum dns_line_kind kind;
	enum dns_line_value value; /* REPLY, LOCAL */
	enum dns_type type;	   /* QUERY */
	uint8_t family;		   /* of the value: 4, 6, or 0 where the line does not say */
	bool has_serial, has_client;
	bool about_name; /* false: the line names no name (an error), or one that is no name that was asked */
	bool exact;	 /* name holds all that the line does, byte by byte but for the letters' case */
	uint16_t port;	 /* of the client; 0: unknown */
	uint16_t name_length;
	uint32_t serial;
	struct address client;	/* QUERY always has one; others with has_client */
	struct address address; /* DNS_VALUE_ADDRESS */
	uint64_t count;		/* DNS_LINE_LOST */
	char name[DNS_NAME_MAX];
};

/* text: the message without date, host and program; length bytes, a final newline does no harm. Sets all of
 * ret but what lies after the name's NUL. */
void dns_line_parse(struct dns_line *ret, const char *text, size_t length);
