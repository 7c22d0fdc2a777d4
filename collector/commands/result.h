/* SPDX-License-Identifier: MIT */
/* What a command has to say when it is done: a JSON object for the page, and a few words for the log. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "command_reply.h"

#define RESULT_DID_MAX 320

/* Zeroed: empty. What does not fit, or comes after that, is left out as a whole; result_end says so. */
struct result {
	char json[COMMAND_RESULT_MAX]; /* UTF-8 without control characters */
	size_t length;
	bool open, full; /* the next member is not the first; something did not fit */
	char did
	    [RESULT_DID_MAX]; /* "gave the device Mila the name Leena"; empty: nothing that is worth a line */
};

/* Members of the object. text: NULL is null. */
void result_number(struct result *r, const char *name, uint64_t value);
void result_null(struct result *r, const char *name);
void result_flag(struct result *r, const char *name, bool value);
void result_text(struct result *r, const char *name, const char *text);
/* A member that is an array: its items between the two. */
void result_list(struct result *r, const char *name);
void result_item(struct result *r, const char *text);
void result_item_number(struct result *r, uint64_t value);
/* An item that is an array itself, which has an end of its own. */
void result_item_list(struct result *r);
void result_list_end(struct result *r);

/* Bytes that still fit. */
size_t result_room(const struct result *r);

/* The whole object, which r keeps; NULL when it does not fit. */
const char *result_end(struct result *r);
