/* SPDX-License-Identifier: MIT */
#include "pppoe.h"

#include <stdio.h>
#include <string.h>

#include "util.h"

#define LIST_MAX 4096 /* a home has one or two lines of some 40 bytes */

bool pppoe_next(const char **text, char ret_name[IF_NAMESIZE])
{
	const char *line, *end;

	/* A line without an end was cut off, maybe within the name. */
	for (line = *text; (end = strchr(line, '\n')); line = end + 1) {
		unsigned session;
		int n = 0;

		/* the first line is a heading */
		if (sscanf(line, "%8x %*17[0-9a-fA-F:] %15s%n", &session, ret_name, &n) != 2 ||
		    line + n > end)
			continue;
		*text = end + 1;
		return true;
	}
	return false;
}

void pppoe_read(struct interfaces *i)
{
	/* ProcSubset=pid in a systemd unit takes away /proc/net, which is only a link to this */
	_cleanup_(cleanup_fclose) FILE *f = fopen("/proc/self/net/pppoe", "re");
	char list[LIST_MAX], name[IF_NAMESIZE];
	const char *text = list;

	if (!f)
		return;
	list[fread(list, 1, sizeof(list) - 1, f)] = '\0';
	while (pppoe_next(&text, name))
		interfaces_carry(i, (int)if_nametoindex(name));
}
