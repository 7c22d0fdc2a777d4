/* SPDX-License-Identifier: MIT */
#include "dns_cursor.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "util.h"

static const char head[] = "connvis-journal-place 1\n";
static const char tail[] = "\nend\n";

int dns_cursor_parse(char ret[DNS_CURSOR_MAX], const char *text, size_t length)
{
	const size_t around = sizeof(head) - 1 + sizeof(tail) - 1;

	ret[0] = '\0';
	if (length <= around || length - around >= DNS_CURSOR_MAX ||
	    memcmp(text, head, sizeof(head) - 1) != 0 ||
	    memcmp(text + length - (sizeof(tail) - 1), tail, sizeof(tail) - 1) != 0)
		return -EBADMSG;
	length -= around;
	for (size_t i = 0; i < length; i++)
		if (text[sizeof(head) - 1 + i] <= ' ' || text[sizeof(head) - 1 + i] > '~')
			return -EBADMSG;
	memcpy(ret, text + sizeof(head) - 1, length);
	ret[length] = '\0';
	return 0;
}

int dns_cursor_load(const char *path, char ret[DNS_CURSOR_MAX])
{
	_cleanup_(cleanup_free) char *text = NULL;
	size_t length;
	int r = file_read(&text, &length, path, DNS_CURSOR_FILE_MAX);

	ret[0] = '\0';
	if (r < 0)
		return r == -EFBIG ? -EBADMSG : r;
	return dns_cursor_parse(ret, text, length);
}

int dns_cursor_format(char ret[DNS_CURSOR_FILE_MAX], const char *cursor)
{
	_Static_assert(DNS_CURSOR_FILE_MAX >= DNS_CURSOR_MAX + sizeof(head) + sizeof(tail), "a cursor fits");
	if (strlen(cursor) >= DNS_CURSOR_MAX)
		return -EINVAL;
	return snprintf(ret, DNS_CURSOR_FILE_MAX, "%s%s%s", head, cursor, tail);
}

/* What stands behind ";key=", or "". */
static const char *part(const char *cursor, char key)
{
	const char wanted[] = {';', key, '=', '\0'};
	const char *at = strstr(cursor, wanted);

	return at ? at + sizeof(wanted) - 1 : "";
}

void dns_cursor_stamp(struct dns_stamp *ret, const char *cursor, const char *boot)
{
	*ret = (struct dns_stamp){.real = strtoull(part(cursor, 't'), NULL, 16),
				  .monotonic = strtoull(part(cursor, 'm'), NULL, 16)};
	if (*boot && !strncmp(part(cursor, 'b'), boot, strlen(boot)))
		ret->boot = DNS_STAMP_THIS_BOOT;
}
