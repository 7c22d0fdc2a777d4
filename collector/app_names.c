/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app_state.h"
#include "log.h"

#define FORGET_TICKS 10 /* seconds between two looks for lookups that are too old */

static void on_list(void *data, const struct source *source, const char *path)
{
	(void)data;
	if (source->detail[0])
		log_warning("%s", source->detail);
	else
		log_info("Read %" PRIu64 " entries from %s.", source->entries, path);
}

static void on_knowledge(void *data)
{
	struct app *app = data;

	model_describe_all(app->model);
}

int app_names_make(struct app *app)
{
	const struct settings *s = &app->settings;
	const struct knowledge_options options = {
	    .lists = s->lists,
	    .cloud = s->cloud,
	    .suffixes = s->suffixes,
	};
	int r = knowledge_new(&app->knowledge, app->event, &app->model->sources, &options, on_list,
			      on_knowledge, app);

	if (r == -EINVAL)
		log_error("The option names.lists holds something else than FILE=CATEGORY[:NAME].");
	return r;
}

static uint32_t source_id(const struct source *source)
{
	return source ? source->row.id : 0;
}

void app_names_describe(void *data, const char *name, struct name_facts *ret)
{
	struct app *app = data;
	struct verdict verdict;
	const char *domain = knowledge_domain(app->knowledge, name);

	knowledge_of_name(app->knowledge, name, &verdict);
	ret->domain = domain != name ? domain : NULL;
	ret->company = verdict.company;
	ret->category = verdict.category;
	ret->list = source_id(verdict.source);
}

void app_names_own(struct app *app, const struct address *a, struct remote_facts *ret)
{
	struct cloud_verdict cloud;
	struct verdict verdict;

	if (ret->special)
		return;
	knowledge_of_cloud(app->knowledge, a, &cloud);
	if (cloud.label) {
		ret->cloud = cloud.label;
		ret->company = cloud.company;
		if (cloud.has_place) {
			ret->has_place = true;
			ret->place = cloud.place;
		}
	}
	knowledge_of_address(app->knowledge, a, &verdict);
	if (verdict.source) {
		ret->category = verdict.category;
		ret->list = source_id(verdict.source);
	}
	/* The network says whose the address is, but not what it is for. */
	if (!verdict.company && !ret->company && ret->has_network)
		knowledge_of_network(app->knowledge, ret->network.asn, &verdict);
	if (verdict.company)
		ret->company = verdict.company;
}

static void on_dns(void *data, const struct dns_event *event)
{
	struct app *app = data;

	model_dns(app->model, event);
}

static void on_dns_report(void *data, const struct source *source, const char *what)
{
	(void)data;
	if (source->detail[0])
		log_warning("%s", source->detail);
	else
		log_info("Reading what devices look up from %s.", what);
}

void app_names_start(struct app *app)
{
	const struct settings *s = &app->settings;
	const struct dns_options dns = {
	    .journal = s->dns_journal,
	    .unit = s->dns_unit,
	    .journal_folder = s->dns_folder,
	    .logs = s->dns_logs,
	    .past = s->dns_past,
	    .state_folder = s->state_folder,
	};
	int r = dns_source_new(&app->dns, app->event, &app->model->sources, &dns, on_dns, on_dns_report, app);

	if (r == -EINVAL)
		log_error("The option dns.logs takes at most %d absolute paths.", DNS_SOURCE_LOGS_MAX);
	else if (r < 0)
		log_error("What devices look up cannot be read: %s.", strerror(-r));
	if (r < 0)
		sd_event_exit(app->event, EXIT_FAILURE);
}

void app_names_free(struct app *app)
{
	dns_source_free(app->dns);
	knowledge_free(app->knowledge);
}

void app_names_tick(struct app *app)
{
	knowledge_check(app->knowledge);
	if (app->dns)
		dns_source_check(app->dns);
	if (app->ticks % FORGET_TICKS == 0)
		model_forget_old_names(app->model);
}
