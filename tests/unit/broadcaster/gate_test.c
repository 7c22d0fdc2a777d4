/* SPDX-License-Identifier: MIT */
#include "gate.h"

#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#define LONGEST_MS 100000
#define IDLE_MS 20000
#define NOW 1000000

static struct gate gate;
static const struct address here;
static unsigned ended[GATE_ENDS];
static const struct gate_pass *last;

static void on_ended(void *data, const struct gate_pass *pass, enum gate_end why)
{
	assert_ptr_equal(data, &gate);
	assert_true(pass->ended);
	ended[why]++;
	last = pass;
}

static const struct gate_listener listener = {on_ended};

static int set_up(void **state)
{
	(void)state;
	gate = (struct gate){.longest_ms = LONGEST_MS, .idle_ms = IDLE_MS};
	gate_init(&gate, &listener, &gate);
	memset(ended, 0, sizeof(ended));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	gate_done(&gate);
	return 0;
}

static struct gate_pass *sign_in(bool secure, uint64_t now_ms, char token[TOKEN_MAX])
{
	struct gate_pass *pass;

	assert_int_equal(gate_sign_in(&gate, &here, secure, now_ms, token, &pass), 0);
	return pass;
}

static void test_find(void **state)
{
	char a[TOKEN_MAX], b[TOKEN_MAX];
	struct gate_pass *one = sign_in(false, NOW, a), *two = sign_in(true, NOW, b);

	(void)state;
	assert_int_equal(one->role, ROLE_FACILITATOR);
	assert_ptr_equal(gate_find(&gate, a, false, NOW), one);
	assert_ptr_equal(gate_find(&gate, b, true, NOW), two);
	/* made over TLS, and without: good there alone */
	assert_null(gate_find(&gate, a, true, NOW));
	assert_null(gate_find(&gate, b, false, NOW));
	a[3] = a[3] == 'A' ? 'B' : 'A';
	assert_null(gate_find(&gate, a, false, NOW));
	assert_int_equal(gate.n, 2);
}

static void test_end(void **state)
{
	char a[TOKEN_MAX], b[TOKEN_MAX];
	struct gate_pass *one = sign_in(false, NOW, a);

	(void)state;
	sign_in(false, NOW, b);
	gate_end(&gate, one, GATE_END_BUTTON);
	assert_int_equal(ended[GATE_END_BUTTON], 1);
	assert_null(gate_find(&gate, a, false, NOW));
	assert_non_null(gate_find(&gate, b, false, NOW));
	assert_int_equal(gate_end_all(&gate, GATE_END_ALL), 1);
	assert_int_equal(gate_end_all(&gate, GATE_END_ALL), 0);
	assert_int_equal(ended[GATE_END_ALL], 1);
	assert_null(gate_find(&gate, b, false, NOW));
	assert_int_equal(gate.n, 0);
}

/* One that has ended is there for who holds it, and ends once. */
static void test_held(void **state)
{
	char a[TOKEN_MAX];
	struct gate_pass *one = gate_hold(sign_in(false, NOW, a));

	(void)state;
	gate_hold(one);
	gate_end(&gate, one, GATE_END_BUTTON);
	assert_ptr_equal(last, one);
	gate_end(&gate, one, GATE_END_BUTTON);
	assert_int_equal(ended[GATE_END_BUTTON], 1);
	gate_release(&gate, one, NOW);
	assert_true(one->ended);
	gate_release(&gate, one, NOW);
	gate_release(&gate, NULL, NOW);
	assert_null(gate_hold(NULL));
}

static void test_time(void **state)
{
	char a[TOKEN_MAX], b[TOKEN_MAX], c[TOKEN_MAX];
	struct gate_pass *watched;

	(void)state;
	sign_in(false, NOW, a);
	watched = gate_hold(sign_in(false, NOW, b));
	sign_in(false, NOW, c);
	gate_tick(&gate, NOW + IDLE_MS - 1);
	assert_int_equal(gate.n, 3);
	/* it is used */
	assert_non_null(gate_find(&gate, c, false, NOW + IDLE_MS - 1));
	/* nobody finds it, though no second has begun */
	assert_null(gate_find(&gate, a, false, NOW + IDLE_MS));
	gate_tick(&gate, NOW + IDLE_MS);
	assert_int_equal(gate.n, 2);
	gate_tick(&gate, NOW + LONGEST_MS - 1);
	/* an open page uses it all the time, until the last moment */
	assert_int_equal(gate.n, 1);
	assert_ptr_equal(gate_find(&gate, b, false, NOW + LONGEST_MS - 1), watched);
	gate_tick(&gate, NOW + LONGEST_MS);
	assert_int_equal(gate.n, 0);
	assert_int_equal(ended[GATE_END_TIME], 3);
	gate_release(&gate, watched, NOW);
}

/* From when the last page was closed. */
static void test_idle_begins_with_release(void **state)
{
	char a[TOKEN_MAX];
	struct gate_pass *one = gate_hold(sign_in(false, NOW, a));

	(void)state;
	gate_release(&gate, one, NOW + 50000);
	gate_tick(&gate, NOW + 50000 + IDLE_MS - 1);
	assert_int_equal(gate.n, 1);
	gate_tick(&gate, NOW + 50000 + IDLE_MS);
	assert_int_equal(gate.n, 0);
}

static void test_full(void **state)
{
	char first[TOKEN_MAX], second[TOKEN_MAX], token[TOKEN_MAX];

	(void)state;
	sign_in(false, NOW, first);
	sign_in(false, NOW, second);
	for (size_t i = 2; i < GATE_PASSES_MAX; i++)
		sign_in(false, NOW, token);
	assert_non_null(gate_find(&gate, first, false, NOW + 1));
	sign_in(false, NOW + 1, token);
	assert_int_equal(gate.n, GATE_PASSES_MAX);
	assert_int_equal(ended[GATE_END_FULL], 1);
	assert_non_null(gate_find(&gate, first, false, NOW + 1));
	assert_null(gate_find(&gate, second, false, NOW + 1));
}

static void test_names(void **state)
{
	(void)state;
	for (int i = 0; i < GATE_ENDS; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(gate_end_name((enum gate_end)i),
						gate_end_name((enum gate_end)k));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_find, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_end, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_held, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_time, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_idle_begins_with_release, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_full, set_up, tear_down),
	    cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
