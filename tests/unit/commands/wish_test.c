/* SPDX-License-Identifier: MIT */
/* Commands by which whoever holds a device says how it is seen. */
#include "commands.h"

#include <inttypes.h>

#include "cmocka_all.h"

#include "clock_ahead.h"
#include "made_devices.h"

static const uint8_t mac_c[6] = {0x02, 0x11, 0x22, 0x33, 0x44, 0x77};

static struct devices d;
static struct row_table sources;
static struct alias_store *aliases;
static struct model model;
static struct commands commands;
static char reply[COMMAND_REPLY_MAX];
static struct commands_outcome outcome;
static bool has_memory;

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

static enum wish wish_of(void *data, const uint8_t mac[6], const struct address *a)
{
	(void)data;
	return alias_store_wish(aliases, mac, a);
}

static bool set_wish(void *data, struct device *device, enum wish wish, bool by_holder)
{
	(void)data;
	if (!has_memory || alias_store_set_wish(aliases, device, wish, by_holder) < 0)
		return false;
	devices_set_wish(&d, device, wish, 1000);
	return true;
}

static int set_up(void **state)
{
	static const char *verbs[] = {"me", "name", "hide", "leave-out", "show"};
	static const struct config_list allow = {5, verbs};

	(void)state;
	row_table_init(&sources, &watch);
	devices_init(&d, &watch, 100, name_it, NULL);
	d.wisher = wish_of;
	assert_int_equal(alias_store_new(&aliases, NULL, "home", "", &sources, report, NULL), 0);
	has_memory = true;
	commands = (struct commands){
	    .model = &model, .devices = &d, .aliases = aliases, .allow = &allow, .set_wish = set_wish};
	neighbour(&d, "192.0.2.1", mac_a);
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

static const char *ask_as(const char *role, const char *address, const char *words)
{
	char text[COMMAND_MESSAGE_MAX];
	size_t n = (size_t)snprintf(text, sizeof(text), "b1-9 %s %s %s", role, address, words);

	clock_ahead += 60;
	n = commands_do(&commands, text, n, reply, &outcome);
	assert_int_equal(n, strlen(reply));
	return reply + strlen("b1-9 ");
}

static const char *ask(const char *address, const char *words)
{
	return ask_as("participant", address, words);
}

static void assert_refused(const char *answer, enum command_fault fault)
{
	const char *code = command_fault_code(fault);

	assert_int_equal(strncmp(answer, "error ", 6), 0);
	assert_int_equal(strncmp(answer + 6, code, strlen(code)), 0);
}

static const char *of(const char *verb, const char *at)
{
	static char text[64];

	snprintf(text, sizeof(text), "%s %" PRIu32, verb, device_of(&d, at)->row.id);
	return text;
}

static void test_hide(void **state)
{
	struct device *own = device_of(&d, "192.0.2.1");
	char before[DEVICE_ALIAS_MAX], expected[COMMAND_REPLY_MAX];
	uint32_t id = own->row.id;

	(void)state;
	memcpy(before, own->alias, sizeof(before));
	ask("192.0.2.1", of("hide", "192.0.2.1"));
	assert_true(own->row.id > id);
	assert_string_not_equal(own->alias, before);
	snprintf(expected, sizeof(expected),
		 "b1-9 ok {\"device\":%" PRIu32 ",\"alias\":\"%s\",\"wish\":\"hidden\"}", own->row.id,
		 own->alias);
	assert_string_equal(reply, expected);
	/* neither its name nor its address is for the log */
	assert_true(outcome.discreet);
	assert_string_equal(outcome.did, "had a device seen by a made-up name only");
	ask("192.0.2.1", "me");
	assert_true(outcome.discreet);
	/* a name of its own may be given; another hiding takes it away */
	ask("192.0.2.1", "name me Leena");
	assert_string_equal(own->alias, "Leena");
	id = own->row.id;
	ask("192.0.2.1", "hide me");
	assert_true(own->row.id > id);
	assert_string_not_equal(own->alias, "Leena");
	assert_false(own->named);
	/* and back */
	ask("192.0.2.1", "show me");
	assert_string_equal(own->alias, before);
	assert_int_equal(own->wish, WISH_SHOWN);
	id = own->row.id;
	ask("192.0.2.1", "show me");
	assert_int_equal(own->row.id, id);
	assert_string_equal(outcome.did, "");
}

static void test_leave_out(void **state)
{
	struct device *own = device_of(&d, "192.0.2.1");
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "%s", of("show", "192.0.2.1"));
	assert_string_equal(ask("192.0.2.1", "leave-out me"),
			    "ok {\"device\":null,\"alias\":null,\"wish\":\"left-out\"}");
	assert_int_equal(d.table.count, 1);
	assert_int_equal(d.addresses.count, 1);
	assert_string_equal(
	    ask("192.0.2.1", "me"),
	    "ok {\"device\":null,\"alias\":null,\"wish\":\"left-out\",\"chosen\":null,\"kept_by\":\"run\",\"named\":false,"
	    "\"host_name\":null,\"vendor\":null,\"mac\":null,\"addresses\":[],"
	    "\"may\":[\"hide\",\"leave-out\",\"me\",\"name\",\"show\"]}");
	assert_refused(ask("192.0.2.1", "name me Leena"), COMMAND_FAULT_LEFT_OUT);
	/* its row ids lead nowhere */
	assert_refused(ask("192.0.2.1", command), COMMAND_FAULT_OTHER_DEVICE);
	snprintf(command, sizeof(command), "show %" PRIu32, own->row.id);
	assert_refused(ask("192.0.2.1", command), COMMAND_FAULT_OTHER_DEVICE);
	ask("192.0.2.1", "show me");
	assert_int_equal(d.table.count, 2);
	assert_int_equal(d.addresses.count, 2);
}

static void test_whose(void **state)
{
	(void)state;
	assert_refused(ask("192.0.2.1", of("hide", "192.0.2.2")), COMMAND_FAULT_OTHER_DEVICE);
	assert_refused(ask("192.0.2.1", "leave-out 192.0.2.2"), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_refused(ask("192.0.2.9", "leave-out me"), COMMAND_FAULT_NO_DEVICE);
	assert_refused(ask("192.0.2.1", "leave-out"), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_refused(ask("192.0.2.1", "leave-out me too"), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_int_equal(d.table.count, 2);
	/* who leads finds one that has no row by its address */
	ask_as("facilitator", "198.51.100.1", of("leave-out", "192.0.2.2"));
	assert_int_equal(d.table.count, 1);
	assert_refused(ask_as("facilitator", "198.51.100.1", "show 192.0.2.9"), COMMAND_FAULT_DEVICE_GONE);
	assert_refused(ask_as("facilitator", "198.51.100.1", "show x"), COMMAND_FAULT_NOT_UNDERSTOOD);
	ask_as("facilitator", "198.51.100.1", "show 192.0.2.2");
	assert_int_equal(d.table.count, 2);
	has_memory = false;
	assert_refused(ask("192.0.2.1", "hide me"), COMMAND_FAULT_NO_ANSWER);
}

static void test_what_cannot_be(void **state)
{
	char text[32];
	struct address a = parse("192.0.2.254");

	(void)state;
	devices_get(&d, &a, true, 0);
	assert_refused(ask("192.0.2.254", "leave-out me"), COMMAND_FAULT_ROUTER);
	assert_refused(ask("192.0.2.254", "hide me"), COMMAND_FAULT_ROUTER);
	for (int i = 0; i <= DEVICE_IPV4_MAX; i++) {
		snprintf(text, sizeof(text), "192.0.2.%d", 100 + i);
		neighbour(&d, text, mac_c);
	}
	/* the IPv6 addresses of all behind it are the repeater's: one of them cannot be left out */
	assert_refused(ask("192.0.2.100", "leave-out me"), COMMAND_FAULT_MANY_BEHIND);
	assert_refused(ask("192.0.2.101", "leave-out me"), COMMAND_FAULT_MANY_BEHIND);
}

static void assert_chosen(const char *address, const char *wish, const char *chosen)
{
	char expected[64];

	snprintf(expected, sizeof(expected), "\"wish\":\"%s\",\"chosen\":%s,", wish, chosen);
	assert_non_null(strstr(ask(address, "me"), expected));
}

/* In a room its holder is asked, until they have said how they want it. */
static void test_choosing(void **state)
{
	static const char *const verbs[] = {"show me", "hide me", "leave-out me"};
	struct device *own = device_of(&d, "192.0.2.1"), *other = device_of(&d, "192.0.2.2");

	(void)state;
	assert_chosen("192.0.2.1", "shown", "null");
	alias_store_set_unchosen(aliases, WISH_UNCHOSEN);
	devices_ask_wishes(&d);
	assert_true(own->wish_due && other->wish_due);
	devices_set_wish(&d, own, WISH_UNCHOSEN, 1000);
	devices_set_wish(&d, other, WISH_UNCHOSEN, 1000);
	devices_ask_wishes(&d);
	assert_null(devices_find_due(&d));
	assert_chosen("192.0.2.1", "hidden", "false");
	/* who leads may say it for a thing that nobody holds in the hand; that is not its holder's choice */
	ask_as("facilitator", "198.51.100.1", of("show", "192.0.2.1"));
	assert_int_equal(own->wish, WISH_SHOWN);
	assert_chosen("192.0.2.1", "shown", "false");
	assert_chosen("192.0.2.2", "hidden", "false");
	for (int wish = WISH_SHOWN; wish < WISHES; wish++) {
		ask("192.0.2.1", verbs[wish]);
		assert_int_equal(own->wish, wish);
		assert_chosen("192.0.2.1", wish_word((enum wish)wish), "true");
	}
	assert_int_equal(other->wish, WISH_UNCHOSEN);
	/* nobody else may choose for it */
	assert_refused(ask("192.0.2.1", of("show", "192.0.2.2")), COMMAND_FAULT_OTHER_DEVICE);
	assert_true(alias_store_asks(aliases, other));
}

static void test_who_is_not_asked(void **state)
{
	char text[32];
	struct address a = parse("192.0.2.254");

	(void)state;
	alias_store_set_unchosen(aliases, WISH_UNCHOSEN);
	devices_get(&d, &a, true, 0);
	assert_chosen("192.0.2.254", "shown", "null");
	for (int i = 0; i <= DEVICE_IPV4_MAX; i++) {
		snprintf(text, sizeof(text), "192.0.2.%d", 100 + i);
		neighbour(&d, text, mac_c);
	}
	/* one cannot choose for all that are behind it */
	for (int i = 0; i < 2; i++) {
		snprintf(text, sizeof(text), "192.0.2.%d", 100 + i);
		assert_chosen(text, "hidden", "null");
		assert_refused(ask(text, "show me"), COMMAND_FAULT_MANY_BEHIND);
	}
	ask_as("facilitator", "198.51.100.1", of("show", "192.0.2.100"));
	assert_int_equal(device_of(&d, "192.0.2.100")->wish, WISH_SHOWN);
}

/* It is known by its address alone, and forgotten as soon as nothing speaks for it. */
static void test_without_a_mac(void **state)
{
	struct address gone = parse("192.0.2.77");

	(void)state;
	get(&d, "192.0.2.77");
	ask("192.0.2.77", "leave-out me");
	devices_sweep(&d);
	assert_null(devices_find_address(&d, &gone));
	assert_non_null(strstr(ask("192.0.2.77", "me"), "\"wish\":\"left-out\""));
	assert_non_null(strstr(ask("192.0.2.77", "show me"), "\"wish\":\"shown\""));
	/* nor does whoever leads need more than the address */
	ask("192.0.2.77", "leave-out me");
	devices_sweep(&d);
	assert_non_null(
	    strstr(ask_as("facilitator", "198.51.100.1", "show 192.0.2.77"), "\"wish\":\"shown\""));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(test_hide),	       TEST(test_leave_out), TEST(test_whose),
	    TEST(test_what_cannot_be), TEST(test_choosing),  TEST(test_who_is_not_asked),
	    TEST(test_without_a_mac),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
