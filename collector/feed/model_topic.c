/* SPDX-License-Identifier: MIT */
#include "model_topic.h"

#include <errno.h>
#include <stdlib.h>

struct model_topic {
	const struct encoder_schema *schemas;
	unsigned n_tables;
	struct encoder_scratch scratch;
	struct keyframe *keyframe; /* that is made; NULL: none is */
	unsigned left;		   /* tables that are not in it yet: the first ones */
	bool broken;
	struct part {
		struct row_table *rows;
		/* what a row that leaves the table is told with */
		struct model_topic *topic;
		unsigned table;
	} parts[];
};

int model_topic_new(struct model_topic **ret, const struct encoder_schema *schemas,
		    struct row_table *const *tables, unsigned n_tables)
{
	struct model_topic *t = calloc(1, sizeof(*t) + n_tables * sizeof(t->parts[0]));

	if (!t)
		return -ENOMEM;
	t->schemas = schemas;
	t->n_tables = n_tables;
	for (unsigned i = 0; i < n_tables; i++)
		t->parts[i] = (struct part){tables[i], t, i};
	*ret = t;
	return 0;
}

static void unfollow(void *data)
{
	struct model_topic *t = data;

	t->keyframe = NULL;
	for (unsigned i = 0; i < t->n_tables; i++)
		row_table_unfollow(t->parts[i].rows);
}

struct model_topic *model_topic_free(struct model_topic *t)
{
	if (!t)
		return NULL;
	unfollow(t);
	encoder_scratch_done(&t->scratch);
	free(t);
	return NULL;
}

/* Rows that are in the keyframe already may refer to it. Its last change may not be noted in it. */
static void on_leaves(void *data, struct row *r)
{
	const struct part *p = data;

	keyframe_add(p->topic->keyframe, p->table, r->id, r, r->is_new, KEYFRAME_ALL);
}

bool model_topic_ids_run_out(const struct model_topic *t)
{
	for (unsigned i = 0; i < t->n_tables; i++)
		if (row_ids_run_out(t->parts[i].rows->last_id))
			return true;
	return false;
}

static void begin(void *data, struct keyframe *k)
{
	struct model_topic *t = data;

	t->keyframe = k;
	t->left = t->n_tables;
	t->broken = false;
	for (unsigned i = 0; i < t->n_tables; i++)
		row_table_begin_pass(t->parts[i].rows, on_leaves, &t->parts[i]);
}

/* The last table first: a row refers to rows of earlier tables, which are there then, or come in before they go. */
static bool slice(void *data, uint64_t until)
{
	struct model_topic *t = data;
	unsigned rows = 0;

	for (; t->left; t->left--) {
		struct row_table *table = t->parts[t->left - 1].rows;

		for (struct row *r; (r = row_table_waiting(table));) {
			keyframe_add(t->keyframe, t->left - 1, r->id, r, r->is_new, r->changed);
			row_table_visited(table, r);
			if (topic_slice_is_over(++rows, until))
				return false;
		}
	}
	t->keyframe = NULL;
	return true;
}

static void delta(void *data, msgpack_packer *p, uint64_t time)
{
	struct model_topic *t = data;
	unsigned n = 0;

	for (unsigned i = 0; i < t->n_tables; i++)
		n += encoder_has_changes(t->parts[i].rows);
	msgpack_pack_array(p, n);
	for (unsigned i = 0; i < t->n_tables; i++) {
		if (!encoder_has_changes(t->parts[i].rows))
			continue;
		encoder_rows_delta(p, &t->schemas[i], i, t->parts[i].rows, &t->scratch, time);
		t->broken |= t->scratch.failed;
	}
	encoder_scratch_clear(&t->scratch);
}

static bool has_changes(void *data)
{
	struct model_topic *t = data;

	for (unsigned i = 0; i < t->n_tables; i++)
		if (encoder_has_changes(t->parts[i].rows))
			return true;
	return false;
}

static bool is_broken(void *data)
{
	struct model_topic *t = data;

	for (unsigned i = 0; i < t->n_tables; i++)
		if (t->parts[i].rows->lost)
			return true;
	return t->broken;
}

struct topic_source model_topic_source(struct model_topic *t)
{
	return (struct topic_source){
	    .data = t,
	    .tables = t->schemas,
	    .n_tables = t->n_tables,
	    .begin = begin,
	    .slice = slice,
	    .delta = delta,
	    .has_changes = has_changes,
	    .is_broken = is_broken,
	    .unfollow = unfollow,
	};
}
