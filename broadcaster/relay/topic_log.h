/* SPDX-License-Identifier: MIT */
/*
 * The last keyframe of a topic and the deltas since, held once for all viewers as ready WebSocket bytes: two
 * generations of them, so that a slow viewer can finish one keyframe while the next one comes. A viewer is a
 * cursor into these bytes. Large frames are held as fragments, so that control frames may go between them and
 * a viewer who stops reading needs one fragment kept, whatever the time.
 *
 * Pure: no input, no output, no clock. The rules are those of PROTOCOL.md, "A frame".
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "blob.h"
#include "frame.h"

#define TOPIC_LOG_FRAGMENT_MAX 16384 /* bytes of one WebSocket frame with its header */

struct topic_log;

/* Where a viewer is. All zero: it has not begun. */
struct topic_cursor {
	uint64_t generation; /* 0: the newest keyframe is next */
	size_t offset;
	uint32_t messages; /* of its generation that it has been sent whole */
	bool inside;	   /* a message was begun and not ended */
};

struct topic_log_stats {
	uint64_t delivered; /* messages, to all cursors */
	uint64_t jumps;	    /* cursors that fell behind the log and were moved to the newest keyframe */
	uint64_t abandoned; /* of these, the ones in the middle of a message */
};

/* The newest generation as it was at one moment. Nothing changes what it holds: any thread may read it. */
struct topic_log_snapshot {
	struct blob *blob; /* a reference, to be released on the loop's thread */
	size_t length;
};

/* What became of a frame. */
enum topic_log_result {
	TOPIC_LOG_TAKEN,
	TOPIC_LOG_WAITING, /* a delta, dropped: the log waits for a keyframe */
	TOPIC_LOG_GAP, /* a delta that does not follow, dropped: the log waits from now on, ask for a keyframe
			*/
	TOPIC_LOG_FULL,	     /* a delta beyond the limit, dropped: the same */
	TOPIC_LOG_REPEATED,  /* a delta that is held already, dropped */
	TOPIC_LOG_OLD_EPOCH, /* of a collector that another one has followed, dropped */
};

/* limit: bytes that one generation may hold beside its keyframe. 0; -ENOMEM. */
int topic_log_new(struct topic_log **ret, size_t limit);
struct topic_log *topic_log_free(struct topic_log *log);

/*
 * Takes the frame in bytes[0..length) (copied), whose header the caller has read. One of topic_log_result;
 * -ENOMEM, then the log waits for a keyframe.
 */
int topic_log_push(struct topic_log *log, const struct frame_header *header, const uint8_t *bytes,
		   size_t length);

/* Frames may have been lost: from now on the log drops deltas until the next keyframe. */
void topic_log_lost(struct topic_log *log);
/* The collector of the newest epoch is silent: the next frame counts, whatever its epoch. */
void topic_log_forget_epoch(struct topic_log *log);
/* Drops all that is held; cursors begin anew with the next keyframe. */
void topic_log_clear(struct topic_log *log);

bool topic_log_waiting(const struct topic_log *log);
bool topic_log_has_keyframe(const struct topic_log *log);
/* The epoch and the sequence number of the newest state that is held; false when there is none. */
bool topic_log_position(const struct topic_log *log, struct frame_epoch *ret_epoch, uint64_t *ret_sequence);
void topic_log_stats(const struct topic_log *log, struct topic_log_stats *ret);
/* Bytes of memory that the generations take. */
size_t topic_log_memory(const struct topic_log *log);

/* Takes a reference, copies nothing. 0; -ENODATA when there is no keyframe yet. */
int topic_log_hold(const struct topic_log *log, struct topic_log_snapshot *ret);

/*
 * Walks through the snapshot, one WebSocket frame a call: *at begins at 0. *ret_piece is borrowed for as long
 * as the snapshot is held; *ret_last: the piece ends its message. False at the end.
 */
bool topic_log_read(const struct topic_log_snapshot *snapshot, size_t *at, const uint8_t **ret_piece,
		    size_t *ret_length, bool *ret_last);

/*
 * The bytes that the cursor's viewer is to be sent next, borrowed until the next push; 0 when there are none.
 * Moves the cursor on to the next generation where it has to.
 */
size_t topic_cursor_span(struct topic_log *log, struct topic_cursor *cursor, const uint8_t **ret);

/*
 * n bytes (1 to its length) of the span were sent. The cursor moves to the end of the WebSocket frame that
 * byte n lies in; returns how many bytes of that frame, next in the span, are still to be sent before
 * anything else.
 */
size_t topic_cursor_sent(struct topic_log *log, struct topic_cursor *cursor, size_t n);

/* The newest keyframe is next; a message that was begun is ended before. */
void topic_cursor_restart(struct topic_log *log, struct topic_cursor *cursor);
/* Same, for a viewer who needs nothing more. */
void topic_cursor_leave(struct topic_log *log, struct topic_cursor *cursor);
