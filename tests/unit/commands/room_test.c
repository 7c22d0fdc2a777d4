/* SPDX-License-Identifier: MIT */
/* What whoever leads the room may do, and what comes of it. */
#include <inttypes.h>
#include <netinet/in.h>

#include "cmocka_all.h"
#include "commands.h"
#include "household.h"
#include "util.h"

static struct household h;
static struct room *room;
static struct commands commands;
static const char *verbs[] = {"round",	 "play",      "time-up", "round-end", "mark",	    "freeze",
			      "release", "spotlight", "wall",	 "clear",     "lock-names", "unlock-names"};
static const char *with_vote[ELEMENTS_OF(verbs) + 1];
static struct config_list allow = {ELEMENTS_OF(with_vote), with_vote};
static char reply[COMMAND_REPLY_MAX];
static struct commands_outcome outcome;

static void describe(void *data, const struct address *a, struct remote_facts *ret)
{
	(void)data;
	(void)a;
	ret->company = "Example";
}

static int set_up(void **state)
{
	struct ct_entry e = household_entry("192.0.2.10", 1, "203.0.113.1", 443, IPPROTO_TCP, true);

	(void)state;
	memcpy(with_vote, verbs, sizeof(verbs));
	with_vote[ELEMENTS_OF(verbs)] = "vote";
	household_make(&h, describe, 100, 100);
	e.bytes[CT_ORIG] = 100;
	household_new(&h, &e);
	household_dump(&h, &e, 1);
	room = &h.model->room;
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

/* None, where it is done. */
static enum command_fault ask_as(const char *role, const char *words)
{
	char text[COMMAND_MESSAGE_MAX];
	size_t n = (size_t)snprintf(text, sizeof(text), "b1-9 %s 198.51.100.9 %s", role, words);

	assert_true(commands_do(&commands, text, n, reply, &outcome) > 0);
	return outcome.fault;
}

/* As whoever holds the one device. */
static enum command_fault vote(const char *role, unsigned round, unsigned choice)
{
	char text[COMMAND_MESSAGE_MAX];
	size_t n = (size_t)snprintf(text, sizeof(text), "b1-9 %s 192.0.2.10 vote %u %u", role, round, choice);

	assert_true(commands_do(&commands, text, n, reply, &outcome) > 0);
	return outcome.fault;
}

static enum command_fault ask(const char *words)
{
	return ask_as("facilitator", words);
}

static void assert_done(const char *words, const char *did)
{
	assert_int_equal(ask(words), COMMAND_FAULT_NONE);
	assert_string_equal(reply, "b1-9 ok {}");
	assert_string_equal(outcome.did, did);
}

/* A text of n letters after these words. */
static const char *with_letters(const char *words, int n)
{
	static char text[COMMAND_MESSAGE_MAX];
	int used = snprintf(text, sizeof(text) / 2, "%s ", words);

	memset(text + used, 'x', (size_t)n);
	text[used + n] = '\0';
	return text;
}

static void test_nobody_else_may(void **state)
{
	static const char *const roles[] = {"participant", "display", "guest"};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(verbs); i++)
		for (size_t r = 0; r < ELEMENTS_OF(roles); r++)
			assert_int_equal(ask_as(roles[r], verbs[i]), COMMAND_FAULT_ONLY_WATCHING);
	assert_int_equal(room->changes, 0);
}

static void test_round(void **state)
{
	(void)state;
	assert_done("round 90  The quiet minute ", "began the round \"The quiet minute\" of 90 s");
	assert_string_equal(room->label, "The quiet minute");
	assert_int_equal(room->timer, 90000);
	assert_in_range(room->since, 1, model_now(h.model));
	assert_done("round 0 Äiti \"1\"", "began the round \"Äiti \"1\"\"");
	assert_int_equal(room->timer, 0);
	assert_done("round-end", "ended the round \"Äiti \"1\"\"");
	assert_string_equal(room->label, "");
	assert_done("round-end", "");
	assert_int_equal(ask(with_letters("round 86400", ROOM_LABEL_MAX - 1)), COMMAND_FAULT_NONE);
	assert_int_equal(strlen(room->label), ROOM_LABEL_MAX - 1);
}

static void test_rounds_that_are_none(void **state)
{
	static const struct {
		const char *words;
		enum command_fault fault;
	} bad[] = {
	    {"round", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"round The quiet", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"round -1 Quiet", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"round 86401 Quiet", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"round 1x Quiet", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"round 60", COMMAND_FAULT_TEXT_EMPTY},
	    {"round 60  ", COMMAND_FAULT_TEXT_EMPTY},
	    {"round 60 a\x1b[31m", COMMAND_FAULT_TEXT_UNSEEN},
	    {"round 60 a\xe2\x80\xae", COMMAND_FAULT_TEXT_UNSEEN},
	    {"round 60 \xff", COMMAND_FAULT_NOT_TEXT},
	};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++)
		assert_int_equal(ask(bad[i].words), bad[i].fault);
	assert_int_equal(ask(with_letters("round 60", ROOM_LABEL_MAX)), COMMAND_FAULT_TOO_LONG);
	assert_int_equal(room->changes, 0);
}

static void test_play(void **state)
{
	const struct company *company = household_conversation(&h)->remote->company;
	struct company *other = shared_take_company(&h.model->shared, "Other");
	char words[128];

	(void)state;
	assert_done("play quiet 60 The quiet minute", "began the round \"The quiet minute\" (quiet) of 60 s");
	assert_int_equal(room->kind, ROOM_QUIET);
	assert_int_equal(room->timer, 60000);
	assert_int_equal(room->number, 1);
	assert_done("play app 0 Open one app", "began the round \"Open one app\" (app) of 0 s");
	assert_int_equal(room->kind, ROOM_APP);
	assert_int_equal(room->number, 2);
	assert_done("play guess 30 countries:0,5,10,20 Guess", "began the round \"Guess\" (guess) of 30 s");
	assert_int_equal(room->question, ROOM_COUNTRIES);
	assert_int_equal(room->n_choices, 4);
	assert_int_equal(room->choices[3].from, 20);
	assert_null(room->choices[3].company);
	snprintf(words, sizeof(words), "play guess 30 most:%" PRIu32 ",%" PRIu32 " Guess", company->row.id,
		 other->row.id);
	assert_done(words, "began the round \"Guess\" (guess) of 30 s");
	assert_ptr_equal(room->choices[0].company, company);
	/* it stays while it is asked for */
	shared_drop_company(&h.model->shared, other);
	assert_string_equal(room->choices[1].company->name, "Other");
	assert_done("round 60 Plain", "began the round \"Plain\" of 60 s");
	assert_int_equal(room->kind, ROOM_PLAIN);
	assert_int_equal(room->n_choices, 0);
	room->since -= 1000;
	assert_done("time-up", "let the time of the round \"Plain\" be over");
	assert_true(room_is_time_up(room, model_now(h.model)));
	assert_done("time-up", "");
	assert_done("round-end", "ended the round \"Plain\"");
	assert_done("time-up", "");
}

static void test_plays_that_are_none(void **state)
{
	static const struct {
		const char *words;
		enum command_fault fault;
	} bad[] = {
	    {"play", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play chess 60 X", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play quiet X", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play quiet 86401 X", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play quiet 60", COMMAND_FAULT_TEXT_EMPTY},
	    {"play app 60 \xff", COMMAND_FAULT_NOT_TEXT},
	    {"play guess 60", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play guess 60 X", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play guess 60 countries X", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play guess 60 countries:5 X", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play guess 60 countries:5,5 X", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play guess 60 countries:5,4 X", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play guess 60 countries:5,,6 X", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play guess 60 countries:5,x X", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play guess 60 countries:5,-6 X", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play guess 60 countries:5,1000001 X", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play guess 60 countries:1,2,3,4,5 X", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play guess 60 planets:1,2 X", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play guess 60 most:1 X", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play guess 60 most:1,1 X", COMMAND_FAULT_NOT_UNDERSTOOD},
	    {"play guess 60 most:1,77 X", COMMAND_FAULT_COMPANY_GONE},
	    {"5-6 play guess 60 most:1,2 X", COMMAND_FAULT_COMPANY_GONE},
	    {"play guess 60 countries:1,2", COMMAND_FAULT_TEXT_EMPTY},
	};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(bad); i++)
		assert_int_equal(ask(bad[i].words), bad[i].fault);
	assert_int_equal(ask(with_letters("play quiet 60", ROOM_LABEL_MAX)), COMMAND_FAULT_TOO_LONG);
	assert_int_equal(room->changes, 0);
}

static void test_vote(void **state)
{
	unsigned round;

	(void)state;
	assert_int_equal(vote("participant", 1, 1), COMMAND_FAULT_VOTE_OVER);
	assert_int_equal(ask("play guess 30 companies:0,5,10 Guess"), COMMAND_FAULT_NONE);
	round = room->number;
	assert_int_equal(vote("display", round, 1), COMMAND_FAULT_ONLY_WATCHING);
	assert_int_equal(vote("guest", round, 1), COMMAND_FAULT_ONLY_WATCHING);
	assert_int_equal(vote("participant", round, 4), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_int_equal(vote("participant", round + 1, 1), COMMAND_FAULT_VOTE_OVER);
	/* at an address that no device has */
	assert_int_equal(ask_as("participant", "vote 1 1"), COMMAND_FAULT_NO_DEVICE);
	assert_int_equal(ask_as("participant", "vote 1"), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_int_equal(ask_as("participant", "vote 1 0"), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_int_equal(ask_as("participant", "vote 1 x"), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_int_equal(ask_as("participant", "vote 1 1 1"), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_int_equal(room->choices[0].votes + room->choices[1].votes + room->choices[2].votes, 0);
	assert_int_equal(vote("participant", round, 2), COMMAND_FAULT_NONE);
	/* neither the answer nor the log says for what */
	assert_string_equal(reply, "b1-9 ok {}");
	assert_string_equal(outcome.did, "voted");
	assert_true(outcome.discreet);
	assert_int_equal(vote("participant", round, 3), COMMAND_FAULT_VOTE_TWICE);
	assert_int_equal(vote("facilitator", round, 3), COMMAND_FAULT_VOTE_TWICE);
	assert_int_equal(room->choices[1].votes, 1);
	assert_int_equal(room->choices[2].votes, 0);
}

static void test_vote_in_time(void **state)
{
	(void)state;
	assert_int_equal(ask("play guess 30 companies:0,5,10 Guess"), COMMAND_FAULT_NONE);
	room->since -= 1000;
	assert_int_equal(ask("time-up"), COMMAND_FAULT_NONE);
	assert_int_equal(vote("participant", room->number, 2), COMMAND_FAULT_VOTE_OVER);
	assert_int_equal(ask("play guess 30 companies:0,5,10 Guess"), COMMAND_FAULT_NONE);
	assert_int_equal(vote("participant", room->number, 2), COMMAND_FAULT_NONE);
	assert_int_equal(ask("round-end"), COMMAND_FAULT_NONE);
	assert_int_equal(vote("participant", room->number, 2), COMMAND_FAULT_VOTE_OVER);
	/* and once in each */
	assert_int_equal(ask("play guess 30 companies:0,5,10 Guess"), COMMAND_FAULT_NONE);
	assert_int_equal(vote("participant", room->number, 2), COMMAND_FAULT_NONE);
	assert_int_equal(room->choices[1].votes, 1);
	/* there is nothing to vote for */
	assert_int_equal(ask("play quiet 60 Quiet"), COMMAND_FAULT_NONE);
	assert_int_equal(vote("participant", room->number, 1), COMMAND_FAULT_NOT_UNDERSTOOD);
}

static void test_mark(void **state)
{
	(void)state;
	assert_done("mark Everybody opened a page 📱", "set the mark \"Everybody opened a page 📱\"");
	assert_string_equal(room_mark_at(room, 0)->text, "Everybody opened a page 📱");
	assert_int_equal(ask(with_letters("mark", ROOM_MARK_MAX - 1)), COMMAND_FAULT_NONE);
	assert_int_equal(ask(with_letters("mark", ROOM_MARK_MAX)), COMMAND_FAULT_TOO_LONG);
	assert_int_equal(ask("mark"), COMMAND_FAULT_TEXT_EMPTY);
	assert_int_equal(ask("mark \xe2\xa0\x80"), COMMAND_FAULT_TEXT_UNSEEN);
	assert_int_equal(ask("mark a\nb"), COMMAND_FAULT_TEXT_UNSEEN);
	assert_int_equal(room->n_marks, 2);
}

static void test_freeze(void **state)
{
	int64_t since;

	(void)state;
	assert_done("freeze", "froze the wall");
	since = room->frozen;
	/* another one who leads does it too */
	assert_done("freeze", "froze the wall");
	assert_int_equal(room->frozen, since);
	assert_true(room->is_frozen);
	assert_done("release", "let the wall go on");
	assert_false(room->is_frozen);
	assert_int_equal(ask("freeze now"), COMMAND_FAULT_TOO_LONG);
}

static void test_spotlight(void **state)
{
	const struct device *device = household_conversation(&h)->device;
	const struct company *company = household_conversation(&h)->remote->company;
	char words[64], did[RESULT_DID_MAX];

	(void)state;
	snprintf(words, sizeof(words), "spotlight device %" PRIu32, device->row.id);
	snprintf(did, sizeof(did), "put the device \"%s\" into the spotlight", device->alias);
	assert_done(words, did);
	assert_ptr_equal(room->device, device);
	snprintf(words, sizeof(words), "spotlight company %" PRIu32, company->row.id);
	assert_done(words, "put the company Example into the spotlight");
	assert_ptr_equal(room->company, company);
	assert_null(room->device);
	assert_int_equal(ask("spotlight device 77"), COMMAND_FAULT_DEVICE_GONE);
	assert_int_equal(ask("spotlight company 77"), COMMAND_FAULT_COMPANY_GONE);
	/* told by another run of the collector */
	snprintf(words, sizeof(words), "5-6 spotlight company %" PRIu32, company->row.id);
	assert_int_equal(ask(words), COMMAND_FAULT_COMPANY_GONE);
	snprintf(words, sizeof(words), "5-6 spotlight device %" PRIu32, device->row.id);
	assert_int_equal(ask(words), COMMAND_FAULT_DEVICE_GONE);
	assert_int_equal(ask("spotlight company x"), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_int_equal(ask("spotlight device"), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_int_equal(ask("spotlight device 1 2"), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_int_equal(ask("spotlight nothing 1"), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_int_equal(ask("spotlight"), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_ptr_equal(room->company, company);
	assert_done("spotlight nothing", "put out the spotlight");
	assert_null(room->company);
}

static void test_wall(void **state)
{
	(void)state;
	assert_done("wall map", "let the wall show the view map");
	assert_string_equal(room->view, "map");
	assert_int_equal(ask("wall"), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_int_equal(ask("wall Map"), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_int_equal(ask("wall ../x"), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_int_equal(ask("wall a b"), COMMAND_FAULT_NOT_UNDERSTOOD);
	assert_int_equal(ask(with_letters("wall", ROOM_VIEW_MAX)), COMMAND_FAULT_TOO_LONG);
	assert_string_equal(room->view, "map");
	assert_done("wall turns", "let the wall show all views in turn");
	assert_string_equal(room->view, "");
}

static void test_lock_names(void **state)
{
	(void)state;
	assert_done("lock-names", "locked names");
	assert_true(room->names_locked);
	assert_done("unlock-names", "unlocked names");
	assert_false(room->names_locked);
}

static void test_clear(void **state)
{
	(void)state;
	assert_int_equal(household_conversation(&h)->traffic.up_bytes, 100);
	assert_done("clear", "began a new session");
	assert_int_equal(household_conversation(&h)->traffic.up_bytes, 0);
	assert_true(h.model->session.began > 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
	    TEST(test_nobody_else_may),
	    TEST(test_round),
	    TEST(test_rounds_that_are_none),
	    TEST(test_play),
	    TEST(test_plays_that_are_none),
	    TEST(test_vote),
	    TEST(test_vote_in_time),
	    TEST(test_mark),
	    TEST(test_freeze),
	    TEST(test_spotlight),
	    TEST(test_wall),
	    TEST(test_lock_names),
	    TEST(test_clear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
