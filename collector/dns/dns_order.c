/* SPDX-License-Identifier: MIT */
#include "dns_order.h"

#include <string.h>

static struct dns_order_process *find_process(struct dns_order *o, uint32_t pid)
{
	struct dns_order_process *oldest = &o->processes[0];

	for (size_t i = 0; i < DNS_ORDER_PROCESSES; i++) {
		struct dns_order_process *p = &o->processes[i];

		if (p->pid == pid && p->when)
			return p;
		if (p->when < oldest->when)
			oldest = p;
	}
	oldest->pid = pid;
	oldest->state = DNS_ORDER_IDLE;
	return oldest;
}

static void set_name(struct dns_order_name *n, const struct dns_line *line, uint32_t hash)
{
	n->hash = hash;
	n->length = line->name_length;
	memcpy(n->text, line->name, (size_t)line->name_length + 1);
}

static bool is_name(const struct dns_order_name *n, const struct dns_line *line, uint32_t hash)
{
	return n->hash == hash && n->length == line->name_length && !memcmp(n->text, line->name, n->length);
}

/* A name as hosts have. A text in an answer may look like a name and an address, but then it has blanks. */
static bool is_plain_name(const struct dns_line *line)
{
	return line->exact && !memchr(line->name, ' ', line->name_length);
}

/* What line says can be an answer to a question of q's type. */
static bool suits(const struct question *q, const struct dns_line *line)
{
	bool address = q->type == DNS_TYPE_A || q->type == DNS_TYPE_AAAA;

	switch (line->value) {
	case DNS_VALUE_NODATA:
		return line->family ? q->type == (line->family == 4 ? DNS_TYPE_A : DNS_TYPE_AAAA) : !address;
	case DNS_VALUE_RECORD:
		return !address;
	default:
		return question_asks_family(q, line->family);
	}
}

/* q waits for this name, or has a part in this very answer. */
static bool waits(const struct question *q, const struct dns_order_process *p,
		  const struct dns_order_name *name, const struct dns_line *line, uint64_t when)
{
	return question_has_name(q, name->hash, name->text, name->length) &&
	       (q->answer ? q->answer == p->number : question_is_fresh(q, when)) && suits(q, line);
}

/* own: count only what this process was asked. */
static bool somebody_waits(const struct dns_order *o, const struct dns_order_process *p,
			   const struct dns_order_name *name, const struct dns_line *line, bool own,
			   uint64_t when)
{
	unsigned left;

	for (struct question *q = question_first(&o->answers->questions, name->hash, &left); q;
	     q = question_next(&o->answers->questions, q, &left))
		if ((!own || q->pid == p->pid) && waits(q, p, name, line, when))
			return true;
	return false;
}

/* Gives the answer to all who asked this process for the origin; where nobody did, to all who wait for it.
 * settle: it is theirs, but what it says may not be. False when nobody waits. */
static bool answer_origin(struct dns_order *o, struct dns_order_process *p, const struct dns_line *line,
			  bool settle, uint64_t when)
{
	bool any = false;
	unsigned left;

	p->own = p->own || somebody_waits(o, p, &p->origin, line, true, when);

	for (struct question *q = question_first(&o->answers->questions, p->origin.hash, &left); q;
	     q = question_next(&o->answers->questions, q, &left)) {
		if ((p->own && q->pid != p->pid) || !waits(q, p, &p->origin, line, when))
			continue;
		if (settle)
			question_settle(&o->answers->questions, q, p->number, when);
		else
			dns_answer_take(o->answers, q, line, p->number, when);
		any = true;
	}
	return any;
}

static void begin_answer(struct dns_order *o, struct dns_order_process *p, const struct dns_line *line,
			 uint32_t hash)
{
	p->state = DNS_ORDER_ANSWERED;
	p->number = ++o->answers->answers;
	p->alias = false;
	p->own = false;
	p->doubtful = false;
	p->family = 0;
	set_name(&p->origin, line, hash);
	set_name(&p->current, line, hash);
}

/* The line goes on with p's answer: it says what the alias stands for. It may be another answer all the same,
 * where somebody waits for this name, too. False: it is. */
static bool follow_alias(struct dns_order *o, struct dns_order_process *p, const struct dns_line *line,
			 uint32_t hash, uint64_t when)
{
	struct dns_order_name name;

	set_name(&name, line, hash);
	if (!is_plain_name(line) || is_name(&p->origin, line, hash))
		return false;
	if (somebody_waits(o, p, &name, line, false, when)) {
		if (!somebody_waits(o, p, &p->origin, line, false, when))
			return false;
		p->doubtful = true;
	}
	p->alias = false;
	p->current = name;
	return true;
}

/* True when the line goes on with p's answer. A message answers for one family only. */
static bool goes_on(struct dns_order *o, struct dns_order_process *p, const struct dns_line *line,
		    uint32_t hash, uint64_t when)
{
	if (p->state != DNS_ORDER_ANSWERED || dns_elapsed(when, p->when) > DNS_ANSWER_TOGETHER_MS ||
	    (p->family && line->family && line->family != p->family))
		return false;
	return p->alias ? follow_alias(o, p, line, hash, when) : is_name(&p->current, line, hash);
}

static void take_reply(struct dns_order *o, struct dns_order_process *p, const struct dns_line *line,
		       uint32_t hash, uint64_t when)
{
	bool is_address = line->value == DNS_VALUE_ADDRESS, known;

	if (!line->about_name || !line->exact) {
		p->state = DNS_ORDER_IDLE;
		return;
	}
	if (!goes_on(o, p, line, hash, when))
		begin_answer(o, p, line, hash);
	if (line->value == DNS_VALUE_CNAME) {
		p->alias = true;
		return;
	}
	if (line->family)
		p->family = line->family;
	known = answer_origin(o, p, line, p->doubtful, when) && !p->doubtful;
	if (is_address && !known && is_plain_name(line) && (p->doubtful || is_name(&p->origin, line, hash)))
		dns_answer_tell(
		    o->answers,
		    &(struct dns_event){.kind = DNS_ADDRESS, .name = line->name, .address = line->address},
		    NULL);
	if (line->value == DNS_VALUE_NODATA || line->value == DNS_VALUE_NXDOMAIN)
		p->state = DNS_ORDER_IDLE;
}

/* Somebody but who asked p last waits for this name, and nobody was sent upstream for it: a process answers
 * what it need not send upstream before it takes the next question, so another process was asked. */
static bool another_was_asked(const struct dns_order *o, const struct dns_order_process *p,
			      const struct dns_line *line, uint32_t hash, uint64_t when)
{
	struct dns_order_name name;
	bool any = false;
	unsigned left;

	set_name(&name, line, hash);
	for (struct question *q = question_first(&o->answers->questions, hash, &left); q;
	     q = question_next(&o->answers->questions, q, &left)) {
		if (q == p->question || !waits(q, p, &name, line, when))
			continue;
		if (q->forwarded)
			return false;
		any = true;
	}
	return any;
}

/* dnsmasq's own answer follows the question. */
static void take_local(struct dns_order *o, struct dns_order_process *p, const struct dns_line *line,
		       uint32_t hash, uint64_t when)
{
	struct question *q = p->question;

	if (p->state != DNS_ORDER_ASKED || q->id != p->question_id ||
	    dns_elapsed(when, p->when) > DNS_ANSWER_TOGETHER_MS)
		return;
	/* about a question PTR the line begins with the address */
	if (line->about_name && !p->alias && q->type != DNS_TYPE_PTR && !is_name(&p->current, line, hash))
		return;
	/* What the alias stands for; but another process with the same number (in containers all have 1) may
	 * answer somebody else here: rather unknown than wrong. */
	if (line->about_name && p->alias && another_was_asked(o, p, line, hash, when)) {
		question_settle(&o->answers->questions, q, ++o->answers->answers, when);
		p->state = DNS_ORDER_IDLE;
		return;
	}
	if (line->about_name) {
		p->alias = line->value == DNS_VALUE_CNAME;
		set_name(&p->current, line, hash);
	}
	dns_answer_take(o->answers, q, line, q->answer ? q->answer : ++o->answers->answers, when);
}

/* A question goes upstream only where none like it is under way (dnsmasq adds the client to that one
 * instead): so who asked the same before waits no more. They got an error, which does not say whose it is, or
 * an answer whose line was lost. After two seconds dnsmasq asks again all the same: then they go without. */
static void take_forwarded(struct dns_order *o, struct dns_order_process *p, uint64_t when)
{
	struct question *q = p->question;
	unsigned left;

	if (p->state != DNS_ORDER_ASKED || q->id != p->question_id)
		return;
	q->forwarded = true;
	for (struct question *e = question_first(&o->answers->questions, q->hash, &left); e;
	     e = question_next(&o->answers->questions, e, &left))
		if (e != q && !e->answer && !e->has_serial && e->type == q->type && e->pid == q->pid &&
		    question_has_name(e, q->hash, q->name, q->name_length))
			question_settle(&o->answers->questions, e, ++o->answers->answers, when);
}

static void take_query(struct dns_order_process *p, const struct dns_line *line, struct question *q,
		       uint32_t hash)
{
	p->state = DNS_ORDER_ASKED;
	p->question = q;
	p->question_id = q->id;
	p->alias = false;
	set_name(&p->current, line, hash);
}

void dns_order_take(struct dns_order *o, const struct dns_line *line, struct question *q, uint32_t hash,
		    uint32_t pid, uint64_t when)
{
	struct dns_order_process *p = find_process(o, pid);

	if (q)
		take_query(p, line, q, hash);
	else if (line->kind == DNS_LINE_REPLY)
		take_reply(o, p, line, hash, when);
	else if (line->kind == DNS_LINE_LOCAL)
		take_local(o, p, line, hash, when);
	else {
		take_forwarded(o, p, when);
		p->state = DNS_ORDER_IDLE;
	}
	p->when = when ? when : 1;
}

void dns_order_break(struct dns_order *o)
{
	for (size_t i = 0; i < DNS_ORDER_PROCESSES; i++)
		o->processes[i].state = DNS_ORDER_IDLE;
}
