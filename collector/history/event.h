/* SPDX-License-Identifier: MIT */
/*
 * What happened: facts, which the page puts into words. Trivia is a fault: of what a device does in a minute one event
 * tells the weightiest, with how many others there were; of calls, large transfers, coming and going there may be some
 * more.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "chain.h"
#include "party.h"
#include "past_device.h"
#include "row.h"
#include "text.h"

#define EVENTS_MAX 1000	   /* the oldest go */
#define EVENT_TEXT_MAX 161 /* bytes with the NUL, as of a mark */
/* ms: one of a device in so long, so that nobody reads of one device alone. */
#define EVENT_PACE 60000
/* The same of what people notice themselves, as a call that begins and ends: so many. */
#define EVENT_HEAVY 4

enum event_kind {
	EVENT_JOINED, /* a device that nothing was known of */
	EVENT_BACK,   /* one that had left */
	EVENT_LEFT,
	EVENT_COMPANY, /* a device met it for the first time, as the next two */
	EVENT_COUNTRY,
	EVENT_TRACKER, /* of advertising or analytics */
	EVENT_UPLOAD,  /* a large one has begun */
	EVENT_UPLOAD_ENDED,
	EVENT_DOWNLOAD,
	EVENT_DOWNLOAD_ENDED,
	EVENT_CALL,
	EVENT_CALL_ENDED,
	EVENT_BLOCKED, /* a name that is blocked was asked for much */
	EVENT_FAILED,  /* one that nobody could answer */
	EVENT_ROUND,
	EVENT_ROUND_ENDED,
	EVENT_MARKED,
	EVENT_GAP, /* nobody watched */
	EVENT_KINDS,
};

struct event {
	struct row row;
	struct chain link;
	int64_t at;    /* ms of the history's clock */
	int64_t begin; /* the same on the collector's clock, negative before its start */
	enum event_kind kind;
	struct past_device *device; /* or NULL */
	struct party *party;	    /* or NULL */
	uint64_t amount;	    /* bytes, ms, or how often, by kind; 0: none */
	uint32_t more;		    /* what else the device did in that minute */
	bool first;		    /* of all devices here */
	bool saved;		    /* history_snapshot.c's own: it is in the file, or on its way there */
	char text[EVENT_TEXT_MAX];
};

struct events {
	struct row_table table;
	struct chain by_time; /* the oldest first */
	struct past_devices *devices;
	struct parties *parties;
};

/* devices, parties, watch: borrowed. */
void events_init(struct events *e, struct row_watch *watch, struct past_devices *devices,
		 struct parties *parties);
/* Zeroed memory is taken. */
void events_done(struct events *e);

/* facts: copied, with one more reference to each. It may count as more of another one instead. paced: false for those of
 * before, which are told as they were. */
void events_note(struct events *e, const struct event *facts, bool paced);

void events_clear(struct events *e);
/* Those before this time, ms of the history's clock. */
void events_expire(struct events *e, int64_t before);
void events_forget_device(struct events *e, const struct past_device *device);
void events_hand_over(struct events *e, struct past_device *from, struct past_device *to);
/* There is one of this kind, device and party since that time, ms of the history's clock. */
bool events_has(const struct events *e, enum event_kind kind, const struct past_device *device,
		const struct party *party, int64_t since);

/* The word of PROTOCOL.md. Static. */
const char *event_word(enum event_kind kind);
/* The kind of a word; EVENT_KINDS for none. */
enum event_kind event_kind_of(struct text word);

#define EVENT_OF(chain_pointer) CONTAINER_OF(chain_pointer, struct event, link)
