/* SPDX-License-Identifier: MIT */
/* The place in the journal up to which it was read, kept in a file over restarts. One that was cut short, or holds anything else, counts as none. */
#pragma once

#include <stddef.h>

#include "dns_stamp.h"

#define DNS_CURSOR_MAX 512
#define DNS_CURSOR_FILE_MAX 640 /* of the file, with a NUL after it */

/* The place in the file's text (length bytes), an empty one where there is none. 0, or -EBADMSG. Pure. */
int dns_cursor_parse(char ret[DNS_CURSOR_MAX], const char *text, size_t length);

/* Reads the place from the file, an empty one where there is none. 0, -ENOENT, -EBADMSG for a file that holds
 * no place, -errno. */
int dns_cursor_load(const char *path, char ret[DNS_CURSOR_MAX]);

/* The file's text for a place; it is to be replaced at once or not at all. The text's length, or -EINVAL for a place
 * that is too long. */
int dns_cursor_format(char ret[DNS_CURSOR_FILE_MAX], const char *cursor);

/* When the entry at this place was written, all 0 where the place does not say. boot: the id of this boot as 32
 * hexadecimal digits; of another one it does not say whose it is. */
void dns_cursor_stamp(struct dns_stamp *ret, const char *cursor, const char *boot);
