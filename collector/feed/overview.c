/* SPDX-License-Identifier: MIT */
#include "overview.h"

#include "overview_tables.h"

int overview_new(struct model_topic **ret, struct model *model)
{
	struct row_table *const tables[OVERVIEW_TABLES] = {
	    [OVERVIEW_SITE] = &model->site.table,
	    [OVERVIEW_SOURCES] = &model->sources,
	    [OVERVIEW_PLACES] = &model->shared.places,
	    [OVERVIEW_NETWORKS] = &model->shared.networks,
	    [OVERVIEW_COMPANIES] = &model->shared.companies,
	    [OVERVIEW_DEVICES] = &model->devices.table,
	    [OVERVIEW_REMOTES] = &model->remotes.table,
	    [OVERVIEW_CONVERSATIONS] = &model->conversations.table,
	    [OVERVIEW_SUMS] = &model->conversations.sums.table,
	    [OVERVIEW_ROOM] = &model->room.table,
	    [OVERVIEW_MARKS] = &model->room.marks,
	};

	return model_topic_new(ret, overview_schemas, tables, OVERVIEW_TABLES);
}
