/* SPDX-License-Identifier: MIT */
#include "alias_store.h"

#include "cmocka_all.h"

#include "alias_names.h"
#include "home_of_names.h"
#include "util.h"

static void test_the_same_names_after_a_restart_in_any_order(void **state)
{
	enum { N = 300 };
	static char names[N][DEVICE_ALIAS_MAX];
	struct home_of_names h;
	bool numbered = false;

	(void)state;
	folder_make(&h.folder);
	start(&h);
	for (unsigned i = 0; i < N; i++)
		strcpy(names[i], arrive(&h, i + 1, i)->alias);
	stop(&h);
	for (unsigned i = 0; i < N; i++) {
		numbered |= strchr(names[i], ' ') != NULL;
		for (unsigned k = 0; k < i; k++)
			assert_string_not_equal(names[i], names[k]);
	}
	/* 300 devices and some thousand names: the birthday paradox gives namesakes. */
	assert_true(numbered);
	start(&h);
	/* Other addresses, another order. */
	for (unsigned i = N; i-- > 0;)
		assert_string_equal(arrive(&h, 5000 - i, i)->alias, names[i]);
	stop(&h);
	folder_remove(&h.folder, "names");
	/* The file is lost: those without a namesake are called as before. */
	start(&h);
	for (unsigned i = N; i-- > 0;) {
		const struct device *device = arrive(&h, i + 1, i);

		if (!strchr(device->alias, ' ') && !strchr(names[i], ' '))
			assert_string_equal(device->alias, names[i]);
		assert_int_equal(strncmp(device->alias, names[i], strcspn(names[i], " ")), 0);
	}
	stop(&h);
	folder_remove(&h.folder, "names");
	folder_done(&h.folder);
}

static void test_given_names(void **state)
{
	struct home_of_names h;
	struct device *phone;
	char own[DEVICE_ALIAS_MAX];

	(void)state;
	folder_make(&h.folder);
	start(&h);
	phone = arrive(&h, 1, 1);
	strcpy(own, phone->alias);
	alias_store_give(h.store, &h.devices, phone, "Anna's phone");
	assert_string_equal(phone->alias, "Anna's phone");
	assert_true(phone->named);
	stop(&h);
	start(&h);
	phone = arrive(&h, 2, 1);
	assert_string_equal(phone->alias, "Anna's phone");
	assert_true(phone->named);
	alias_store_give(h.store, &h.devices, phone, NULL);
	assert_string_equal(phone->alias, own);
	assert_false(phone->named);
	stop(&h);
	folder_remove(&h.folder, "names");
	folder_done(&h.folder);
}

/* A person took the name that another device had when it was last here. */
static void test_a_name_that_was_given_away_meanwhile(void **state)
{
	struct home_of_names h;
	struct device *one, *other;
	char own[DEVICE_ALIAS_MAX];

	(void)state;
	folder_make(&h.folder);
	start(&h);
	strcpy(own, arrive(&h, 1, 1)->alias);
	stop(&h);
	start(&h);
	other = arrive(&h, 2, 2);
	alias_store_give(h.store, &h.devices, other, own);
	one = arrive(&h, 1, 1);
	assert_string_not_equal(one->alias, own);
	assert_int_equal(strncmp(one->alias, own, strlen(own)), 0);
	stop(&h);
	folder_remove(&h.folder, "names");
	folder_done(&h.folder);
}

static void test_truncated_and_foreign_files(void **state)
{
	struct home_of_names h;
	char first[DEVICE_ALIAS_MAX], text[200];

	(void)state;
	folder_make(&h.folder);
	snprintf(text, sizeof(text),
		 "connvis-names 1\n00:01:02:03:00:01 1 given Kept\n00:01:02:03:00:02 1 gi");
	folder_write(&h.folder, "names", text);
	start(&h);
	assert_non_null(strstr(h.folder.said, "could not be read"));
	assert_string_equal(arrive(&h, 1, 1)->alias, "Kept");
	strcpy(first, arrive(&h, 2, 2)->alias);
	assert_true(first[0]);
	stop(&h);
	start(&h);
	assert_string_equal(arrive(&h, 2, 2)->alias, first);
	stop(&h);
	folder_write(&h.folder, "names", "connvis-names 7\nwhatever\n");
	start(&h);
	assert_non_null(strstr(h.folder.said, "newer"));
	arrive(&h, 1, 1);
	stop(&h);
	/* What a newer version saved is still there. */
	start(&h);
	assert_non_null(strstr(h.folder.said, "newer"));
	stop(&h);
	folder_remove(&h.folder, "names");
	folder_done(&h.folder);
}

static void test_a_folder_that_is_not_there(void **state)
{
	struct home_of_names h;

	(void)state;
	folder_make(&h.folder);
	folder_remove(&h.folder, ".");
	devices_init(&h.devices, &h.folder.watch, 1000, name, &h);
	assert_int_equal(alias_store_new(&h.store, h.folder.worker, "home", "/nowhere/at/all",
					 &h.folder.sources, folder_report, &h.folder),
			 0);
	assert_true(arrive(&h, 1, 1)->alias[0]);
	folder_wait(&h.folder, alias_store_check(h.store, &h.devices),
		    strstr(h.folder.said, "cannot be saved"));
	stop(&h);
	folder_done(&h.folder);
}

static void test_not_more_than_fit(void **state)
{
	struct home_of_names h;

	(void)state;
	folder_make(&h.folder);
	start(&h);
	h.devices.max = 2 * ALIAS_STORE_MAX;
	for (unsigned i = 0; i < ALIAS_STORE_MAX + 100; i++)
		arrive(&h, i + 1, i);
	stop(&h);
	start(&h);
	assert_int_equal(((const struct source *)h.folder.sources.clean.next)->entries, ALIAS_STORE_MAX);
	stop(&h);
	folder_remove(&h.folder, "names");
	folder_done(&h.folder);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void test_a_thousand_names(void **state)
{
	const char *sorted[4096];

	(void)state;
	assert_in_range(alias_n_names, 1000, ELEMENTS_OF(sorted));
	memcpy(sorted, alias_names, alias_n_names * sizeof(sorted[0]));
	qsort(sorted, alias_n_names, sizeof(sorted[0]), by_text);
	for (unsigned i = 1; i < alias_n_names; i++)
		assert_string_not_equal(sorted[i - 1], sorted[i]);
	for (unsigned i = 0; i < alias_n_names; i++) {
		assert_in_range(strlen(sorted[i]), 2, 12);
		assert_null(strpbrk(sorted[i], " 0123456789"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_same_names_after_a_restart_in_any_order),
	    cmocka_unit_test(test_given_names),
	    cmocka_unit_test(test_a_name_that_was_given_away_meanwhile),
	    cmocka_unit_test(test_truncated_and_foreign_files),
	    cmocka_unit_test(test_a_folder_that_is_not_there),
	    cmocka_unit_test(test_not_more_than_fit),
	    cmocka_unit_test(test_a_thousand_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
