/* SPDX-License-Identifier: MIT */
/* What viewers ask for, also as fast as commands can come: what the log says of it. */
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

static const char *verbs[] = {"me", "name"};
static unsigned replies;

void __wrap_feed_reply(struct feed *f, const char *text, size_t length);
void __wrap_feed_reply(struct feed *f, const char *text, size_t length)
{
	(void)f;
	(void)text;
	(void)length;
	replies++;
}

static void nothing_said(void *data, const struct source *source, const char *good)
{
	(void)data;
	(void)source;
	(void)good;
}

struct scene {
	struct household h;
	struct collector c;
	struct device *device;
	struct said said;
	char text[65536];
};

static int set_up(void **context)
{
	struct scene *s = calloc(1, sizeof(*s));
	struct address a = household_address("192.0.2.10");

	household_make(&s->h, NULL, 100, 100);
	s->c.model = s->h.model;
	s->c.options.commands = (struct config_list){2, verbs};
	assert_int_equal(sd_event_new(&s->c.event), 0);
	assert_int_equal(worker_new(&s->c.writer, s->c.event), 0);
	assert_int_equal(
	    alias_store_new(&s->c.aliases, s->c.writer, "home", "", &s->h.model->sources, nothing_said, NULL),
	    0);
	collector_commands_make(&s->c);
	s->device = devices_get(&s->h.model->devices, &a, false, 1000);
	assert_non_null(s->device);
	device_set_alias(&s->h.model->devices, s->device, "Mila");
	log_open("test", LOG_LEVEL_INFO);
	replies = 0;
	*context = s;
	return 0;
}

static int tear_down(void **context)
{
	struct scene *s = *context;

	ending_free(s->c.commands.ending);
	alias_store_free(s->c.aliases);
	worker_free(s->c.writer, true, 10000);
	household_free(&s->h);
	sd_event_unref(s->c.event);
	free(s);
	clock_ahead = 0;
	return 0;
}

static void take(struct scene *s, const char *who, const char *words)
{
	char text[256];
	int n = snprintf(text, sizeof(text), "x-1 %s %s", who, words);

	collector_commands_take(&s->c, text, (size_t)n);
}

static void test_each_is_a_line(void **context)
{
	struct scene *s = *context;
	char words[64];

	said_begin(&s->said, STDERR_FILENO);
	snprintf(words, sizeof(words), "name %u Anna", s->device->row.id);
	take(s, "participant 192.0.2.10", words);
	take(s, "facilitator 198.51.100.7", "name 4000000000 Bob");
	take(s, "participant 192.0.2.10", "sing");
	/* no act */
	take(s, "participant 192.0.2.10", "me");
	/* no broadcaster sends these */
	take(s, "viewer 192.0.2.10", "me");
	collector_commands_take(&s->c, "?", 1);
	said_end(&s->said, s->text, sizeof(s->text));
	assert_int_equal(
	    said_count(s->text, "The participant at 192.0.2.10 gave the device Mila the name \"Anna\".\n"),
	    1);
	assert_int_equal(
	    said_count(s->text, "The facilitator at 198.51.100.7 was refused the command name: This device "
				"is not here any more.\n"),
	    1);
	assert_int_equal(said_count(s->text,
				    "The participant at 192.0.2.10 was refused a command: There is no such "
				    "command.\n"),
			 1);
	assert_int_equal(said_count(s->text, "\n"), 3);
	assert_int_equal(s->c.commands_done, 2);
	assert_int_equal(s->c.commands_refused, 3);
	assert_int_equal(replies, 5);
}

static void test_a_flood(void **context)
{
	struct scene *s = *context;
	char words[64];

	said_begin(&s->said, STDERR_FILENO);
	for (unsigned round = 0; round < 2; round++) {
		for (unsigned i = 0; i < 1000; i++) {
			snprintf(words, sizeof(words), "name %u Name %u", s->device->row.id, i);
			take(s, "facilitator 198.51.100.7", words);
		}
		clock_ahead += 60;
	}
	said_end(&s->said, s->text, sizeof(s->text));
	assert_int_equal(replies, 2000);
	assert_int_equal(s->c.commands_done + s->c.commands_refused, 2000);
	assert_in_range(s->c.commands_done, 400, 1200);
	/* of each kind as many as are worth it, and how many more there were */
	assert_in_range(said_count(s->text, "gave the device"), 60, 240);
	assert_in_range(said_count(s->text, "was refused"), 60, 240);
	assert_in_range(said_count(s->text, "Commands were done "), 1, 3);
	assert_in_range(said_count(s->text, "Commands were refused "), 1, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_each_is_a_line, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_a_flood, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
