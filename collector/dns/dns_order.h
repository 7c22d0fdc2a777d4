/* SPDX-License-Identifier: MIT */
/* Lines without serial numbers: whose answer it is tells their order. See dns_credit.h for how. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns_answer.h"

#define DNS_ORDER_PROCESSES 8 /* dnsmasq, and its children that answer over TCP */

enum dns_order_state {
	DNS_ORDER_IDLE,
	DNS_ORDER_ASKED,    /* the process' last line was a question, or a part of its own answer to that */
	DNS_ORDER_ANSWERED, /* its last line was a part of an answer from upstream */
};

struct dns_order_name {
	uint32_t hash;
	uint16_t length;
	char text[DNS_NAME_MAX];
};

/* What one process of dnsmasq wrote last. */
struct dns_order_process {
	enum dns_order_state state;
	uint32_t pid;
	uint64_t when;
	struct question *question; /* asked: where it still has this id */
	uint32_t question_id;
	uint64_t number;	       /* answered: the answer's number */
	bool alias;		       /* the last line was "<CNAME>": the next one names its target */
	bool own;		       /* this process was asked; else it answers what another one was */
	bool doubtful;		       /* whose answer it is cannot be told */
	uint8_t family;		       /* of the answer's addresses, 0: none yet */
	struct dns_order_name origin;  /* the name that was asked */
	struct dns_order_name current; /* the name that the last line was about */
};

struct dns_order {
	struct dns_answers *answers; /* borrowed */
	struct dns_order_process processes[DNS_ORDER_PROCESSES];
};

/* Takes a line of any kind but OTHER, BROKEN and LOST, without a serial number. q: the question that a QUERY
 * made, else NULL. hash: of the line's name. */
void dns_order_take(struct dns_order *o, const struct dns_line *line, struct question *q, uint32_t hash,
		    uint32_t pid, uint64_t when);

/* Nothing that comes continues what came before. */
void dns_order_break(struct dns_order *o);
