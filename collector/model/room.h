/* SPDX-License-Identifier: MIT */
/*
 * What the room is doing, as whoever leads it says: the one row of the table room, and the marks that were set. It is
 * the same for all who watch, and for who comes later.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "device.h"
#include "feed_schema.h"
#include "row.h"
#include "shared.h"

#define ROOM_LABEL_MAX 81 /* bytes with the NUL, as the next two */
#define ROOM_MARK_MAX 161
#define ROOM_VIEW_MAX 33
#define ROOM_MARKS 50 /* the newest are kept */
#define ROOM_CHOICES_MAX 4
#define ROOM_FROM_MAX 1000000
#define ROOM_TIMER_MAX (24ull * 3600 * 1000) /* ms */

/* What is done in a round that the page knows how to play. */
enum room_kind { ROOM_PLAIN, ROOM_QUIET, ROOM_APP, ROOM_GUESS, ROOM_KINDS };
/* Of ROOM_GUESS, and of no other kind: how many countries or companies, or which company has got most. */
enum room_question { ROOM_NO_QUESTION, ROOM_COUNTRIES, ROOM_COMPANIES, ROOM_MOST, ROOM_QUESTIONS };

struct room_choice {
	uint32_t from;		 /* of those of how many: the least number that it stands for */
	struct company *company; /* of ROOM_MOST: it is referred to, so that it stays; else NULL */
	uint32_t votes;
};

struct room_mark {
	struct row row;
	int64_t at; /* ms on the collector's clock; negative: before its start */
	char text[ROOM_MARK_MAX];
};

/* To be changed by the functions below alone. */
struct room {
	struct row row;
	struct row_table table, marks;
	struct shared *shared;
	char label[ROOM_LABEL_MAX]; /* empty: no round is on, and the next two are 0 */
	int64_t since;		    /* ms on the collector's clock */
	uint64_t timer; /* ms, 0: without one. When it is over the round goes on until somebody ends it */
	uint32_t
	    number; /* of the round that is on, or was: each has another one than that before it. Never 0 then */
	enum room_kind kind;
	enum room_question question;
	struct room_choice choices[ROOM_CHOICES_MAX];
	unsigned n_choices;
	bool is_frozen;
	int64_t frozen;		  /* since when */
	struct device *device;	  /* in the spotlight, or NULL */
	struct company *company;  /* the same; it is referred to, so that it stays; never both */
	char view[ROOM_VIEW_MAX]; /* that the wall shows; empty: all in turn */
	bool names_locked;
	struct room_mark ring[ROOM_MARKS]; /* the oldest is at n_marks % ROOM_MARKS, once it is full */
	uint64_t n_marks;		   /* ever set */
	uint64_t changes;		   /* how often something of it was changed */
};

/* watch, shared: borrowed. A struct room must not move in memory. */
void room_init(struct room *r, struct row_watch *watch, struct shared *shared);
/* Before the shared rows. */
void room_done(struct room *r);

/* A round is on from now on, instead of one that was. label: not empty, cut at its end. timer: 0 for none. */
void room_begin_round(struct room *r, const char *label, int64_t since, uint64_t timer);
void room_end_round(struct room *r);
/* What is played in the round that began just now, and in a guess what is asked, without choices yet. */
void room_play(struct room *r, enum room_kind kind, enum room_question question);
/* company: borrowed, or NULL. Of more than ROOM_CHOICES_MAX nothing is done. */
void room_add_choice(struct room *r, const struct room_choice *choice);
/* The time of the round is over now, where it was not before. */
void room_time_up(struct room *r, int64_t now);
bool room_is_time_up(const struct room *r, int64_t now);
/* One vote more, choice: its place. */
void room_vote(struct room *r, unsigned choice);
/* One that is frozen stays so since it was. */
void room_freeze(struct room *r, int64_t since);
void room_release(struct room *r);
/* One of them at most is not NULL. */
void room_spotlight(struct room *r, struct device *device, struct company *company);
/* view: empty for all in turn; cut at its end. */
void room_show(struct room *r, const char *view);
void room_lock_names(struct room *r, bool locked);
/* The oldest goes where there are too many. text: cut at its end. */
void room_mark(struct room *r, const char *text, int64_t at);
/* A new session: no round, nothing frozen or in the spotlight, no marks. What the wall shows, and whether names are
 * locked, stays. */
void room_clear(struct room *r);
/* The device goes: its successor takes its place, and has voted where it has. */
void room_device_leaves(struct room *r, const struct device *device);
/* The mark at this place, the oldest first; NULL after the last. */
const struct room_mark *room_mark_at(const struct room *r, unsigned place);

/* What the choice is called: its company, else the number, written into from. */
#define ROOM_FROM_TEXT_MAX 16
const char *room_choice_text(const struct room_choice *choice, char from[ROOM_FROM_TEXT_MAX]);
/* "quiet"; "" for the first of each. */
const char *room_kind_word(enum room_kind kind);
const char *room_question_word(enum room_question question);
/* May it be a view's name? [a-z][a-z0-9-]* */
bool room_is_view(const char *name);
