/* SPDX-License-Identifier: MIT */
#include "knowledge.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain.h"
#include "known.h"
#include "prefix_table.h"
#include "suffix_table.h"

struct knowledge {
	struct suffix_table *names;	/* what is built in: positions in known_owners, from 1 on */
	struct prefix_table *addresses; /* the same */
	struct domain *domain;
	struct row_table *sources;
	struct source companies, suffixes;
	char suffixes_path[256];
	knowledge_report report;
	knowledge_changed changed;
	void *data;
	bool reported;
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
	return r < 0 ? r : 0;
}

static void add_sources(struct knowledge *k, int domains)
{
	k->companies = (struct source){
	    .kind = "companies",
	    .state = "ok",
	    .counted = true,
	    .entries = known_n_domains + known_n_networks + known_n_asns,
	};
	row_add(k->sources, &k->companies.row);
	k->suffixes = (struct source){.kind = "suffixes", .state = domains < 0 ? "broken" : "ok"};
	if (domains < 0)
		snprintf(k->suffixes.detail, sizeof(k->suffixes.detail),
			 "The Public Suffix List %s cannot be read, so libpsl's own is used.",
			 k->suffixes_path);
	row_add(k->sources, &k->suffixes.row);
}

int knowledge_new(struct knowledge **ret, sd_event *event, struct row_table *sources,
		  const struct knowledge_options *options, knowledge_report report, knowledge_changed changed,
		  void *data)
{
	struct knowledge *k = calloc(1, sizeof(*k));
	int r, domains = 0;

	(void)event;
	if (!k)
		return -ENOMEM;
	k->sources = sources;
	k->report = report;
	k->changed = changed;
	k->data = data;
	snprintf(k->suffixes_path, sizeof(k->suffixes_path), "%s", options->suffixes);
	r = fill_built_in(k);
	if (r >= 0)
		domains = domain_new(&k->domain, k->suffixes_path);
	if (!k->domain)
		r = -ENOMEM;
	if (r < 0) {
		knowledge_free(k);
		return r;
	}
	add_sources(k, domains);
	*ret = k;
	return 0;
}

struct knowledge *knowledge_free(struct knowledge *k)
{
	if (!k)
		return NULL;
	if (k->companies.kind) {
		row_remove(k->sources, &k->companies.row);
		row_remove(k->sources, &k->suffixes.row);
	}
	suffix_table_free(k->names);
	prefix_table_free(k->addresses);
	domain_free(k->domain);
	free(k);
	return NULL;
}

void knowledge_check(struct knowledge *k)
{
	if (k->reported)
		return;
	k->reported = true;
	k->report(k->data, &k->companies, "our own table of companies");
	k->report(k->data, &k->suffixes, k->suffixes_path);
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

void knowledge_of_name(const struct knowledge *k, const char *name, struct verdict *ret)
{
	take_known(k, ret, suffix_table_find(k->names, name, NULL));
}

void knowledge_of_address(const struct knowledge *k, const struct address *a, struct verdict *ret)
{
	take_known(k, ret, prefix_table_find(k->addresses, a, NULL));
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

void knowledge_of_cloud(const struct knowledge *k, const struct address *a, struct cloud_verdict *ret)
{
	(void)k;
	(void)a;
	*ret = (struct cloud_verdict){};
}

const char *knowledge_domain(const struct knowledge *k, const char *name)
{
	return domain_of(k->domain, name);
}
