/* SPDX-License-Identifier: MIT */
#include "overview.h"

#include <errno.h>
#include <stdlib.h>

#include "overview_tables.h"

struct overview {
	struct row_table *tables[OVERVIEW_TABLES];
	struct encoder_scratch scratch;
	struct keyframe *keyframe; /* that is made; NULL: none is */
	unsigned left;		   /* tables that are not in it yet: the first ones */
	/* What a row that leaves one of the tables is told with. */
	struct leaving {
		struct overview *overview;
		unsigned table;
	} leaving[OVERVIEW_TABLES];
	bool broken;
};

int overview_new(struct overview **ret, struct model *model)
{
	struct overview *o = calloc(1, sizeof(*o));

	if (!o)
		return -ENOMEM;
	o->tables[OVERVIEW_SITE] = &model->site.table;
	o->tables[OVERVIEW_SOURCES] = &model->sources;
	o->tables[OVERVIEW_PLACES] = &model->shared.places;
	o->tables[OVERVIEW_NETWORKS] = &model->shared.networks;
	o->tables[OVERVIEW_COMPANIES] = &model->shared.companies;
	o->tables[OVERVIEW_NAMES] = &model->names.table;
	o->tables[OVERVIEW_DEVICES] = &model->devices.table;
	o->tables[OVERVIEW_ADDRESSES] = &model->devices.addresses;
	o->tables[OVERVIEW_LOOKUPS] = &model->lookups.table;
	o->tables[OVERVIEW_REMOTES] = &model->remotes.table;
	o->tables[OVERVIEW_CONVERSATIONS] = &model->conversations.table;
	o->tables[OVERVIEW_SUMS] = &model->conversations.sums.table;
	o->tables[OVERVIEW_ROOM] = &model->room.table;
	o->tables[OVERVIEW_MARKS] = &model->room.marks;
	*ret = o;
	return 0;
}

static void unfollow(void *data)
{
	struct overview *o = data;

	o->keyframe = NULL;
	for (unsigned i = 0; i < OVERVIEW_TABLES; i++)
		row_table_unfollow(o->tables[i]);
}

struct overview *overview_free(struct overview *o)
{
	if (!o)
		return NULL;
	unfollow(o);
	encoder_scratch_done(&o->scratch);
	free(o);
	return NULL;
}

/* Rows that are in the keyframe already may refer to it. Its last change may not be noted in it. */
static void on_leaves(void *data, struct row *r)
{
	const struct leaving *l = data;

	keyframe_add(l->overview->keyframe, l->table, r->id, r, r->is_new, KEYFRAME_ALL);
}

bool overview_ids_run_out(const struct overview *o)
{
	for (unsigned i = 0; i < OVERVIEW_TABLES; i++)
		if (row_ids_run_out(o->tables[i]->last_id))
			return true;
	return false;
}

static void begin(void *data, struct keyframe *k)
{
	struct overview *o = data;

	o->keyframe = k;
	o->left = OVERVIEW_TABLES;
	o->broken = false;
	for (unsigned i = 0; i < OVERVIEW_TABLES; i++) {
		o->leaving[i] = (struct leaving){o, i};
		row_table_begin_pass(o->tables[i], on_leaves, &o->leaving[i]);
	}
}

/* The last table first: a row refers to rows of earlier tables, which are there then, or come in before they go. */
static bool slice(void *data, uint64_t until)
{
	struct overview *o = data;
	unsigned rows = 0;

	for (; o->left; o->left--) {
		struct row_table *t = o->tables[o->left - 1];

		for (struct row *r; (r = row_table_waiting(t));) {
			keyframe_add(o->keyframe, o->left - 1, r->id, r, r->is_new, r->changed);
			row_table_visited(t, r);
			if (topic_slice_is_over(++rows, until))
				return false;
		}
	}
	o->keyframe = NULL;
	return true;
}

static void delta(void *data, msgpack_packer *p, uint64_t time)
{
	struct overview *o = data;
	unsigned n = 0;

	for (unsigned i = 0; i < OVERVIEW_TABLES; i++)
		n += encoder_has_changes(o->tables[i]);
	msgpack_pack_array(p, n);
	for (unsigned i = 0; i < OVERVIEW_TABLES; i++) {
		if (!encoder_has_changes(o->tables[i]))
			continue;
		encoder_rows_delta(p, &overview_schemas[i], i, o->tables[i], &o->scratch, time);
		o->broken |= o->scratch.failed;
	}
	encoder_scratch_clear(&o->scratch);
}

static bool has_changes(void *data)
{
	struct overview *o = data;

	for (unsigned i = 0; i < OVERVIEW_TABLES; i++)
		if (encoder_has_changes(o->tables[i]))
			return true;
	return false;
}

static bool is_broken(void *data)
{
	struct overview *o = data;

	for (unsigned i = 0; i < OVERVIEW_TABLES; i++)
		if (o->tables[i]->lost)
			return true;
	return o->broken;
}

struct topic_source overview_source(struct overview *o)
{
	return (struct topic_source){
	    .data = o,
	    .tables = overview_schemas,
	    .n_tables = OVERVIEW_TABLES,
	    .begin = begin,
	    .slice = slice,
	    .delta = delta,
	    .has_changes = has_changes,
	    .is_broken = is_broken,
	    .unfollow = unfollow,
	};
}
