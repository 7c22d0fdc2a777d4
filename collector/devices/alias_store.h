/* SPDX-License-Identifier: MIT */
/*
 * Memorable names for devices: a first name chosen by a hash of the site's name and the MAC (else the
 * address), so that a device gets the same one again even when nothing was saved; a number behind it where it
 * is taken. Once given, a name stays with the MAC: it is saved in the folder of state. One row in the table
 * of sources ("aliases").
 */
#pragma once

#include "device.h"
#include "row.h"
#include "source.h"
#include "worker.h"

#define ALIAS_STORE_MAX 4096 /* names that are kept: the one unseen longest goes first, given ones last */

struct alias_store;

/* site: borrowed; folder: of state, copied, empty: nothing is saved. worker (which writes), sources, data: borrowed.
 * What is wrong with the file is reported, and no error. 0, -ENAMETOOLONG, -ENOMEM. */
int alias_store_new(struct alias_store **ret, struct worker *worker, const char *site, const char *folder,
		    struct row_table *sources, source_report report, void *data);
/* Hands over first what is to be saved: the worker must be there still, and is to be flushed. NULL is taken. */
struct alias_store *alias_store_free(struct alias_store *s);

/* A new device, or one whose MAC became known, gets its name. */
void alias_store_name(struct alias_store *s, struct devices *d, struct device *device);
/* A person gives the device a name that given_name_check has found good; NULL: it gets its own again. */
void alias_store_give(struct alias_store *s, struct devices *d, struct device *device, const char *alias);

/* Now and then: notes who is here, and saves at most once in a few seconds. */
void alias_store_check(struct alias_store *s, const struct devices *d);
