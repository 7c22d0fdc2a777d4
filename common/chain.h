/* SPDX-License-Identifier: MIT */
/* A list whose links live inside what it holds, both ways round: oldest first. */
#pragma once

#include <stdbool.h>

struct chain {
	struct chain *next, *previous; /* of a head: the first, the last */
};

static inline void chain_init(struct chain *head)
{
	head->next = head->previous = head;
}

static inline bool chain_is_empty(const struct chain *head)
{
	return head->next == head;
}

/* link: borrowed until chain_take. */
static inline void chain_append(struct chain *head, struct chain *link)
{
	link->next = head;
	link->previous = head->previous;
	head->previous->next = link;
	head->previous = link;
}

static inline void chain_prepend(struct chain *head, struct chain *link)
{
	chain_append(head->next, link);
}

static inline void chain_take(struct chain *link)
{
	link->previous->next = link->next;
	link->next->previous = link->previous;
}

static inline void chain_to_end(struct chain *head, struct chain *link)
{
	chain_take(link);
	chain_append(head, link);
}

/* The whole list from goes to the end of head at once. */
static inline void chain_move_all(struct chain *head, struct chain *from)
{
	if (chain_is_empty(from))
		return;
	from->next->previous = head->previous;
	head->previous->next = from->next;
	from->previous->next = head;
	head->previous = from->previous;
	chain_init(from);
}

/* The body may take link out of its list. */
#define CHAIN_FOR_EACH(link, head)                                                                           \
	for (struct chain *link = (head)->next, *after_##link = link->next; link != (head);                  \
	     link = after_##link, after_##link = link->next)
