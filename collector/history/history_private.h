/* SPDX-License-Identifier: MIT */
/* The inside of the history, shared by history.c (the minute that runs) and history_fold.c (those that are over). */
#pragma once

#include "history.h"

#define MINUTE_MS 60000

/* Lets its device and party go, and takes it out of its table; its span's list is the caller's. */
void history_drop_cell(struct history *h, struct cell *c);
/* With its cells. */
void history_drop_span(struct history *h, struct span *s);
/* Puts a span of time before that minute, and its cells, into the tables. before: where in by_time it stands. */
void history_publish(struct history *h, struct span *s, struct chain *before);
void history_note_full(struct history *h);

/* history_fold.c: folds what is old enough, and drops what is older than is kept. until: ms of the history's clock, at
 * which the newest span ends. */
void history_age(struct history *h, int64_t until);
/* One cell more fits, if something has to be folded early or go for it. */
bool history_make_room(struct history *h);
