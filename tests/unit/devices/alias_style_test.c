/* SPDX-License-Identifier: MIT */
/* What a device is called that nobody gave a name: by pairs of words, and by what it is. */
#include <string.h>
#include <strings.h>

#include "alias_words.h"
#include "home_of_names.h"

/* The store keeps its style over no restart: each start sets it. */
static void set_style(struct home_of_names *h, bool pairs, enum alias_language language)
{
	const struct alias_style style = {pairs, language};

	alias_store_set_style(h->store, &style);
}

/* It is one of the pairs of this language, with a number at most. */
static bool is_pair(const char *alias, enum alias_language language)
{
	const struct alias_words *words = &alias_words[language];

	for (unsigned i = 0; i < words->n_first * words->n_second; i++) {
		char pair[DEVICE_ALIAS_MAX];
		size_t length =
		    (size_t)snprintf(pair, sizeof(pair), "%s %s", words->first[i / words->n_second],
				     words->second[i % words->n_second]);

		if (!strncmp(alias, pair, length) && (!alias[length] || alias[length] == ' '))
			return true;
	}
	return false;
}

static void test_word_pairs(void **state)
{
	enum { N = 300 };
	static char names[N][DEVICE_ALIAS_MAX];
	struct home_of_names h;
	bool numbered = false;

	(void)state;
	folder_make(&h.folder);
	start(&h);
	set_style(&h, true, ALIAS_FINNISH);
	for (unsigned i = 0; i < N; i++) {
		strcpy(names[i], arrive(&h, i + 1, i)->alias);
		assert_true(is_pair(names[i], ALIAS_FINNISH));
		numbered |= strpbrk(names[i], "0123456789") != NULL;
		for (unsigned k = 0; k < i; k++)
			assert_string_not_equal(names[i], names[k]);
	}
	assert_true(numbered);
	alias_store_give(h.store, &h.devices, arrive(&h, 1, 0), "Anna's phone");
	stop(&h);
	/* What was saved and what somebody gave stay, whatever is made up now; what is taken back, or new, is as it is now. */
	start(&h);
	set_style(&h, true, ALIAS_ENGLISH);
	assert_string_equal(arrive(&h, 1, 0)->alias, "Anna's phone");
	for (unsigned i = 1; i < N; i++)
		assert_string_equal(arrive(&h, i + 1, i)->alias, names[i]);
	alias_store_give(h.store, &h.devices, arrive(&h, 1, 0), NULL);
	assert_true(is_pair(arrive(&h, 1, 0)->alias, ALIAS_ENGLISH));
	set_style(&h, false, ALIAS_ENGLISH);
	assert_false(is_pair(arrive(&h, N + 1, N)->alias, ALIAS_ENGLISH));
	stop(&h);
	folder_remove(&h.folder, "names");
	/* The file is lost: the pairs come out of the MACs again. */
	start(&h);
	set_style(&h, true, ALIAS_FINNISH);
	assert_string_equal(arrive(&h, 1, 0)->alias, names[0]);
	stop(&h);
	folder_remove(&h.folder, "names");
	folder_done(&h.folder);
}

/* Who is hidden is called by another pair than the MAC gives. */
static void test_a_hidden_pair(void **state)
{
	struct home_of_names h;
	struct device *phone;
	char own[DEVICE_ALIAS_MAX];

	(void)state;
	folder_make(&h.folder);
	start(&h);
	set_style(&h, true, ALIAS_ENGLISH);
	phone = arrive(&h, 1, 1);
	strcpy(own, phone->alias);
	assert_int_equal(alias_store_set_wish(h.store, phone, WISH_HIDDEN, false), 0);
	devices_set_wish(&h.devices, phone, WISH_HIDDEN, 1);
	assert_true(is_pair(phone->alias, ALIAS_ENGLISH));
	assert_string_not_equal(phone->alias, own);
	stop(&h);
	folder_remove(&h.folder, "names");
	folder_done(&h.folder);
}

/* Its host name and its maker become known. */
static void tell(struct home_of_names *h, struct device *device, const char *host, const char *maker)
{
	device_set_vendor(&h->devices, device, maker);
	device_set_host_name(&h->devices, device, host);
	alias_store_name_things(h->store, &h->devices);
}

static void test_things_are_called_what_they_are(void **state)
{
	struct home_of_names h;
	struct device *one, *two, *phone, *named;

	(void)state;
	folder_make(&h.folder);
	start(&h);
	one = arrive(&h, 1, 1);
	two = arrive(&h, 2, 2);
	phone = arrive(&h, 3, 3);
	named = arrive(&h, 4, 4);
	alias_store_give(h.store, &h.devices, named, "Old faithful");
	tell(&h, one, "LGwebOSTV", "LG");
	tell(&h, two, "", "Roku");
	tell(&h, phone, "annas-phone", "Samsung");
	tell(&h, named, "", "Roku");
	assert_string_equal(one->alias, "Television");
	assert_string_equal(two->alias, "Television 2");
	assert_false(one->named);
	assert_null(strstr(phone->alias, "Television"));
	assert_string_equal(named->alias, "Old faithful");
	/* it turns out to be another thing, and then none */
	tell(&h, two, "SonosZP", "Sonos");
	assert_string_equal(two->alias, "Speaker");
	tell(&h, two, "leos-laptop", "Sonos");
	assert_int_equal(two->thing, THING_NONE);
	assert_string_not_equal(two->alias, "Speaker");
	/* a name that was given is taken back */
	alias_store_give(h.store, &h.devices, named, NULL);
	assert_string_equal(named->alias, "Television 2");
	/* nothing says what one is that wants to be seen by a made-up name only */
	assert_int_equal(alias_store_set_wish(h.store, one, WISH_HIDDEN, false), 0);
	devices_set_wish(&h.devices, one, WISH_HIDDEN, 1);
	assert_null(strstr(one->alias, "Television"));
	tell(&h, one, "SonosZP", "Sonos");
	assert_null(strstr(one->alias, "Speaker"));
	stop(&h);
	folder_remove(&h.folder, "names");
	folder_done(&h.folder);
}

/* By then people know it by its name. */
static void test_a_saved_name_stays_whatever_it_is(void **state)
{
	struct home_of_names h;
	struct device *device;
	char own[DEVICE_ALIAS_MAX];

	(void)state;
	folder_make(&h.folder);
	start(&h);
	strcpy(own, arrive(&h, 1, 1)->alias);
	tell(&h, arrive(&h, 2, 2), "", "Sonos");
	stop(&h);
	start(&h);
	set_style(&h, false, ALIAS_FINNISH);
	device = arrive(&h, 1, 1);
	tell(&h, device, "LGwebOSTV", "LG");
	assert_int_equal(device->thing, THING_TELEVISION);
	assert_string_equal(device->alias, own);
	assert_string_equal(arrive(&h, 2, 2)->alias, "Speaker");
	/* a new one, by the words of now */
	tell(&h, arrive(&h, 3, 3), "", "Sonos");
	assert_string_equal(arrive(&h, 3, 3)->alias, "Kaiutin");
	stop(&h);
	folder_remove(&h.folder, "names");
	folder_done(&h.folder);
}

/* Each once and without blanks or digits; those that begin a name with a capital, the others without. */
static void check_words(const char *const *words, unsigned n, bool capital)
{
	for (unsigned i = 0; i < n; i++) {
		assert_in_range(strlen(words[i]), 3, 16);
		assert_null(strpbrk(words[i], " -0123456789"));
		assert_int_equal(words[i][0] >= 'A' && words[i][0] <= 'Z', capital);
		for (unsigned k = 0; k < i; k++)
			assert_int_not_equal(strcasecmp(words[i], words[k]), 0);
	}
}

static void test_pairs_enough(void **state)
{
	(void)state;
	for (int language = 0; language < ALIAS_LANGUAGES; language++) {
		const struct alias_words *words = &alias_words[language];

		assert_in_range(words->n_first * words->n_second, 3000, 10000);
		check_words(words->first, words->n_first, true);
		check_words(words->second, words->n_second, false);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_word_pairs),
	    cmocka_unit_test(test_a_hidden_pair),
	    cmocka_unit_test(test_things_are_called_what_they_are),
	    cmocka_unit_test(test_a_saved_name_stays_whatever_it_is),
	    cmocka_unit_test(test_pairs_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
