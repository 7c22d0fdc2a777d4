/* SPDX-License-Identifier: MIT */
/* Names that are given to devices as fast as commands come: what the log says of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock_ahead.h"
#include "cmocka_all.h"
#include "collector_private.h"
#include "household.h"
#include "log.h"
#include "said.h"

static void nothing_said(void *data, const struct source *source, const char *good)
{
	(void)data;
	(void)source;
	(void)good;
}

/* n names for the one device, and its own back each second time. */
static void give_names(struct collector *c, const struct device *device, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		struct command command = {.device = device->row.id, .has_alias = i % 2 == 0};

		snprintf(command.alias, sizeof(command.alias), "Name %u", i);
		assert_null(collector_devices_command(c, &command));
	}
}

static void test_a_flood_of_names(void **context)
{
	struct household h;
	struct collector c = {};
	const struct device *device;
	struct address a;
	struct said said;
	char text[4096];

	(void)context;
	household_make(&h, NULL, 100, 100);
	c.model = h.model;
	assert_int_equal(sd_event_new(&c.event), 0);
	assert_int_equal(worker_new(&c.writer, c.event), 0);
	assert_int_equal(
	    alias_store_new(&c.aliases, c.writer, "home", "", &h.model->sources, nothing_said, NULL), 0);
	a = household_address("192.0.2.10");
	device = devices_get(&h.model->devices, &a, false, 1000);
	assert_non_null(device);
	log_open("test", LOG_LEVEL_INFO);
	said_begin(&said, STDERR_FILENO);
	give_names(&c, device, 1000);
	clock_ahead += 60;
	give_names(&c, device, 1000);
	said_end(&said, text, sizeof(text));
	assert_int_equal(said_count(text, "is called Name 0 from now on."), 2);
	assert_int_equal(said_count(text, "changed 999 more times"), 1);
	assert_int_equal(said_count(text, "\n"), 3);
	alias_store_free(c.aliases);
	worker_free(c.writer, true, 10000);
	household_free(&h);
	sd_event_unref(c.event);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_flood_of_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
