/* SPDX-License-Identifier: MIT */
/*
 * The saved names of devices, and how their holders want them to be seen, as text:
 *
 *     connvis-names 1
 *     02:1a:ff:00:99:10 1795417687 own Aino
 *     192.168.77.5 1795417687 given Anna's phone
 *     02:1a:ff:00:99:11 1795417687 hidden Otso
 *     02:1a:ff:00:99:12 1795417687 left-out:annas-laptop -
 *     02:1a:ff:00:99:13 1795417687 shown@1795410000 Eero
 *     02:1a:ff:00:99:14 1795417687 chose-hidden-given@1795410000 Kettu
 *     end 6
 *
 * The device's MAC, else its address; when it was last here (seconds of Unix time); whether a person gave the
 * name, and the wish, if there is one ("hidden-given": both), with the host name that others may not look up; in a
 * room also that it is to be shown, whether its holder chose that, and since when. With a wish it is the version 2, and with
 * what is only of a room the version 3, which a program that knows none leaves alone. A file that was cut off gives
 * all lines that are whole.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"
#include "device.h"
#include "wish.h"

#define ALIAS_FILE_MOST (1ul << 20) /* bytes */

/* A MAC or an address; zeroed first, so that it may be compared and hashed as bytes. */
struct alias_key {
	uint8_t bytes[16]; /* a MAC in the first six */
	uint8_t is_mac;
};

/* Who had the device seen as it is. */
enum alias_chooser {
	ALIAS_NOBODY,
	ALIAS_SOMEBODY, /* not its holder, or not in a room */
	ALIAS_HOLDER,
	ALIAS_CHOOSERS,
};

struct alias_entry {
	struct alias_key key;
	uint64_t seen; /* seconds of Unix time */
	bool given;
	enum alias_chooser chooser;
	enum wish wish;			 /* by nobody: WISH_SHOWN */
	uint64_t since;			 /* the same as seen, of the wish; 0: not in a room */
	char host[DEVICE_HOST_NAME_MAX]; /* that may not be told; empty: none, or unknown */
	char alias[DEVICE_ALIAS_MAX];
};

/* Called for each line that can be read; false ends the reading. */
typedef bool (*alias_file_line)(void *data, const struct alias_entry *entry);

/* 0; -EBADMSG for something else than such a file; -EPROTO for one of a newer version; 1 when it was cut off
 * or holds lines that cannot be read: the others were told. */
int alias_file_read(const char *text, size_t length, alias_file_line tell, void *data);

/* Room for an entry's line. */
#define ALIAS_FILE_LINE 224
/* All write text with its end of line into at and give its length. */
size_t alias_file_head(char at[ALIAS_FILE_LINE], unsigned version);
size_t alias_file_entry(char at[ALIAS_FILE_LINE], const struct alias_entry *entry);
size_t alias_file_end(char at[ALIAS_FILE_LINE], size_t n_entries);
/* The first version that has such an entry. */
unsigned alias_file_version(const struct alias_entry *entry);
