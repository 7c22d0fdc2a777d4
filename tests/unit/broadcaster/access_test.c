/* SPDX-License-Identifier: MIT */
#include "access.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "util.h"

#define LAN 7
#define WAN 8

struct rules {
	struct config_networks networks, proxies;
	struct home_network home_items[4];
	struct interfaces interfaces;
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
	assert_int_equal(network_parse(&r.home_items[0].network, "127.0.0.0/8"), 0);
	assert_int_equal(network_parse(&r.home_items[1].network, "::1"), 0);
	assert_int_equal(network_parse(&r.home_items[2].network, "192.168.1.0/24"), 0);
	assert_int_equal(network_parse(&r.home_items[3].network, "fe80::/64"), 0);
	r.home_items[3].interface = LAN;
	r.interfaces.n_addresses = 1;
	assert_int_equal(address_parse(&r.interfaces.addresses[0].address, "192.168.1.1"), 0);
	r.homes = (struct home_networks){.items = r.home_items, .n = 4, .capacity = 4};
	r.homes.interfaces = &r.interfaces;
	r.rules = (struct access_rules){&r.networks, &r.homes, &r.proxies, &r.hosts, "router", false};
	*context = &r;
	return 0;
}

static struct access_client resolve(struct rules *r, const char *peer, const struct access_request *said)
{
	struct access_request request = *said;
	struct access_client client;

	assert_int_equal(address_parse(&request.peer, peer), 0);
	assert_int_equal(access_client_resolve(&client, &r->rules, &request), 0);
	return client;
}

static bool allowed_with(struct rules *r, const char *peer, const struct access_request *said)
{
	struct access_client client = resolve(r, peer, said);

	return access_client_allowed(&r->rules, &client);
}

static bool allowed(struct rules *r, const char *peer, const char *forwarded)
{
	return allowed_with(r, peer, &(struct access_request){.forwarded_for = forwarded});
}

static void test_homes(void **context)
{
	struct rules *r = *context;

	assert_true(allowed(r, "127.0.0.1", NULL));
	assert_true(allowed(r, "::1", NULL));
	assert_true(allowed(r, "192.168.1.77", NULL));
	assert_true(allowed(r, "::ffff:192.168.1.77", NULL));
	assert_false(allowed(r, "fe80::1", NULL));
	assert_false(allowed(r, "192.168.2.77", NULL));
	assert_false(allowed(r, "192.0.2.1", NULL));
	assert_false(allowed(r, "2001:db8::1", NULL));
	/* nobody's header counts */
	assert_false(allowed(r, "192.0.2.1", "192.168.1.77"));
	assert_true(allowed(r, "192.168.1.77", "192.168.1.78, 192.168.1.79"));
}

/* All interfaces have the same link-local network: the one by which it comes tells. */
static void test_link_local(void **context)
{
	struct rules *r = *context;

	assert_true(allowed_with(r, "fe80::1", &(struct access_request){.interface = LAN}));
	assert_false(allowed_with(r, "fe80::1", &(struct access_request){.interface = WAN}));
	assert_false(allowed_with(r, "fe80::1", &(struct access_request){}));
}

static void test_stray_proxies(void **context)
{
	static const char *const own[] = {"127.0.0.1", "::1", "192.168.1.1"};
	const struct access_request headers[] = {
	    {.forwarded_for = "198.51.100.77"},
	    {.forwarded_for = "192.168.1.77"},
	    {.real_ip = "198.51.100.77"},
	    {.forwarded = "for=198.51.100.77"},
	    {.relayed = true},
	};
	const struct access_request outsiders[] = {
	    {.forwarded_for = "198.51.100.77"},
	    {.forwarded_for = "192.168.1.77, 198.51.100.77"},
	    {.forwarded_for = "unknown"},
	    {.real_ip = "198.51.100.77"},
	    {.forwarded = "proto=http;for=198.51.100.77"},
	    {.forwarded = "for=192.168.1.77, For=\"[2001:db8::1]:4711\""},
	};
	const struct access_request people[] = {
	    {.forwarded_for = "192.168.1.77"},
	    {.real_ip = "192.168.1.77"},
	    {.forwarded = "for=\"192.168.1.77:80\";by=203.0.113.43;host=connvis.example"},
	    {.relayed = true},
	};
	struct rules *r = *context;
	struct access_client client;

	for (size_t p = 0; p < ELEMENTS_OF(own); p++)
		for (size_t i = 0; i < ELEMENTS_OF(headers); i++) {
			client = resolve(r, own[p], &headers[i]);
			assert_true(client.stray);
			assert_false(access_client_allowed(&r->rules, &client));
			assert_false(access_client_is_local(&client));
		}
	for (size_t i = 0; i < ELEMENTS_OF(outsiders); i++)
		assert_false(allowed_with(r, "192.168.1.5", &outsiders[i]));
	for (size_t i = 0; i < ELEMENTS_OF(people); i++)
		assert_true(allowed_with(r, "192.168.1.5", &people[i]));
	/* One that is configured is none. */
	add(&r->proxies, "127.0.0.1");
	client = resolve(r, "127.0.0.1", &(struct access_request){.forwarded_for = "198.51.100.77"});
	assert_false(client.stray);
}

static void test_socket_addresses(void **context)
{
	struct sockaddr_storage from = {.ss_family = AF_INET6};
	struct sockaddr_in6 *v6 = (void *)&from;
	struct access_request request = {};
	char text[ADDRESS_TEXT_MAX];

	(void)context;
	v6->sin6_addr.s6_addr[0] = 0xfe;
	v6->sin6_addr.s6_addr[1] = 0x80;
	v6->sin6_scope_id = LAN;
	assert_int_equal(access_request_from(&request, &from), 0);
	assert_int_equal(request.interface, LAN);
	assert_string_equal(address_format(&request.peer, text), "fe80::");
	from = (struct sockaddr_storage){.ss_family = AF_INET};
	assert_int_equal(access_request_from(&request, &from), 0);
	from.ss_family = AF_PACKET;
	assert_int_equal(access_request_from(&request, &from), -EAFNOSUPPORT);
}

/* What is kept says the same when the request is no more. */
static void test_kept(void **context)
{
	char forwarded_for[] = "192.168.1.77", forwarded[] = "for=192.168.1.79", host[] = "router:8080";
	const struct access_request said = {.interface = LAN,
					    .forwarded_for = forwarded_for,
					    .forwarded = forwarded,
					    .host = host,
					    .relayed = true};
	struct access_request *kept = access_request_keep(&said);
	struct rules *r = *context;
	struct access_client client;

	assert_non_null(kept);
	forwarded_for[0] = forwarded[0] = host[0] = 'x';
	assert_int_equal(kept->interface, LAN);
	assert_true(kept->relayed);
	assert_string_equal(kept->forwarded_for, "192.168.1.77");
	assert_null(kept->real_ip);
	assert_string_equal(kept->forwarded, "for=192.168.1.79");
	assert_string_equal(kept->host, "router:8080");
	/* somebody whom it names is not at home any more */
	assert_int_equal(address_parse(&kept->peer, "192.168.1.5"), 0);
	assert_int_equal(access_client_resolve(&client, &r->rules, kept), 0);
	assert_true(access_client_allowed(&r->rules, &client));
	add(&r->networks, "192.168.1.0/28");
	assert_int_equal(access_client_resolve(&client, &r->rules, kept), 0);
	assert_false(access_client_allowed(&r->rules, &client));
	free(kept);
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
	/* by which interface is not said */
	assert_false(allowed(r, "127.0.0.1", "[fe80::5]:80"));
	assert_false(allowed(r, "127.0.0.1", "10.0.0.1, 10.0.0.2"));
}

static bool is_local(struct rules *r, const char *peer, const char *forwarded)
{
	struct access_client client = resolve(r, peer, &(struct access_request){.forwarded_for = forwarded});

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

static enum role role_at(struct rules *r, const char *peer, enum role pass)
{
	struct access_client client = resolve(r, peer, &(struct access_request){});

	return access_role(&r->rules, &client, &pass);
}

static void test_roles(void **context)
{
	struct rules *r = *context;
	struct access_client home = resolve(r, "192.168.1.77", &(struct access_request){});

	assert_int_equal(access_role(&r->rules, &home, NULL), ROLE_PARTICIPANT);
	assert_int_equal(role_at(r, "192.168.1.77", ROLE_FACILITATOR), ROLE_FACILITATOR);
	assert_int_equal(role_at(r, "203.0.113.9", ROLE_FACILITATOR), ROLE_FACILITATOR);
	/* who is at home may do as all there, but a display only watches wherever it is */
	assert_int_equal(role_at(r, "192.168.1.77", ROLE_GUEST), ROLE_PARTICIPANT);
	assert_int_equal(role_at(r, "203.0.113.9", ROLE_GUEST), ROLE_GUEST);
	assert_int_equal(role_at(r, "192.168.1.77", ROLE_DISPLAY), ROLE_DISPLAY);
}

static bool known(struct rules *r, const char *peer, const char *forwarded)
{
	struct access_client client = resolve(r, peer, &(struct access_request){.forwarded_for = forwarded});

	return access_client_known(&client);
}

static void test_who_may_have_a_pass(void **context)
{
	struct rules *r = *context;

	add(&r->proxies, "192.168.1.2");
	assert_true(known(r, "203.0.113.9", NULL));
	assert_true(known(r, "192.168.1.2", "203.0.113.9"));
	/* a proxy's own request, and one through a proxy that nobody configured, might be anybody's */
	assert_false(known(r, "192.168.1.2", NULL));
	assert_false(known(r, "192.168.1.2", "127.0.0.1"));
	assert_false(known(r, "127.0.0.1", "203.0.113.9"));
}

static void test_signing_in(void **context)
{
	struct rules *r = *context;
	struct access_client here = resolve(r, "127.0.0.1", &(struct access_request){}),
			     home = resolve(r, "192.168.1.77", &(struct access_request){});

	assert_true(access_may_sign_in(&r->rules, &here, false));
	assert_false(access_may_sign_in(&r->rules, &home, false));
	assert_true(access_may_sign_in(&r->rules, &home, true));
	r->rules.sign_in_without_tls = true;
	assert_true(access_may_sign_in(&r->rules, &home, false));
}

static void test_unreadable_hops(void **context)
{
	static const char *const headers[] = {",", "unknown", "192.168.1.77,", "[fe80::1", "192.168.1", " "};
	struct rules *r = *context;
	struct access_request request = {};
	struct access_client client;

	add(&r->proxies, "127.0.0.1");
	assert_int_equal(address_parse(&request.peer, "127.0.0.1"), 0);
	for (size_t i = 0; i < ELEMENTS_OF(headers); i++) {
		request.forwarded_for = headers[i];
		assert_int_equal(access_client_resolve(&client, &r->rules, &request), -EBADMSG);
	}
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
	assert_true(access_origin_matches("http://router:8080", "router:8080", false));
	assert_true(access_origin_matches("https://Router", "router", false));
	assert_true(access_origin_matches("http://router", "router:80", false));
	assert_true(access_origin_matches("https://router:443", "router", false));
	assert_true(access_origin_matches("http://[::1]:8080", "[::1]:8080", false));
	assert_false(access_origin_matches("http://router", "router:8080", false));
	assert_false(access_origin_matches("http://router:8080", "router", false));
	assert_false(access_origin_matches("https://router:80", "router:80.evil", false));
	assert_false(access_origin_matches("http://evil.example", "router", false));
	assert_false(access_origin_matches("http://router.evil.example", "router", false));
	assert_false(access_origin_matches("http://router@evil.example", "router", false));
	assert_false(access_origin_matches("http://router/", "router", false));
	assert_false(access_origin_matches("null", "router", false));
	assert_false(access_origin_matches("", "", false));
	assert_false(access_origin_matches("http://", "", false));
	assert_false(access_origin_matches("file://router", "router", false));
	/* by TLS the page is nowhere else */
	assert_true(access_origin_matches("https://router:8080", "router:8080", true));
	assert_true(access_origin_matches("https://router", "router:443", true));
	assert_false(access_origin_matches("http://router:8080", "router:8080", true));
	assert_false(access_origin_matches("https://router", "router:8080", true));
	assert_false(access_origin_matches("https://router:80", "router", true));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(test_homes, setup),
	    cmocka_unit_test_setup(test_link_local, setup),
	    cmocka_unit_test_setup(test_stray_proxies, setup),
	    cmocka_unit_test(test_socket_addresses),
	    cmocka_unit_test_setup(test_kept, setup),
	    cmocka_unit_test_setup(test_networks_replace_homes, setup),
	    cmocka_unit_test_setup(test_proxies, setup),
	    cmocka_unit_test_setup(test_local_programs, setup),
	    cmocka_unit_test_setup(test_roles, setup),
	    cmocka_unit_test_setup(test_who_may_have_a_pass, setup),
	    cmocka_unit_test_setup(test_signing_in, setup),
	    cmocka_unit_test_setup(test_unreadable_hops, setup),
	    cmocka_unit_test_setup(test_hosts, setup),
	    cmocka_unit_test(test_origins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
