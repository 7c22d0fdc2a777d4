/* SPDX-License-Identifier: MIT */
/* What is told as an event: the rules, each with its threshold and the reason for it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "event.h"
#include "hash_set.h"

struct history;
struct span;
struct device;

/* ms: what is met in the first minutes went on before anybody watched, so it is no news. */
#define NEWS_SETTLE 120000
/* ms: a device that has just come meets all that it ever uses; only what nobody here had met is news of it then. */
#define NEWS_DEVICE_SETTLE 600000
/* ms: phones that sleep say something about every half hour (they are woken by their makers' servers). */
#define NEWS_LEFT 2100000
/* Bytes in a minute to one party. More than the picture of a video call takes (4 Mbit/s). */
#define NEWS_UPLOAD (30u << 20)
/* The same from one party. More than the finest film takes (40 Mbit/s). */
#define NEWS_DOWNLOAD (300u << 20)
#define NEWS_OVER 4 /* a large transfer is over when a minute has less than such a part of that */
/* ms: that something looks like a call is right in three of four looks (behaviour.h), so both take several. */
#define NEWS_CALL_SURE 20000
#define NEWS_CALL_OVER 60000
/* Answers in a minute: programs that give up ask less often. Each question has two or three of them. */
#define NEWS_REFUSED 30
#define NEWS_REFUSED_REST 3600000 /* ms: then it is said again */
#define NEWS_GAP 10000		  /* ms: a restart takes less */

#define CONTACTS_MAX 16384 /* that are remembered; more are no news */
#define TRANSFERS_MAX 32   /* at once; more are not told */
#define REFUSALS_MAX 64	   /* in a minute, likewise */

/* A part of struct history, for news.c alone. */
struct news {
	struct hash_set contacts; /* who has met whom */
	struct transfer {
		struct past_device *device; /* NULL: none */
		struct party *party;
		bool up;
		uint64_t bytes, minute; /* in all, and in the minute that ends */
	} transfers[TRANSFERS_MAX];
	struct refusal {
		struct past_device *device; /* NULL: none, and none behind it */
		struct party *party;
		enum event_kind kind;
		uint32_t n;
	} refusals[REFUSALS_MAX];
	int64_t from; /* ms of the history's clock: what is met before is no news */
};

/* now, at: ms on the collector's clock. */

/* Some seconds have passed, and what moved in them was counted: who has come or left, and whose call is over. */
void news_look(struct history *h, int64_t now);
/* The device, which is shown as it is, makes a call with this party, unless that is for games: at each look. */
void news_call(struct history *h, struct device *device, const struct party_facts *facts, int64_t now);
/* Its question for a name of this party was blocked; failed: nobody could answer it. */
void news_refused(struct history *h, struct device *device, const struct party_facts *facts, bool failed);
/* What whoever leads the room did. text: copied. */
void news_note(struct history *h, enum event_kind kind, const char *text, int64_t at);

/* Between the files of the history alone. at: ms of the history's clock. */

/* Watching begins: all that is met for a while is no news. */
void news_begin(struct history *h, int64_t at);
void news_done(struct history *h);
/* Nothing is known of before. */
void news_clear(struct history *h);
/* Cells went or were taken over, or have another device: who has met whom is what they say. */
void news_remember(struct history *h);
/* A device moved something with a party for the first time in this minute. */
void news_contact(struct history *h, struct past_device *device, struct party *party);
/* The minute is over. */
void news_minute(struct history *h, const struct span *s);
/* The device is another one, or goes. */
void news_hand_over(struct history *h, struct past_device *from, struct past_device *to);
void news_forget_device(struct history *h, const struct past_device *device);
/* Nobody watched for so many ms, from at on. */
void news_gap(struct history *h, int64_t at, int64_t ms);
