/* SPDX-License-Identifier: MIT */
/* Which connections are ended by whom, and what is said of it; that they do end is tested on real ones. */
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>

#include "commands.h"

#include "cmocka_all.h"

#include "household.h"
#include "util.h"

#define MINE "192.0.2.10"
#define OTHERS "192.0.2.11"

static struct household h;
static struct commands commands;
static const char *verbs[] = {"me", "end", "end-all", "flush"};
static struct config_list allow = {ELEMENTS_OF(verbs), verbs};
static char reply[COMMAND_REPLY_MAX], late[COMMAND_REPLY_MAX];
static struct commands_outcome outcome, late_outcome;

/* In place of the kernel. */
static struct {
	size_t n;	    /* connections that were to be ended */
	uint16_t ports[16]; /* whose */
	size_t room;	    /* for so many */
	size_t gone, kept;  /* of those */
	int error;	    /* at once, or when there is no more room */
	ending_flushed flushed;
	void *data;
} kernel;

int ending_end(struct ending *e, const struct ct_connection *const *connections, size_t n,
	       struct ending_result *ret)
{
	(void)e;
	*ret = (struct ending_result){};
	kernel.n = n;
	for (size_t i = 0; i < n && i < ELEMENTS_OF(kernel.ports); i++)
		kernel.ports[i] = connections[i]->tuple[CT_ORIG].sport;
	n = n < kernel.room ? n : kernel.room;
	if (n)
		*ret = (struct ending_result){n - kernel.gone - kernel.kept, kernel.gone, kernel.kept};
	return kernel.error;
}

int ending_flush(struct ending *e, ending_flushed done, void *data)
{
	(void)e;
	if (kernel.error)
		return kernel.error;
	kernel.flushed = done;
	kernel.data = data;
	return 0;
}

static void on_answer(void *data, const char *text, size_t length, const struct commands_outcome *of)
{
	(void)data;
	memcpy(late, text, length);
	late[length] = '\0';
	late_outcome = *of;
}

static void talk(const char *from, unsigned port, const char *to, unsigned service, uint8_t protocol)
{
	struct ct_entry e = household_entry(from, port, to, service, protocol, true);

	household_new(&h, &e);
}

static int set_up(void **state)
{
	(void)state;
	household_make(&h, NULL, 100, 100);
	h.model->conversations.max_ended = 10;
	kernel = (typeof(kernel)){.room = 1000};
	commands = (struct commands){.devices = &h.model->devices,
				     .model = h.model,
				     .table = h.table,
				     .allow = &allow,
				     .answer = on_answer};
	late[0] = '\0';
	talk(MINE, 1001, "198.51.100.7", 443, IPPROTO_TCP);
	talk(MINE, 1002, "198.51.100.7", 443, IPPROTO_TCP);
	talk(MINE, 1003, "198.51.100.8", 443, IPPROTO_UDP);
	talk(OTHERS, 1004, "198.51.100.7", 443, IPPROTO_TCP);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	household_free(&h);
	return 0;
}

/* The answer, without the request's name; empty: none yet. */
static const char *ask_as(const char *role, const char *address, const char *verb, uint32_t id)
{
	char text[COMMAND_MESSAGE_MAX];
	size_t n = (size_t)snprintf(text, sizeof(text), "b1-9 %s %s %s", role, address, verb);

	if (id)
		n += (size_t)snprintf(text + n, sizeof(text) - n, " %" PRIu32, id);
	n = commands_do(&commands, text, n, reply, &outcome);
	return n ? reply + strlen("b1-9 ") : "";
}

#define ask(address, verb, id) ask_as("participant", address, verb, id)
#define assert_refused(answer, code) assert_ptr_equal(strstr(answer, "error " code " "), answer)

static uint32_t device_of(const char *text)
{
	struct address a = household_address(text);

	return devices_find_address(&h.model->devices, &a)->device->row.id;
}

static const char *alias_of(const char *text)
{
	return devices_find_id(&h.model->devices, device_of(text))->alias;
}

/* The conversation of a device with a remote. */
static uint32_t conversation_of(const char *from, const char *to)
{
	struct address with = household_address(to);

	ROW_TABLE_FOR_EACH(r, &h.model->conversations.table)
	{
		const struct conversation *c = CONTAINER_OF(r, struct conversation, row);

		if (c->device->row.id == device_of(from) && address_equal(&c->remote->address, &with))
			return r->id;
	}
	fail_msg("no conversation of %s with %s", from, to);
	return 0;
}

static void assert_said(const char *answer, size_t ended, size_t gone, size_t kept, size_t left)
{
	char expected[COMMAND_REPLY_MAX];

	snprintf(expected, sizeof(expected),
		 "ok {\"device\":%" PRIu32
		 ",\"alias\":\"%s\",\"ended\":%zu,\"gone\":%zu,\"kept\":%zu,\"left\":%zu}",
		 device_of(MINE), alias_of(MINE), ended, gone, kept, left);
	assert_string_equal(answer, expected);
}

static void test_a_conversation(void **state)
{
	char expected[RESULT_DID_MAX];

	(void)state;
	assert_said(ask(MINE, "end", conversation_of(MINE, "198.51.100.7")), 2, 0, 0, 0);
	assert_int_equal(kernel.n, 2);
	assert_int_equal(kernel.ports[0] + kernel.ports[1], 1001 + 1002);
	snprintf(expected, sizeof(expected), "ended 2 connections of %s with 198.51.100.7", alias_of(MINE));
	assert_string_equal(outcome.did, expected);

	kernel.gone = 1;
	assert_said(ask(MINE, "end", conversation_of(MINE, "198.51.100.8")), 0, 1, 0, 0);
	snprintf(
	    expected, sizeof(expected),
	    "ended 0 connections of %s with 198.51.100.8 (1 had gone, 0 could not be deleted, 0 are left)",
	    alias_of(MINE));
	assert_string_equal(outcome.did, expected);
}

static void test_a_device(void **state)
{
	char expected[RESULT_DID_MAX];

	(void)state;
	h.model->home.show_router = true;
	talk(MINE, 1005, "192.0.2.1", 8080, IPPROTO_TCP); /* the page itself */
	kernel.kept = 1;
	assert_said(ask(MINE, "end-all", device_of(MINE)), 2, 0, 1, 0);
	assert_int_equal(kernel.n, 3);
	for (size_t i = 0; i < 3; i++)
		assert_in_range(kernel.ports[i], 1001, 1003);
	snprintf(expected, sizeof(expected),
		 "ended 2 connections of %s (0 had gone, 1 could not be deleted, 0 are left)",
		 alias_of(MINE));
	assert_string_equal(outcome.did, expected);
}

static void test_nothing_to_end(void **state)
{
	struct ct_entry e = household_entry(MINE, 1003, "198.51.100.8", 443, IPPROTO_UDP, true);
	uint32_t id = conversation_of(MINE, "198.51.100.8");

	(void)state;
	household_end(&h, &e);
	assert_said(ask(MINE, "end", id), 0, 0, 0, 0);
	assert_int_equal(kernel.n, 0);
	assert_string_equal(outcome.did, "");
}

static void test_whose(void **state)
{
	uint32_t own = conversation_of(MINE, "198.51.100.7"),
		 others = conversation_of(OTHERS, "198.51.100.7");

	(void)state;
	assert_refused(ask(MINE, "end", others), "other-device");
	assert_refused(ask(OTHERS, "end", own), "other-device");
	assert_refused(ask(MINE, "end-all", device_of(OTHERS)), "other-device");
	assert_refused(ask(MINE, "end", 4000000000), "conversation-gone");
	/* told by another run of the collector */
	assert_refused(ask(MINE, "5-6 end", own), "conversation-gone");
	assert_refused(ask_as("facilitator", MINE, "5-6 end", own), "conversation-gone");
	assert_refused(ask_as("facilitator", MINE, "5-6 end-all", device_of(MINE)), "device-gone");
	assert_refused(ask("192.0.2.99", "end", own), "no-device");
	assert_refused(ask("192.0.2.99", "end-all", device_of(MINE)), "no-device");
	assert_refused(ask(MINE, "flush", 0), "only-watching");
	for (size_t i = 0; i < 2; i++) {
		const char *role = i ? "guest" : "display";

		assert_refused(ask_as(role, MINE, "end", own), "only-watching");
		assert_refused(ask_as(role, MINE, "end-all", device_of(MINE)), "only-watching");
		assert_refused(ask_as(role, MINE, "flush", 0), "only-watching");
	}
	assert_int_equal(kernel.n, 0);
	assert_said(ask_as("facilitator", "192.0.2.99", "end", own), 2, 0, 0, 0);
	assert_said(ask_as("facilitator", OTHERS, "end-all", device_of(MINE)), 3, 0, 0, 0);
	assert_refused(ask_as("facilitator", MINE, "end", 4000000000), "conversation-gone");
	assert_refused(ask_as("facilitator", MINE, "end-all", 4000000000), "device-gone");
}

static void test_arguments(void **state)
{
	static const char *const bad[] = {"end",    "end-all",	      "end x",	 "end 01",
					  "end -1", "end 4294967296", "end 1 2", "end-all 1 2"};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++)
		assert_refused(ask_as("facilitator", MINE, bad[i], 0), "not-understood");
	assert_refused(ask_as("facilitator", MINE, "flush", 1), "too-long");
	allow.n = 1;
	assert_refused(ask(MINE, "end-all", device_of(MINE)), "not-allowed");
	allow.n = ELEMENTS_OF(verbs);
	assert_int_equal(kernel.n, 0);
}

static void test_why_not(void **state)
{
	static const struct {
		int error;
		const char *code;
	} table[] = {
	    {-EPERM, "error end-rights "},
	    {-EAFNOSUPPORT, "error end-sandbox "},
	    {-EPROTONOSUPPORT, "error end-kernel "},
	    {-EOPNOTSUPP, "error end-kernel "},
	    {-EEXIST, "error end-foreign "},
	    {-ENFILE, "error end-full "},
	    {-EIO, "error end-failed "},
	};

	(void)state;
	kernel.room = 0;
	for (size_t i = 0; i < ELEMENTS_OF(table); i++) {
		kernel.error = table[i].error;
		assert_ptr_equal(strstr(ask(MINE, "end-all", device_of(MINE)), table[i].code),
				 reply + strlen("b1-9 "));
		assert_string_equal(outcome.did, "");
	}
	/* what could be done, was */
	kernel.room = 2;
	kernel.error = -ENFILE;
	assert_said(ask(MINE, "end-all", device_of(MINE)), 2, 0, 0, 1);
}

/* More than can be refused at once: those that fit are ended, and the others are counted. */
static void test_too_many(void **state)
{
	const size_t all = 2 * ENDING_MAX + 10;

	(void)state;
	kernel.room = SIZE_MAX;
	for (size_t i = 0; i < all; i++)
		talk(MINE, (unsigned)(2000 + i), "198.51.100.9", 443, IPPROTO_TCP);
	assert_said(ask(MINE, "end", conversation_of(MINE, "198.51.100.9")), 2 * ENDING_MAX, 0, 0, 10);
}

/* Who asks for much holds up nobody. */
static void test_no_more_in_a_second(void **state)
{
	(void)state;
	commands.ending_us = 1000000;
	commands.second = clock_ms() / 1000;
	if (commands.second == clock_ms() / 1000)
		assert_refused(ask(MINE, "end-all", device_of(MINE)), "busy");
	commands.second--;
	assert_said(ask(MINE, "end-all", device_of(MINE)), 3, 0, 0, 0);
}

static void test_flush(void **state)
{
	(void)state;
	assert_string_equal(ask_as("facilitator", "192.0.2.99", "flush", 0), "");
	assert_true(outcome.later);
	assert_string_equal(late, "");
	kernel.error = -EALREADY;
	assert_refused(ask_as("facilitator", MINE, "flush", 0), "flush-busy");
	kernel.flushed(kernel.data, 0);
	assert_string_equal(late, "b1-9 ok {\"entries\":4}");
	assert_string_equal(late_outcome.did, "deleted all entries of the connection table, some 4");
	assert_int_equal(late_outcome.message.role, ROLE_FACILITATOR);
	assert_int_equal(late_outcome.fault, COMMAND_FAULT_NONE);

	kernel.error = 0;
	assert_string_equal(ask_as("facilitator", MINE, "flush", 0), "");
	kernel.flushed(kernel.data, -EPERM);
	assert_refused(late + strlen("b1-9 "), "end-rights");
	assert_int_equal(late_outcome.fault, COMMAND_FAULT_END_RIGHTS);
	assert_string_equal(late_outcome.did, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_a_conversation, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_a_device, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_nothing_to_end, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_whose, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_arguments, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_why_not, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_too_many, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_no_more_in_a_second, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_flush, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
