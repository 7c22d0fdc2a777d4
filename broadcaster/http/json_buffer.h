/* SPDX-License-Identifier: MIT */
/*
 * JSON that is being written, into memory that grows up to a limit. After a write that did not fit, or for
 * which there was no memory, all further ones do nothing, so that only the end needs to be looked at.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct json_buffer {
	char *bytes; /* freed by the caller; not ended by a NUL */
	size_t length, capacity;
	size_t limit;
	int error; /* 0, -E2BIG or -ENOMEM */
};

/* Bytes as they are. */
void json_raw(struct json_buffer *b, const void *bytes, size_t length);
/* Same, of a string. */
void json_puts(struct json_buffer *b, const char *text);
void json_putc(struct json_buffer *b, char c);
void json_unsigned(struct json_buffer *b, uint64_t n);
void json_signed(struct json_buffer *b, int64_t n);
/* null when it is not finite. */
void json_real(struct json_buffer *b, double real);
/* A string in quotes; what is no UTF-8 (RFC 3629) becomes U+FFFD. */
void json_text(struct json_buffer *b, const uint8_t *text, size_t length);
/* Addresses and MACs in their usual form, other bytes in hexadecimal, in quotes. */
void json_bytes(struct json_buffer *b, const uint8_t *bytes, size_t length);
