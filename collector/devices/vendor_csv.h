/* SPDX-License-Identifier: MIT */
/* One record of the IEEE's registers of MAC prefixes as CSV (standards-oui.ieee.org: oui.csv, mam.csv,
 * oui36.csv). */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct vendor_record {
	uint64_t prefix;  /* in the lowest bits */
	unsigned bits;	  /* 24, 28 or 36 */
	const char *name; /* not terminated, quotes already taken away but for doubled ones; in the text */
	size_t length;
};

/* Reads the record at text[0..length); *ret_used: its bytes with its end of line (records may have line
 * breaks in quotes). 0; 1 for a head or an empty line; -EBADMSG for something else, of which *ret_used is one
 * line. */
int vendor_csv_read(struct vendor_record *ret, const char *text, size_t length, size_t *ret_used);
