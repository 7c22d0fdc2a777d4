/* SPDX-License-Identifier: MIT */
/* What /api/v1/state answers: the newest state in a topic's log as JSON (PROTOCOL.md, "HTTP"). */
#pragma once

#include <stdatomic.h>
#include <stddef.h>

#include "json_buffer.h"
#include "state.h"
#include "topic_log.h"

#define STATE_JSON_INPUT_MAX (16u << 20)   /* bytes of all payloads together, inflated */
#define STATE_JSON_OUTPUT_MAX (128u << 20) /* bytes of the text */

/*
 * The text, to be freed by the caller; not ended by a NUL. Pure: any thread may call it while the snapshot is
 * held. 0; -E2BIG when the state is too large for this way; -EBADMSG when it cannot be read; -ETIME after
 * *stop (borrowed, or NULL) became true; -ENOMEM.
 */
int state_json(char **ret, size_t *ret_length, const struct topic_log_snapshot *snapshot,
	       const atomic_bool *stop);

/* Writes the rows of all tables as a JSON object. */
void state_json_write_tables(struct json_buffer *out, const struct state *state);
