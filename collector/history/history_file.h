/* SPDX-License-Identifier: MIT */
/*
 * What is kept of the history over restarts, as text in blocks, each of which stands for itself:
 *
 *     connvis-history 1
 *     block
 *     device 1 02:1a:ff:00:99:10 192.0.2.5 Mila
 *     party 1 FI video - company Example
 *     party 2 - - - network 64496 Example Networks
 *     span 1764262380000 1 60000
 *     cell 1 1 1000 2000 1 0
 *     cell 0 2 500 600 1 0
 *     event mark 1764262390000 0 0 0 0 0 Everybody opened a page
 *     end 8 1f3a9c0d5b7e2468
 *
 * A block's devices and parties have numbers from 1 on, in order; 0 stands for none. A device has its MAC, the address that
 * it had last, and what it is called; a party country, category, special network, and "company", "name", "network"
 * (number and name) or "-"; "-" stands for what is unknown. A span has its beginning in ms of Unix time, how many minutes
 * it has, and how many ms of it were watched; the cells behind it are its own: device, party, bytes up and down,
 * connections, lookups. An event has its kind, time, device, party, amount, whether it was the first of all devices, and how much
 * more there was, then perhaps a text. end: how many lines stand between "block" and it, and a checksum (SipHash, with a key of zeros) over
 * these lines.
 *
 * The first block is written with the file; a minute that is over is a block that is added to it. A power cut may tear the last
 * one: what stands behind the last good block is then no block.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "cell.h"
#include "event.h"
#include "party.h"
#include "past_device.h"

#define HISTORY_FILE_MOST (64ul << 20) /* bytes */

struct history_file_span {
	int64_t at; /* ms of Unix time */
	uint32_t minutes, watched;
};

struct history_file_cell {
	uint32_t device, party; /* numbers of the block, 0: none */
	struct cell_amounts amounts;
};

struct history_file_event {
	uint32_t device, party; /* numbers of the block, 0: none */
	struct event event;	/* without these */
};

/* Called in the file's order, for blocks that are whole alone, as far as they are not NULL. What they point to is borrowed until they return. */
struct history_reader {
	void (*block)(void *data);
	void (*device)(void *data, const struct past_device *device); /* mac, address, alias */
	void (*party)(void *data, const struct party_facts *party);
	void (*span)(void *data, const struct history_file_span *span);
	void (*cell)(void *data, const struct history_file_cell *cell);
	void (*event)(void *data, const struct history_file_event *event);
};

/*
 * reader: NULL only checks. 0; 1: the same, but what stands at the end is no block, as after a power cut; -EBADMSG for
 * what is no such file, or spoilt; -EPROTO for one of a newer version. Nobody is called for the last two.
 */
int history_file_read(const char *text, size_t length, const struct history_reader *reader, void *data);

void history_file_head(FILE *f);
/* Each writes a line of a block, which begins behind history_file_begin. */
void history_file_begin(FILE *f);
void history_file_device(FILE *f, uint32_t number, const struct past_device *device);
void history_file_party(FILE *f, uint32_t number, const struct party_facts *party);
void history_file_span(FILE *f, const struct history_file_span *span);
void history_file_cell(FILE *f, const struct history_file_cell *cell);
void history_file_event(FILE *f, const struct history_file_event *event);
/* lines: what stands between "block" and the end, n of them. */
void history_file_end(FILE *f, const char *lines, size_t length, size_t n);
