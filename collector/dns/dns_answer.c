/* SPDX-License-Identifier: MIT */
#include "dns_answer.h"

#define NEIGHBOURS_MS 10000 /* a client asks for A, AAAA and HTTPS at once: these belong together */

void dns_answer_tell(struct dns_answers *a, struct dns_event *event, const struct question *q)
{
	if (q) {
		event->has_client = true;
		event->client = q->client;
		event->name = q->name;
	}
	event->time = a->stamp;
	a->listener(a->data, event);
}

static void tell_address(struct dns_answers *a, const struct question *q, const struct address *address)
{
	dns_answer_tell(a, &(struct dns_event){.kind = DNS_ADDRESS, .address = *address}, q);
}

/* The same client's question for another type of the same name came to more than "there is nothing of this
 * type". */
static bool has_better(struct dns_answers *a, const struct question *q, uint64_t when)
{
	unsigned left;

	for (struct question *o = question_first(&a->questions, q->hash, &left); o;
	     o = question_next(&a->questions, o, &left))
		if (o != q && o->answer && question_has_name(o, q->hash, q->name, q->name_length) &&
		    (o->result == DNS_RESULT_ANSWERED || o->result == DNS_RESULT_BLOCKED ||
		     o->result == DNS_RESULT_NXDOMAIN) &&
		    dns_elapsed(when, o->settled) < NEIGHBOURS_MS && address_equal(&o->client, &q->client))
			return true;
	return false;
}

/* weak: it gives way to what came of the client's other questions for this name. */
static void set_result(struct dns_answers *a, struct question *q, uint64_t number, enum dns_result result,
		       bool weak, uint64_t when)
{
	/* of several lines the first tells, but a true address tells more than an empty one */
	if (q->result != DNS_RESULT_UNKNOWN &&
	    (q->result != DNS_RESULT_BLOCKED || result != DNS_RESULT_ANSWERED || weak))
		return;
	question_settle(&a->questions, q, number, when);
	q->result = (uint8_t)result;
	if (!weak || !has_better(a, q, when))
		dns_answer_tell(a, &(struct dns_event){.kind = DNS_RESULT, .result = result}, q);
}

void dns_answer_take(struct dns_answers *a, struct question *q, const struct dns_line *line, uint64_t number,
		     uint64_t when)
{
	bool wants_address = q->type == DNS_TYPE_A || q->type == DNS_TYPE_AAAA;
	bool fits = line->family && (q->type == DNS_TYPE_ANY || wants_address) &&
		    question_asks_family(q, line->family);

	switch (line->value) {
	case DNS_VALUE_ADDRESS:
		if (!fits)
			return;
		set_result(a, q, number, DNS_RESULT_ANSWERED, false, when);
		/* a name that cannot be told apart from others names no address */
		if (q->exact)
			tell_address(a, q, &line->address);
		if (q->has_serial)
			a->recent[a->n_recent++ % DNS_ANSWER_RECENT] =
			    (struct dns_recent){q->answer, line->address};
		return;
	case DNS_VALUE_BLOCKED:
		if (fits || !line->family || line->kind == DNS_LINE_LOCAL)
			set_result(a, q, number, DNS_RESULT_BLOCKED, false, when);
		return;
	case DNS_VALUE_NODATA:
		set_result(a, q, number, DNS_RESULT_NODATA, true, when);
		return;
	case DNS_VALUE_NXDOMAIN:
		set_result(a, q, number, DNS_RESULT_NXDOMAIN, false, when);
		return;
	case DNS_VALUE_FAILED:
		set_result(a, q, number, DNS_RESULT_FAILED, false, when);
		return;
	case DNS_VALUE_RECORD:
		/* beside addresses these are signatures and the like */
		if (!wants_address)
			set_result(a, q, number, DNS_RESULT_ANSWERED, true, when);
		return;
	case DNS_VALUE_NONE:
	case DNS_VALUE_CNAME:
	case DNS_VALUE_DUPLICATE:
		return;
	}
}

void dns_answer_duplicate(struct dns_answers *a, struct question *q, uint64_t when)
{
	struct question *source = NULL;
	unsigned left;

	for (struct question *o = question_first(&a->questions, q->hash, &left); o;
	     o = question_next(&a->questions, o, &left))
		if (o != q && o->has_serial && o->type == q->type && o->result &&
		    dns_elapsed(when, o->settled) < DNS_ANSWER_TOGETHER_MS &&
		    question_has_name(o, q->hash, q->name, q->name_length) &&
		    (!source || o->answer > source->answer))
			source = o;
	if (!source || q->answer)
		return;
	set_result(a, q, source->answer, source->result, source->result == DNS_RESULT_NODATA, when);
	for (size_t i = 0; i < DNS_ANSWER_RECENT; i++) {
		const struct dns_recent *r = &a->recent[(a->n_recent + i) % DNS_ANSWER_RECENT];

		if (r->answer == source->answer && q->exact)
			tell_address(a, q, &r->address);
	}
}
