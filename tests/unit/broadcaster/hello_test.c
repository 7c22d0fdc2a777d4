/* SPDX-License-Identifier: MIT */
#include "hello.h"

#include <string.h>

#include "cmocka_all.h"

#define NAME "abcdefghijklmnopqrstuvwxyz-12345" /* as long as a name may be */

static struct address address;
static const char *secret[] = {"secret"};
static const struct config_list refused = {1, secret};

static void assert_hello(const struct config_list *sites, const struct config_list *topics,
			 const char *expected)
{
	const struct hello hello = {"b1",  "participant", "no-tls", 12345, &address,
				    sites, topics,	  &refused, NULL};
	char text[256];
	size_t n = hello_write(&hello, text, sizeof(text) - 1);

	text[n] = '\0';
	assert_string_equal(text, expected);
}

static void test_lists(void **context)
{
	const char *names[] = {"home", "lab"};
	const struct config_list none = {}, one = {1, names}, two = {2, names};

	(void)context;
	assert_int_equal(address_parse(&address, "192.0.2.7"), 0);
	assert_hello(
	    &two, &one,
	    "{\"protocol\":2,\"build\":\"b1\",\"time\":12345,\"role\":\"participant\",\"sign_in\":\"no-tls\","
	    "\"address\":\"192.0.2.7\",\"sites\":[\"home\",\"lab\"],\"topics\":[\"home\"],\"refused\":[\"secret\"]}");
	assert_hello(
	    &none, &one,
	    "{\"protocol\":2,\"build\":\"b1\",\"time\":12345,\"role\":\"participant\",\"sign_in\":\"no-tls\","
	    "\"address\":\"192.0.2.7\",\"sites\":[],\"topics\":[\"home\"],\"refused\":[\"secret\"]}");
	assert_hello(
	    &one, &none,
	    "{\"protocol\":2,\"build\":\"b1\",\"time\":12345,\"role\":\"participant\",\"sign_in\":\"no-tls\","
	    "\"address\":\"192.0.2.7\",\"sites\":[\"home\"],\"topics\":[],\"refused\":[\"secret\"]}");
	assert_hello(
	    &none, &none,
	    "{\"protocol\":2,\"build\":\"b1\",\"time\":12345,\"role\":\"participant\",\"sign_in\":\"no-tls\","
	    "\"address\":\"192.0.2.7\",\"sites\":[],\"topics\":[],\"refused\":[\"secret\"]}");
}

static void test_certificate(void **context)
{
	const char *name = "home";
	const struct config_list one = {1, &name};
	const struct hello hello = {"b1", "participant", "no-tls", 12345,  &address,
				    &one, &one,		 &refused, "0A:FF"};
	char text[256];
	size_t n = hello_write(&hello, text, sizeof(text) - 1);

	(void)context;
	text[n] = '\0';
	assert_non_null(strstr(text, ",\"certificate\":\"0A:FF\","));
}

static void test_size(void **context)
{
	const char *names[32];
	const struct config_list list = {32, names};
	const struct hello hello = {
	    "0123456789abcdef", "participant", "no-passphrase", UINT64_MAX, &address, &list, &list,
	    &refused,		NULL};
	char text[4096];
	size_t n;

	(void)context;
	for (size_t i = 0; i < 32; i++)
		names[i] = NAME;
	assert_int_equal(address_parse(&address, "2001:db8:1111:2222:3333:4444:5555:6666"), 0);
	n = hello_write(&hello, text, sizeof(text));
	assert_true(n > 64 * strlen(NAME));
	assert_memory_equal(text + n - 3, "\"]}", 3);
	/* never half of one */
	assert_int_equal(hello_write(&hello, text, n - 1), 0);
	assert_int_equal(hello_write(&hello, text, 100), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lists),
	    cmocka_unit_test(test_certificate),
	    cmocka_unit_test(test_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
