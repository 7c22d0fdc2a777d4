/* SPDX-License-Identifier: MIT */
#include "news.h"

#include <string.h>

#include "category.h"
#include "history_private.h"
#include "siphash.h"
#include "text.h"
#include "util.h"

static int64_t latest(const struct history *h)
{
	return h->looked + h->base;
}

static void note(struct history *h, enum event_kind kind, struct past_device *device, struct party *party,
		 int64_t at, uint64_t amount, bool first)
{
	const struct event facts = {
	    .at = at,
	    .begin = history_time(h, at),
	    .kind = kind,
	    .device = device,
	    .party = party,
	    .amount = amount,
	    .first = first,
	};

	events_note(&h->events, &facts, true);
}

void news_note(struct history *h, enum event_kind kind, const char *text, int64_t at)
{
	struct event facts = {.at = at + h->base, .begin = at, .kind = kind};

	if (!h->hours)
		return;
	text_copy(facts.text, sizeof(facts.text), text, strlen(text));
	events_note(&h->events, &facts, true);
}

void news_gap(struct history *h, int64_t at, int64_t ms)
{
	note(h, EVENT_GAP, NULL, NULL, at, (uint64_t)ms, false);
}

void news_begin(struct history *h, int64_t at)
{
	h->news.from = at + NEWS_SETTLE;
}

static void forget_refusals(struct history *h)
{
	for (size_t i = 0; i < REFUSALS_MAX && h->news.refusals[i].device; i++) {
		past_devices_drop(&h->devices, h->news.refusals[i].device);
		parties_drop(&h->parties, h->news.refusals[i].party);
	}
	memset(h->news.refusals, 0, sizeof(h->news.refusals));
}

static void end_transfer(struct history *h, struct transfer *t)
{
	past_devices_drop(&h->devices, t->device);
	parties_drop(&h->parties, t->party);
	*t = (struct transfer){};
}

void news_clear(struct history *h)
{
	forget_refusals(h);
	for (size_t i = 0; i < TRANSFERS_MAX; i++)
		if (h->news.transfers[i].device)
			end_transfer(h, &h->news.transfers[i]);
	hash_set_done(&h->news.contacts);
}

void news_done(struct history *h)
{
	news_clear(h);
}

/* What one may meet, the weightiest first. */
enum contact { CONTACT_TRACKER, CONTACT_COUNTRY, CONTACT_COMPANY, CONTACTS };

static const enum event_kind contact_kinds[CONTACTS] = {EVENT_TRACKER, EVENT_COUNTRY, EVENT_COMPANY};

static bool is_tracker(uint8_t category)
{
	return category && (category == category_of("advertising") || category == category_of("analytics"));
}

/* NULL: the party is none. */
static const char *contact_text(const struct party_facts *f, enum contact contact)
{
	switch (contact) {
	case CONTACT_TRACKER:
		return is_tracker(f->category) ? f->text : NULL;
	case CONTACT_COUNTRY:
		return f->country[0] ? f->country : NULL;
	case CONTACT_COMPANY:
		return f->whom == WHOM_COMPANY ? f->text : NULL;
	case CONTACTS:
		break;
	}
	return NULL;
}

/* device: its row id, 0 for all together. True: it had not met that. */
static bool meet(struct history *h, uint32_t device, enum contact contact, const char *text)
{
	static const struct siphash_secret none;
	struct hash_set *known = &h->news.contacts;
	const uint64_t parts[] = {device, contact, siphash(&none, text, strlen(text))};
	uint64_t hash = siphash(&none, parts, sizeof(parts));

	return !hash_set_find(known, hash) && known->used < CONTACTS_MAX && hash_set_add(known, hash, 1) == 1;
}

void news_contact(struct history *h, struct past_device *device, struct party *party)
{
	int64_t now = latest(h);
	bool settled = device->noted && now - device->since >= NEWS_DEVICE_SETTLE;
	enum contact met = CONTACTS, met_first = CONTACTS;

	for (enum contact c = CONTACT_TRACKER; c < CONTACTS; c++) {
		const char *text = contact_text(&party->facts, c);
		bool first = text && meet(h, 0, c, text), own = text && meet(h, device->row.id, c, text);

		if (first && met_first == CONTACTS)
			met_first = c;
		if (own && met == CONTACTS)
			met = c;
	}
	if (now < h->news.from)
		return;
	if (met_first < CONTACTS)
		note(h, contact_kinds[met_first], device, party, now, 0, true);
	else if (met < CONTACTS && settled)
		note(h, contact_kinds[met], device, party, now, 0, false);
}

static void remember(struct history *h, const struct cell *cells)
{
	for (const struct cell *cell = cells; cell; cell = cell->next)
		for (enum contact c = CONTACT_TRACKER; cell->device && cell->party && c < CONTACTS; c++) {
			const char *text = contact_text(&cell->party->facts, c);

			if (!text)
				continue;
			meet(h, 0, c, text);
			meet(h, cell->device->row.id, c, text);
		}
}

void news_remember(struct history *h)
{
	hash_set_done(&h->news.contacts);
	CHAIN_FOR_EACH(link, &h->by_time)
		remember(h, SPAN_OF_LINK(link)->cells);
	if (h->running)
		remember(h, h->running->cells);
}

static struct transfer *find_transfer(struct history *h, const struct past_device *device,
				      const struct party *party, bool up)
{
	for (size_t i = 0; i < TRANSFERS_MAX; i++) {
		struct transfer *t = &h->news.transfers[i];

		if (t->device == device && (!device || (t->party == party && t->up == up)))
			return t;
	}
	return NULL;
}

static void look_at_transfer(struct history *h, const struct cell *c, bool up, int64_t at)
{
	uint64_t bytes = up ? c->amounts.up : c->amounts.down;
	struct transfer *t = find_transfer(h, c->device, c->party, up);

	if (!t && bytes >= (up ? NEWS_UPLOAD : NEWS_DOWNLOAD)) {
		t = find_transfer(h, NULL, NULL, up);
		if (!t)
			return;
		*t = (struct transfer){past_device_share(c->device), c->party, up, 0, 0};
		c->party->references++;
		note(h, up ? EVENT_UPLOAD : EVENT_DOWNLOAD, t->device, t->party, at, bytes, false);
	}
	if (!t)
		return;
	t->bytes += bytes;
	t->minute = bytes;
}

void news_minute(struct history *h, const struct span *s)
{
	int64_t end = s->at + MINUTE_MS;

	forget_refusals(h);
	for (const struct cell *c = s->cells; c; c = c->next)
		for (int up = 0; c->device && c->party && up < 2; up++)
			look_at_transfer(h, c, up, end);
	for (size_t i = 0; i < TRANSFERS_MAX; i++) {
		struct transfer *t = &h->news.transfers[i];

		if (t->device && t->minute < (t->up ? NEWS_UPLOAD : NEWS_DOWNLOAD) / NEWS_OVER) {
			note(h, t->up ? EVENT_UPLOAD_ENDED : EVENT_DOWNLOAD_ENDED, t->device, t->party, end,
			     t->bytes, false);
			end_transfer(h, t);
		}
		t->minute = 0;
	}
}

void news_hand_over(struct history *h, struct past_device *from, struct past_device *to)
{
	forget_refusals(h);
	for (size_t i = 0; i < TRANSFERS_MAX; i++)
		if (h->news.transfers[i].device == from) {
			h->news.transfers[i].device = past_device_share(to);
			past_devices_drop(&h->devices, from);
		}
	events_hand_over(&h->events, from, to);
	/* It is known as long as the one that it turned out to be. */
	to->noted |= from->noted;
	news_remember(h);
}

void news_forget_device(struct history *h, const struct past_device *device)
{
	forget_refusals(h);
	for (size_t i = 0; i < TRANSFERS_MAX; i++)
		if (h->news.transfers[i].device == device)
			end_transfer(h, &h->news.transfers[i]);
	events_forget_device(&h->events, device);
	news_remember(h);
}

void news_refused(struct history *h, struct device *device, const struct party_facts *facts, bool failed)
{
	enum event_kind kind = failed ? EVENT_FAILED : EVENT_BLOCKED;
	struct refusal *r = h->news.refusals, *end = r + REFUSALS_MAX;
	struct past_device *past = device->past;
	struct party *party;

	if (!h->running || !past)
		return;
	party = parties_take(&h->parties, facts);
	while (party && r < end && r->device && (r->device != past || r->party != party || r->kind != kind))
		r++;
	if (!party || r == end) {
		parties_drop(&h->parties, party);
		return;
	}
	if (r->device)
		parties_drop(&h->parties, party);
	else
		*r = (struct refusal){past_device_share(past), party, kind, 0};
	if (++r->n == NEWS_REFUSED &&
	    !events_has(&h->events, kind, past, r->party, latest(h) - NEWS_REFUSED_REST))
		note(h, kind, past, r->party, latest(h), r->n, false);
}

void news_call(struct history *h, struct device *device, const struct party_facts *facts, int64_t now)
{
	struct past_device *past = device->past;
	int64_t at = now + h->base;
	struct party *party;

	if (!h->running || !past || category_is_games(facts->category))
		return;
	if (!past->call_began)
		past->call_began = at;
	past->call_last = at;
	if (past->call_told || at - past->call_began < NEWS_CALL_SURE)
		return;
	past->call_told = true;
	party = parties_take(&h->parties, facts);
	note(h, EVENT_CALL, past, party, past->call_began, 0, false);
	parties_drop(&h->parties, party);
}

static void look_at_call(struct history *h, struct past_device *past, int64_t at)
{
	if (!past->call_began || at - past->call_last < NEWS_CALL_OVER)
		return;
	if (past->call_told)
		note(h, EVENT_CALL_ENDED, past, NULL, past->call_last,
		     (uint64_t)(past->call_last - past->call_began), false);
	past->call_began = past->call_last = 0;
	past->call_told = false;
}

static void look_at_presence(struct history *h, struct past_device *past, int64_t at)
{
	bool moved;

	if (past->here && past->here->active + h->base > past->active)
		past->active = past->here->active + h->base;
	moved = past->here && at - past->active < NEWS_LEFT;
	if (!past->noted) {
		past->noted = past->present = true;
		past->since = at;
		if (at >= h->news.from)
			note(h, EVENT_JOINED, past, NULL, at, 0, false);
	} else if (moved && !past->present) {
		past->present = true;
		note(h, EVENT_BACK, past, NULL, past->active, 0, false);
	} else if (past->present && at - past->active >= NEWS_LEFT) {
		past->present = false;
		note(h, EVENT_LEFT, past, NULL, past->active, 0, false);
	}
}

void news_look(struct history *h, int64_t now)
{
	int64_t at = now + h->base;

	if (!h->running)
		return;
	ROW_TABLE_FOR_EACH_TO_CHANGE(r, &h->devices.table)
	{
		look_at_presence(h, PAST_DEVICE_OF(r), at);
		look_at_call(h, PAST_DEVICE_OF(r), at);
	}
}
