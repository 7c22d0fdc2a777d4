/* SPDX-License-Identifier: MIT */
#include "peers.h"

#include "cmocka_all.h"

static bool at_home;

static struct peer *hold(struct peers *peers, const char *text)
{
	struct address a;
	struct peer *peer;

	assert_int_equal(address_parse(&a, text), 0);
	peer = peers_hold(peers, &a, at_home);
	assert_non_null(peer);
	return peer;
}

static void test_counts_are_shared(void **context)
{
	struct peers *peers;
	struct peer *a, *b, *c;

	(void)context;
	assert_int_equal(peers_new(&peers), 0);
	a = hold(peers, "192.0.2.1");
	b = hold(peers, "192.0.2.1");
	c = hold(peers, "192.0.2.2");
	assert_ptr_equal(a, b);
	assert_ptr_not_equal(a, c);
	a->viewers++;
	assert_null(peers_release(peers, b));
	assert_int_equal(a->viewers, 1);
	peers_release(peers, a);
	a = hold(peers, "192.0.2.1");
	assert_int_equal(a->viewers, 0);
	assert_null(peers_release(peers, NULL));
	peers_free(peers); /* with what is still held */
}

static void test_ipv6_by_network(void **context)
{
	struct peers *peers;
	struct peer *a, *b, *c;

	(void)context;
	assert_int_equal(peers_new(&peers), 0);
	a = hold(peers, "2001:db8:0:1::1");
	b = hold(peers, "2001:db8:0:1:ffff::2");
	c = hold(peers, "2001:db8:0:2::1");
	assert_ptr_equal(a, b);
	assert_ptr_not_equal(a, c);
	peers_release(peers, a);
	peers_release(peers, b);
	peers_release(peers, c);
	peers_free(peers);
}

/* Phones of one room share a /64: one of them must not use up the places of all. */
static void test_ipv6_at_home(void **context)
{
	struct peers *peers;
	struct peer *a, *b;

	(void)context;
	assert_int_equal(peers_new(&peers), 0);
	at_home = true;
	a = hold(peers, "2001:db8:0:1::1");
	b = hold(peers, "2001:db8:0:1::2");
	assert_ptr_not_equal(a, b);
	assert_false(a->stranger);
	at_home = false;
	assert_true(hold(peers, "2001:db8:0:3::2")->stranger);
	peers_free(peers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_counts_are_shared),
	    cmocka_unit_test(test_ipv6_at_home),
	    cmocka_unit_test(test_ipv6_by_network),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
