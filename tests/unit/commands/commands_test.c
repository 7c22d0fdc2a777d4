/* SPDX-License-Identifier: MIT */
/* Commands as a broadcaster sends them, and what they do to the devices of a home. */
#include "commands.h"

#include <inttypes.h>

#include "cmocka_all.h"

#include "clock_ahead.h"
#include "made_devices.h"

static const uint8_t mac_c[6] = {0x02, 0x11, 0x22, 0x33, 0x44, 0x77};

static struct devices d;
static struct row_table sources;
static struct alias_store *aliases;
static struct model model; /* of which these commands need nothing else than what the room does */
static struct commands commands;
static const char *verbs[] = {"me", "name"};
static struct config_list allow;
static char reply[COMMAND_REPLY_MAX];
static struct commands_outcome outcome;

static void report(void *data, const struct source *source, const char *good)
{
	(void)data;
	(void)source;
	(void)good;
}

static void name_it(void *data, struct devices *of, struct device *device)
{
	(void)data;
	alias_store_name(aliases, of, device);
}

static int set_up(void **state)
{
	(void)state;
	row_table_init(&sources, &watch);
	devices_init(&d, &watch, 100, name_it, NULL);
	assert_int_equal(alias_store_new(&aliases, NULL, "home", "", &sources, report, NULL), 0);
	allow = (struct config_list){2, verbs};
	model = (struct model){};
	commands = (struct commands){.model = &model, .devices = &d, .aliases = aliases, .allow = &allow};
	neighbour(&d, "192.0.2.1", mac_a);
	neighbour(&d, "2001:db8::1", mac_a);
	neighbour(&d, "192.0.2.2", mac_b);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	alias_store_free(aliases);
	devices_done(&d);
	row_table_done(&sources);
	clock_ahead = 0;
	return 0;
}

/* The answer, without the request's name. */
static const char *ask_as(const char *role, const char *address, const char *words)
{
	char text[COMMAND_MESSAGE_MAX];
	size_t n = (size_t)snprintf(text, sizeof(text), "b1-9 %s %s %s", role, address, words);

	n = commands_do(&commands, text, n, reply, &outcome);
	assert_int_equal(n, strlen(reply));
	assert_int_equal(strncmp(reply, "b1-9 ", 5), 0);
	return reply + 5;
}

static const char *ask(const char *address, const char *words)
{
	return ask_as("participant", address, words);
}

static const char *refusal(enum command_fault fault)
{
	static char text[COMMAND_REPLY_MAX];

	snprintf(text, sizeof(text), "error %s %s", command_fault_code(fault), command_fault_sentence(fault));
	return text;
}

#define assert_refused(answer, name) assert_string_equal(answer, refusal(COMMAND_FAULT_##name))

/* "name" and the row id of the device at an address, and a name. */
static const char *name_of(const char *at, const char *name)
{
	static char text[COMMAND_MESSAGE_MAX];

	snprintf(text, sizeof(text), "name %" PRIu32 "%s%s", device_of(&d, at)->row.id, name ? " " : "",
		 name ? name : "");
	return text;
}

static void test_me(void **state)
{
	const struct device *own = device_of(&d, "192.0.2.1");
	char expected[COMMAND_REPLY_MAX];

	(void)state;
	device_set_host_name(&d, device_of(&d, "192.0.2.1"), "annas-phone");
	snprintf(
	    expected, sizeof(expected),
	    "ok {\"device\":%" PRIu32
	    ",\"alias\":\"%s\",\"wish\":\"shown\",\"chosen\":null,\"kept_by\":\"run\",\"named\":false,\"host_name\":\"annas-phone\","
	    "\"vendor\":null,\"mac\":\"00:11:22:33:44:55\",\"addresses\":[\"2001:db8::1\",\"192.0.2.1\"],"
	    "\"may\":[\"me\",\"name\"]}",
	    own->row.id, own->alias);
	assert_string_equal(ask("192.0.2.1", "me"), expected);
	assert_string_equal(ask("2001:db8::1", "me"), expected);
	assert_string_equal(outcome.did, "");
	assert_refused(ask("192.0.2.3", "me"), NO_DEVICE);
	assert_refused(ask("127.0.0.1", "me"), NO_DEVICE);
}

static void test_name(void **state)
{
	struct device *own = device_of(&d, "192.0.2.1");
	char before[DEVICE_ALIAS_MAX], expected[COMMAND_REPLY_MAX];

	(void)state;
	memcpy(before, own->alias, sizeof(before));
	snprintf(expected, sizeof(expected), "ok {\"device\":%" PRIu32 ",\"alias\":\"\\\"Q\\\" \\\\ Äiti\"}",
		 own->row.id);
	assert_string_equal(ask("2001:db8::1", name_of("192.0.2.1", " \"Q\" \\ Äiti ")), expected);
	assert_string_equal(own->alias, "\"Q\" \\ Äiti");
	assert_true(own->named);
	snprintf(expected, sizeof(expected), "gave the device %s the name \"\"Q\" \\ Äiti\"", before);
	assert_string_equal(outcome.did, expected);
	assert_int_equal(outcome.message.role, ROLE_PARTICIPANT);

	snprintf(expected, sizeof(expected), "ok {\"device\":%" PRIu32 ",\"alias\":\"%s\"}", own->row.id,
		 before);
	assert_string_equal(ask("192.0.2.1", name_of("192.0.2.1", NULL)), expected);
	assert_string_equal(own->alias, before);
	assert_false(own->named);
}

static void test_while_names_are_locked(void **state)
{
	struct device *own = device_of(&d, "192.0.2.1");
	char before[DEVICE_ALIAS_MAX];

	(void)state;
	memcpy(before, own->alias, sizeof(before));
	model.room.names_locked = true;
	assert_refused(ask("192.0.2.1", name_of("192.0.2.1", "Anna")), NAMES_LOCKED);
	assert_refused(ask("192.0.2.1", name_of("192.0.2.1", NULL)), NAMES_LOCKED);
	assert_string_equal(own->alias, before);
	ask_as("facilitator", "192.0.2.2", name_of("192.0.2.1", "Theirs"));
	assert_string_equal(own->alias, "Theirs");
	model.room.names_locked = false;
	ask("192.0.2.1", name_of("192.0.2.1", "Anna"));
	assert_string_equal(own->alias, "Anna");
}

static void test_a_name_that_is_none(void **state)
{
	const char *other = device_of(&d, "192.0.2.2")->alias;
	char before[DEVICE_ALIAS_MAX];

	(void)state;
	memcpy(before, device_of(&d, "192.0.2.1")->alias, sizeof(before));
	assert_refused(ask("192.0.2.1", name_of("192.0.2.1", "")), NAME_EMPTY);
	assert_refused(ask("192.0.2.1", name_of("192.0.2.1", "  ")), NAME_EMPTY);
	assert_refused(ask("192.0.2.1", name_of("192.0.2.1", "12345678901234567890123456789012345678901")),
		       NAME_LONG);
	assert_refused(ask("192.0.2.1", name_of("192.0.2.1", "a\nb")), NAME_UNSEEN);
	assert_refused(ask("192.0.2.1", name_of("192.0.2.1", "a\xff")), NOT_TEXT);
	assert_refused(ask("192.0.2.1", name_of("192.0.2.1", other)), NAME_TAKEN);
	assert_string_equal(device_of(&d, "192.0.2.1")->alias, before);
	assert_string_equal(outcome.did, "");
}

static void test_what_is_not_understood(void **state)
{
	static const char *const words[] = {
	    "name",	 "name ",     "name x",	   "name 0 x",		"name 01 x",	      "name -1 x",
	    "name +1 x", "name 1x y", "name  1 x", "name 4294967296 x", "name 12345678901 x",
	};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(words); i++)
		assert_refused(ask("192.0.2.1", words[i]), NOT_UNDERSTOOD);
	assert_true(outcome.has_sender);
	clock_ahead += 100;
	assert_refused(ask("192.0.2.1", "dance"), UNKNOWN_COMMAND);
	assert_refused(ask_as("viewer", "192.0.2.1", "me"), NOT_UNDERSTOOD);
	assert_false(outcome.has_sender);
	assert_refused(ask_as("guest", "192.0.2.1", "me"), ONLY_WATCHING);
	assert_refused(ask_as("display", "192.0.2.1", name_of("192.0.2.1", "x")), ONLY_WATCHING);
	assert_int_equal(commands_do(&commands, "?", 1, reply, &outcome), 0);
}

static void test_anothers_device(void **state)
{
	char before[DEVICE_ALIAS_MAX];

	(void)state;
	memcpy(before, device_of(&d, "192.0.2.2")->alias, sizeof(before));
	assert_refused(ask("192.0.2.1", name_of("192.0.2.2", "Mine")), OTHER_DEVICE);
	assert_refused(ask("192.0.2.1", name_of("192.0.2.2", NULL)), OTHER_DEVICE);
	assert_refused(ask("192.0.2.1", "name 4000000000 Mine"), OTHER_DEVICE);
	assert_refused(ask("198.51.100.1", name_of("192.0.2.2", "Mine")), NO_DEVICE);
	assert_string_equal(device_of(&d, "192.0.2.2")->alias, before);
	/* who leads may */
	ask_as("facilitator", "198.51.100.1", name_of("192.0.2.2", "Theirs"));
	assert_string_equal(device_of(&d, "192.0.2.2")->alias, "Theirs");
	assert_refused(ask_as("facilitator", "198.51.100.1", "name 4000000000 Theirs"), DEVICE_GONE);
}

/* Row ids that were told by another run of the collector, which may be another device's here. */
static void test_another_run(void **state)
{
	char words[COMMAND_MESSAGE_MAX], before[DEVICE_ALIAS_MAX];

	(void)state;
	commands.epoch = (struct frame_epoch){1700000000000, 7};
	memcpy(before, device_of(&d, "192.0.2.1")->alias, sizeof(before));
	snprintf(words, sizeof(words), "1700000000000-8 %s", name_of("192.0.2.1", "Anna"));
	assert_refused(ask("192.0.2.1", words), DEVICE_GONE);
	assert_refused(ask_as("facilitator", "198.51.100.1", words), DEVICE_GONE);
	snprintf(words, sizeof(words), "1600000000000-7 %s", name_of("192.0.2.1", "Anna"));
	assert_refused(ask_as("facilitator", "198.51.100.1", words), DEVICE_GONE);
	assert_string_equal(device_of(&d, "192.0.2.1")->alias, before);
	/* what needs none is done */
	assert_int_equal(strncmp(ask("192.0.2.1", "1600000000000-7 name me Aino"), "ok ", 3), 0);
	ask_as("facilitator", "198.51.100.1", "1600000000000-7 name 192.0.2.2 Otso");
	assert_string_equal(device_of(&d, "192.0.2.2")->alias, "Otso");
	snprintf(words, sizeof(words), "1700000000000-7 %s", name_of("192.0.2.1", "Anna"));
	assert_int_equal(strncmp(ask("192.0.2.1", words), "ok ", 3), 0);
	assert_string_equal(device_of(&d, "192.0.2.1")->alias, "Anna");
}

static void test_an_address_that_is_anothers_by_now(void **state)
{
	char command[COMMAND_MESSAGE_MAX];
	struct address a = parse("192.0.2.1");

	(void)state;
	snprintf(command, sizeof(command), "%s", name_of("192.0.2.1", "Anna"));
	/* another one has it: neither of the two is named */
	neighbour(&d, "192.0.2.1", mac_c);
	assert_refused(ask("192.0.2.1", command), OTHER_DEVICE);
	/* it itself has another one */
	neighbour(&d, "192.0.2.9", mac_a);
	ask("192.0.2.9", command);
	assert_string_equal(device_of(&d, "192.0.2.9")->alias, "Anna");
	/* nobody is seen there any more */
	devices_neighbour_gone(&d, &a);
	assert_refused(ask("192.0.2.1", name_of("192.0.2.1", "Bob")), NO_DEVICE);
	neighbour(&d, "192.0.2.1", mac_c);
	ask("192.0.2.1", name_of("192.0.2.1", "Bob"));
	assert_string_equal(device_of(&d, "192.0.2.1")->alias, "Bob");
}

static void test_a_device_without_a_mac(void **state)
{
	(void)state;
	get(&d, "192.0.2.77");
	ask("192.0.2.77", name_of("192.0.2.77", "Far away"));
	assert_string_equal(device_of(&d, "192.0.2.77")->alias, "Far away");
}

static void test_behind_a_repeater(void **state)
{
	char text[32];

	(void)state;
	neighbour(&d, "2001:db8::9", mac_c);
	for (int i = 0; i <= DEVICE_IPV4_MAX; i++) {
		snprintf(text, sizeof(text), "192.0.2.%d", 100 + i);
		neighbour(&d, text, mac_c);
	}
	assert_true(devices_find_mac(&d, mac_c)->shared);
	/* each is a device of its own; who has the IPv6 address is not known */
	ask("192.0.2.101", name_of("192.0.2.101", "Behind"));
	assert_string_equal(device_of(&d, "192.0.2.101")->alias, "Behind");
	assert_refused(ask("2001:db8::9", "me"), NO_DEVICE);
}

static void test_what_is_not_allowed(void **state)
{
	(void)state;
	allow.n = 1;
	assert_refused(ask("192.0.2.1", name_of("192.0.2.1", "Anna")), NOT_ALLOWED);
	assert_non_null(strstr(ask("192.0.2.1", "me"), "\"may\":[\"me\"]"));
	allow.n = 0;
	assert_refused(ask("192.0.2.1", "me"), NOT_ALLOWED);
	assert_null(commands_check_verb("name"));
	assert_non_null(strstr(commands_check_verb("nmae"), " me name"));
}

static void test_too_much(void **state)
{
	unsigned done = 0;

	(void)state;
	while (done < 100 && !strncmp(ask("192.0.2.1", "me"), "ok ", 3))
		done++;
	assert_in_range(done, 10, 50);
	assert_refused(ask("192.0.2.1", "me"), TOO_FAST);
	/* others are not harmed, and it may again after a while */
	assert_int_equal(strncmp(ask("192.0.2.2", "me"), "ok ", 3), 0);
	clock_ahead += 60;
	assert_int_equal(strncmp(ask("192.0.2.1", "me"), "ok ", 3), 0);
	/* nor is there any end to those whom nobody knows */
	clock_ahead += 60;
	for (done = 0; done < 10000 && strcmp(ask("198.51.100.1", "me"), refusal(COMMAND_FAULT_BUSY)) != 0;)
		done++;
	assert_in_range(done, COMMANDS_A_SECOND, 9999);
	clock_ahead += 60;
	assert_int_equal(strncmp(ask("192.0.2.1", "me"), "ok ", 3), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(test_me),
	    TEST(test_name),
	    TEST(test_while_names_are_locked),
	    TEST(test_a_name_that_is_none),
	    TEST(test_what_is_not_understood),
	    TEST(test_anothers_device),
	    TEST(test_another_run),
	    TEST(test_an_address_that_is_anothers_by_now),
	    TEST(test_a_device_without_a_mac),
	    TEST(test_behind_a_repeater),
	    TEST(test_what_is_not_allowed),
	    TEST(test_too_much),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
