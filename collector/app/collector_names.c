/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "category.h"
#include "collector_private.h"
#include "log.h"
#include "special.h"

#define FORGET_TICKS 10 /* seconds between two looks for lookups that are too old */

static void on_knowledge(void *data)
{
	struct collector *collector = data;

	collector->turns.part = PART_FILES;
	collector_refresh(collector, MODEL_NAMES | MODEL_REMOTES | MODEL_CONNECTIONS);
}

int collector_names_make(struct collector *collector)
{
	const struct collector_options *o = &collector->options;
	const struct knowledge_options options = {
	    .lists = &o->lists,
	    .cloud = &o->cloud,
	    .suffixes = o->suffixes,
	};

	return knowledge_new(&collector->knowledge, collector->event, collector->reader,
			     &collector->model->sources, &options, collector_report_file, on_knowledge,
			     collector);
}

static uint32_t source_id(const struct source *source)
{
	return source ? source->row.id : 0;
}

void collector_names_describe(void *data, const char *name, struct name_facts *ret)
{
	struct collector *collector = data;
	struct verdict verdict;
	const char *domain = knowledge_domain(collector->knowledge, name);

	knowledge_of_name(collector->knowledge, name, &verdict);
	ret->domain = domain != name ? domain : NULL;
	ret->company = verdict.company;
	ret->category = verdict.category;
	ret->list = source_id(verdict.source);
	/* "yle.fi" is for news, whichever part of it was asked for last. */
	if (domain && domain != name)
		knowledge_of_name(collector->knowledge, domain, &verdict);
	ret->domain_category = verdict.category;
}

/* By its address alone; what its name says is the model's. */
bool collector_names_ignores(void *data, const struct address *a)
{
	const struct collector *collector = data;
	struct address behind = special_behind_nat64(a);
	struct verdict verdict;

	knowledge_of_address(collector->knowledge, &behind, &verdict);
	return category_is_ignored(category_of(verdict.category));
}

void collector_names_own(struct collector *collector, const struct address *a, struct remote_facts *ret)
{
	struct address behind = special_behind_nat64(a);
	struct cloud_verdict cloud;
	struct verdict verdict;

	if (ret->special)
		return;
	if (ret->has_network)
		knowledge_name_network(collector->knowledge, &ret->network);
	ret->anycast |= knowledge_is_anycast(collector->knowledge, &behind, ret->network.asn);
	ret->has_place &= !ret->anycast;
	knowledge_of_cloud(collector->knowledge, &behind, &cloud);
	if (cloud.label) {
		ret->cloud = cloud.label;
		ret->company = cloud.company;
		if (cloud.has_place) {
			ret->anycast = false;
			ret->has_place = true;
			ret->place = cloud.place;
		}
	}
	knowledge_of_address(collector->knowledge, &behind, &verdict);
	if (verdict.source) {
		ret->category = verdict.category;
		ret->list = source_id(verdict.source);
	}
	/* The network says whose the address is, but not what it is for. */
	if (!verdict.company && !ret->company && ret->has_network)
		knowledge_of_network(collector->knowledge, ret->network.asn, &verdict);
	if (verdict.company)
		ret->company = verdict.company;
}

static void on_dns(void *data, const struct dns_event *event)
{
	struct collector *collector = data;

	collector->turns.part = PART_LOOKUPS;
	model_dns(collector->model, event);
}

void collector_names_start(struct collector *collector)
{
	const struct collector_options *o = &collector->options;
	const struct dns_options dns = {
	    .journal = o->dns_journal,
	    .unit = o->dns_unit,
	    .journal_folder = o->dns_folder,
	    .logs = &o->dns_logs,
	    .past = o->dns_past,
	    .state_folder = o->state_folder,
	    .writer = collector->writer,
	};
	int r = dns_source_new(&collector->dns, collector->event, &collector->model->sources, &dns, on_dns,
			       collector_report_file, collector);

	if (r >= 0)
		return;
	log_error("What devices look up cannot be read: %s.", strerror(-r));
	sd_event_exit(collector->event, CONFIG_STATUS_FAILED);
}

void collector_names_free(struct collector *collector)
{
	dns_source_free(collector->dns);
	knowledge_free(collector->knowledge);
}

void collector_names_tick(struct collector *collector)
{
	knowledge_check(collector->knowledge);
	if (collector->dns)
		dns_source_check(collector->dns);
	if (collector->ticks % FORGET_TICKS == 0)
		model_forget_old_names(collector->model);
}
