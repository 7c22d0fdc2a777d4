/* SPDX-License-Identifier: MIT */
/* What a device looked up, told to whoever holds it. */
#include <inttypes.h>
#include <netinet/in.h>

#include "cmocka_all.h"
#include "commands.h"
#include "household.h"
#include "util.h"

#define OWN "192.0.2.10"
#define OTHER "192.0.2.11"

static struct household h;
static struct commands commands;
static const char *verbs[] = {"asked"};
static struct config_list allow = {1, verbs};
static char reply[COMMAND_REPLY_MAX];
static struct commands_outcome outcome;

static void describe_name(void *data, const char *name, struct name_facts *ret)
{
	(void)data;
	if (strcmp(name, "www.example.org"))
		return;
	ret->company = "Example";
	ret->category = "video";
}

static int set_up(void **state)
{
	struct ct_entry entries[] = {household_entry(OWN, 1, "203.0.113.1", 443, IPPROTO_TCP, true),
				     household_entry(OTHER, 2, "203.0.113.1", 443, IPPROTO_TCP, true)};

	(void)state;
	household_make(&h, NULL, 100, 100);
	h.model->names.describe = describe_name;
	for (size_t i = 0; i < ELEMENTS_OF(entries); i++)
		household_new(&h, &entries[i]);
	household_dump(&h, entries, ELEMENTS_OF(entries));
	commands = (struct commands){
	    .devices = &h.model->devices, .allow = &allow, .model = h.model, .table = h.table};
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	household_free(&h);
	return 0;
}

static struct device *device_at(const char *address)
{
	struct address a = household_address(address);

	return devices_find_address(&h.model->devices, &a)->device;
}

static enum command_fault ask_as(const char *role, const char *address, const char *words)
{
	char text[COMMAND_MESSAGE_MAX];
	size_t n = (size_t)snprintf(text, sizeof(text), "b1-9 %s %s %s", role, address, words);

	assert_true(commands_do(&commands, text, n, reply, &outcome) > 0);
	return outcome.fault;
}

static enum command_fault ask(const char *words)
{
	return ask_as("participant", OWN, words);
}

/* How often this is in the answer. */
static unsigned count(const char *text)
{
	unsigned n = 0;

	for (const char *at = reply; (at = strstr(at, text)); at += strlen(text))
		n++;
	return n;
}

static void test_own_alone(void **state)
{
	char expected[128];

	(void)state;
	household_lookup(&h, OWN, "www.example.org", "203.0.113.1", 0);
	household_lookup(&h, OTHER, "secret.example.net", "203.0.113.1", 0);
	household_lookup(&h, OWN, "nowhere.example", NULL, 0);
	assert_int_equal(ask("asked"), COMMAND_FAULT_NONE);
	snprintf(expected, sizeof(expected),
		 "b1-9 ok {\"device\":%" PRIu32 ",\"lookups\":[[\"nowhere.example\",",
		 device_at(OWN)->row.id);
	assert_int_equal(strncmp(reply, expected, strlen(expected)), 0);
	assert_non_null(strstr(reply, ",1,\"nxdomain\",null,null],[\"www.example.org\","));
	snprintf(expected, sizeof(expected), ",1,\"answered\",%" PRIu32 ",\"video\"]],\"more\":false}",
		 lookups_find(&h.model->lookups, device_at(OWN), "www.example.org")->name->company->row.id);
	assert_non_null(strstr(reply, expected));
	assert_null(strstr(reply, "secret"));
	assert_string_equal(outcome.did, "");
	/* as whoever leads one has an own device alone, too */
	assert_int_equal(ask_as("facilitator", OTHER, "asked"), COMMAND_FAULT_NONE);
	assert_int_equal(count("example"), 1);
	assert_int_equal(ask_as("facilitator", "198.51.100.9", "asked"), COMMAND_FAULT_NO_DEVICE);
	assert_int_equal(ask_as("display", OWN, "asked"), COMMAND_FAULT_ONLY_WATCHING);
	assert_int_equal(ask_as("guest", OWN, "asked"), COMMAND_FAULT_ONLY_WATCHING);
}

static void test_all_of_many(void **state)
{
	enum { NAMES = 60 };
	char name[300], words[32];
	unsigned told = 0;

	(void)state;
	for (int i = 0; i < NAMES; i++) {
		/* long ones, and each byte of them needs an escape */
		memset(name, '"', 200);
		snprintf(name + 200, sizeof(name) - 200, "x%03d.example", i);
		household_lookup(&h, OWN, name, NULL, 0);
	}
	for (unsigned answers = 0; told < NAMES; answers++) {
		assert_true(answers < NAMES);
		snprintf(words, sizeof(words), told ? "asked %u" : "asked", told);
		device_at(OWN)->asked = 0; /* as slowly as one may */
		commands.in_second = 0;
		assert_int_equal(ask(words), COMMAND_FAULT_NONE);
		assert_true(count("example") > 0);
		for (unsigned i = 0; i < count("example"); i++) {
			snprintf(name, sizeof(name), "x%03u.example", NAMES - 1 - told - i);
			assert_int_equal(count(name), 1);
		}
		told += count("example");
		assert_int_equal(count("\"more\":true"), told < NAMES);
	}
	device_at(OWN)->asked = 0;
	assert_int_equal(ask("asked 4294967295"), COMMAND_FAULT_NONE);
	assert_non_null(strstr(reply, "\"lookups\":[],\"more\":false}"));
}

static void test_refused(void **state)
{
	static const char *const bad[] = {"asked x",  "asked 0", "asked -1",	    "asked 1 2",
					  "asked 1x", "asked  ", "asked 4294967296"};

	(void)state;
	household_lookup(&h, OWN, "www.example.org", "203.0.113.1", 0);
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++)
		assert_int_equal(ask(bad[i]),
				 strlen(bad[i]) > 16 ? COMMAND_FAULT_TOO_LONG : COMMAND_FAULT_NOT_UNDERSTOOD);
	device_at(OWN)->shared = true;
	assert_int_equal(ask("asked"), COMMAND_FAULT_MANY_BEHIND);
	device_at(OWN)->shared = false;
	assert_int_equal(ask("asked"), COMMAND_FAULT_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_own_alone, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_all_of_many, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
