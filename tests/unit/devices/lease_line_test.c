/* SPDX-License-Identifier: MIT */
#include "lease_line.h"

#include <errno.h>
#include <string.h>

#include "cmocka_all.h"

static int parse(struct lease *ret, const char *text)
{
	return lease_line_parse(ret, text, strlen(text));
}

static void test_ipv4(void **state)
{
	static const uint8_t mac[6] = {0x02, 0x1a, 0xff, 0, 0x99, 0x10};
	struct lease l;
	char text[ADDRESS_TEXT_MAX];

	(void)state;
	assert_int_equal(
	    parse(&l, "1795417687 02:1a:ff:00:99:10 192.168.77.60 annas-phone 01:02:1a:ff:00:99:10"), 0);
	assert_int_equal(l.expiry, 1795417687);
	assert_true(l.has_mac);
	assert_memory_equal(l.mac, mac, 6);
	assert_string_equal(address_format(&l.address, text), "192.168.77.60");
	assert_string_equal(l.host_name, "annas-phone");
	assert_int_equal(parse(&l, "0 02:1A:FF:00:99:10 192.168.77.60 * *"), 0);
	assert_int_equal(l.expiry, 0);
	assert_string_equal(l.host_name, "");
	/* A dnsmasq without a clock writes durations: who is in the file has the lease. */
	assert_int_equal(parse(&l, "43200 02:1a:ff:00:99:10 192.168.77.60 annas-phone *"), 0);
	assert_int_equal(l.expiry, 0);
	/* Hardware that is no Ethernet has its type in front. */
	assert_int_equal(parse(&l, "1 06-02:1a:ff:00:99:10 192.168.77.60 x *"), 0);
	assert_false(l.has_mac);
}

static void test_ipv6(void **state)
{
	static const uint8_t mac[6] = {0x02, 0x1a, 0xff, 0, 0x99, 0x10};
	struct lease l;
	char text[ADDRESS_TEXT_MAX];

	(void)state;
	assert_int_equal(parse(&l, "duid 00:01:00:01:2e:5a:01:02:03:04:05:06:07:08"), 1);
	assert_int_equal(
	    parse(&l, "1795417687 6792337 fd77::1a laptop 00:01:00:01:2e:5a:01:02:02:1a:ff:00:99:10"), 0);
	assert_true(l.has_mac);
	assert_memory_equal(l.mac, mac, 6);
	assert_string_equal(address_format(&l.address, text), "fd77::1a");
	assert_int_equal(parse(&l, "1795417687 T6792337 fd77::1b laptop 00:03:00:01:02:1a:ff:00:99:10"), 0);
	assert_true(l.has_mac);
	assert_memory_equal(l.mac, mac, 6);
	/* A DUID of another kind tells no MAC. */
	assert_int_equal(parse(&l, "1795417687 6792337 fd77::1a * 00:04:00:01:02:1a:ff:00:99:10"), 0);
	assert_false(l.has_mac);
	assert_int_equal(parse(&l, "1795417687 6792337 fd77::1a *"), 0);
	assert_false(l.has_mac);
}

static void test_hostile(void **state)
{
	static const char *const broken[] = {
	    "x 02:1a:ff:00:99:10 192.168.77.60 a *",
	    "-1 02:1a:ff:00:99:10 192.168.77.60 a *",
	    "9999999999999999999 02:1a:ff:00:99:10 192.168.77.60 a *",
	    "1 02:1a:ff:00:99:10 192.168.77.600 a *",
	    "1 02:1a:ff:00:99:10",
	    "1 02:1a:ff:00:99:10 192.168.77.60",
	    "half a li",
	};
	struct lease l;
	char line[600] = "1 02:1a:ff:00:99:10 192.168.77.60 ";

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		assert_int_equal(parse(&l, broken[i]), -EBADMSG);
	assert_int_equal(parse(&l, ""), 1);
	assert_int_equal(parse(&l, "1 02:1a:ff:00:99:10 192.168.77.60 <b>\"\x01\xe2\x80\xaeh&\xff *"), 0);
	assert_string_equal(l.host_name, "bh");
	memset(line + strlen(line), 'a', 500);
	assert_int_equal(parse(&l, line), 0);
	assert_int_equal(strlen(l.host_name), DEVICE_HOST_NAME_MAX - 1);
	assert_int_equal(lease_line_parse(&l, "1 02:1a:ff:00:99:10 192.168.7\0.60 a *", 38), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_ipv4),
	    cmocka_unit_test(test_ipv6),
	    cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
