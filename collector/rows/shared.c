/* SPDX-License-Identifier: MIT */
#include "shared.h"

#include <stdlib.h>
#include <string.h>

#include "util.h"

void shared_init(struct shared *s, struct row_watch *watch, company_purpose purpose)
{
	*s = (struct shared){.purpose = purpose};
	row_table_init(&s->places, watch);
	row_table_init(&s->networks, watch);
	row_table_init(&s->companies, watch);
}

void shared_done(struct shared *s)
{
	row_table_done(&s->places);
	row_table_done(&s->networks);
	row_table_done(&s->companies);
	map_done(&s->places_map);
	map_done(&s->networks_map);
	map_done(&s->companies_map);
}

static uint32_t hash_place(const struct place_facts *f)
{
	float position[2] = {(float)f->latitude, (float)f->longitude};

	return map_hash(f->country, strlen(f->country)) ^ map_hash(f->region, strlen(f->region)) * 3 ^
	       map_hash(f->city, strlen(f->city)) * 5 ^
	       (f->has_position ? map_hash(position, sizeof(position)) : 0);
}

static bool same_place(const struct place *p, const struct place_facts *f)
{
	return !strcmp(p->country, f->country) && !strcmp(p->region, f->region) &&
	       !strcmp(p->city, f->city) && p->has_position == f->has_position &&
	       (!p->has_position ||
		(p->latitude == (float)f->latitude && p->longitude == (float)f->longitude));
}

struct place *shared_take_place(struct shared *s, const struct place_facts *facts)
{
	uint32_t hash = hash_place(facts);
	size_t region = strlen(facts->region) + 1, city = strlen(facts->city) + 1;
	struct place *p;

	for (struct map_node *n = map_find(&s->places_map, hash); n; n = map_find_next(n)) {
		p = CONTAINER_OF(n, struct place, node);
		if (same_place(p, facts)) {
			p->references++;
			return p;
		}
	}
	if (map_reserve(&s->places_map) < 0)
		return NULL;
	p = calloc(1, sizeof(*p) + region + city);
	if (!p)
		return NULL;
	p->references = 1;
	memcpy(p->country, facts->country, sizeof(p->country));
	p->has_position = facts->has_position;
	p->latitude = (float)facts->latitude;
	p->longitude = (float)facts->longitude;
	p->region = memcpy(p->text, facts->region, region);
	p->city = memcpy(p->text + region, facts->city, city);
	map_put(&s->places_map, &p->node, hash);
	row_add(&s->places, &p->row);
	return p;
}

struct network_row *shared_take_network(struct shared *s, const struct network_facts *facts)
{
	size_t name = strlen(facts->name) + 1;
	uint32_t hash = map_hash(facts->name, name) ^ facts->asn;
	struct network_row *r;

	for (struct map_node *n = map_find(&s->networks_map, hash); n; n = map_find_next(n)) {
		r = CONTAINER_OF(n, struct network_row, node);
		if (r->asn == facts->asn && !strcmp(r->name, facts->name)) {
			r->references++;
			return r;
		}
	}
	if (map_reserve(&s->networks_map) < 0)
		return NULL;
	r = calloc(1, sizeof(*r) + name);
	if (!r)
		return NULL;
	r->references = 1;
	r->asn = facts->asn;
	memcpy(r->name, facts->name, name);
	map_put(&s->networks_map, &r->node, hash);
	row_add(&s->networks, &r->row);
	return r;
}

struct company *shared_take_company(struct shared *s, const char *name)
{
	size_t length = name ? strlen(name) + 1 : 0;
	uint32_t hash = map_hash(name, length);
	struct company *c;

	if (!name)
		return NULL;
	for (struct map_node *n = map_find(&s->companies_map, hash); n; n = map_find_next(n)) {
		c = CONTAINER_OF(n, struct company, node);
		if (!strcmp(c->name, name)) {
			c->references++;
			return c;
		}
	}
	if (map_reserve(&s->companies_map) < 0)
		return NULL;
	c = calloc(1, sizeof(*c) + length);
	if (!c)
		return NULL;
	c->references = 1;
	c->purpose = s->purpose ? s->purpose(name) : NULL;
	memcpy(c->name, name, length);
	map_put(&s->companies_map, &c->node, hash);
	row_add(&s->companies, &c->row);
	return c;
}

struct company *shared_find_company(const struct shared *s, uint32_t id)
{
	ROW_TABLE_FOR_EACH(r, &s->companies)
	if (r->id == id)
		return CONTAINER_OF(r, struct company, row);
	return NULL;
}

void shared_drop_place(struct shared *s, struct place *p)
{
	if (!p || --p->references)
		return;
	map_take(&s->places_map, &p->node);
	row_remove(&s->places, &p->row);
	free(p);
}

void shared_drop_network(struct shared *s, struct network_row *n)
{
	if (!n || --n->references)
		return;
	map_take(&s->networks_map, &n->node);
	row_remove(&s->networks, &n->row);
	free(n);
}

void shared_drop_company(struct shared *s, struct company *c)
{
	if (!c || --c->references)
		return;
	map_take(&s->companies_map, &c->node);
	row_remove(&s->companies, &c->row);
	free(c);
}
