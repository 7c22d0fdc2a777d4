/* SPDX-License-Identifier: MIT */
/*
 * The saved names of devices, and how their holders want them to be seen, as text:
 *
 *     connvis-names 1
 *     02:1a:ff:00:99:10 1795417687 own Aino
 *     192.168.77.5 1795417687 given Anna's phone
 *     02:1a:ff:00:99:11 1795417687 hidden Otso
 *     02:1a:ff:00:99:12 1795417687 left-out:annas-laptop -
 *     end 4
 *
 * The device's MAC, else its address; when it was last here (seconds of Unix time); whether a person gave the
 * name, and the wish, if there is one ("hidden-given": both), with the host name that others may not look up. With a wish it is the version 2, which a program that knows
 * no wishes leaves alone. A file that was cut off gives all lines that are whole.
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

struct alias_entry {
	struct alias_key key;
	uint64_t seen; /* seconds of Unix time */
	bool given;
	enum wish wish;
	char host[DEVICE_HOST_NAME_MAX]; /* with a wish; empty: unknown */
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
size_t alias_file_head(char at[ALIAS_FILE_LINE], bool has_wishes);
size_t alias_file_entry(char at[ALIAS_FILE_LINE], const struct alias_entry *entry);
size_t alias_file_end(char at[ALIAS_FILE_LINE], size_t n_entries);
