/* SPDX-License-Identifier: MIT */
/*
 * A session goes on over restarts of the collector: what it has summed up is saved (session_file.h) and taken over
 * again. Connections that were alive at the saving and still are count from there on.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ct_table.h"
#include "session_file.h"

struct model;

/* A part of struct model. */
struct session {
	int64_t began;	   /* ms on the collector's clock; negative: before its start */
	int64_t gap_from;  /* when it was saved last before this start; 0: it began with this start */
	int64_t gap_until; /* when all connections were known again; 0: not yet, or there was none */
	struct session_connection *connections; /* by key; those of before that may still be alive */
	size_t n_connections;
	struct siphash_secret secret;
};

/* What a saving writes: made on the loop, written in a thread, freed on the loop. */
struct session_snapshot;

/* 0 or -ENOMEM. What it refers to stays until session_snapshot_free. */
int session_snapshot_new(struct session_snapshot **ret, const struct model *m, const struct ct_table *table);
/* NULL is taken. */
struct session_snapshot *session_snapshot_free(struct session_snapshot *s, struct model *m);
/* The text of the file, to be freed; in any thread, once. 0 or -ENOMEM. */
int session_snapshot_write(struct session_snapshot *s, char **ret, size_t *ret_length);

/*
 * Takes over what was saved; before any connection is there. most_age: of what was saved, in ms: an older one is over,
 * and a new session begins. 0; -ESTALE: it is too old; -ENOMEM; as session_file_read.
 */
int session_restore(struct model *m, const char *text, size_t length, uint64_t most_age);

/* What of c had been counted when the session was saved, NULL: nothing. */
const struct session_connection *session_take(struct session *s, const struct ct_connection *c);
/* Those of before that are not here now have ended. */
void session_forget(struct session *s);
