/* SPDX-License-Identifier: MIT */
/* The DNS that a device of the lab speaks: questions of one name, and the addresses in the answer (RFC 1035).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <netinet/in.h>

enum lookup_type {
	LOOKUP_A = 1,
	LOOKUP_AAAA = 28,
	LOOKUP_HTTPS = 65, /* RFC 9460 */
};

enum { LOOKUP_QUESTION_MAX = 300, LOOKUP_ADDRESSES_MAX = 8 };

struct lookup_answer {
	uint8_t addresses[LOOKUP_ADDRESSES_MAX][16]; /* the first 4 bytes of an A */
	size_t n;
	uint32_t ttl; /* s, the least of the records' */
};

/* Writes the question into ret (LOOKUP_QUESTION_MAX bytes); its size, or -EINVAL when name is no name. */
int lookup_ask(uint8_t *ret, uint16_t id, const char *name, enum lookup_type type);

/* Reads the answer to the question with this id. 0 with none or more addresses, -EAGAIN for the answer to
 * another question, -EBADMSG for what is no answer. */
int lookup_read(struct lookup_answer *ret, const uint8_t *bytes, size_t size, uint16_t id,
		enum lookup_type type);
