/* SPDX-License-Identifier: MIT */
/* A session that cannot be saved for a while: what the log says of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock_ahead.h"
#include "cmocka_all.h"
#include "collector_private.h"
#include "household.h"
#include "log.h"
#include "said.h"
#include "util.h"

#define STEP 20000   /* microseconds of one turn of the loop */
#define PATIENCE 500 /* turns until a test gives up: 10 s */
#define MINUTE 60

static char folder[] = "/tmp/connvis-session-log-XXXXXX";
static char state[64], path[96];

/* Jobs go through the writer in their order. */
static void note_done(struct worker_job *job)
{
	job->next = job;
}

static void do_nothing(struct worker_job *job, const struct worker *w)
{
	(void)job;
	(void)w;
}

static void save_in_a_minute(struct collector *c)
{
	struct worker_job after = {.run = do_nothing, .done = note_done, .drop = note_done};

	clock_ahead += MINUTE;
	collector_session_tick(c);
	assert_int_equal(worker_do(c->writer, &after), 0);
	for (int i = 0; after.next != &after && i < PATIENCE; i++)
		assert_true(sd_event_run(c->event, STEP) >= 0);
	assert_ptr_equal(after.next, &after);
}

static void test_once_however_long(void **context)
{
	struct household h;
	struct collector c = {.feed_started = true, .clock_base = clock_ms()};
	struct said said;
	char text[4096];

	(void)context;
	household_make(&h, NULL, 100, 100);
	snprintf(c.options.state_folder, sizeof(c.options.state_folder), "%s", state);
	c.model = h.model;
	c.table = h.table;
	assert_int_equal(sd_event_new(&c.event), 0);
	assert_int_equal(worker_new(&c.writer, c.event), 0);
	assert_int_equal(collector_session_make(&c), 0);
	log_open("test", LOG_LEVEL_INFO);
	said_begin(&said, STDERR_FILENO);
	/* there is no such folder, so nothing can be written there: as on a full disk */
	for (int i = 0; i < 5; i++)
		save_in_a_minute(&c);
	if (mkdir(state, 0700) == 0)
		for (int i = 0; i < 5; i++)
			save_in_a_minute(&c);
	said_end(&said, text, sizeof(text));
	assert_int_equal(said_count(text, "\n"), 2);
	assert_int_equal(said_count(text, "cannot be saved in"), 1);
	assert_int_equal(said_count(text, "is saved in"), 1);
	assert_int_equal(access(path, R_OK), 0);
	worker_free(c.writer, true, 10000);
	collector_session_free(&c);
	household_free(&h);
	sd_event_unref(c.event);
}

static int make_folder(void **context)
{
	(void)context;
	if (!mkdtemp(folder))
		return -1;
	snprintf(state, sizeof(state), "%s/state", folder);
	snprintf(path, sizeof(path), "%s/session", state);
	return 0;
}

static int remove_folder(void **context)
{
	(void)context;
	unlink(path);
	rmdir(state);
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_once_however_long),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
