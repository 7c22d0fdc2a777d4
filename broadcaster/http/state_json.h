/* SPDX-License-Identifier: MIT */
/* What /api/v1/state answers: the newest state in a topic's log as JSON (PROTOCOL.md, "HTTP"). */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "frame.h"
#include "state.h"
#include "topic_log.h"

#define STATE_JSON_INPUT_MAX (16u << 20) /* bytes of all payloads together, inflated */

/*
 * The text, to be freed by the caller. 0; -ENODATA when the log has no keyframe yet; -E2BIG when the state is
 * too large for this way; -EBADMSG when it cannot be read; -ENOMEM.
 */
int state_json(char **ret, size_t *ret_length, const struct topic_log *log);

/* Writes the rows of all tables as a JSON object. */
void state_json_write_tables(FILE *out, const struct state *state);
