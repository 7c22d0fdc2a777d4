/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <inttypes.h>
#include <stdio.h>

#define CHOICES_MIN 2

/* What is asked. */
struct asked {
	enum room_question question;
	struct room_choice choices[ROOM_CHOICES_MAX]; /* companies: borrowed */
	unsigned n;
};

static bool take_kind(struct command_call *call, enum room_kind *ret)
{
	struct text word = text_take_until(&call->rest, ' ');

	for (unsigned i = ROOM_PLAIN + 1; i < ROOM_KINDS; i++)
		if (text_is(word, room_kind_word((enum room_kind)i))) {
			*ret = (enum room_kind)i;
			return true;
		}
	return false;
}

static enum command_fault take_company(const struct commands *c, struct text word, struct asked *ret)
{
	struct company *company;
	uint64_t id;

	if (!text_take_number(&word, UINT32_MAX, &id) || word.length)
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	company = shared_find_company(&c->model->shared, (uint32_t)id);
	if (!company)
		return COMMAND_FAULT_COMPANY_GONE;
	for (unsigned i = 0; i < ret->n; i++)
		if (ret->choices[i].company == company)
			return COMMAND_FAULT_NOT_UNDERSTOOD;
	ret->choices[ret->n++].company = company;
	return COMMAND_FAULT_NONE;
}

static enum command_fault take_from(struct text word, struct asked *ret)
{
	uint64_t from;

	if (!text_take_number(&word, ROOM_FROM_MAX, &from) || word.length)
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	if (ret->n && from <= ret->choices[ret->n - 1].from)
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	ret->choices[ret->n++].from = (uint32_t)from;
	return COMMAND_FAULT_NONE;
}

/* "most:7,12,3", or "countries:0,5,10,20". */
static enum command_fault take_question(const struct commands *c, struct command_call *call,
					struct asked *ret)
{
	struct text choices = text_take_until(&call->rest, ' ');
	struct text word = text_take_until(&choices, ':');
	enum command_fault fault = COMMAND_FAULT_NONE;

	for (unsigned i = ROOM_NO_QUESTION + 1; i < ROOM_QUESTIONS; i++)
		if (text_is(word, room_question_word((enum room_question)i)))
			ret->question = (enum room_question)i;
	if (ret->question == ROOM_NO_QUESTION)
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	if (ret->question == ROOM_MOST && commands_is_outdated(c, call))
		return COMMAND_FAULT_COMPANY_GONE;
	while (choices.length && !fault) {
		if (ret->n == ROOM_CHOICES_MAX)
			return COMMAND_FAULT_NOT_UNDERSTOOD;
		word = text_take_until(&choices, ',');
		fault = ret->question == ROOM_MOST ? take_company(c, word, ret) : take_from(word, ret);
	}
	return fault ? fault : ret->n < CHOICES_MIN ? COMMAND_FAULT_NOT_UNDERSTOOD : COMMAND_FAULT_NONE;
}

enum command_fault command_play(struct commands *c, struct command_call *call, struct result *r)
{
	struct room *room = &c->model->room;
	struct asked asked = {};
	char label[ROOM_LABEL_MAX];
	enum command_fault fault = COMMAND_FAULT_NONE;
	enum room_kind kind;
	struct text word;
	uint64_t seconds;

	if (!take_kind(call, &kind))
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	word = text_take_until(&call->rest, ' ');
	if (!text_take_number(&word, ROOM_TIMER_MAX / 1000, &seconds) || word.length)
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	if (kind == ROOM_GUESS)
		fault = take_question(c, call, &asked);
	if (!fault)
		fault = commands_take_text(call, label, sizeof(label));
	if (fault)
		return fault;
	room_begin_round(room, label, model_now(c->model), seconds * 1000);
	room_play(room, kind, asked.question);
	for (unsigned i = 0; i < asked.n; i++)
		room_add_choice(room, &asked.choices[i]);
	snprintf(r->did, sizeof(r->did), "began the round \"%s\" (%s) of %" PRIu64 " s", label,
		 room_kind_word(kind), seconds);
	return COMMAND_FAULT_NONE;
}
