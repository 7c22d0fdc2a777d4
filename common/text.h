/* SPDX-License-Identifier: MIT */
/* Text from outside, made safe for the feed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Copies bytes[0..length) as a string into buffer: cut at a whole character when it does not fit, control
 * characters as '?'. Bytes that are no UTF-8 (RFC 3629) give an empty string and false.
 */
bool text_copy(char *buffer, size_t size, const void *bytes, size_t length);

/* Bytes of the character that bytes[0..left) begins with and, unless ret_code is NULL, its code point; 0 for what is
 * no UTF-8. */
size_t text_decode(const void *bytes, size_t left, uint32_t *ret_code);
