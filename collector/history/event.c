/* SPDX-License-Identifier: MIT */
#include "event.h"

#include <stdlib.h>
#include <string.h>

#include "util.h"

/* Of two, which a reader would rather hear of. Nobody misses what has no weight: it is told in any case. */
static const struct {
	const char *word;
	unsigned weight;
	bool heavy; /* a device may have some a minute */
} kinds[EVENT_KINDS] = {
    [EVENT_JOINED] = {"joined", 9, true},     [EVENT_BACK] = {"back", 8, true},
    [EVENT_LEFT] = {"left", 8, true},	      [EVENT_COMPANY] = {"company", 1, false},
    [EVENT_COUNTRY] = {"country", 2, false},  [EVENT_TRACKER] = {"tracker", 3, false},
    [EVENT_UPLOAD] = {"upload", 7, true},     [EVENT_UPLOAD_ENDED] = {"upload-ended", 7, true},
    [EVENT_DOWNLOAD] = {"download", 7, true}, [EVENT_DOWNLOAD_ENDED] = {"download-ended", 7, true},
    [EVENT_CALL] = {"call", 8, true},	      [EVENT_CALL_ENDED] = {"call-ended", 8, true},
    [EVENT_BLOCKED] = {"blocked", 4, false},  [EVENT_FAILED] = {"failed", 4, false},
    [EVENT_ROUND] = {"round", 0, false},      [EVENT_ROUND_ENDED] = {"round-ended", 0, false},
    [EVENT_MARKED] = {"mark", 0, false},      [EVENT_GAP] = {"gap", 0, false},
};
#define FIRST_OF_ALL 4 /* more weight, for one that is the first of all devices */

const char *event_word(enum event_kind kind)
{
	return kinds[kind].word;
}

enum event_kind event_kind_of(struct text word)
{
	enum event_kind kind = EVENT_JOINED;

	while (kind < EVENT_KINDS && !text_is(word, kinds[kind].word))
		kind++;
	return kind;
}

void events_init(struct events *e, struct row_watch *watch, struct past_devices *devices,
		 struct parties *parties)
{
	*e = (struct events){.devices = devices, .parties = parties};
	row_table_init(&e->table, watch);
	chain_init(&e->by_time);
}

static void event_free(struct events *e, struct event *event)
{
	row_remove(&e->table, &event->row);
	chain_take(&event->link);
	past_devices_drop(e->devices, event->device);
	parties_drop(e->parties, event->party);
	free(event);
}

void events_clear(struct events *e)
{
	CHAIN_FOR_EACH(link, &e->by_time)
		event_free(e, EVENT_OF(link));
}

void events_done(struct events *e)
{
	if (!e->devices)
		return;
	row_table_unfollow(&e->table);
	events_clear(e);
}

static unsigned weight(const struct event *e)
{
	return kinds[e->kind].weight + (e->first ? FIRST_OF_ALL : 0);
}

/* The newest of this device of that sort within the pace, and how many there were. */
static struct event *find_lately(const struct events *e, const struct event *facts, bool heavy,
				 unsigned *ret_n)
{
	struct event *newest = NULL;

	*ret_n = 0;
	for (struct chain *link = e->by_time.previous; link != &e->by_time; link = link->previous) {
		struct event *event = EVENT_OF(link);

		if (event->at <= facts->at - EVENT_PACE)
			break;
		if (event->device != facts->device || kinds[event->kind].heavy != heavy)
			continue;
		newest = newest ? newest : event;
		++*ret_n;
	}
	return newest;
}

static void say_instead(struct events *e, struct event *event, const struct event *facts)
{
	struct party *before = event->party;

	event->kind = facts->kind;
	event->first = facts->first;
	event->amount = facts->amount;
	event->party = facts->party;
	if (facts->party)
		facts->party->references++;
	parties_drop(e->parties, before);
	row_change(&e->table, &event->row,
		   COLUMN(HAPPENING_KIND) | COLUMN(HAPPENING_FIRST) | COLUMN(HAPPENING_AMOUNT) |
		       COLUMN(HAPPENING_PARTY));
}

/* True: it counts as more of one that is told already. */
static bool is_too_much(struct events *e, const struct event *facts)
{
	bool heavy = kinds[facts->kind].heavy;
	struct event *lately;
	unsigned n;

	if (!kinds[facts->kind].weight)
		return false;
	lately = find_lately(e, facts, heavy, &n);
	if (!lately || (heavy && n < EVENT_HEAVY))
		return false;
	if (!heavy && weight(facts) > weight(lately))
		say_instead(e, lately, facts);
	lately->more++;
	row_change(&e->table, &lately->row, COLUMN(HAPPENING_MORE));
	return true;
}

void events_note(struct events *e, const struct event *facts, bool paced)
{
	struct event *new;
	struct chain *before = &e->by_time;

	if (paced && is_too_much(e, facts))
		return;
	new = malloc(sizeof(*new));
	if (!new)
		return;
	*new = *facts;
	new->device = past_device_share(facts->device);
	if (new->party)
		new->party->references++;
	/* One that is known late, as that somebody left, stands where it belongs. */
	while (before->previous != &e->by_time && EVENT_OF(before->previous)->at > new->at)
		before = before->previous;
	chain_append(before, &new->link);
	row_add(&e->table, &new->row);
	if (e->table.count > EVENTS_MAX)
		event_free(e, EVENT_OF(e->by_time.next));
}

void events_expire(struct events *e, int64_t before)
{
	while (!chain_is_empty(&e->by_time) && EVENT_OF(e->by_time.next)->at < before)
		event_free(e, EVENT_OF(e->by_time.next));
}

void events_forget_device(struct events *e, const struct past_device *device)
{
	CHAIN_FOR_EACH(link, &e->by_time)
		if (EVENT_OF(link)->device == device)
			event_free(e, EVENT_OF(link));
}

void events_hand_over(struct events *e, struct past_device *from, struct past_device *to)
{
	CHAIN_FOR_EACH(link, &e->by_time) {
		struct event *event = EVENT_OF(link);

		if (event->device != from)
			continue;
		event->device = past_device_share(to);
		past_devices_drop(e->devices, from);
		row_change(&e->table, &event->row, COLUMN(HAPPENING_DEVICE));
	}
}

bool events_has(const struct events *e, enum event_kind kind, const struct past_device *device,
		const struct party *party, int64_t since)
{
	for (struct chain *link = e->by_time.previous; link != &e->by_time; link = link->previous) {
		const struct event *event = EVENT_OF(link);

		if (event->at < since)
			return false;
		if (event->kind == kind && event->device == device && event->party == party)
			return true;
	}
	return false;
}
