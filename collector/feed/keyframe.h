/* SPDX-License-Identifier: MIT */
/*
 * The payload of a keyframe, gathered a row at a time while the model goes on: a row is in it as it was when it was
 * added. With it comes the delta that leads there from the state before: what of each row had changed by then. So a
 * viewer in step, who takes the delta and skips the keyframe, and one who takes the keyframe hold the same.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#include <msgpack.h>

#include "encoder.h"

struct keyframe;

/* schemas: borrowed, one for each table; with_delta: somebody may be in step. 0 or -ENOMEM. */
int keyframe_new(struct keyframe **ret, const struct encoder_schema *schemas, unsigned n_tables,
		 bool with_delta);
struct keyframe *keyframe_free(struct keyframe *k);

#define KEYFRAME_ALL UINT64_MAX

/* Adds a row to a table as it is now. What viewers in step have of it: nothing when it is new, else all but the
 * columns that changed; KEYFRAME_ALL when that is not known. */
void keyframe_add(struct keyframe *k, unsigned table, uint32_t id, void *row, bool is_new, uint64_t changed);

/* True when the delta is not empty. */
bool keyframe_has_delta(const struct keyframe *k);
void keyframe_delta(struct keyframe *k, msgpack_packer *p);

/* All rows are in it. 0, or -ENOMEM when memory ran out on the way. */
int keyframe_seal(struct keyframe *k);
/* Of a sealed one: the payload is these parts behind one another; they live as long as it does. */
const struct iovec *keyframe_parts(const struct keyframe *k, size_t *ret_n);
