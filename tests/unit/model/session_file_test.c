/* SPDX-License-Identifier: MIT */
#include "session_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "category.h"
#include "cmocka_all.h"

static const char whole[] = "connvis-session 3\n"
			    "time 1000 2000\n"
			    "secret 17 4711\n"
			    "sum 1 2 3 4 5 6 1100 1200 FI cloud - company Example Clouds\n"
			    "device 02:1a:ff:00:99:10 0 10 20 1 2 4 1 1000 2000 0 0 0\n"
			    "address 192.0.2.5\n"
			    "address 2001:db8::5\n"
			    "room device 0 0\n"
			    "room voted 0 0\n"
			    "sum 9 8 7 6 5 4 1100 1200 - - private -\n"
			    "device - 1 0 0 0 0 0 0 1000 2000 1500 1600 1700\n"
			    "sum 1 1 1 1 1 1 1100 1200 - - - network 64496 Example Networks\n"
			    "sum 1 1 1 1 1 1 1100 1200 - - - name shop.test\n"
			    "connection 18446744073709551615 100 200 1 2\n"
			    "room round 1500 60000 The quiet minute\n"
			    "room play 0 0 most\n"
			    "room choice 7 0 Example Clouds\n"
			    "room frozen 1500 0\n"
			    "room company 0 0 Example Clouds\n"
			    "room view 0 0 map\n"
			    "room names-locked 0 0\n"
			    "room mark 1600 0 Äiti \"x\" \\\n"
			    "end 21\n";

/* Writes what it reads. */
struct copy {
	FILE *f;
	struct session_time time;
	size_t n;
};

static void on_time(void *data, const struct session_time *time)
{
	struct copy *c = data;

	c->time = *time;
	c->n++;
}

static void on_secret(void *data, const struct siphash_secret *secret)
{
	struct copy *c = data;

	session_file_head(c->f, &c->time, secret);
	c->n++;
}

static void on_device(void *data, const struct session_device *device)
{
	struct copy *c = data;

	session_file_device(c->f, device);
	c->n++;
}

static void on_address(void *data, const struct address *address)
{
	struct copy *c = data;

	session_file_address(c->f, address);
	c->n++;
}

static void on_sum(void *data, const struct session_sum *sum)
{
	struct copy *c = data;

	session_file_sum(c->f, sum);
	c->n++;
}

static void on_connection(void *data, const struct session_connection *connection)
{
	struct copy *c = data;

	session_file_connection(c->f, connection);
	c->n++;
}

static void on_room(void *data, const struct session_room *room)
{
	struct copy *c = data;

	session_file_room(c->f, room);
	c->n++;
}

static void on_apart(void *data, const struct traffic *bytes)
{
	struct copy *c = data;

	session_file_apart(c->f, bytes);
	c->n++;
}

static const struct session_reader reader = {on_time, on_secret,     on_device, on_address,
					     on_sum,  on_connection, on_room,	on_apart};

static void test_reads_what_it_writes(void **state)
{
	char *text;
	size_t length;
	struct copy c = {};

	(void)state;
	c.f = open_memstream(&text, &length);
	assert_non_null(c.f);
	assert_int_equal(session_file_read(whole, strlen(whole), &reader, &c), 0);
	session_file_end(c.f, c.n);
	fclose(c.f);
	assert_string_equal(text, whole);
	free(text);
}

/* Nobody is told of a file that is not whole, wherever it was cut off. */
static void test_cut_off(void **state)
{
	struct copy c = {};

	(void)state;
	for (size_t length = 0; length < strlen(whole); length++)
		assert_int_equal(session_file_read(whole, length, &reader, &c), -EBADMSG);
	assert_int_equal(c.n, 0);
}

static void assert_read(const char *line, int error)
{
	char text[512];

	snprintf(text, sizeof(text), "connvis-session 1\n%s\nend 1\n", line);
	assert_int_equal(session_file_read(text, strlen(text), NULL, NULL), error);
}

static void test_lines(void **state)
{
	(void)state;
	assert_read("address 192.0.2.5", 0);
	assert_read("address 192.0.2.5 ", -EBADMSG);
	assert_read("address fifty", -EBADMSG);
	assert_read("connection 18446744073709551616 1 1 1 1", -EBADMSG);
	assert_read("connection 1 1 1 1", -EBADMSG);
	assert_read("connection 1 1 1 1 1 1", -EBADMSG);
	assert_read("connection 1 -1 1 1 1", -EBADMSG);
	assert_read("device 02:1a:ff:00:99:1g 0 10 20 1 2 4 1 1000 2000 0 0", -EBADMSG);
	assert_read("device 02:1A:ff:00:99:10 0 10 20 1 2 4 1 1000 2000 0 0", -EBADMSG);
	/* as it was written when that was not kept yet */
	assert_read("device - 0 10 20 1 2 4 1 1000 2000 0 1600", 0);
	assert_read("device - 0 10 20 1 2 4 1 1000 2000 0 1600 1700", 0);
	assert_read("device - 0 10 20 1 2 4 1 1000 2000 0 1600 1700 1", -EBADMSG);
	assert_read("device - 2 10 20 1 2 4 1 1000 2000 0 0", -EBADMSG);
	assert_read("sum 1 1 1 1 1 1 1 1 Fi - - -", -EBADMSG);
	assert_read("sum 1 1 1 1 1 1 1 1 - - elsewhere -", -EBADMSG);
	assert_read("sum 1 1 1 1 1 1 1 1 - - - company", -EBADMSG);
	assert_read("sum 1 1 1 1 1 1 1 1 - - - company \xff", -EBADMSG);
	/* a category of another version is unknown */
	assert_read("sum 1 1 1 1 1 1 1 1 - fishing - company Example", 0);
	assert_read("room mark 1 2 x", 0);
	assert_read("room mark 1 2 ", 0);
	assert_read("room frozen 1 2", 0);
	assert_read("room mark 1 x", -EBADMSG);
	assert_read("room mark -1 2 x", -EBADMSG);
	assert_read("room mark 1 2 \xff", -EBADMSG);
	assert_read("room spotlight 1 2", -EBADMSG);
	assert_read("room", -EBADMSG);
	assert_read("apart 1 18446744073709551615", 0);
	assert_read("apart 1", -EBADMSG);
	assert_read("apart 1 2 3", -EBADMSG);
	assert_read("somebody else's", -EBADMSG);
}

static void test_other_files(void **state)
{
	static const char newer[] = "connvis-session 4\nwhatever\n", names[] = "connvis-names 1\nend 0\n";

	(void)state;
	assert_int_equal(session_file_read(newer, strlen(newer), NULL, NULL), -EPROTO);
	assert_int_equal(session_file_read(names, strlen(names), NULL, NULL), -EBADMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reads_what_it_writes),
	    cmocka_unit_test(test_cut_off),
	    cmocka_unit_test(test_lines),
	    cmocka_unit_test(test_other_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
