/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app_state.h"
#include "log.h"

#define FORGET_TICKS 10 /* seconds between two looks for lookups that are too old */

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
		log_error("The option dns.logs takes at most %d paths.", DNS_SOURCE_LOGS_MAX);
	else if (r < 0)
		log_error("What devices look up cannot be read: %s.", strerror(-r));
	if (r < 0)
		sd_event_exit(app->event, EXIT_FAILURE);
}

void app_names_free(struct app *app)
{
	dns_source_free(app->dns);
}

void app_names_tick(struct app *app)
{
	if (app->dns)
		dns_source_check(app->dns);
	if (app->ticks % FORGET_TICKS == 0)
		model_forget_old_names(app->model);
}
