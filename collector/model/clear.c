/* SPDX-License-Identifier: MIT */
/* A session that begins anew while everything goes on. What devices are called stays, and what addresses were looked up
 * as: only so have conversations that go on their names. */
#include "model.h"

void model_clear(struct model *m, struct ct_table *table)
{
	int64_t now = model_now(m);

	for (uint32_t at = 1; at <= ct_table_positions(table); at++) {
		struct ct_connection *c = ct_table_at(table, at);

		if (c)
			model_connection_hand(c);
	}
	devices_clear(&m->devices);
	conversations_clear(&m->conversations, now);
	refused_done(&m->remotes.refused);
	lookups_clear(&m->lookups);
	room_clear(&m->room);
	history_clear(&m->history, now);
	devices_sweep(&m->devices);
	m->zeroed = 0;
	m->apart = (struct traffic){};
	m->session.began = now;
	m->session.gap_from = m->session.gap_until = 0;
	model_update_site(m, table);
}
