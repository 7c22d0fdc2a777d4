/* SPDX-License-Identifier: MIT */
/*
 * What the history is told of conversations. Nothing is done for a packet: what it knows of their sums is compared with
 * them now and then.
 */
#include "conversation.h"

#include <string.h>

#include "category.h"

static struct party_facts party_of(const struct sum_facts *f)
{
	struct party_facts ret = {.special = f->special, .category = f->category};

	memcpy(ret.country, f->country, sizeof(ret.country));
	if (f->company) {
		ret.whom = WHOM_COMPANY;
		ret.text = f->company->name;
	} else if (f->domain) {
		ret.whom = WHOM_NAME;
		ret.text = f->domain;
	} else if (f->network) {
		ret.whom = WHOM_NETWORK;
		ret.text = f->network->name;
		ret.asn = f->network->asn;
	}
	return ret;
}

void conversation_tell(struct conversations *c, struct conversation *conversation)
{
	struct conversation_told *told = &conversation->told;
	const struct cell_amounts moved = {
	    .up = conversation->traffic.up_bytes - told->up,
	    .down = conversation->traffic.down_bytes - told->down,
	    .connections = conversation->total - told->total,
	};
	struct sum_amounts amounts;
	struct party_facts party;
	struct sum_facts facts;

	if (!moved.up && !moved.down && !moved.connections)
		return;
	*told = (struct conversation_told){conversation->traffic.up_bytes, conversation->traffic.down_bytes,
					   conversation->total};
	if (!c->history || conversation->device->wish != WISH_SHOWN)
		return;
	conversation_summary(conversation, &facts, &amounts);
	/* It became known just now that it is not to be shown, and it goes when it is looked at again. */
	if (category_is_ignored(facts.category))
		return;
	party = party_of(&facts);
	history_count(c->history, conversation->device, &party, &moved);
}

void conversations_tell(struct conversations *c)
{
	for (uint32_t slot = 1; slot <= c->n_slots; slot++)
		if (c->slots[slot])
			conversation_tell(c, c->slots[slot]);
}

void conversations_tell_calls(struct conversations *c, int64_t now)
{
	for (uint32_t slot = 1; slot <= c->n_slots; slot++) {
		const struct conversation *conversation = c->slots[slot];
		struct sum_amounts amounts;
		struct party_facts party;
		struct sum_facts facts;

		if (!conversation || conversation->behaviour.kind != BEHAVIOUR_CALL ||
		    conversation->device->wish != WISH_SHOWN)
			continue;
		conversation_summary(conversation, &facts, &amounts);
		party = party_of(&facts);
		news_call(c->history, conversation->device, &party, now);
	}
}

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

void conversation_note_told(struct conversation *conversation, const struct conversation_told *told,
			    const struct traffic *brought)
{
	conversation->told.up += least(told->up, brought->up_bytes);
	conversation->told.down += least(told->down, brought->down_bytes);
	conversation->told.total += told->total > 0;
}

struct conversation_told conversation_take_told(struct conversation *conversation)
{
	struct conversation_told *told = &conversation->told;
	struct conversation_told ret = {
	    .up = told->up - least(told->up, conversation->traffic.up_bytes),
	    .down = told->down - least(told->down, conversation->traffic.down_bytes),
	    .total = told->total > 0,
	};

	told->up -= ret.up;
	told->down -= ret.down;
	told->total -= ret.total;
	return ret;
}
