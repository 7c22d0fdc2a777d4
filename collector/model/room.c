/* SPDX-License-Identifier: MIT */
#include "room.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define OF_THE_GAME                                                                                          \
	(COLUMN(ROOM_ROUND_KIND) | COLUMN(ROOM_QUESTION) | COLUMN(ROOM_CHOICES) | COLUMN(ROOM_VOTES_FIRST) | \
	 COLUMN(ROOM_VOTES_SECOND) | COLUMN(ROOM_VOTES_THIRD) | COLUMN(ROOM_VOTES_FOURTH))

void room_init(struct room *r, struct row_watch *watch, struct shared *shared)
{
	*r = (struct room){.shared = shared};
	row_table_init(&r->table, watch);
	row_table_init(&r->marks, watch);
	row_add(&r->table, &r->row);
}

static void drop_choices(struct room *r)
{
	for (unsigned i = 0; i < r->n_choices; i++)
		shared_drop_company(r->shared, r->choices[i].company);
	memset(r->choices, 0, sizeof(r->choices));
	r->n_choices = 0;
}

void room_done(struct room *r)
{
	drop_choices(r);
	shared_drop_company(r->shared, r->company);
	row_table_done(&r->table);
	row_table_done(&r->marks);
}

static void change(struct room *r, uint64_t columns)
{
	r->changes++;
	row_change(&r->table, &r->row, columns);
}

static void set_round(struct room *r, const char *label, int64_t since, uint64_t timer)
{
	drop_choices(r);
	r->kind = ROOM_PLAIN;
	r->question = ROOM_NO_QUESTION;
	snprintf(r->label, sizeof(r->label), "%s", label);
	r->since = since;
	r->timer = timer;
	change(r, COLUMN(ROOM_ROUND) | COLUMN(ROOM_ROUND_SINCE) | COLUMN(ROOM_ROUND_UNTIL) |
		      COLUMN(ROOM_ROUND_NUMBER) | OF_THE_GAME);
}

void room_begin_round(struct room *r, const char *label, int64_t since, uint64_t timer)
{
	if (!++r->number)
		r->number = 1;
	set_round(r, label, since, timer < ROOM_TIMER_MAX ? timer : ROOM_TIMER_MAX);
}

void room_end_round(struct room *r)
{
	if (r->label[0])
		set_round(r, "", 0, 0);
}

void room_play(struct room *r, enum room_kind kind, enum room_question question)
{
	drop_choices(r);
	r->kind = kind;
	r->question = kind == ROOM_GUESS ? question : ROOM_NO_QUESTION;
	change(r, OF_THE_GAME);
}

void room_add_choice(struct room *r, const struct room_choice *choice)
{
	if (r->n_choices == ROOM_CHOICES_MAX)
		return;
	if (choice->company)
		choice->company->references++;
	r->choices[r->n_choices++] = *choice;
	change(r, OF_THE_GAME);
}

bool room_is_time_up(const struct room *r, int64_t now)
{
	return r->timer && now >= r->since + (int64_t)r->timer;
}

void room_time_up(struct room *r, int64_t now)
{
	if (!r->label[0] || room_is_time_up(r, now))
		return;
	/* 0 says that there is no timer */
	r->timer = now > r->since ? (uint64_t)(now - r->since) : 1;
	change(r, COLUMN(ROOM_ROUND_UNTIL));
}

void room_vote(struct room *r, unsigned choice)
{
	r->choices[choice].votes++;
	change(r, COLUMN(ROOM_VOTES_FIRST) << choice);
}

static void set_frozen(struct room *r, bool is_frozen, int64_t since)
{
	if (r->is_frozen == is_frozen)
		return;
	r->is_frozen = is_frozen;
	r->frozen = since;
	change(r, COLUMN(ROOM_FROZEN));
}

void room_freeze(struct room *r, int64_t since)
{
	set_frozen(r, true, since);
}

void room_release(struct room *r)
{
	set_frozen(r, false, 0);
}

void room_spotlight(struct room *r, struct device *device, struct company *company)
{
	if (r->device == device && r->company == company)
		return;
	if (company)
		company->references++;
	shared_drop_company(r->shared, r->company);
	r->device = device;
	r->company = company;
	change(r, COLUMN(ROOM_DEVICE) | COLUMN(ROOM_COMPANY));
}

void room_show(struct room *r, const char *view)
{
	if (!strncmp(r->view, view, sizeof(r->view) - 1))
		return;
	snprintf(r->view, sizeof(r->view), "%s", view);
	change(r, COLUMN(ROOM_VIEW));
}

void room_lock_names(struct room *r, bool locked)
{
	if (r->names_locked == locked)
		return;
	r->names_locked = locked;
	change(r, COLUMN(ROOM_NAMES_LOCKED));
}

void room_mark(struct room *r, const char *text, int64_t at)
{
	struct room_mark *mark = &r->ring[r->n_marks % ROOM_MARKS];

	if (r->n_marks++ >= ROOM_MARKS)
		row_remove(&r->marks, &mark->row);
	mark->at = at;
	snprintf(mark->text, sizeof(mark->text), "%s", text);
	row_add(&r->marks, &mark->row);
	r->changes++;
}

void room_clear(struct room *r)
{
	room_end_round(r);
	room_release(r);
	room_spotlight(r, NULL, NULL);
	for (unsigned i = 0; i < ROOM_MARKS && i < r->n_marks; i++)
		row_remove(&r->marks, &r->ring[i].row);
	r->n_marks = 0;
	r->changes++;
}

void room_device_leaves(struct room *r, const struct device *device)
{
	if (device->successor && device->voted == r->number)
		device->successor->voted = device->voted;
	if (r->device == device)
		room_spotlight(r, device->successor, NULL);
}

const struct room_mark *room_mark_at(const struct room *r, unsigned place)
{
	uint64_t first = r->n_marks > ROOM_MARKS ? r->n_marks - ROOM_MARKS : 0;

	return first + place < r->n_marks ? &r->ring[(first + place) % ROOM_MARKS] : NULL;
}

const char *room_choice_text(const struct room_choice *choice, char from[ROOM_FROM_TEXT_MAX])
{
	if (choice->company)
		return choice->company->name;
	snprintf(from, ROOM_FROM_TEXT_MAX, "%" PRIu32, choice->from);
	return from;
}

const char *room_kind_word(enum room_kind kind)
{
	static const char *const words[ROOM_KINDS] = {
	    [ROOM_PLAIN] = "", [ROOM_QUIET] = "quiet", [ROOM_APP] = "app", [ROOM_GUESS] = "guess"};

	return words[kind];
}

const char *room_question_word(enum room_question question)
{
	static const char *const words[ROOM_QUESTIONS] = {[ROOM_NO_QUESTION] = "",
							  [ROOM_COUNTRIES] = "countries",
							  [ROOM_COMPANIES] = "companies",
							  [ROOM_MOST] = "most"};

	return words[question];
}

bool room_is_view(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

	return name[0] >= 'a' && name[0] <= 'z' && strlen(name) < ROOM_VIEW_MAX &&
	       !name[strspn(name, allowed)];
}
