/* SPDX-License-Identifier: MIT */
/* The Public Suffix List's own test: test_psl.txt,
 * https://github.com/publicsuffix/list/blob/main/tests/test_psl.txt, in the public domain (CC0).
 * DOMAIN_TEST_LIST is where it is. */
#include "domain.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

/* Our names come from the DNS server's log: in small letters, without dots at the ends, IDNA as in the DNS.
 */
static bool is_ours(const char *name)
{
	return name[0] != '.' && name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-.")] == '\0';
}

static void check(const struct domain *d, const char *name, const char *expected)
{
	const char *domain = domain_of(d, name);

	if (!expected != !domain || (domain && strcmp(domain, expected) != 0))
		fail_msg("%s gave %s", name, domain ? domain : "nothing");
	/* It is a part of the name, not a copy. */
	if (domain)
		assert_ptr_equal(domain, name + strlen(name) - strlen(domain));
}

static void test_the_lists_own_test(void **state)
{
	FILE *f = fopen(DOMAIN_TEST_LIST, "r");
	char line[512], name[256], expected[256];
	struct domain *d;
	int n = 0;

	(void)state;
	assert_non_null(f);
	assert_int_equal(domain_new(&d, NULL), 0);
	while (fgets(line, sizeof(line), f)) {
		bool has_domain =
		    sscanf(line, "checkPublicSuffix('%255[^']', '%255[^']');", name, expected) == 2;

		if (!has_domain &&
		    (sscanf(line, "checkPublicSuffix('%255[^']', null)", name) != 1 || !strstr(line, "null")))
			continue;
		if (!is_ours(name))
			continue;
		check(d, name, has_domain ? expected : NULL);
		n++;
	}
	fclose(f);
	domain_free(d);
	assert_in_range(n, 60, 100);
}

static int read_text(struct domain **ret, const char *text)
{
	FILE *f = fmemopen((void *)text, strlen(text), "r");
	int r;

	assert_non_null(f);
	r = domain_new(ret, f);
	fclose(f);
	return r;
}

static void test_a_newer_list(void **state)
{
	struct domain *d;

	(void)state;
	assert_int_equal(
	    read_text(
		&d,
		"// VERSION: 2026-03-12_11-04-19_UTC\n// ===BEGIN ICANN DOMAINS===\ncom\norg\n// ===END ICANN DOMAINS===\n"
		"// ===BEGIN PRIVATE DOMAINS===\nnew.example.org\n"
		"// ===END PRIVATE DOMAINS===\n"),
	    0);
	check(d, "a.b.new.example.org", "b.new.example.org");
	check(d, "a.example.com", "example.com");
	assert_int_equal(domain_count(d), 3);
	assert_int_equal(domain_built(d), 1773313459);
	domain_free(d);
}

static void test_what_is_no_list(void **state)
{
	struct domain *d;

	(void)state;
	assert_int_equal(read_text(&d, "<html>\n<body>not found</body>\n</html>\n"), -EBADMSG);
	assert_int_equal(read_text(&d, "\n"), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_lists_own_test),
	    cmocka_unit_test(test_a_newer_list),
	    cmocka_unit_test(test_what_is_no_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
