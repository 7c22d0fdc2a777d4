/* SPDX-License-Identifier: MIT */
#include "knowledge.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "category.h"
#include "knowledge_file.h"
#include "known.h"
#include "list_option.h"

struct knowledge {
	struct suffix_table *names;	/* what is built in: positions in known_owners, from 1 on */
	struct prefix_table *addresses; /* the same */
	struct prefix_table *anycast;	/* values: 1 */
	struct domain *domain;		/* libpsl's own */
	struct row_table *sources;
	struct source companies;
	bool has_companies; /* its row is in sources */
	sd_event *event;
	struct worker *worker;
	struct knowledge_file *suffixes; /* one of files, or NULL */
	/* Lists, then clouds, then the suffixes. */
	struct knowledge_file files[2 * KNOWLEDGE_FILES_MAX + 1];
	size_t n_files;
	source_report report;
	knowledge_changed changed;
	void *data;
};

static int fill_built_in(struct knowledge *k)
{
	int r = suffix_table_new(&k->names);

	if (r >= 0)
		r = prefix_table_new(&k->addresses);
	for (size_t i = 0; r >= 0 && i < known_n_domains; i++)
		r = suffix_table_add(k->names, known_domains[i].name, strlen(known_domains[i].name),
				     known_domains[i].owner + 1u);
	for (size_t i = 0; r >= 0 && i < known_n_networks; i++) {
		struct network n;

		r = network_parse(&n, known_networks[i].text);
		if (r >= 0)
			r = prefix_table_add(k->addresses, &n, known_networks[i].owner + 1u);
	}
	if (r >= 0)
		r = prefix_table_new(&k->anycast);
	for (size_t i = 0; r >= 0 && i < known_n_anycast_networks; i++) {
		struct network n;

		r = network_parse(&n, known_anycast_networks[i]);
		if (r >= 0)
			r = prefix_table_add(k->anycast, &n, 1);
	}
	if (r < 0)
		return r;
	suffix_table_settle(k->names);
	prefix_table_settle(k->addresses);
	prefix_table_settle(k->anycast);
	return domain_new(&k->domain, NULL);
}

static void add_companies(struct knowledge *k)
{
	struct source *s = &k->companies;

	*s = (struct source){
	    .kind = "companies",
	    .state = "ok",
	    .counted = true,
	    .entries = known_n_domains + known_n_networks + known_n_asns,
	};
	if (known_third_parties[0])
		snprintf(s->attribution, sizeof(s->attribution),
			 "Third parties: third-party-web %s, Copyright (c) 2019 Patrick Hulce, MIT licence",
			 known_third_parties);
	else
		snprintf(
		    s->detail, sizeof(s->detail),
		    "This build knows companies by our own table alone. Built with CONNVIS_THIRD_PARTIES it knows about two thousand advertisers and other third parties more.");
	row_add(k->sources, &s->row);
	k->has_companies = true;
}

static void on_file(void *data, int error, void *content)
{
	struct knowledge_file *f = data;
	struct knowledge *k = f->owner;
	bool other = knowledge_file_take(f, error, content);
	char good[512];

	row_change(k->sources, &f->source.row,
		   COLUMN(SOURCE_STATE) | COLUMN(SOURCE_DETAIL) | COLUMN(SOURCE_BUILT) |
		       COLUMN(SOURCE_ATTRIBUTION) | COLUMN(SOURCE_NAME) | COLUMN(SOURCE_ENTRIES) |
		       COLUMN(SOURCE_BROKEN));
	snprintf(good, sizeof(good), "Read %" PRIu64 " entries from %s.", f->source.entries, f->path);
	k->report(k->data, &f->source, good);
	if (other)
		k->changed(k->data);
}

static int add_file(struct knowledge *k, enum knowledge_kind kind, const char *path, const char *category,
		    const char *name)
{
	struct knowledge_file *f = &k->files[k->n_files];
	const char *paths[] = {f->path};
	int r;

	if (k->n_files == sizeof(k->files) / sizeof(k->files[0]))
		return -EINVAL;
	r = knowledge_file_init(f, kind, path, strlen(path), category, name, strlen(name));
	if (r < 0)
		return r;
	f->owner = k;
	row_add(k->sources, &f->source.row);
	k->n_files++;
	return path[0] ? watched_file_new(&f->file, k->event, k->worker, &knowledge_kinds[kind], paths, 1,
					  NULL, on_file, f)
		       : 0;
}

static int add_list(struct knowledge *k, const char *text)
{
	struct list_option option;
	int r = list_option_parse(&option, text);

	return r < 0 ? r : add_file(k, KNOWLEDGE_LIST, option.path, option.category, option.name);
}

static int add_files(struct knowledge *k, enum knowledge_kind kind, const struct config_list *files)
{
	int r = files->n > KNOWLEDGE_FILES_MAX ? -EINVAL : 0;

	for (size_t i = 0; r >= 0 && i < files->n; i++)
		r = kind == KNOWLEDGE_LIST ? add_list(k, files->items[i])
					   : add_file(k, kind, files->items[i], NULL, "");
	return r < 0 || files->n ? r : add_file(k, kind, "", NULL, "");
}

static int add_suffixes(struct knowledge *k, const char *path)
{
	int r = add_file(k, KNOWLEDGE_SUFFIXES, path, NULL, "");
	struct source *s;

	if (r < 0)
		return r;
	k->suffixes = &k->files[k->n_files - 1];
	s = &k->suffixes->source;
	snprintf(s->attribution, sizeof(s->attribution), "Public Suffix List, publicsuffix.org, MPL 2.0");
	if (path[0])
		return 0;
	s->state = "ok";
	s->counted = true;
	s->entries = domain_count(k->domain);
	s->built = domain_built(k->domain);
	return 0;
}

int knowledge_new(struct knowledge **ret, sd_event *event, struct worker *worker, struct row_table *sources,
		  const struct knowledge_options *options, source_report report, knowledge_changed changed,
		  void *data)
{
	struct knowledge *k = calloc(1, sizeof(*k));
	int r;

	if (!k)
		return -ENOMEM;
	k->event = event;
	k->worker = worker;
	k->sources = sources;
	k->report = report;
	k->changed = changed;
	k->data = data;
	r = fill_built_in(k);
	if (r >= 0)
		add_companies(k);
	if (r >= 0)
		r = add_files(k, KNOWLEDGE_LIST, options->lists);
	if (r >= 0)
		r = add_files(k, KNOWLEDGE_CLOUD, options->cloud);
	if (r >= 0)
		r = add_suffixes(k, options->suffixes);
	if (r < 0) {
		knowledge_free(k);
		return r;
	}
	*ret = k;
	return 0;
}

struct knowledge *knowledge_free(struct knowledge *k)
{
	if (!k)
		return NULL;
	for (size_t i = 0; i < k->n_files; i++) {
		row_remove(k->sources, &k->files[i].source.row);
		knowledge_file_done(&k->files[i]);
	}
	if (k->has_companies)
		row_remove(k->sources, &k->companies.row);
	suffix_table_free(k->names);
	prefix_table_free(k->addresses);
	prefix_table_free(k->anycast);
	domain_free(k->domain);
	free(k);
	return NULL;
}

void knowledge_check(struct knowledge *k)
{
	for (size_t i = 0; i < k->n_files; i++)
		if (k->files[i].file)
			watched_file_check(k->files[i].file);
}

static void take_known(const struct knowledge *k, struct verdict *ret, uint32_t value)
{
	*ret = (struct verdict){};
	if (!value)
		return;
	ret->company = known_owners[value - 1].company;
	ret->category = known_owners[value - 1].category;
	ret->source = &k->companies;
}

/* length: of what is built in and fits, 0: nothing is; best: of the list's entry. */
static void take_list(struct verdict *ret, const struct knowledge_file *f, size_t length, size_t best)
{
	if (best < length && !category_is_ignored(category_of(f->category)))
		return;
	ret->category = f->category;
	ret->source = &f->source;
}

void knowledge_of_name(const struct knowledge *k, const char *name, struct verdict *ret)
{
	const struct knowledge_file *list = NULL;
	size_t length = 0, best = 0, n;

	take_known(k, ret, suffix_table_find(k->names, name, &length));
	for (size_t i = 0; i < k->n_files; i++)
		if (knowledge_file_list(&k->files[i]) &&
		    list_file_has_name(knowledge_file_list(&k->files[i]), name, &n) && n > best) {
			list = &k->files[i];
			best = n;
		}
	if (list)
		take_list(ret, list, length, best);
}

void knowledge_of_address(const struct knowledge *k, const struct address *a, struct verdict *ret)
{
	const struct knowledge_file *list = NULL;
	unsigned length = 0, best = 0, n;

	take_known(k, ret, prefix_table_find(k->addresses, a, &length));
	for (size_t i = 0; i < k->n_files; i++)
		if (knowledge_file_list(&k->files[i]) &&
		    list_file_has_address(knowledge_file_list(&k->files[i]), a, &n) && n > best) {
			list = &k->files[i];
			best = n;
		}
	if (list)
		take_list(ret, list, length, best);
}

static int compare_company(const void *key, const void *item)
{
	return strcmp(key, ((const struct known_owner *)item)->company);
}

const char *knowledge_purpose(const char *company)
{
	const struct known_owner *found =
	    bsearch(company, known_companies, known_n_companies, sizeof(known_companies[0]), compare_company);

	return found ? found->category : NULL;
}

static int compare_asn(const void *key, const void *item)
{
	uint32_t asn = *(const uint32_t *)key, other = ((const struct known_asn *)item)->asn;

	return asn < other ? -1 : asn > other;
}

void knowledge_of_network(const struct knowledge *k, uint32_t asn, struct verdict *ret)
{
	const struct known_asn *found =
	    bsearch(&asn, known_asns, known_n_asns, sizeof(known_asns[0]), compare_asn);

	take_known(k, ret, found ? found->owner + 1u : 0);
}

void knowledge_name_network(const struct knowledge *k, struct network_facts *network)
{
	struct verdict verdict;
	char number[16];

	snprintf(number, sizeof(number), "AS%" PRIu32, network->asn);
	knowledge_of_network(k, network->asn, &verdict);
	if (verdict.company && !strcmp(network->name, number))
		snprintf(network->name, sizeof(network->name), "%s", verdict.company);
}

bool knowledge_is_anycast(const struct knowledge *k, const struct address *a, uint32_t asn)
{
	unsigned length;

	for (size_t i = 0; i < known_n_anycast_asns; i++)
		if (known_anycast_asns[i] == asn)
			return true;
	return prefix_table_find(k->anycast, a, &length);
}

static void take_place(struct place_facts *ret, const struct known_region *r)
{
	snprintf(ret->country, sizeof(ret->country), "%s", r->country);
	snprintf(ret->region, sizeof(ret->region), "%s", r->country_part);
	snprintf(ret->city, sizeof(ret->city), "%s", r->city);
	ret->has_position = true;
	ret->latitude = r->latitude;
	ret->longitude = r->longitude;
}

void knowledge_of_cloud(const struct knowledge *k, const struct address *a, struct cloud_verdict *ret)
{
	const struct cloud_area *area = NULL;
	unsigned best = 0, n;

	*ret = (struct cloud_verdict){};
	for (size_t i = 0; i < k->n_files; i++) {
		const struct cloud_file *c = knowledge_file_cloud(&k->files[i]);
		const struct cloud_area *found = c ? cloud_file_find(c, a, &n) : NULL;

		if (found && n > best) {
			area = found;
			best = n;
			ret->company = c->company;
		}
	}
	if (!area)
		return;
	ret->label = area->label;
	ret->has_place = area->region;
	if (area->region)
		take_place(&ret->place, area->region);
}

const char *knowledge_domain(const struct knowledge *k, const char *name)
{
	const struct domain *own = knowledge_file_domain(k->suffixes);

	return domain_of(own ? own : k->domain, name);
}

const char *knowledge_notice(void)
{
	return known_notice;
}
