/* SPDX-License-Identifier: MIT */
#include "suffix_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "map.h"

#define FIRST_SLOTS 64
#define FIRST_TEXT 1024
#define MOST_TAKEN(slots) ((slots) / 5 * 4)
#define NAME_MAX_LENGTH 253

/* Open addressing; value 0: free. A name is a byte with its length and its letters. */
struct slot {
	uint32_t at; /* in text */
	uint32_t value;
};

struct suffix_table {
	struct slot *slots;
	size_t n_slots;
	size_t count;
	uint8_t *text;
	size_t n_text, max_text;
};

int suffix_table_new(struct suffix_table **ret)
{
	struct suffix_table *t = calloc(1, sizeof(*t));

	if (!t)
		return -ENOMEM;
	*ret = t;
	return 0;
}

struct suffix_table *suffix_table_free(struct suffix_table *t)
{
	if (!t)
		return NULL;
	free(t->slots);
	free(t->text);
	free(t);
	return NULL;
}

/* The slot of this name, or the free one where it belongs. */
static struct slot *slot_of(const struct suffix_table *t, const char *name, size_t length)
{
	/* The hash as a fraction of all slots: their number need be no power of two. */
	size_t i = (size_t)((uint64_t)map_hash(name, length) * t->n_slots >> 32);

	for (;; i = i + 1 < t->n_slots ? i + 1 : 0) {
		const uint8_t *known = t->text + t->slots[i].at;

		if (!t->slots[i].value || (known[0] == length && !memcmp(known + 1, name, length)))
			return &t->slots[i];
	}
}

static int set_slots(struct suffix_table *t, size_t n_slots)
{
	struct slot *before = t->slots;
	size_t n = t->n_slots;

	t->slots = calloc(n_slots, sizeof(*t->slots));
	if (!t->slots) {
		t->slots = before;
		return -ENOMEM;
	}
	t->n_slots = n_slots;
	for (size_t i = 0; i < n; i++) {
		const uint8_t *known = t->text + before[i].at;

		if (before[i].value)
			*slot_of(t, (const char *)known + 1, known[0]) = before[i];
	}
	free(before);
	return 0;
}

static int grow_text(struct suffix_table *t, size_t length)
{
	size_t max = t->max_text ? t->max_text + t->max_text / 2 : FIRST_TEXT;
	uint8_t *text;

	if (t->n_text + length <= t->max_text)
		return 0;
	if (max > UINT32_MAX)
		return -ENOSPC;
	text = realloc(t->text, max);
	if (!text)
		return -ENOMEM;
	t->text = text;
	t->max_text = max;
	return 0;
}

int suffix_table_add(struct suffix_table *t, const char *name, size_t length, uint32_t value)
{
	struct slot *slot;
	int r;

	if (!length || length > NAME_MAX_LENGTH || !value)
		return -EINVAL;
	r = t->count < MOST_TAKEN(t->n_slots) ? 0 : set_slots(t, t->n_slots ? t->n_slots * 2 : FIRST_SLOTS);
	if (r >= 0)
		r = grow_text(t, length + 1);
	if (r < 0)
		return r;
	slot = slot_of(t, name, length);
	if (slot->value)
		return 1;
	*slot = (struct slot){.at = (uint32_t)t->n_text, .value = value};
	t->text[t->n_text] = (uint8_t)length;
	memcpy(t->text + t->n_text + 1, name, length);
	t->n_text += length + 1;
	t->count++;
	return 0;
}

void suffix_table_settle(struct suffix_table *t)
{
	uint8_t *text = realloc(t->text, t->n_text ? t->n_text : 1);

	if (text) {
		t->text = text;
		t->max_text = t->n_text ? t->n_text : 1;
	}
	/* Without memory it stays as large as it is. */
	set_slots(t, t->count + t->count / 4 + FIRST_SLOTS);
}

uint32_t suffix_table_find(const struct suffix_table *t, const char *name, size_t *ret_length)
{
	size_t length = strlen(name);

	while (t->count && length) {
		const char *dot;
		uint32_t value = length <= NAME_MAX_LENGTH ? slot_of(t, name, length)->value : 0;

		if (value) {
			if (ret_length)
				*ret_length = length;
			return value;
		}
		dot = memchr(name, '.', length);
		if (!dot)
			break;
		length -= (size_t)(dot + 1 - name);
		name = dot + 1;
	}
	return 0;
}

size_t suffix_table_count(const struct suffix_table *t)
{
	return t->count;
}

size_t suffix_table_bytes(const struct suffix_table *t)
{
	return sizeof(*t) + t->n_slots * sizeof(*t->slots) + t->max_text;
}
