/* SPDX-License-Identifier: MIT */
/* What is said of conversations: their names, whose they are and what for, whether they hide lookups, how they behave. */
#include <netinet/in.h>

#include "category.h"
#include "conversation.h"
#include "util.h"

#define PORT_DNS 53
/* The log of lookups is read behind the connections: so much later a lookup may be the one that a connection was for. ms */
#define READ_BEHIND 10000

/* Of names that another device looked up nothing follows. */
static bool is_hiding(const struct conversation *conversation, uint8_t category)
{
	if (category_is_encrypted_dns(category))
		return conversation->has_port && conversation->port != PORT_DNS;
	return category_hides(category);
}

/* Questions to a DNS server that anybody on the way can read. */
static bool is_plain_dns(const struct conversation *conversation)
{
	return conversation->has_port && conversation->port == PORT_DNS && !conversation->inbound &&
	       (conversation->protocol == IPPROTO_UDP || conversation->protocol == IPPROTO_TCP);
}

/* A server of encrypted DNS is asked in the clear, too. */
static uint8_t category_for(const struct conversation *conversation)
{
	const struct name *name = conversation->name;
	uint8_t category = name && name->category ? name->category : conversation->remote->category;
	bool encrypted = category_is_encrypted_dns(category);

	if ((category == CATEGORY_NONE || encrypted) && is_plain_dns(conversation))
		return category_of("dns");
	return encrypted && !conversation->has_port ? category_of("dns") : category;
}

static uint32_t list_for(const struct conversation *conversation)
{
	const struct name *name = conversation->name;
	const struct remote *remote = conversation->remote;

	if (name && name->list)
		return name->list;
	return !name || remote->category ? remote->list : 0;
}

void conversation_describe(struct conversations *c, struct conversation *conversation)
{
	const struct name *name = conversation->name;
	/* Whom it asked for counts; on whose machines that runs does not, nor does whom another device asked for. */
	struct company *company = name ? name->company : conversation->remote->company;
	uint8_t category = category_for(conversation);
	uint32_t list = list_for(conversation);
	uint64_t changed = 0;

	if (company != conversation->company) {
		if (company)
			company->references++;
		shared_drop_company(c->remotes->shared, conversation->company);
		conversation->company = company;
		changed |= COLUMN(CONVERSATION_COMPANY);
	}
	if (category != conversation->category)
		changed |= COLUMN(CONVERSATION_CATEGORY);
	if (list != conversation->list)
		changed |= COLUMN(CONVERSATION_LIST);
	conversation->category = category;
	conversation->list = list;
	if (changed)
		row_change(&c->table, &conversation->row, changed);
}

void conversation_note_dns(struct conversations *c, const struct conversation *conversation, int64_t now)
{
	if (conversation->hides)
		device_hides(c->devices, conversation->device, now);
	if (conversation->asks_elsewhere)
		device_asks_elsewhere(c->devices, conversation->device, now);
}

static void note_hiding(struct conversations *c, struct conversation *conversation, int64_t now)
{
	const struct name *name = conversation->name;
	const struct remote *remote = conversation->remote;

	conversation->hides =
	    (name && is_hiding(conversation, name->category)) || is_hiding(conversation, remote->category);
	conversation->asks_elsewhere = is_plain_dns(conversation) && remote->special != SPECIAL_HOME;
	conversation_note_dns(c, conversation, now);
}

void conversation_renamed(struct conversations *c, struct conversation *conversation)
{
	if (conversation->naming.id)
		row_change(&c->naming, &conversation->naming, COLUMN(CONVERSATION_NAME_NAME));
	else
		row_add_to(&c->naming, &conversation->naming, &conversation->row);
}

void conversation_rename(struct conversations *c, struct conversation *conversation, int64_t now)
{
	const struct remote *remote = conversation->remote;
	struct name *before = conversation->name;
	const struct answer *answer = answers_latest(c->answers, &remote->address, conversation->device);

	/* None of its connections is for what was looked up long after the last of them came. */
	if (answer && answer->name != before &&
	    (!before || answer->when <= conversation->begun + READ_BEHIND)) {
		conversation->name = name_share(answer->name);
		names_drop(c->answers->names, before);
		conversation_renamed(c, conversation);
	}
	if (conversation->unseen && remote->name) {
		conversation->unseen = false;
		device_count_unseen(c->devices, conversation->device, -1);
	}
	conversation_describe(c, conversation);
	note_hiding(c, conversation, now);
}

void conversations_rename(struct conversations *c, struct remote *remote, int64_t now)
{
	for (struct chain *link = remote->talks.next; link != &remote->talks; link = link->next)
		conversation_rename(c, CONTAINER_OF(link, struct conversation, of_remote), now);
}

void conversations_describe(struct conversations *c, uint32_t slot, int64_t now)
{
	struct conversation *conversation = conversations_at(c, slot);

	if (!conversation)
		return;
	conversation_describe(c, conversation);
	note_hiding(c, conversation, now);
}

void conversations_look(struct conversations *c, int64_t now)
{
	for (uint32_t slot = 1; slot <= c->n_slots; slot++) {
		struct conversation *conversation = c->slots[slot];
		const struct traffic *t;

		if (!conversation)
			continue;
		t = &conversation->traffic;
		if (behaviour_look(&conversation->behaviour, t->up_bytes, t->down_bytes, t->up_packets,
				   t->down_packets, (uint32_t)now))
			row_change(&c->table, &conversation->row, COLUMN(CONVERSATION_BEHAVIOUR));
	}
}
