/* SPDX-License-Identifier: MIT */
/* What the log says each second, where nothing gets better. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "collector_private.h"
#include "household.h"
#include "log.h"
#include "said.h"

static struct feed_status status; /* of the feed */

void __wrap_feed_get_status(const struct feed *f, struct feed_status *ret);

void __wrap_feed_get_status(const struct feed *f, struct feed_status *ret)
{
	(void)f;
	*ret = status;
}

/* Each keyframe is too large, and Redis' limit is near: tried again and again, said once. */
static void test_limits_are_said_once(void **context)
{
	struct household h;
	struct collector c = {};
	struct said said;
	char text[4096];

	(void)context;
	household_make(&h, NULL, 100, 100);
	c.model = h.model;
	c.table = h.table;
	status = (struct feed_status){.keyframe_limit = 100, .keyframe_bytes = 90};
	log_open("test", LOG_LEVEL_INFO);
	said_begin(&said, STDERR_FILENO);
	for (int i = 0; i < 200; i++) {
		c.ticks++;
		status.oversized = i % 2;
		site_set(&h.model->site, SITE_FULL_REMOTES, 7);
		site_set(&h.model->site, SITE_UNLISTED, 5);
		collector_report_tick(&c);
	}
	said_end(&said, text, sizeof(text));
	assert_int_equal(said_count(text, "larger than a frame may be"), 1);
	assert_int_equal(said_count(text, "Redis cuts a subscriber off"), 1);
	assert_int_equal(said_count(text, "Not everything fits any more"), 1);
	assert_int_equal(said_count(text, "leaves the 5 oldest out"), 1);
	assert_int_equal(said_count(text, "\n"), 4);
	household_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_limits_are_said_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
