/* SPDX-License-Identifier: MIT */
#include "ending_answer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/netlink.h>

#include "../cmocka_all.h"

struct datagram {
	char bytes[1024];
	size_t length;
};

static void add(struct datagram *d, uint16_t type, uint32_t sequence, int error, size_t payload)
{
	struct nlmsghdr header = {
	    .nlmsg_len = (uint32_t)NLMSG_LENGTH(payload), .nlmsg_type = type, .nlmsg_seq = sequence};
	struct nlmsgerr message = {.error = error};

	memset(d->bytes + d->length, 0, NLMSG_SPACE(payload));
	memcpy(d->bytes + d->length, &header, sizeof(header));
	memcpy(d->bytes + d->length + NLMSG_HDRLEN, &message,
	       payload < sizeof(message) ? payload : sizeof(message));
	d->length += NLMSG_SPACE(payload);
}

static void add_answer(struct datagram *d, uint32_t sequence, int error)
{
	add(d, NLMSG_ERROR, sequence, error, sizeof(struct nlmsgerr));
}

/* Of just that size: the sanitizer sees what is behind. */
static int take(struct ending_answers *a, const struct datagram *d, size_t length)
{
	char *copy = malloc(length ? length : 1);
	int r;

	assert_non_null(copy);
	memcpy(copy, d->bytes, length);
	r = ending_answers_take(a, copy, length);
	free(copy);
	return r;
}

static void test_counts(void **state)
{
	struct ending_answers a = {.first = 10, .last = 20};
	struct datagram d = {};

	(void)state;
	add_answer(&d, 10, 0);
	add_answer(&d, 11, -ENOENT);
	add_answer(&d, 12, -EBUSY);
	add_answer(&d, 13, -ENFILE);
	add_answer(&d, 14, -EINVAL); /* the first one counts */
	add_answer(&d, 20, 0);
	assert_int_equal(take(&a, &d, d.length), 0);
	assert_int_equal(a.good, 2);
	assert_int_equal(a.gone, 1);
	assert_int_equal(a.busy, 1);
	assert_int_equal(a.error, -ENFILE);
	assert_int_equal(a.error_sequence, 13);
	/* the next datagram adds to it */
	d.length = 0;
	add_answer(&d, 15, 0);
	assert_int_equal(take(&a, &d, d.length), 0);
	assert_int_equal(a.good, 3);
}

static void test_of_others(void **state)
{
	struct ending_answers a = {.first = 10, .last = 20};
	struct datagram d = {};

	(void)state;
	add_answer(&d, 9, 0);
	add_answer(&d, 21, -EPERM);
	add(&d, NLMSG_DONE, 11, 0, sizeof(int));
	add(&d, NLMSG_NOOP, 11, 0, 0);
	assert_int_equal(take(&a, &d, d.length), 0);
	assert_int_equal(a.good, 0);
	assert_int_equal(a.error, 0);
	assert_int_equal(ending_answers_take(&a, "", 0), 0);
}

static void test_no_error_of_a_kernel(void **state)
{
	struct ending_answers a = {.first = 1, .last = 1};
	struct datagram d = {};

	(void)state;
	add_answer(&d, 1, 7);
	assert_int_equal(take(&a, &d, d.length), 0);
	assert_int_equal(a.good, 0);
	assert_int_equal(a.error, -EBADMSG);
}

static void test_cut_short(void **state)
{
	struct datagram d = {};

	(void)state;
	add_answer(&d, 1, 0);
	add_answer(&d, 2, 0);
	for (size_t length = 1; length < d.length; length++) {
		struct ending_answers a = {.first = 1, .last = 2};
		size_t first = d.length / 2;

		assert_int_equal(take(&a, &d, length), length == first ? 0 : -EBADMSG);
		assert_int_equal(a.good, length >= first ? 1 : 0);
	}
}

static void test_shorter_than_it_says(void **state)
{
	struct ending_answers a = {.first = 1, .last = 1};
	struct datagram d = {};
	uint32_t length = NLMSG_HDRLEN - 1;

	(void)state;
	add(&d, NLMSG_ERROR, 1, 0, 0); /* without the error */
	assert_int_equal(take(&a, &d, d.length), -EBADMSG);
	d.length = 0;
	add_answer(&d, 1, 0);
	memcpy(d.bytes, &length, sizeof(length));
	assert_int_equal(take(&a, &d, d.length), -EBADMSG);
	assert_int_equal(a.good, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_counts),
	    cmocka_unit_test(test_of_others),
	    cmocka_unit_test(test_no_error_of_a_kernel),
	    cmocka_unit_test(test_cut_short),
	    cmocka_unit_test(test_shorter_than_it_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
