/* SPDX-License-Identifier: MIT */
#include "overview.h"

#include <errno.h>
#include <stdlib.h>

#include "overview_tables.h"

struct overview {
	struct row_table *tables[OVERVIEW_TABLES];
	struct encoder_scratch scratch;
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
	*ret = o;
	return 0;
}

struct overview *overview_free(struct overview *o)
{
	if (!o)
		return NULL;
	encoder_scratch_done(&o->scratch);
	free(o);
	return NULL;
}

static void keyframe(void *data, msgpack_packer *p, uint64_t time)
{
	struct overview *o = data;

	msgpack_pack_array(p, OVERVIEW_TABLES);
	for (unsigned i = 0; i < OVERVIEW_TABLES; i++)
		encoder_rows(p, &overview_schemas[i], o->tables[i], time);
	o->broken = false;
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

static void unfollow(void *data)
{
	struct overview *o = data;

	for (unsigned i = 0; i < OVERVIEW_TABLES; i++)
		row_table_unfollow(o->tables[i]);
}

struct topic_source overview_source(struct overview *o)
{
	return (struct topic_source){
	    .data = o,
	    .keyframe = keyframe,
	    .delta = delta,
	    .has_changes = has_changes,
	    .is_broken = is_broken,
	    .unfollow = unfollow,
	};
}
