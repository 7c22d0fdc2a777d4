/* SPDX-License-Identifier: MIT */
#include "home_networks.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

/* What the host has. */
static struct {
	struct ifaddrs list;
	struct sockaddr_in6 address, mask;
} interfaces[256];

static size_t n_interfaces;
static bool broken;

int __wrap_getifaddrs(struct ifaddrs **ret);
void __wrap_freeifaddrs(struct ifaddrs *all);

int __wrap_getifaddrs(struct ifaddrs **ret)
{
	if (broken) {
		errno = ENOBUFS;
		return -1;
	}
	for (size_t i = 0; i < n_interfaces; i++)
		interfaces[i].list.ifa_next = i + 1 < n_interfaces ? &interfaces[i + 1].list : NULL;
	*ret = n_interfaces ? &interfaces[0].list : NULL;
	return 0;
}

void __wrap_freeifaddrs(struct ifaddrs *all)
{
	(void)all;
}

static void add(const char *address, const char *mask)
{
	int family = strchr(address, ':') ? AF_INET6 : AF_INET;
	struct sockaddr_in6 *a = &interfaces[n_interfaces].address, *m = &interfaces[n_interfaces].mask;

	a->sin6_family = m->sin6_family = (sa_family_t)family;
	assert_int_equal(inet_pton(family, address,
				   family == AF_INET6 ? (void *)&a->sin6_addr
						      : (void *)&((struct sockaddr_in *)a)->sin_addr),
			 1);
	assert_int_equal(inet_pton(family, mask,
				   family == AF_INET6 ? (void *)&m->sin6_addr
						      : (void *)&((struct sockaddr_in *)m)->sin_addr),
			 1);
	interfaces[n_interfaces].list.ifa_addr = (struct sockaddr *)a;
	interfaces[n_interfaces].list.ifa_netmask = (struct sockaddr *)m;
	n_interfaces++;
}

static bool is_home(const struct home_networks *homes, const char *text)
{
	struct address a;

	assert_int_equal(address_parse(&a, text), 0);
	for (size_t i = 0; i < homes->n; i++)
		if (network_contains(&homes->items[i], &a))
			return true;
	return false;
}

static int setup(void **context)
{
	(void)context;
	memset(interfaces, 0, sizeof(interfaces));
	n_interfaces = 0;
	broken = false;
	return 0;
}

static void test_private_networks(void **context)
{
	struct home_networks homes = {};

	(void)context;
	add("192.168.7.1", "255.255.255.0");
	add("203.0.113.9", "255.255.255.0");
	add("fd00:1:2:3::1", "ffff:ffff:ffff:ffff::");
	add("2001:db8::1", "ffff:ffff:ffff:ffff::");
	assert_int_equal(home_networks_find(&homes), 0);
	assert_int_equal(homes.n, 4);
	assert_true(is_home(&homes, "127.0.0.1"));
	assert_true(is_home(&homes, "::1"));
	assert_true(is_home(&homes, "192.168.7.200"));
	assert_true(is_home(&homes, "fd00:1:2:3::77"));
	assert_false(is_home(&homes, "192.168.8.1"));
	assert_false(is_home(&homes, "203.0.113.1"));
	assert_false(is_home(&homes, "2001:db8::2"));
	home_networks_done(&homes);
}

/* A host of containers has a bridge for each project. */
static void test_many(void **context)
{
	struct home_networks homes = {};
	char text[32];

	(void)context;
	for (int i = 0; i < 200; i++) {
		snprintf(text, sizeof(text), "172.%d.%d.1", 16 + i % 16, i);
		add(text, "255.255.255.0");
	}
	add("192.168.7.1", "255.255.255.0");
	assert_int_equal(home_networks_find(&homes), 0);
	assert_int_equal(homes.n, 203);
	assert_true(is_home(&homes, "192.168.7.5"));
	home_networks_done(&homes);
}

static void test_again(void **context)
{
	struct home_networks homes = {};

	(void)context;
	add("192.168.7.1", "255.255.255.0");
	add("192.168.7.2", "255.255.255.0");
	assert_int_equal(home_networks_find(&homes), 0);
	assert_int_equal(homes.n, 3);
	/* what was found stays when nothing can be read */
	broken = true;
	assert_int_equal(home_networks_find(&homes), -ENOBUFS);
	assert_true(is_home(&homes, "192.168.7.5"));
	broken = false;
	n_interfaces = 0;
	assert_int_equal(home_networks_find(&homes), 0);
	assert_false(is_home(&homes, "192.168.7.5"));
	home_networks_done(&homes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(test_private_networks, setup),
	    cmocka_unit_test_setup(test_many, setup),
	    cmocka_unit_test_setup(test_again, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
