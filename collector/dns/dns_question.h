/* SPDX-License-Identifier: MIT */
/* The questions that clients asked: found by name, or by serial number and client. Bounded: the oldest make
 * room, and answered ones before those that wait. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"
#include "chain.h"
#include "dns_event.h"
#include "dns_line.h"

struct question {
	struct chain by_name, by_serial, by_age;
	uint64_t asked, settled; /* milliseconds of Unix time */
	uint64_t answer;	 /* which answer settled it, counted up; 0: it waits */
	struct address client;
	uint32_t hash, serial_hash;
	uint32_t serial, pid, id; /* id: another for each question that uses this memory */
	uint16_t port, name_length;
	bool has_serial, exact;
	bool forwarded;	      /* it went upstream; others may wait with it */
	uint8_t type, result; /* enum dns_type, enum dns_result */
	char name[DNS_NAME_MAX];
};

struct question_table {
	struct question *pool;
	struct chain *names, *serials; /* one list for each value of the lower bits of a hash, latest last */
	struct chain waiting, settled; /* oldest first */
	size_t max, used, mask;
	uint32_t last_id;
};

int question_table_init(struct question_table *t, size_t max);
void question_table_done(struct question_table *t);

/* hash, here and below: map_hash of the name. */

/* Enters what a query line asks. A question with the same serial number and client, or an older one of the
 * same client, name and type that is settled (or has no serial number), makes room for it. */
struct question *question_add(struct question_table *t, const struct dns_line *line, uint32_t hash,
			      uint32_t pid, uint64_t when);

struct question *question_of_serial(struct question_table *t, const struct dns_line *line, uint64_t when);

/* It was answered: from now on it makes room before those that wait. */
void question_settle(struct question_table *t, struct question *q, uint64_t answer, uint64_t when);

/* Its answer may still come. */
bool question_is_fresh(const struct question *q, uint64_t when);
bool question_has_name(const struct question *q, uint32_t hash, const char *name, size_t length);

/* Asks for addresses of family (4, 6; 0: any question at all). */
bool question_asks_family(const struct question *q, uint8_t family);

/* The questions that may have this hash, the latest first, and not all when there are very many; see
 * question_has_name. left: for the two to use. */
struct question *question_first(const struct question_table *t, uint32_t hash, unsigned *left);
struct question *question_next(const struct question_table *t, const struct question *q, unsigned *left);
