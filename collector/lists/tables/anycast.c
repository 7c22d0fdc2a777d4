/* SPDX-License-Identifier: MIT */
/* A line: name, source of the claim, items; blanks between items. An item: an address or network, or AS and a
 * number. */
#include <string.h>

#include "tables.h"

void anycast_take(struct tables *t, char **fields)
{
	char *blanks = fields[2], *text;

	if (strncmp(fields[1], "https://", 8) != 0)
		tables_die(t, "the source is no https address");
	while ((text = strsep(&blanks, " "))) {
		struct item item = companies_read_item(t, text);

		if (item.kind == DOMAIN_ITEM)
			tables_die(t, "\"%s\" is neither an address nor an AS number", text);
		for (size_t i = 0; i < t->n_anycast; i++)
			if (!strcmp(t->anycast[i].text, text))
				tables_die(t, "\"%s\" is there already", text);
		item.text = tables_copy(t, text);
		t->anycast = tables_grow(t, t->anycast, t->n_anycast, sizeof(*t->anycast));
		t->anycast[t->n_anycast++] = item;
	}
}
