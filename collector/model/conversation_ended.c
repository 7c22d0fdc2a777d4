/* SPDX-License-Identifier: MIT */
/* Conversations without a connection: what a session remembers of them. */
#include "conversation.h"

#include <string.h>

#include "util.h"

#define ENDED_OF(chain_pointer) CONTAINER_OF(chain_pointer, struct conversation, ended)

void conversation_summary(const struct conversation *conversation, struct sum_facts *ret_facts,
			  struct sum_amounts *ret_amounts)
{
	const struct remote *remote = conversation->remote;
	const struct name *name = conversation->name;

	*ret_facts = (struct sum_facts){
	    .company = conversation->company,
	    .special = remote->special,
	    .category = conversation->category,
	};
	if (name && !conversation->company)
		ret_facts->domain = name->text + name->domain;
	if (!name && !conversation->company)
		ret_facts->network = remote->network;
	if (remote->place)
		memcpy(ret_facts->country, remote->place->country, sizeof(ret_facts->country));
	*ret_amounts = (struct sum_amounts){
	    .traffic = conversation->traffic,
	    .active = conversation->active,
	    .seen = conversation->seen,
	    /* One whose connections all went on elsewhere counts there. */
	    .conversations = conversation->total > 0,
	    .total = conversation->total,
	};
}

static void leave(struct conversations *c, struct conversation *conversation)
{
	chain_take(&conversation->ended);
	quota_give(&c->ended, conversation->device);
	c->n_ended--;
}

/* device: whose sum; NULL: nobody's. */
static void fold(struct conversations *c, struct conversation *conversation, struct device *device)
{
	struct sum_amounts amounts;
	struct sum_facts facts;

	leave(c, conversation);
	conversation_summary(conversation, &facts, &amounts);
	sums_add(&c->sums, device, &facts, &amounts);
	conversation_free(c, conversation);
}

bool conversations_fold_one(struct conversations *c, struct device *device)
{
	struct conversation *oldest;

	if (!c->n_ended)
		return false;
	oldest = ENDED_OF(quota_giver(&c->ended, device, c->max_ended)->ended.next);
	fold(c, oldest, oldest->device);
	return true;
}

void conversation_rest(struct conversations *c, struct conversation *conversation)
{
	struct device *device = conversation->device;

	/* All of it went on elsewhere: there is nothing to remember. */
	if (!conversation->total && !traffic_moved(&conversation->traffic)) {
		conversation_free(c, conversation);
		return;
	}
	chain_append(&device->ended, &conversation->ended);
	quota_take(&c->ended, device);
	c->n_ended++;
	if (c->n_ended > c->max_ended)
		conversations_fold_one(c, device);
}

void conversation_wake(struct conversations *c, struct conversation *conversation)
{
	leave(c, conversation);
}

static void join(struct conversations *c, struct conversation *to, const struct conversation *from)
{
	traffic_add(&to->traffic, &from->traffic);
	to->total += from->total;
	to->told.up += from->told.up;
	to->told.down += from->told.down;
	to->told.total += from->told.total;
	if (from->seen < to->seen)
		to->seen = from->seen;
	if (from->active > to->active)
		to->active = from->active;
	if (from->begun > to->begun)
		to->begun = from->begun;
	row_change(&c->table, &to->row,
		   traffic_moved(&from->traffic) << CONVERSATION_UP_BYTES | COLUMN(CONVERSATION_TOTAL) |
		       COLUMN(CONVERSATION_SEEN) | COLUMN(CONVERSATION_ACTIVE));
	/* The two were counted as two, but for one that was counted elsewhere. */
	if (from->total)
		device_count_total(c->devices, to->device, -1);
	if (from->unseen)
		device_count_unseen(c->devices, to->device, -1);
}

static void hand_over(struct conversations *c, struct conversation *conversation, struct device *successor)
{
	struct conversation *own = conversations_find(c, successor, conversation);

	if (own) {
		conversation_tell(c, conversation);
		join(c, own, conversation);
		leave(c, conversation);
		conversation_free(c, conversation);
		return;
	}
	leave(c, conversation);
	conversation_set_device(c, conversation, successor);
	chain_append(&successor->ended, &conversation->ended);
	quota_take(&c->ended, successor);
	c->n_ended++;
}

void conversations_device_leaves(struct conversations *c, struct device *device)
{
	while (!chain_is_empty(&device->ended)) {
		struct conversation *oldest = ENDED_OF(device->ended.next);

		if (device->successor)
			hand_over(c, oldest, device->successor);
		else
			fold(c, oldest, NULL);
	}
	sums_device_leaves(&c->sums, device);
}

static void begin_anew(struct conversations *c, struct conversation *conversation, int64_t now)
{
	conversation->traffic = (struct traffic){};
	conversation->total = 0;
	for (int i = 0; i < PHASES; i++)
		conversation->total += conversation->phases[i];
	conversation->told = (struct conversation_told){.total = conversation->total};
	conversation->seen = now;
	row_change(&c->table, &conversation->row,
		   CONVERSATION_COUNTERS | COLUMN(CONVERSATION_ACTIVE) | COLUMN(CONVERSATION_SEEN));
	device_count_total(c->devices, conversation->device, 1);
	if (conversation->unseen)
		device_count_unseen(c->devices, conversation->device, 1);
}

void conversations_clear(struct conversations *c, int64_t now)
{
	ROW_TABLE_FOR_EACH_TO_CHANGE(r, &c->devices->table)
	{
		struct chain *ended = &DEVICE_OF(r)->ended;

		while (!chain_is_empty(ended)) {
			struct conversation *oldest = ENDED_OF(ended->next);

			leave(c, oldest);
			conversation_free(c, oldest);
		}
	}
	for (uint32_t slot = 1; slot <= c->n_slots; slot++)
		if (c->slots[slot])
			begin_anew(c, c->slots[slot], now);
	sums_clear(&c->sums);
	refused_done(&c->refused);
}

void conversations_forget_device(struct conversations *c, struct device *device, struct sum_amounts *ret)
{
	struct sum_amounts amounts;
	struct sum_facts facts;

	while (!chain_is_empty(&device->ended)) {
		struct conversation *oldest = ENDED_OF(device->ended.next);

		conversation_summary(oldest, &facts, &amounts);
		sum_amounts_add(ret, &amounts);
		leave(c, oldest);
		conversation_free(c, oldest);
	}
	sums_forget_device(&c->sums, device, ret);
}

void conversations_forget_remote(struct conversations *c, struct remote *remote)
{
	const struct sum_facts none = {};
	struct sum_amounts amounts;
	struct sum_facts facts;

	/* the last one takes the remote along */
	for (uint32_t n = remote->conversations; n; n--) {
		struct conversation *first = CONTAINER_OF(remote->talks.next, struct conversation, of_remote);

		conversation_summary(first, &facts, &amounts);
		leave(c, first);
		sums_add(&c->sums, first->device, &none, &amounts);
		conversation_free(c, first);
	}
}

void conversations_forget_names(struct conversations *c, bool (*is)(const void *data, const char *name),
				const void *data)
{
	for (uint32_t slot = 1; slot <= c->n_slots; slot++) {
		struct conversation *conversation = c->slots[slot];

		if (!conversation || !conversation->name || !is(data, conversation->name->text))
			continue;
		names_drop(c->answers->names, conversation->name);
		conversation->name = NULL;
		conversation_renamed(c, conversation);
		conversation_describe(c, conversation);
	}
	sums_forget_names(&c->sums, is, data);
}
