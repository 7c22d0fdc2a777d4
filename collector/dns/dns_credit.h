/* SPDX-License-Identifier: MIT */
/*
 * Whose answer is it? Turns the lines of one log, in their order, into events.
 *
 * With serial numbers (log-queries=extra) each answer is credited to the client and the name of its question.
 *
 * Without them the order tells. dnsmasq does one thing at a time: what it answers by itself follows the
 * question at once, and the lines about one answer from upstream follow each other. So an answer's first line
 * holds the name that was asked, and after a "<CNAME>" line the next one holds the alias's target. Each
 * client that waits for that name and type of address is credited, for dnsmasq answers them all with the same
 * message. Where the target is a name that somebody waits for, too, the line may be that one's answer: then
 * the address is credited to the target, without a client, as it is when nobody is known to wait. (Questions
 * over TCP are answered by processes of their own: lines of different processes are never taken for one
 * message.)
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "dns_event.h"
#include "dns_line.h"

struct dns_credit;

/* max_questions: how many are kept, answered ones until their place is needed; about 400 bytes each, touched
 * when first used. listener, data: borrowed. 0, -ENOMEM. */
int dns_credit_new(struct dns_credit **ret, size_t max_questions, dns_listener listener, void *data);
struct dns_credit *dns_credit_free(struct dns_credit *c);

/* pid: of the process that wrote the line, 0: unknown. when: the milliseconds at which it was written, on any clock that
 * does not jump; stamp: the events' time (Unix time, or 0 for now). */
void dns_credit_take(struct dns_credit *c, const struct dns_line *line, uint32_t pid, uint64_t when,
		     uint64_t stamp);

/* Lines are missing here: what comes next does not continue what came before. count: how many, 0 when that is
 * unknown (then there is no event). */
void dns_credit_gap(struct dns_credit *c, uint64_t count, uint64_t stamp);
