/* SPDX-License-Identifier: MIT */
/* What the answer to a question means: the events that it makes, and what became of the question. */
#pragma once

#include <stdint.h>

#include "dns_event.h"
#include "dns_line.h"
#include "dns_question.h"

#define DNS_ANSWER_RECENT 256 /* addresses, for clients that get the same answer */
#define DNS_ANSWER_TOGETHER_MS                                                                               \
	2000 /* lines about one answer are written at once; some logs count whole seconds */

struct dns_recent {
	uint64_t answer;
	struct address address;
};

struct dns_answers {
	struct question_table questions;
	dns_listener listener;
	void *data;
	uint64_t answers; /* so far; each has its number */
	uint64_t stamp;	  /* of the events */
	size_t n_recent;
	struct dns_recent recent[DNS_ANSWER_RECENT];
};

/* Milliseconds, 0 where the clock went back. */
static inline uint64_t dns_elapsed(uint64_t now, uint64_t then)
{
	return now > then ? now - then : 0;
}

/* q: whose client and name the event has; NULL: it has its own name, or none. */
void dns_answer_tell(struct dns_answers *a, struct dns_event *event, const struct question *q);

/* What line says is an answer to q; number: the answer's. */
void dns_answer_take(struct dns_answers *a, struct question *q, const struct dns_line *line, uint64_t number,
		     uint64_t when);

/* The same answer goes to q as went to another client who asked the same, a moment before. */
void dns_answer_duplicate(struct dns_answers *a, struct question *q, uint64_t when);
