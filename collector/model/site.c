/* SPDX-License-Identifier: MIT */
#include "site.h"

#include <string.h>

void site_init(struct site *s, struct row_watch *watch, const char *name)
{
	*s = (struct site){.name = name};
	row_table_init(&s->table, watch);
	row_add(&s->table, &s->row);
}

void site_done(struct site *s)
{
	row_table_done(&s->table);
}

void site_set(struct site *s, enum site_column column, uint64_t value)
{
	if (s->values[column] == value)
		return;
	s->values[column] = value;
	row_change(&s->table, &s->row, COLUMN(column));
}

void site_set_home(struct site *s, const struct home *home)
{
	if (s->mode != home->mode) {
		s->mode = home->mode;
		row_change(&s->table, &s->row, COLUMN(SITE_MODE));
	}
	if (s->n_networks == home->n_networks &&
	    !memcmp(s->networks, home->networks, home->n_networks * sizeof(home->networks[0])))
		return;
	s->n_networks = home->n_networks;
	memcpy(s->networks, home->networks, home->n_networks * sizeof(home->networks[0]));
	row_change(&s->table, &s->row, COLUMN(SITE_NETWORKS));
}
