/* SPDX-License-Identifier: MIT */
/* What the row site counts of the model. */
#include "model.h"

#define FEWEST_LEFT_OUT 3 /* fewer devices are not told as a number: one could guess who they are */

void model_update_site(struct model *m, const struct ct_table *table)
{
	site_set(&m->site, SITE_CONNECTIONS, ct_table_count(table));
	site_set(&m->site, SITE_SHOWN, m->shown);
	site_set(&m->site, SITE_HIDDEN_ROUTER, m->left_out[SELECTION_ROUTER]);
	site_set(&m->site, SITE_HIDDEN_DNS, m->left_out[SELECTION_DNS]);
	site_set(&m->site, SITE_HIDDEN_HOME, m->left_out[SELECTION_INSIDE]);
	site_set(&m->site, SITE_HIDDEN_IGNORED, m->left_out[SELECTION_IGNORED]);
	site_set(&m->site, SITE_FULL_CONNECTIONS, ct_table_full(table));
	site_set(&m->site, SITE_FULL_DEVICES, m->devices.refused.things.used);
	site_set(&m->site, SITE_FULL_REMOTES, m->remotes.refused.things.used);
	site_set(&m->site, SITE_FULL_CONVERSATIONS, m->conversations.refused.things.used);
	site_set(&m->site, SITE_LOOKUPS, m->lookups.total);
	site_set(&m->site, SITE_LOOKUP_LOSSES, m->lookup_losses);
	site_set(&m->site, SITE_FULL_LOOKUPS, m->lookups.full);
	site_set(&m->site, SITE_SESSION, (uint64_t)m->session.began);
	site_set(&m->site, SITE_GAP_FROM, (uint64_t)m->session.gap_from);
	site_set(&m->site, SITE_GAP_UNTIL, (uint64_t)m->session.gap_until);
	site_set(&m->site, SITE_LEFT_OUT_UP_BYTES, m->apart.up_bytes);
	site_set(&m->site, SITE_LEFT_OUT_DOWN_BYTES, m->apart.down_bytes);
	site_set(&m->site, SITE_LEFT_OUT_DEVICES,
		 m->devices.apart.count < FEWEST_LEFT_OUT ? 0 : m->devices.apart.count);
	site_set(&m->site, SITE_FORGOTTEN, (uint64_t)m->forgotten);
	site_set(&m->site, SITE_ZEROED, m->zeroed);
	site_set(&m->site, SITE_UNCOUNTED, ct_table_uncounted(table));
}
