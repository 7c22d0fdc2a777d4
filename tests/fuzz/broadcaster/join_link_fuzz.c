/* SPDX-License-Identifier: MIT */
/* The file of a link, and what somebody asks for who wants one. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "join_link.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char bytes[JOIN_LINK_FILE_MAX], text[1025];
	struct join_link_wish wish;
	struct join_link link;

	/* what is taken is written as it was */
	if (join_link_read(&link, "0123abcd", (const char *)data, size) == 0 &&
	    (join_link_write(&link, bytes) > size || (link.role != ROLE_DISPLAY && link.role != ROLE_GUEST)))
		abort();
	if (size >= sizeof(text))
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	if (join_link_wish_read(&wish, text) == 0 && wish.hours > JOIN_LINK_HOURS_MOST)
		abort();
	return 0;
}
