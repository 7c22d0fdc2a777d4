/* SPDX-License-Identifier: MIT */
/* Text that a person wrote for others to read: one line, all of which can be seen. */
#pragma once

#include <stddef.h>

enum written_text {
	WRITTEN_TEXT_GOOD,
	WRITTEN_TEXT_EMPTY,  /* nothing of it can be seen */
	WRITTEN_TEXT_LONG,   /* more than size - 1 bytes */
	WRITTEN_TEXT_UNSEEN, /* control characters, or others that show nothing or turn the text around them */
	WRITTEN_TEXT_BROKEN, /* no UTF-8 */
};

/* Copies text without the blanks at its ends into ret (of size bytes), which is good only when that is what is said. */
enum written_text written_text_take(char *ret, size_t size, const char *text);
