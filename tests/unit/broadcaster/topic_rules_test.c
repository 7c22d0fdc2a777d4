/* SPDX-License-Identifier: MIT */
/* The table of PROTOCOL.md, "Who may watch what": each topic, role and kind of privacy. */
#include "topic_rules.h"

#include <stdlib.h>

#include "cmocka_all.h"
#include "util.h"

static int privacy;
static struct config_list identities, lookups, history, connections;
static const struct topic_rules rules = {.privacy = &privacy,
					 .identities = &identities,
					 .lookups = &lookups,
					 .history = &history,
					 .connections = &connections};

/* Bits of enum role. */
#define PARTICIPANT (1u << ROLE_PARTICIPANT)
#define FACILITATOR (1u << ROLE_FACILITATOR)
#define ALL ((1u << ROLES) - 1)

static unsigned who(const char *topic)
{
	unsigned roles = 0;

	for (int role = 0; role < ROLES; role++)
		roles |= (unsigned)topic_rules_allow(&rules, topic, (enum role)role) << role;
	return roles;
}

static void test_privacy(void **context)
{
	static const struct {
		const char *topic;
		unsigned home, room;
	} table[] = {
	    {"overview", ALL, ALL},
	    {"identities", PARTICIPANT | FACILITATOR, FACILITATOR},
	    {"lookups", PARTICIPANT | FACILITATOR, FACILITATOR},
	    {"history", PARTICIPANT | FACILITATOR, FACILITATOR},
	    {"connections", PARTICIPANT | FACILITATOR, FACILITATOR},
	    /* of a later collector */
	    {"unheard-of", PARTICIPANT | FACILITATOR, FACILITATOR},
	};

	(void)context;
	connections = (struct config_list){};
	for (size_t i = 0; i < ELEMENTS_OF(table); i++) {
		privacy = ROOM_PRIVACY_HOME;
		assert_int_equal(who(table[i].topic), table[i].home);
		privacy = ROOM_PRIVACY_ROOM;
		assert_int_equal(who(table[i].topic), table[i].room);
	}
}

static void test_named(void **context)
{
	const char *guests[] = {"guest", "display"}, *nobody[] = {"nobody"};

	(void)context;
	for (privacy = ROOM_PRIVACY_HOME; privacy <= ROOM_PRIVACY_ROOM; privacy++) {
		connections = (struct config_list){2, guests};
		assert_int_equal(who("connections"), 1u << ROLE_GUEST | 1u << ROLE_DISPLAY);
		assert_int_equal(who("overview"), ALL);
		identities = history = connections;
		connections = (struct config_list){};
		assert_int_equal(who("identities"), 1u << ROLE_GUEST | 1u << ROLE_DISPLAY);
		assert_int_equal(who("history"), 1u << ROLE_GUEST | 1u << ROLE_DISPLAY);
		assert_true(who("connections") & FACILITATOR);
		lookups = identities;
		identities = history = (struct config_list){};
		assert_int_equal(who("lookups"), 1u << ROLE_GUEST | 1u << ROLE_DISPLAY);
		assert_int_equal(who("history"), who("lookups"));
		assert_true(who("identities") & FACILITATOR);
		lookups = (struct config_list){};
		connections = (struct config_list){1, nobody};
		assert_int_equal(who("connections"), 0);
	}
	assert_null(topic_rules_check("facilitator"));
	assert_null(topic_rules_check("nobody"));
	assert_non_null(topic_rules_check("everybody"));
	assert_non_null(topic_rules_check(""));
}

static void test_all(void **context)
{
	const char *names[] = {"connections", "overview", "unheard-of"};
	const struct config_list topics = {ELEMENTS_OF(names), names};

	(void)context;
	connections = (struct config_list){};
	privacy = ROOM_PRIVACY_ROOM;
	assert_int_equal(topic_rules_allowed(&rules, &topics, ROLE_PARTICIPANT), 2);
	assert_int_equal(topic_rules_allowed(&rules, &topics, ROLE_FACILITATOR), 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_privacy),
	    cmocka_unit_test(test_named),
	    cmocka_unit_test(test_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
