/* SPDX-License-Identifier: MIT */
/*
 * Reads dnsmasq's messages from the systemd journal, through rotation, and tells how many journald has
 * dropped. The place is kept over restarts, so that nothing is missed. Work is cut into pieces of a few
 * milliseconds.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <systemd/sd-event.h>

#include "worker.h"

#define DNS_JOURNAL_PAST_MS ((uint64_t)24 * 60 * 60 * 1000) /* how far back it begins at most, ... */
#define DNS_JOURNAL_PAST_LINES 200000			    /* ... and how many lines */

struct dns_journal;

struct dns_journal_options {
	const char *unit;	  /* only this unit's messages; empty: those of any program called dnsmasq */
	const char *folder;	  /* of journal files; empty: this machine's journal */
	const char *state_folder; /* for the place, empty: it is not kept */
	struct worker *writer;	  /* which keeps it; borrowed, and to be flushed at the end */
	bool past;		  /* begin with what was written before the start, kept place or not */
};

struct dns_journal_listener {
	/* text: borrowed. when: milliseconds of Unix time. See dns_journal_pid for who wrote it. */
	void (*line)(void *data, const char *text, size_t length, uint64_t when);
	/* journald did not keep up, and dropped count lines; 0: unknown how many */
	void (*lost)(void *data, uint64_t count, uint64_t when);
};

/* options: copied. event, listener, data: borrowed. Reads nothing before the loop runs. 0, -ENOMEM, -EINVAL.
 */
int dns_journal_new(struct dns_journal **ret, sd_event *event, const struct dns_journal_options *options,
		    const struct dns_journal_listener *listener, void *data);
/* Hands the place over first, to be kept. */
struct dns_journal *dns_journal_free(struct dns_journal *j);

/* Once a second: opens what is not open yet, polls, keeps the place now and then. */
void dns_journal_check(struct dns_journal *j);

/* While line runs: the process that wrote it, 0 where the journal does not say. Not part of each line, for it
 * takes time. */
uint32_t dns_journal_pid(struct dns_journal *j);

/* 0: it is open; -ENOENT: there is none (yet); -EACCES: there is one that must not be read; -errno. */
int dns_journal_error(const struct dns_journal *j);
/* 0; -errno: the place could not be kept. */
int dns_journal_save_error(const struct dns_journal *j);
