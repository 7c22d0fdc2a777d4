/* SPDX-License-Identifier: MIT */
#include "access.h"

#include <errno.h>
#include <string.h>

#include "cmocka_all.h"

struct rules {
	struct config_networks networks, proxies;
	struct network home_items[4];
	struct home_networks homes;
	struct config_list hosts;
	struct access_rules rules;
};

static void add(struct config_networks *n, const char *text)
{
	assert_int_equal(network_parse(&n->items[n->n++], text), 0);
}

static int setup(void **context)
{
	static struct rules r;

	r = (struct rules){};
	assert_int_equal(network_parse(&r.home_items[0], "127.0.0.0/8"), 0);
	assert_int_equal(network_parse(&r.home_items[1], "::1"), 0);
	assert_int_equal(network_parse(&r.home_items[2], "192.168.1.0/24"), 0);
	assert_int_equal(network_parse(&r.home_items[3], "fe80::/64"), 0);
	r.homes = (struct home_networks){r.home_items, 4, 4};
	r.rules = (struct access_rules){&r.networks, &r.homes, &r.proxies, &r.hosts, "router"};
	*context = &r;
	return 0;
}

static bool allowed(struct rules *r, const char *peer, const char *forwarded)
{
	struct access_client client;
	struct address a;

	assert_int_equal(address_parse(&a, peer), 0);
	assert_int_equal(access_client_resolve(&client, &r->rules, &a, forwarded), 0);
	return access_client_allowed(&r->rules, &client);
}

static void test_homes(void **context)
{
	struct rules *r = *context;

	assert_true(allowed(r, "127.0.0.1", NULL));
	assert_true(allowed(r, "::1", NULL));
	assert_true(allowed(r, "192.168.1.77", NULL));
	assert_true(allowed(r, "::ffff:192.168.1.77", NULL));
	assert_true(allowed(r, "fe80::1", NULL));
	assert_false(allowed(r, "192.168.2.77", NULL));
	assert_false(allowed(r, "192.0.2.1", NULL));
	assert_false(allowed(r, "2001:db8::1", NULL));
	/* nobody's header counts */
	assert_false(allowed(r, "192.0.2.1", "192.168.1.77"));
	assert_true(allowed(r, "192.168.1.77", "192.0.2.1"));
}

static void test_networks_replace_homes(void **context)
{
	struct rules *r = *context;

	add(&r->networks, "192.0.2.0/24");
	assert_true(allowed(r, "192.0.2.1", NULL));
	assert_false(allowed(r, "192.168.1.77", NULL));
	assert_false(allowed(r, "127.0.0.1", NULL));
}

static void test_proxies(void **context)
{
	struct rules *r = *context;

	add(&r->proxies, "127.0.0.1");
	add(&r->proxies, "10.0.0.0/8");
	/* the proxy itself, and loopback behind it, are not at home */
	assert_false(allowed(r, "127.0.0.1", NULL));
	assert_false(allowed(r, "127.0.0.1", "127.0.0.1"));
	assert_false(allowed(r, "127.0.0.1", "127.0.0.2"));
	assert_false(allowed(r, "127.0.0.1", "::1"));
	assert_true(allowed(r, "127.0.0.1", "192.168.1.77"));
	assert_false(allowed(r, "127.0.0.1", "192.0.2.1"));
	/* only what our proxies wrote counts: the last hop that is none of them */
	assert_false(allowed(r, "127.0.0.1", "192.168.1.77, 192.0.2.1"));
	assert_true(allowed(r, "127.0.0.1", "192.0.2.1,192.168.1.77"));
	assert_true(allowed(r, "127.0.0.1", "192.0.2.1, 192.168.1.77 , 10.1.2.3"));
	assert_true(allowed(r, "127.0.0.1", "192.168.1.77:4711"));
	assert_true(allowed(r, "127.0.0.1", "[fe80::5]:80"));
	assert_false(allowed(r, "127.0.0.1", "10.0.0.1, 10.0.0.2"));
}

static bool is_local(struct rules *r, const char *peer, const char *forwarded)
{
	struct access_client client;
	struct address a;

	assert_int_equal(address_parse(&a, peer), 0);
	assert_int_equal(access_client_resolve(&client, &r->rules, &a, forwarded), 0);
	return access_client_is_local(&client);
}

static void test_local_programs(void **context)
{
	struct rules *r = *context;

	add(&r->proxies, "127.0.0.1");
	add(&r->proxies, "192.168.1.2");
	assert_true(is_local(r, "127.0.0.1", NULL));
	assert_true(is_local(r, "::1", NULL));
	assert_false(is_local(r, "127.0.0.1", "192.168.1.77"));
	assert_false(is_local(r, "127.0.0.1", "127.0.0.1"));
	assert_false(is_local(r, "192.168.1.2", NULL));
	assert_false(is_local(r, "192.168.1.2", "127.0.0.1"));
}

static void test_unreadable_hops(void **context)
{
	static const char *const headers[] = {",", "unknown", "192.168.1.77,", "[fe80::1", "192.168.1", " "};
	struct rules *r = *context;
	struct access_client client;
	struct address a;

	add(&r->proxies, "127.0.0.1");
	assert_int_equal(address_parse(&a, "127.0.0.1"), 0);
	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
		assert_int_equal(access_client_resolve(&client, &r->rules, &a, headers[i]), -EBADMSG);
}

static void test_hosts(void **context)
{
	static const char *const good[] = {
	    "127.0.0.1", "127.0.0.1:8080", "[::1]",	  "[::1]:8080", "192.168.1.1:80",
	    "localhost", "LocalHost:8080", "router:8080", "ROUTER",	"router.local"};
	static const char *const bad[] = {"",
					  "evil.example",
					  "evil.example:8080",
					  "localhost.evil.example",
					  "router.evil.example",
					  "127.0.0.1.evil.example",
					  "localhost:80x",
					  "[::1",
					  "[]",
					  "localhost:123456",
					  "localhost, localhost",
					  ":80"};
	struct rules *r = *context;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(access_host_allowed(&r->rules, good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(access_host_allowed(&r->rules, bad[i]));
	assert_false(access_host_allowed(&r->rules, "connvis.example"));
	r->hosts = (struct config_list){.n = 1, .items = (const char *[]){"connvis.example"}};
	assert_true(access_host_allowed(&r->rules, "Connvis.example:443"));
	/* a host without a name has none, rather than ".local" */
	r->rules.own_name = "";
	assert_false(access_host_allowed(&r->rules, ".local"));
}

static void test_origins(void **context)
{
	(void)context;
	assert_true(access_origin_matches("http://router:8080", "router:8080"));
	assert_true(access_origin_matches("https://Router", "router"));
	assert_true(access_origin_matches("http://router", "router:80"));
	assert_true(access_origin_matches("https://router:443", "router"));
	assert_true(access_origin_matches("http://[::1]:8080", "[::1]:8080"));
	assert_false(access_origin_matches("http://router", "router:8080"));
	assert_false(access_origin_matches("http://router:8080", "router"));
	assert_false(access_origin_matches("https://router:80", "router:80.evil"));
	assert_false(access_origin_matches("http://evil.example", "router"));
	assert_false(access_origin_matches("http://router.evil.example", "router"));
	assert_false(access_origin_matches("http://router@evil.example", "router"));
	assert_false(access_origin_matches("http://router/", "router"));
	assert_false(access_origin_matches("null", "router"));
	assert_false(access_origin_matches("", ""));
	assert_false(access_origin_matches("http://", ""));
	assert_false(access_origin_matches("file://router", "router"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(test_homes, setup),
	    cmocka_unit_test_setup(test_networks_replace_homes, setup),
	    cmocka_unit_test_setup(test_proxies, setup),
	    cmocka_unit_test_setup(test_local_programs, setup),
	    cmocka_unit_test_setup(test_unreadable_hops, setup),
	    cmocka_unit_test_setup(test_hosts, setup),
	    cmocka_unit_test(test_origins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
