/* SPDX-License-Identifier: MIT */
/* From a key to a position: open addressing with linear probing, no markers for what was removed. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "ct_key.h"
#include "ct_pool.h"

struct ct_index_slot {
	uint32_t hash;
	uint32_t position; /* 0: empty */
};

struct ct_index {
	struct ct_index_slot *slots;
	uint32_t size; /* a power of two */
	uint32_t used;
};

/* 0 or -ENOMEM. */
int ct_index_init(struct ct_index *x);
void ct_index_done(struct ct_index *x);

/* The connection with this key, or NULL. */
struct ct_connection *ct_index_find(const struct ct_index *x, const struct ct_pool *p, const struct ct_key *k,
				    uint64_t hash);
/* A key that is not in it yet. 0 or -ENOMEM. */
int ct_index_add(struct ct_index *x, uint32_t position, uint64_t hash);
/* A position that is in it. */
void ct_index_remove(struct ct_index *x, uint32_t position, uint64_t hash);
