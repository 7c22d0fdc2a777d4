/* SPDX-License-Identifier: MIT */
#include "sum.h"

#include <stdlib.h>
#include <string.h>

#include "util.h"

void sums_init(struct sums *s, struct row_watch *watch, struct shared *shared, struct names *names,
	       uint32_t max)
{
	*s = (struct sums){.shared = shared, .names = names, .max = max};
	row_table_init(&s->table, watch);
	row_table_init(&s->naming, watch);
	chain_init(&s->of_nobody);
}

static void sum_free(struct sums *s, struct sum *sum)
{
	map_take(&s->map, &sum->node);
	chain_take(&sum->of_device);
	if (sum->name)
		row_remove(&s->naming, &sum->naming);
	row_remove(&s->table, &sum->row);
	shared_drop_company(s->shared, sum->facts.company);
	shared_drop_network(s->shared, sum->facts.network);
	names_drop(s->names, sum->name);
	free(sum);
}

void sums_clear(struct sums *s)
{
	struct row *first;

	while ((first = row_after(&s->table, &s->table.dirty)))
		sum_free(s, SUM_OF(first));
}

void sums_done(struct sums *s)
{
	row_table_unfollow(&s->table);
	row_table_unfollow(&s->naming);
	sums_clear(s);
	row_table_done(&s->table);
	row_table_done(&s->naming);
	map_done(&s->map);
}

static uint32_t hash_of(const struct device *device, const struct sum_facts *f)
{
	uint64_t small = (uint64_t)f->special << 32 | (uint64_t)f->category << 24 |
			 (uint64_t)(uint8_t)f->country[0] << 8 | (uint8_t)f->country[1];
	const void *const parts[] = {device, f->company, f->network};
	uint32_t hash = map_hash(parts, sizeof(parts)) ^ map_hash(&small, sizeof(small));

	return f->domain ? hash ^ map_hash(f->domain, strlen(f->domain)) : hash;
}

static int compare_numbers(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static int compare_domains(const char *a, const char *b)
{
	return !a || !b ? compare_numbers(!a, !b) : strcmp(a, b);
}

int sum_facts_compare(const struct sum_facts *a, const struct sum_facts *b)
{
	int r = compare_numbers((uintptr_t)a->company, (uintptr_t)b->company);

	if (!r)
		r = compare_numbers((uintptr_t)a->network, (uintptr_t)b->network);
	if (!r)
		r = compare_numbers(a->special, b->special);
	if (!r)
		r = compare_numbers(a->category, b->category);
	if (!r)
		r = strcmp(a->country, b->country);
	return r ? r : compare_domains(a->domain, b->domain);
}

static struct sum *find(const struct sums *s, const struct device *device, const struct sum_facts *f)
{
	for (struct map_node *n = map_find(&s->map, hash_of(device, f)); n; n = map_find_next(n)) {
		struct sum *sum = CONTAINER_OF(n, struct sum, node);

		if (sum->device == device && !sum_facts_compare(&sum->facts, f))
			return sum;
	}
	return NULL;
}

static struct sum *sum_new(struct sums *s, struct device *device, const struct sum_facts *f)
{
	struct sum *sum;

	if (map_reserve(&s->map) < 0)
		return NULL;
	sum = calloc(1, sizeof(*sum));
	if (!sum)
		return NULL;
	if (f->domain) {
		sum->name = names_take(s->names, f->domain);
		if (!sum->name) {
			free(sum);
			return NULL;
		}
	}
	sum->device = device;
	sum->facts = *f;
	sum->facts.domain = sum->name ? sum->name->text : NULL;
	if (f->company)
		f->company->references++;
	if (f->network)
		f->network->references++;
	map_put(&s->map, &sum->node, hash_of(device, f));
	chain_append(device ? &device->sums : &s->of_nobody, &sum->of_device);
	row_add(&s->table, &sum->row);
	if (sum->name)
		row_add_to(&s->naming, &sum->naming, &sum->row);
	return sum;
}

void sum_amounts_add(struct sum_amounts *to, const struct sum_amounts *more)
{
	/* Of what never was there is no time. */
	bool first = !to->conversations && !to->total && !traffic_moved(&to->traffic);

	traffic_add(&to->traffic, &more->traffic);
	to->conversations += more->conversations;
	to->total += more->total;
	if (first || more->active > to->active)
		to->active = more->active;
	if (first || more->seen < to->seen)
		to->seen = more->seen;
}

static void add(struct sums *s, struct sum *sum, const struct sum_amounts *more)
{
	int64_t seen = sum->amounts.seen;

	sum_amounts_add(&sum->amounts, more);
	row_change(&s->table, &sum->row,
		   traffic_moved(&more->traffic) << SUM_UP_BYTES | COLUMN(SUM_CONVERSATIONS) |
		       COLUMN(SUM_TOTAL) | COLUMN(SUM_ACTIVE) |
		       (sum->amounts.seen != seen ? COLUMN(SUM_SEEN) : 0));
}

void sums_add(struct sums *s, struct device *device, const struct sum_facts *facts,
	      const struct sum_amounts *amounts)
{
	const struct sum_facts none = {};
	struct sum *sum = find(s, device, facts);

	if (!sum && s->table.count < s->max)
		sum = sum_new(s, device, facts);
	if (!sum)
		sum = find(s, device, &none);
	if (!sum)
		sum = sum_new(s, device, &none);
	if (sum)
		add(s, sum, amounts);
}

void sums_device_leaves(struct sums *s, struct device *device)
{
	while (!chain_is_empty(&device->sums)) {
		struct sum *sum = CONTAINER_OF(device->sums.next, struct sum, of_device);

		sums_add(s, device->successor, &sum->facts, &sum->amounts);
		sum_free(s, sum);
	}
}

void sums_forget_device(struct sums *s, struct device *device, struct sum_amounts *ret)
{
	while (!chain_is_empty(&device->sums)) {
		struct sum *sum = CONTAINER_OF(device->sums.next, struct sum, of_device);

		sum_amounts_add(ret, &sum->amounts);
		sum_free(s, sum);
	}
}

static struct sum *find_named(const struct sums *s, bool (*is)(const void *data, const char *name),
			      const void *data)
{
	ROW_TABLE_FOR_EACH(r, &s->table)
	if (SUM_OF(r)->facts.domain && is(data, SUM_OF(r)->facts.domain))
		return SUM_OF(r);
	return NULL;
}

void sums_forget_names(struct sums *s, bool (*is)(const void *data, const char *name), const void *data)
{
	const struct sum_facts none = {};
	struct sum *sum;

	while ((sum = find_named(s, is, data))) {
		sums_add(s, sum->device, &none, &sum->amounts);
		sum_free(s, sum);
	}
}
