/* SPDX-License-Identifier: MIT */
/* Messages on the ask channel (PROTOCOL.md, "Redis"). */
#pragma once

#include <stddef.h>

#include "frame.h"

enum ask_kind {
	ASK_KEYFRAME,
	ASK_COLLECTOR,
};

struct ask {
	enum ask_kind kind;
	char topic[FRAME_NAME_MAX + 1]; /* ASK_KEYFRAME */
	struct frame_epoch epoch;	/* ASK_COLLECTOR */
};

#define ASK_MAX 64 /* bytes of a message with its NUL */

/* 0 or -EBADMSG. */
int ask_parse(struct ask *ret, const char *text, size_t length);

/* Writes "collector <epoch>" into buffer, which it returns: 16 hex digits of the start, 8 of the random part.
 */
const char *ask_format_collector(char buffer[ASK_MAX], const struct frame_epoch *epoch);
