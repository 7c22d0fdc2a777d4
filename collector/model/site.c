/* SPDX-License-Identifier: MIT */
#include "site.h"

#include <string.h>

void site_init(struct site *s, struct row_watch *watch, const char *name)
{
	*s = (struct site){.name = name};
	row_table_init(&s->table, watch);
	row_table_init(&s->home, watch);
	row_add(&s->table, &s->row);
	row_add(&s->home, &s->home_row);
}

void site_done(struct site *s)
{
	row_table_done(&s->table);
	row_table_done(&s->home);
}

void site_set(struct site *s, enum site_column column, uint64_t value)
{
	if (s->values[column] == value)
		return;
	s->values[column] = value;
	row_change(&s->table, &s->row, COLUMN(column));
}

void site_set_turns_of(struct site *s, const char *minute, const char *ever)
{
	uint64_t changed = 0;

	/* The words are static: the same one is at the same place. */
	if (s->longest_turn_of != minute)
		changed |= COLUMN(SITE_LONGEST_TURN_OF);
	if (s->longest_turn_ever_of != ever)
		changed |= COLUMN(SITE_LONGEST_TURN_EVER_OF);
	s->longest_turn_of = minute;
	s->longest_turn_ever_of = ever;
	if (changed)
		row_change(&s->table, &s->row, changed);
}

void site_set_home(struct site *s, const struct home *home)
{
	site_set(s, SITE_FULL_NETWORKS, home->left_out);
	if (s->mode != home->mode) {
		s->mode = home->mode;
		row_change(&s->table, &s->row, COLUMN(SITE_MODE));
	}
	if (s->n_networks == home->n_networks &&
	    !memcmp(s->networks, home->networks, home->n_networks * sizeof(home->networks[0])))
		return;
	s->n_networks = home->n_networks;
	memcpy(s->networks, home->networks, home->n_networks * sizeof(home->networks[0]));
	row_change(&s->home, &s->home_row, COLUMN(HOME_SITE_NETWORKS));
}
