/* SPDX-License-Identifier: MIT */
/*
 * Who has failed to sign in, and how long the next attempt has to wait. Each address waits longer with each of its own
 * failures, up to ATTEMPTS_PAUSE_MS; all together have so many attempts a second, and who has failed least comes first:
 * many addresses that guess slow down each other, and nobody is locked out. Pure; times are clock_ms().
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "address.h"

#define ATTEMPTS_FREE 3		    /* failures of an address before it has to wait */
#define ATTEMPTS_PAUSE_MS 15000	    /* the longest */
#define ATTEMPTS_MEMORY_MS 900000   /* after the last failure all of an address are forgotten */
#define ATTEMPTS_KNOWN_MS 604800000 /* and that somebody has signed in from there */
#define ATTEMPTS_MAX 4096	    /* addresses that are remembered: the one that failed first goes */
#define ATTEMPTS_AT_ONCE 20	    /* of all together */
#define ATTEMPTS_EVERY_MS 250	    /* and one more in that time */

struct attempts;

/* 0 or -ENOMEM. */
int attempts_new(struct attempts **ret);
struct attempts *attempts_free(struct attempts *a);

/* How long the address has to wait before it may try; 0: it may now. */
uint64_t attempts_wait(struct attempts *a, const struct address *address, uint64_t now_ms);
/*
 * Who comes first: the lower the earlier. First this host, and addresses from which somebody has signed in; then who
 * has failed less, where one who watches the page may have failed some times more than one who does not; of those who are
 * alike who has the better neighbours (/24, or /64: nobody is short of addresses there).
 */
unsigned attempts_rank(struct attempts *a, const struct address *address, bool watches, uint64_t now_ms);

/* How long whoever is next has to wait because of all who tried; 0: not at all. */
uint64_t attempts_wait_all(struct attempts *a, uint64_t now_ms);
/* One tries now. */
void attempts_take(struct attempts *a, uint64_t now_ms);

/* What became of it. */
void attempts_failed(struct attempts *a, const struct address *address, uint64_t now_ms);
void attempts_succeeded(struct attempts *a, const struct address *address, uint64_t now_ms);
