/* SPDX-License-Identifier: MIT */
/* How the rows of the tables room and marks are written. */
#pragma once

#include <stdbool.h>

#include <msgpack.h>

/* An encoder_schema.value of a struct room, and of a struct room_mark. */
void overview_room_value(msgpack_packer *p, const void *row, unsigned column, bool increment);
void overview_mark_value(msgpack_packer *p, const void *row, unsigned column, bool increment);
