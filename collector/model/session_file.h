/* SPDX-License-Identifier: MIT */
/*
 * What is kept of a session over restarts, as text:
 *
 *     connvis-session 3
 *     time 1795417000000 1795417687123
 *     secret 17 4711
 *     sum 10 20 1 2 1 1 1795417000500 1795417000600 FI cloud - company Example
 *     device 02:1a:ff:00:99:10 0 1000 2000 10 20 4 1 1795417000500 1795417687000 0 0
 *     address 192.168.77.5
 *     room device 0 0
 *     sum 1000 2000 10 20 4 9 1795417000500 1795417687000 - - - network 64496 Example Networks
 *     connection 1234567890 1000 2000 10 20
 *     room round 1795417600000 300000 The quiet minute
 *     room play 0 0 most
 *     room choice 7 0 Example Clouds
 *     room mark 1795417610000 0 Everybody opened a page
 *     apart 3000 4000
 *     end 13
 *
 * time: when it began and when this was saved; all times are milliseconds of Unix time. Addresses and sums are of the
 * device before them, at the beginning nobody's. A sum's words are country, category, special network, and whom it is
 * with: "company", "name" (a domain), "network" (number and name) or "-". "-" and 0 stand for what is unknown. A
 * connection is one that was alive: what it had moved is in the sums. What the room was doing (room.h) has a word, a time, the
 * milliseconds of a timer, and a text; "device": the device before it is in the spotlight; "voted": it has voted in
 * the round that is on; "play": what is played in that round, or asked; "choice": one of those, with its votes as time. apart: bytes up and
 * down of devices that are left out, of which there is nothing else. end: how many lines stand between the head and it.
 * Version 1 knew neither room nor apart, version 2 neither play, choice nor voted.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "address.h"
#include "ct_entry.h"
#include "remote_facts.h"
#include "siphash.h"
#include "traffic.h"

#define SESSION_FILE_MOST (256ul << 20) /* bytes */
#define SESSION_TEXT_MAX 256		/* bytes with the NUL */

struct session_time {
	uint64_t began, saved;
};

struct session_device {
	bool has_mac, self;
	uint8_t mac[6];
	struct traffic traffic;
	uint32_t total, unseen;
	uint64_t seen, active, looked_up, hidden_dns, clear_dns;
};

enum session_whom {
	SESSION_WITH_UNKNOWN,
	SESSION_WITH_COMPANY,
	SESSION_WITH_NAME,
	SESSION_WITH_NETWORK,
};

struct session_sum {
	struct traffic traffic;
	uint32_t conversations, total;
	uint64_t seen, active;
	char country[3];
	uint8_t category;
	enum special special;
	enum session_whom whom;
	uint32_t asn;
	const char *text; /* of whom; borrowed */
};

struct session_connection {
	uint64_t key; /* ct_key_hash, with the file's secret */
	uint64_t bytes[CT_DIRECTIONS], packets[CT_DIRECTIONS];
};

enum session_note {
	SESSION_ROUND,
	SESSION_PLAY,	/* after the round */
	SESSION_CHOICE, /* after that, in their order */
	SESSION_VOTED,	/* the device before it has */
	SESSION_FROZEN,
	SESSION_DEVICE, /* the device before it is in the spotlight */
	SESSION_COMPANY,
	SESSION_VIEW,
	SESSION_NAMES_LOCKED,
	SESSION_MARK,
	SESSION_NOTES,
};

/* Something that the room was doing. */
struct session_room {
	enum session_note note;
	uint64_t at, timer;
	char text[SESSION_TEXT_MAX];
};

/* Called for each line, in the file's order. What they point to is borrowed until they return. NULL: not called. */
struct session_reader {
	void (*time)(void *data, const struct session_time *time);
	void (*secret)(void *data, const struct siphash_secret *secret);
	void (*device)(void *data, const struct session_device *device);
	void (*address)(void *data, const struct address *address);
	void (*sum)(void *data, const struct session_sum *sum);
	void (*connection)(void *data, const struct session_connection *connection);
	void (*room)(void *data, const struct session_room *room);
	void (*apart)(void *data, const struct traffic *bytes);
};

/* reader: NULL only checks. 0; -EBADMSG for what is no such file, or not whole; -EPROTO for one of a newer version.
 * Nobody is called for a file that is not whole. */
int session_file_read(const char *text, size_t length, const struct session_reader *reader, void *data);

/* Each writes a line. */
void session_file_head(FILE *f, const struct session_time *time, const struct siphash_secret *secret);
void session_file_device(FILE *f, const struct session_device *device);
void session_file_address(FILE *f, const struct address *address);
void session_file_sum(FILE *f, const struct session_sum *sum);
void session_file_connection(FILE *f, const struct session_connection *connection);
void session_file_room(FILE *f, const struct session_room *room);
void session_file_apart(FILE *f, const struct traffic *bytes);
void session_file_end(FILE *f, size_t n_lines);
