/* SPDX-License-Identifier: MIT */
/* Short first names from many languages, for devices. */
#pragma once

extern const char *const alias_names[];
extern const unsigned alias_n_names;
