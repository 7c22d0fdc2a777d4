/* SPDX-License-Identifier: MIT */
/* What --status calls wrong: what is so now, and no more. */
#include <stdlib.h>
#include <string.h>

#include "clock_ahead.h"
#include "cmocka_all.h"
#include "collector_private.h"
#include "household.h"
#include "util.h"

static struct feed_status feed;

void __wrap_feed_get_status(const struct feed *f, struct feed_status *ret);

void __wrap_feed_get_status(const struct feed *f, struct feed_status *ret)
{
	(void)f;
	*ret = feed;
}

static struct household h;
static struct collector c;
static char *said;

static int setup(void **state)
{
	(void)state;
	household_make(&h, NULL, 100, 100);
	c = (struct collector){.model = h.model, .table = h.table, .clock_base = clock_ms()};
	c.options.max_connections = 1000;
	feed = (struct feed_status){.ready = true};
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	free(said);
	said = NULL;
	household_free(&h);
	return 0;
}

/* A second goes by, and somebody asks. */
static const char *ask(void)
{
	struct status s;

	collector_status_tick(&c);
	status_begin(&s);
	collector_status_say(&c, &s);
	fclose(s.out);
	free(said);
	said = s.text;
	return said;
}

static bool is_wrong(const char *sentence)
{
	char line[128];

	snprintf(line, sizeof(line), "WRONG: %s", sentence);
	return strstr(ask(), line);
}

static bool is_said(const char *sentence)
{
	return strstr(ask(), sentence) && !is_wrong(sentence);
}

static void test_one_is_one(void **state)
{
	(void)state;
	assert_true(
	    is_said("It knows of 0 connections, 0 devices, 0 remotes, 0 conversations and 0 lookups."));
	site_set(&h.model->site, SITE_FULL_DEVICES, 1);
	assert_true(is_wrong("1 device did not fit: raise limits.devices.\n"));
	feed.dropped_frames = 1;
	assert_true(is_said("Redis did not take 1 frame so far.\n"));
}

/* It grows, stands for long, and grows again. */
static void test_what_did_not_fit(void **state)
{
	static const struct {
		enum site_column column;
		const char *wrong, *past;
	} cases[] = {
	    {SITE_FULL_CONNECTIONS, "7 connections did not fit: raise",
	     "7 connections did not fit some time ago"},
	    {SITE_FULL_DEVICES, "7 devices did not fit: raise", "7 devices did not fit some time ago"},
	    {SITE_FULL_REMOTES, "7 remotes did not fit: raise", "7 remotes did not fit some time ago"},
	    {SITE_FULL_CONVERSATIONS, "7 conversations did not fit: raise",
	     "7 conversations did not fit some time ago"},
	};
	struct site *site = &h.model->site;

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(cases); i++) {
		assert_null(strstr(ask(), "did not fit"));
		site_set(site, cases[i].column, 7);
		assert_true(is_wrong(cases[i].wrong));
		clock_ahead += 50;
		assert_true(is_wrong(cases[i].wrong));
		clock_ahead += 50;
		assert_true(is_said(cases[i].past));
		site_set(site, cases[i].column, 8);
		assert_false(is_said("some time ago"));
		site_set(site, cases[i].column, 0);
	}
}

/* Those that are refused again and again count once, and are not there all the same. */
static void test_what_does_not_fit_still(void **state)
{
	struct site *site = &h.model->site;

	(void)state;
	site_set(site, SITE_FULL_REMOTES, 7);
	(void)ask();
	clock_ahead += 500;
	assert_true(is_said("7 remotes did not fit some time ago"));
	h.model->left_out[SELECTION_SHOWN] = 1;
	assert_true(is_wrong("7 remotes did not fit: raise limits.remotes."));
	h.model->left_out[SELECTION_SHOWN] = 0;
	site_set(site, SITE_FULL_REMOTES, 0);

	site_set(site, SITE_FULL_CONNECTIONS, 7);
	(void)ask();
	clock_ahead += 500;
	assert_true(is_said("7 connections did not fit some time ago"));
	c.options.max_connections = 0;
	assert_true(is_wrong("7 connections did not fit: raise limits.connections."));
}

/* The oldest lookups go: that is what a limit of them is for. */
static void test_lookups_are_never_wrong(void **state)
{
	(void)state;
	site_set(&h.model->site, SITE_FULL_LOOKUPS, 1);
	assert_true(is_said("For want of room it forgot 1 lookup early;"));
	assert_null(strstr(ask(), "WRONG: For want"));
}

static void test_keyframes(void **state)
{
	(void)state;
	assert_null(strstr(ask(), "keyframe"));
	feed.too_large = 3;
	feed.oversized = true;
	assert_true(is_wrong("A keyframe is larger than a frame may be"));
	feed.oversized = false;
	assert_true(is_said("A keyframe was once too large to be sent; the newest one is not."));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_one_is_one, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_what_did_not_fit, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_what_does_not_fit_still, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_lookups_are_never_wrong, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_keyframes, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
