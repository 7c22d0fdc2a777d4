/* SPDX-License-Identifier: MIT */
/* A file that holds a place is written again as it was, and when that place was written can be asked. */
#include "dns_cursor.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char cursor[DNS_CURSOR_MAX], text[DNS_CURSOR_FILE_MAX];
	struct dns_stamp stamp;
	int r = dns_cursor_parse(cursor, (const char *)data, size);

	if (r < 0) {
		if (r != -EBADMSG || *cursor)
			abort();
		return 0;
	}
	if (!*cursor || dns_cursor_format(text, cursor) != (int)size || memcmp(text, data, size) != 0)
		abort();
	dns_cursor_stamp(&stamp, cursor, "");
	if (stamp.boot != DNS_STAMP_ELSEWHERE)
		abort();
	dns_cursor_stamp(&stamp, cursor, "8f0c1e5a9b7d4c3e8a6f5b4c3d2e1f00");
	if (stamp.boot == DNS_STAMP_BEFORE ||
	    (stamp.boot == DNS_STAMP_THIS_BOOT && !strstr(cursor, ";b=8f0c1e5a9b7d4c3e8a6f5b4c3d2e1f00")))
		abort();
	return 0;
}
