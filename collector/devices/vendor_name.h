/* SPDX-License-Identifier: MIT */
/* Makers' names as people know them: "Apple, Inc." is Apple. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Writes the name[0..length) of a register into ret without its legal forms, at most size - 1 bytes, cut at a
 * whole character; capitals are made small in words that are all capitals and longer than four letters. Empty
 * for prefixes that the register keeps for itself or does not name ("Private"), and with false for what is no
 * UTF-8. */
bool vendor_name(char *ret, size_t size, const char *name, size_t length);
