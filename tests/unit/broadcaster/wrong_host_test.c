/* SPDX-License-Identifier: MIT */
#include "wrong_host.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

static struct sockaddr_storage own4(const char *text)
{
	struct sockaddr_storage own = {};
	struct sockaddr_in *in = (struct sockaddr_in *)&own;

	in->sin_family = AF_INET;
	in->sin_port = htons(8080);
	assert_int_equal(inet_pton(AF_INET, text, &in->sin_addr), 1);
	return own;
}

static struct sockaddr_storage own6(const char *text)
{
	struct sockaddr_storage own = {};
	struct sockaddr_in6 *in = (struct sockaddr_in6 *)&own;

	in->sin6_family = AF_INET6;
	in->sin6_port = htons(8080);
	assert_int_equal(inet_pton(AF_INET6, text, &in->sin6_addr), 1);
	return own;
}

static void assert_says(const struct sockaddr_storage *own, bool html, const char *part)
{
	char *text = wrong_host_answer(own, false, html);

	assert_non_null(text);
	assert_non_null(strstr(text, WRONG_HOST));
	assert_non_null(strstr(text, part));
	assert_non_null(strstr(text, "access.hosts"));
	assert_int_equal(strstr(text, "<html") != NULL, html);
	free(text);
}

static void assert_tls_link(const struct sockaddr_storage *own)
{
	char *text = wrong_host_answer(own, true, false);

	assert_non_null(strstr(text, "Open https://192.168.1.1:8080/ instead.\n"));
	free(text);
}

static void test_link(void **context)
{
	struct sockaddr_storage own = own4("192.168.1.1");

	(void)context;
	assert_says(&own, true, "<a href=\"http://192.168.1.1:8080/\">http://192.168.1.1:8080/</a>");
	assert_says(&own, false, "Open http://192.168.1.1:8080/ instead.\n");
	assert_tls_link(&own);
	own = own6("::ffff:192.168.1.1");
	assert_says(&own, true, "<a href=\"http://192.168.1.1:8080/\">");
	own = own6("fd00::1");
	assert_says(&own, true, "<a href=\"http://[fd00::1]:8080/\">");
}

/* No link that leads nowhere. */
static void test_no_link(void **context)
{
	struct sockaddr_storage own = own6("fe80::1");

	(void)context;
	assert_says(&own, true, "<p>Open it by its address.</p>");
	assert_says(NULL, true, "<p>Open it by its address.</p>");
	assert_says(NULL, false, "\nOpen it by its address.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_link),
	    cmocka_unit_test(test_no_link),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
