/* SPDX-License-Identifier: MIT */
#include "access.h"

#include "cmocka_all.h"

/* Whoever may use the Unix socket speaks for others. */
static void test_local_proxies(void **context)
{
	static const struct {
		const char *forwarded_for;
		bool allowed, proxy;
	} cases[] = {
	    {"192.0.2.1, 192.168.1.77", true, false},
	    {"192.168.1.77, 192.0.2.1", false, false},
	    /* nor does the next one, unless it is a proxy of ours, too */
	    {"192.168.1.77, 127.0.0.1", false, false},
	    /* who does not say for whom is nobody at home */
	    {NULL, false, true},
	};
	struct config_networks networks = {.n = 1}, proxies = {};
	const struct home_networks homes = {};
	const struct config_list hosts = {};
	const struct access_rules rules = {
	    .networks = &networks, .homes = &homes, .proxies = &proxies, .hosts = &hosts, .own_name = ""};
	const struct sockaddr_storage from = {.ss_family = AF_UNIX};

	(void)context;
	assert_int_equal(network_parse(&networks.items[0], "192.168.1.0/24"), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct access_request request = {.forwarded_for = cases[i].forwarded_for,
						 .real_ip = "192.168.1.77"};
		struct access_client client;

		assert_int_equal(access_request_from(&request, &from), 0);
		assert_int_equal(access_client_resolve(&client, &rules, &request), 0);
		assert_false(client.stray);
		assert_int_equal(client.proxy, cases[i].proxy);
		assert_int_equal(access_client_allowed(&rules, &client), cases[i].allowed);
		/* but may know how the daemon does */
		assert_int_equal(access_client_is_local(&client), cases[i].proxy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_local_proxies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
