/* SPDX-License-Identifier: MIT */
/*
 * Memorable names for devices: a first name, or two words that are nobody's name, chosen by a hash of the site's name and
 * the MAC (else the address), so that a device gets the same one again even when nothing was saved; what is known to be a
 * thing is called what it is. A number stands behind it where it is taken. Once given, a name stays with the MAC: it is
 * saved in the folder of state. One row in the table of sources ("aliases").
 */
#pragma once

#include "alias_words.h"
#include "device.h"
#include "row.h"
#include "source.h"
#include "worker.h"

#define ALIAS_STORE_MAX                                                                                      \
	4096 /* names that are kept: the one unseen longest goes first, given ones later, wishes last */

struct alias_store;

/* What is made up where there is no name yet. */
struct alias_style {
	bool pairs; /* of words; else first names */
	enum alias_language language;
};

/* site: borrowed; folder: of state, copied, empty: nothing is saved. worker (which writes), sources, data: borrowed.
 * What is wrong with the file is reported, and no error. 0, -ENAMETOOLONG, -ENOMEM. */
int alias_store_new(struct alias_store **ret, struct worker *worker, const char *site, const char *folder,
		    struct row_table *sources, source_report report, void *data);
/* First names until then. Names that are there stay as they are. */
void alias_store_set_style(struct alias_store *s, const struct alias_style *style);
/* Hands over first what is to be saved: the worker must be there still, and is to be flushed. NULL is taken. */
struct alias_store *alias_store_free(struct alias_store *s);

/* A new device, or one whose MAC became known, gets its name. */
void alias_store_name(struct alias_store *s, struct devices *d, struct device *device);
/* Devices that turned out to be some thing, soon after they came, are called by what they are. */
void alias_store_name_things(struct alias_store *s, struct devices *d);
/* A person gives the device a name that given_name_check has found good; NULL: it gets its own again. */
void alias_store_give(struct alias_store *s, struct devices *d, struct device *device, const char *alias);

/* How one is seen whose holder has not chosen: WISH_SHOWN where that is no question (a home, as at first), else one of
 * the two that are not chosen (a room). */
void alias_store_set_unchosen(struct alias_store *s, enum wish unchosen);
/* How the holder of the one with this MAC, else (NULL) at this address, wants it to be seen. */
enum wish alias_store_wish(const struct alias_store *s, const uint8_t mac[6], const struct address *a);
/* Keeps that for the device, and forgets its name: alias_store_name gives it another one. by_holder: its holder has
 * chosen, and is not to be asked. 0 or -ENOMEM. */
int alias_store_set_wish(struct alias_store *s, const struct device *device, enum wish wish, bool by_holder);
/* It is a room, and the device's holder has not chosen yet. */
bool alias_store_asks(const struct alias_store *s, const struct device *device);
/* It is a room. */
bool alias_store_is_room(const struct alias_store *s);
/* Somebody, be they here or not, does not want to be seen as they are. */
bool alias_store_has_wishes(const struct alias_store *s);
/* The name's first part is the host name of one of these. */
bool alias_store_tells(const struct alias_store *s, const char *name);
/* Keeps the host names of those that are here. */
void alias_store_note_hosts(struct alias_store *s, const struct devices *d);
/* What is kept outlives a restart, as far as is known. */
bool alias_store_keeps(const struct alias_store *s);
/* Saves what has changed now, or as soon as it can. */
void alias_store_save(struct alias_store *s);

/* Now and then: notes who is here, and saves at most once in a few seconds. */
void alias_store_check(struct alias_store *s, const struct devices *d);
