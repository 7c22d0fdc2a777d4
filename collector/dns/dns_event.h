/* SPDX-License-Identifier: MIT */
/*
 * What the DNS server's log tells: who asked for which name, and what came of it. The parts of this folder
 * make these events; the model takes them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "address.h"

#define DNS_NAME_MAX 254 /* bytes of a name as text, with its NUL (RFC 1035: 253 of text) */

enum dns_event_kind {
	DNS_ASKED,   /* client asked for name */
	DNS_ADDRESS, /* the answer to name holds address */
	DNS_RESULT,  /* what came of it */
	DNS_LOST,    /* lines are known to be lost: count */
};

enum dns_result {
	DNS_RESULT_UNKNOWN,
	DNS_RESULT_ANSWERED,
	DNS_RESULT_NODATA,
	DNS_RESULT_NXDOMAIN,
	DNS_RESULT_BLOCKED,
	DNS_RESULT_FAILED,
	DNS_RESULTS,
};

/* Of a question. */
enum dns_type {
	DNS_TYPE_OTHER,
	DNS_TYPE_A,
	DNS_TYPE_AAAA,
	DNS_TYPE_ANY,
	DNS_TYPE_PTR,
};

struct dns_event {
	enum dns_event_kind kind;
	bool has_client;	/* without, nobody is known to have asked */
	struct address client;	/* as the server saw it */
	const char *name;	/* the name that was asked, in small letters, printable ASCII; borrowed */
	struct address address; /* DNS_ADDRESS */
	enum dns_type type;	/* DNS_ASKED */
	enum dns_result result; /* DNS_RESULT */
	uint64_t count;		/* DNS_LOST: lines */
	uint64_t time;		/* milliseconds of Unix time; 0: now */
};

/* event: borrowed during the call. */
typedef void (*dns_listener)(void *data, const struct dns_event *event);
