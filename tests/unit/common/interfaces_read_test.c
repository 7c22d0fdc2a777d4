/* SPDX-License-Identifier: MIT */
/* Against this machine's own kernel, which is only read. */
#include "interfaces_read.h"

#include <net/if.h>
#include <stdlib.h>

#include "cmocka_all.h"

static void test_what_the_kernel_says(void **state)
{
	struct interfaces *i = calloc(1, sizeof(*i));
	const unsigned loopback = if_nametoindex("lo");
	const struct interface *link;

	(void)state;
	assert_non_null(i);
	assert_int_equal(interfaces_read(i), 0);
	link = interfaces_find(i, (int)loopback);
	assert_non_null(link);
	assert_true(link->flags & IFF_LOOPBACK);
	assert_false(link->outside);
	/* Again, over what was known. */
	assert_int_equal(interfaces_read(i), 0);
	assert_non_null(interfaces_find(i, (int)loopback));
	free(i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_what_the_kernel_says)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
