/* SPDX-License-Identifier: MIT */
/*
 * One line of a user's list, whichever of these it is: hosts format ("0.0.0.0 ads.example.org"), a plain
 * name, an address or network (CIDR), an Adblock-style rule for a whole name ("||ads.example.org^", "@@||…^"
 * for an exception; https://adguard-dns.io/kb/general/dns-filtering-syntax/). A pure function over bytes.
 */
#pragma once

#include <stddef.h>

#include "address.h"

enum list_item_kind {
	LIST_NAME,	/* this name and all below it */
	LIST_EXCEPTION, /* not this name, nor what is below it */
	LIST_NETWORK,
};

struct list_item {
	enum list_item_kind kind;
	const char *name; /* small letters, not NUL-terminated; in the line */
	size_t length;
	struct network network; /* of LIST_NETWORK */
};

enum list_line {
	LIST_LINE_EMPTY,  /* or a comment */
	LIST_LINE_TAKEN,  /* its items were told */
	LIST_LINE_OTHER,  /* a rule for something else than whole names: paths, parts of pages, patterns */
	LIST_LINE_BROKEN, /* nothing that is known here */
};

/* Told of each item; below 0 ends the line with that value. */
typedef int (*list_line_take)(void *data, const struct list_item *item);

/* line: borrowed, turned into small letters. One of enum list_line, or what take returned below 0. */
int list_line_read(char *line, size_t length, list_line_take take, void *data);
