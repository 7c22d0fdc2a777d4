/* SPDX-License-Identifier: MIT */
#include "dns_credit.h"

#include <errno.h>
#include <stdlib.h>

#include "dns_answer.h"
#include "dns_order.h"
#include "map.h"

struct dns_credit {
	struct dns_answers answers;
	struct dns_order order;
};

int dns_credit_new(struct dns_credit **ret, size_t max_questions, dns_listener listener, void *data)
{
	struct dns_credit *c = calloc(1, sizeof(*c));

	if (!c)
		return -ENOMEM;
	if (question_table_init(&c->answers.questions, max_questions) < 0) {
		free(c);
		return -ENOMEM;
	}
	c->answers.listener = listener;
	c->answers.data = data;
	c->order.answers = &c->answers;
	*ret = c;
	return 0;
}

struct dns_credit *dns_credit_free(struct dns_credit *c)
{
	if (!c)
		return NULL;
	question_table_done(&c->answers.questions);
	free(c);
	return NULL;
}

static void take_serial(struct dns_answers *a, const struct dns_line *line, uint64_t when)
{
	struct question *q = line->has_client ? question_of_serial(&a->questions, line, when) : NULL;

	if (!q)
		return;
	if (line->value == DNS_VALUE_DUPLICATE)
		dns_answer_duplicate(a, q, when);
	else
		dns_answer_take(a, q, line, q->answer ? q->answer : ++a->answers, when);
}

void dns_credit_gap(struct dns_credit *c, uint64_t count, uint64_t stamp)
{
	dns_order_break(&c->order);
	c->answers.stamp = stamp;
	if (count)
		dns_answer_tell(&c->answers, &(struct dns_event){.kind = DNS_LOST, .count = count}, NULL);
}

void dns_credit_take(struct dns_credit *c, const struct dns_line *line, uint32_t pid, uint64_t when,
		     uint64_t stamp)
{
	struct dns_answers *a = &c->answers;
	struct question *q = NULL;
	uint32_t hash = 0;

	a->stamp = stamp;
	if (line->kind == DNS_LINE_LOST)
		dns_credit_gap(c, line->count, stamp);
	if (line->kind == DNS_LINE_OTHER || line->kind == DNS_LINE_BROKEN || line->kind == DNS_LINE_LOST)
		return;
	if (line->has_serial && line->kind != DNS_LINE_QUERY) {
		take_serial(a, line, when);
		return;
	}
	if (line->about_name)
		hash = map_hash(line->name, line->name_length);
	if (line->kind == DNS_LINE_QUERY)
		q = question_add(&a->questions, line, hash, pid, when);
	if (!line->has_serial)
		dns_order_take(&c->order, line, q, hash, pid, when);
	if (q)
		dns_answer_tell(a, &(struct dns_event){.kind = DNS_ASKED, .type = line->type}, q);
}
