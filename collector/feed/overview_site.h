/* SPDX-License-Identifier: MIT */
/* How the row of the table site is written. */
#pragma once

#include <stdbool.h>

#include <msgpack.h>

/* An encoder_schema.value of a struct site. */
void overview_site_value(msgpack_packer *p, const void *row, unsigned column, bool increment);
