/* SPDX-License-Identifier: MIT */
#include "collector_metrics.h"

#include <errno.h>
#include <string.h>

#include "../cmocka_all.h"

static void all_comes_as_it_was_sent(void **state)
{
	struct collector_metrics sent = {}, came;
	char text[COLLECTOR_METRICS_MOST];
	size_t length;

	(void)state;
	/* numbers of the most digits leave room, too */
	for (int i = 0; i < COLLECTOR_METRICS; i++) {
		sent.values[i] = UINT64_MAX - (uint64_t)i;
		sent.given[i] = true;
	}
	length = collector_metrics_write(&sent, text);
	assert_in_range(length, 1, COLLECTOR_METRICS_MOST / 2);
	assert_int_equal(collector_metrics_read(&came, text, length), 0);
	assert_memory_equal(&came, &sent, sizeof(sent));
}

static void what_is_not_known_is_skipped(void **state)
{
	static const char text[] = "of.tomorrow 5\nrows.devices 7\n";
	struct collector_metrics m;

	(void)state;
	assert_int_equal(collector_metrics_read(&m, text, strlen(text)), 0);
	assert_true(m.given[METRIC_DEVICES]);
	assert_int_equal(m.values[METRIC_DEVICES], 7);
	assert_false(m.given[METRIC_REMOTES]);
}

static void what_is_no_message_changes_nothing(void **state)
{
	static const char *const texts[] = {
	    "rows.devices 7",
	    "rows.devices\n",
	    "rows.devices x\n",
	    "rows.devices 7 8\n",
	    " 7\n",
	    "\n",
	    "rows.devices 18446744073709551616\n",
	};
	struct collector_metrics m = {.given = {[METRIC_RIVALS] = true}};
	char large[COLLECTOR_METRICS_MOST + 2];

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_int_equal(collector_metrics_read(&m, texts[i], strlen(texts[i])), -EBADMSG);
	memset(large, 'x', sizeof(large));
	memcpy(large + sizeof(large) - 3, " 1\n", 3);
	assert_int_equal(collector_metrics_read(&m, large, sizeof(large)), -EBADMSG);
	assert_true(m.given[METRIC_RIVALS]);
	assert_false(m.given[METRIC_DEVICES]);
}

/* Rows of one name stand together, and the first says what it is. */
static void the_table_is_in_order(void **state)
{
	(void)state;
	for (int i = 0; i < COLLECTOR_METRICS; i++) {
		const struct collector_metric_row *row = &collector_metric_rows[i];
		bool first = !i || strcmp(row->name, collector_metric_rows[i - 1].name) != 0;
		size_t length = strlen(row->name);

		/* as Prometheus wants it */
		assert_true(!strcmp(row->type, "counter") ==
			    (length > 6 && !strcmp(row->name + length - 6, "_total")));
		assert_true(first == (row->help != NULL));
		assert_true(row->per > 0);
		for (int k = 0; k < i; k++) {
			assert_string_not_equal(row->key, collector_metric_rows[k].key);
			if (first)
				assert_string_not_equal(row->name, collector_metric_rows[k].name);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(all_comes_as_it_was_sent),
	    cmocka_unit_test(what_is_not_known_is_skipped),
	    cmocka_unit_test(what_is_no_message_changes_nothing),
	    cmocka_unit_test(the_table_is_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
