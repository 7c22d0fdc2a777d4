/* SPDX-License-Identifier: MIT */
#include "room.h"

#include <stdio.h>
#include <string.h>

void room_init(struct room *r, struct row_watch *watch, struct shared *shared)
{
	*r = (struct room){.shared = shared};
	row_table_init(&r->table, watch);
	row_table_init(&r->marks, watch);
	row_add(&r->table, &r->row);
}

void room_done(struct room *r)
{
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
	snprintf(r->label, sizeof(r->label), "%s", label);
	r->since = since;
	r->timer = timer;
	change(r, COLUMN(ROOM_ROUND) | COLUMN(ROOM_ROUND_SINCE) | COLUMN(ROOM_ROUND_UNTIL));
}

void room_begin_round(struct room *r, const char *label, int64_t since, uint64_t timer)
{
	set_round(r, label, since, timer < ROOM_TIMER_MAX ? timer : ROOM_TIMER_MAX);
}

void room_end_round(struct room *r)
{
	if (r->label[0])
		set_round(r, "", 0, 0);
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
	if (r->device == device)
		room_spotlight(r, device->successor, NULL);
}

const struct room_mark *room_mark_at(const struct room *r, unsigned place)
{
	uint64_t first = r->n_marks > ROOM_MARKS ? r->n_marks - ROOM_MARKS : 0;

	return first + place < r->n_marks ? &r->ring[(first + place) % ROOM_MARKS] : NULL;
}

bool room_is_view(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

	return name[0] >= 'a' && name[0] <= 'z' && strlen(name) < ROOM_VIEW_MAX &&
	       !name[strspn(name, allowed)];
}
