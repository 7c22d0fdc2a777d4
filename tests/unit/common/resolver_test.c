/* SPDX-License-Identifier: MIT */
#include "resolver.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include "cmocka_all.h"
#include "util.h"

#define SOON_MS 5000 /* a busy machine's thread comes late, but not later */

/* What the system's resolver knows of the name that is not an address (the test is linked with --wrap). */
static struct {
	const char *addresses[RESOLVER_ADDRESSES_MAX + 4];
	int error;
	pthread_mutex_t hangs;
	pthread_t thread; /* that asked last */
} name;

int __real_getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
		       struct addrinfo **ret);
int __wrap_getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
		       struct addrinfo **ret);

int __wrap_getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
		       struct addrinfo **ret)
{
	struct addrinfo **end = ret;
	struct addrinfo numeric = *hints;

	numeric.ai_flags |= AI_NUMERICHOST;
	if (hints->ai_flags & AI_NUMERICHOST)
		return __real_getaddrinfo(host, service, hints, ret);
	pthread_mutex_lock(&name.hangs);
	name.thread = pthread_self();
	pthread_mutex_unlock(&name.hangs);
	if (name.error)
		return name.error;
	for (const char **address = name.addresses; *address; address++) {
		assert_int_equal(__real_getaddrinfo(*address, service, &numeric, end), 0);
		end = &(*end)->ai_next;
	}
	return 0;
}

static bool is_ready(const struct resolver *r, int ms)
{
	struct pollfd p = {.fd = resolver_fd(r), .events = POLLIN};

	return poll(&p, 1, ms) == 1;
}

static void ask(const char *host, struct resolver_answer *answer)
{
	struct resolver *r;

	assert_int_equal(resolver_start(&r, host), 0);
	assert_true(is_ready(r, SOON_MS));
	assert_int_equal(resolver_take(r, answer), 0);
	assert_null(resolver_free(r));
}

static void test_address(void **state)
{
	struct resolver_answer answer;
	struct resolver *r;

	(void)state;
	/* Nobody is asked: it is there at once. */
	assert_int_equal(resolver_start(&r, "192.0.2.7"), 0);
	assert_true(is_ready(r, 0));
	assert_int_equal(resolver_take(r, &answer), 0);
	resolver_free(r);
	assert_int_equal(answer.error, 0);
	assert_int_equal(answer.n, 1);
	assert_string_equal(answer.addresses[0], "192.0.2.7");
	ask("2001:db8::7", &answer);
	assert_int_equal(answer.n, 1);
	assert_string_equal(answer.addresses[0], "2001:db8::7");
}

static void test_both_families(void **state)
{
	struct resolver_answer answer;

	(void)state;
	memcpy(name.addresses, (const char *[]){"2001:db8::1", "192.0.2.1", NULL}, 3 * sizeof(char *));
	ask("redis.example", &answer);
	assert_int_equal(answer.error, 0);
	assert_int_equal(answer.n, 2);
	assert_string_equal(answer.addresses[0], "2001:db8::1");
	assert_string_equal(answer.addresses[1], "192.0.2.1");
	assert_false(pthread_equal(name.thread, pthread_self()));
}

static void test_many_addresses(void **state)
{
	struct resolver_answer answer;

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(name.addresses) - 1; i++)
		name.addresses[i] = i % 2 ? "192.0.2.1" : "192.0.2.2";
	name.addresses[ELEMENTS_OF(name.addresses) - 1] = NULL;
	ask("redis.example", &answer);
	assert_int_equal(answer.n, RESOLVER_ADDRESSES_MAX);
}

static void test_no_such_name(void **state)
{
	struct resolver_answer answer;

	(void)state;
	name.error = EAI_NONAME;
	ask("nobody.example", &answer);
	assert_int_equal(answer.error, EAI_NONAME);
	assert_int_equal(answer.n, 0);
	assert_string_not_equal(resolver_explain(answer.error), "");
	name.error = EAI_SYSTEM;
	ask("nobody.example", &answer);
	assert_int_equal(answer.error, EAI_SYSTEM);
	assert_string_not_equal(resolver_explain(answer.error), resolver_explain(EAI_NONAME));
	name.error = 0;
}

static void test_hanging(void **state)
{
	struct resolver_answer answer;
	struct resolver *kept, *left;

	(void)state;
	memcpy(name.addresses, (const char *[]){"192.0.2.1", NULL}, 2 * sizeof(char *));
	pthread_mutex_lock(&name.hangs);
	assert_int_equal(resolver_start(&kept, "redis.example"), 0);
	assert_int_equal(resolver_start(&left, "redis.example"), 0);
	assert_false(is_ready(kept, 50));
	assert_int_equal(resolver_take(kept, &answer), -EAGAIN);
	/* It is still hanging, and nobody waits for it. */
	resolver_free(left);
	pthread_mutex_unlock(&name.hangs);
	assert_true(is_ready(kept, SOON_MS));
	assert_int_equal(resolver_take(kept, &answer), 0);
	assert_string_equal(answer.addresses[0], "192.0.2.1");
	resolver_free(kept);
	resolver_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_address),	   cmocka_unit_test(test_both_families),
	    cmocka_unit_test(test_many_addresses), cmocka_unit_test(test_no_such_name),
	    cmocka_unit_test(test_hanging),
	};

	pthread_mutex_init(&name.hangs, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
