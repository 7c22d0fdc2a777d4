/* SPDX-License-Identifier: MIT */
/*
 * What a conversation does, from its counters alone, by a look at the totals about once a second:
 *
 * - call: both sides send many packets all the time (12 a second or more), and about as many bytes.
 * - upload: the device sends 20 kB a second or more, and three times what it gets.
 * - stream: it gets portions of 32 kB or more, with breaks, again and again within half a minute.
 * - stream too: it gets something each second, evenly, and less than 400 kB a second.
 * - download: it gets 20 kB a second or more, and it is no stream.
 * - beacon: small exchanges (up to 16 kB) at about even intervals of 4 s or more, four in a row.
 * - idle: nothing for 15 s, and it is no beacon.
 *
 * Anything else has no name. A word has to hold for three looks before it is said: it does not flicker.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum behaviour_kind {
	BEHAVIOUR_NONE,
	BEHAVIOUR_DOWNLOAD,
	BEHAVIOUR_UPLOAD,
	BEHAVIOUR_STREAM,
	BEHAVIOUR_CALL,
	BEHAVIOUR_BEACON,
	BEHAVIOUR_IDLE,
	BEHAVIOUR_KINDS,
};

/* Zeroed memory has seen nothing yet. */
struct behaviour {
	uint32_t up_bytes, down_bytes, up_packets, down_packets; /* totals at the last look, modulo 2^32 */
	uint32_t at;						 /* ms of the last look */
	uint32_t active, began;					 /* ms: the last packets, the burst's first */
	uint32_t up_rate, down_rate;	       /* bytes a second, over the last five seconds or so */
	uint32_t up_frequency, down_frequency; /* 1/16 packets a second, the same */
	uint32_t steady;		       /* bit i: something came i seconds ago */
	uint32_t portions;		       /* bit i: i seconds ago bytes came in number */
	uint32_t burst;			       /* bytes of the burst */
	uint16_t interval;		       /* 1/10 s between the last two bursts */
	uint8_t even;			       /* even intervals in a row */
	uint8_t seconds;		       /* of portions that have passed, at most 32 */
	uint8_t kind, next, looks;	       /* next: what was found for the last looks */
	bool begun;
};

/*
 * The totals now: bytes and packets from and to the device; now: milliseconds of any clock. True when the
 * kind is another than before. Totals may go back, when a connection left the conversation: that look tells
 * nothing.
 */
bool behaviour_look(struct behaviour *b, uint64_t up_bytes, uint64_t down_bytes, uint64_t up_packets,
		    uint64_t down_packets, uint32_t now);

/* The word of PROTOCOL.md; NULL for BEHAVIOUR_NONE. Static. */
const char *behaviour_word(enum behaviour_kind kind);
