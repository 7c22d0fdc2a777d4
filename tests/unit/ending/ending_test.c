/* SPDX-License-Identifier: MIT */
/* Against the kernel, in a network namespace of the test's own. What it does to real connections: ending.test.ts. */
#include "ending.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../cmocka_all.h"
#include "ct_dump.h"
#include "ct_netlink.h"
#include "ending_table.h"
#include "inject_send.h"
#include "netns.h"
#include "util.h"

enum { CHOSEN_MAX = ENDING_MAX + 512 };

#define PATIENCE_MS 15000

static bool privileged;

struct fixture {
	sd_event *event;
	struct inject_plan plan;
	struct inject_sender *sender;
	struct ct_table *table; /* as it was when it was read last */
	struct ending *ending;
	const struct ct_connection *chosen[CHOSEN_MAX];
	size_t n;
	int flushed, flush_error;
};

static struct fixture f;

static void on_added(void *data, struct ct_connection *c)
{
	(void)data;
	(void)c;
}

static void on_other(void *data, struct ct_connection *c, const struct ct_change *change)
{
	(void)data;
	(void)c;
	(void)change;
}

/* Those at every step-th place are chosen. */
static void read_table(size_t step)
{
	static const struct ct_listener listener = {on_added, on_other, on_other};
	uint64_t malformed = 0;
	struct ct_dump *dump;
	int r = CT_DUMP_WAIT;

	f.table = ct_table_free(f.table);
	assert_int_equal(ct_table_new(&f.table, 100000, &listener, NULL), 0);
	assert_int_equal(ct_dump_new(&dump), 0);
	ct_table_dump_begin(f.table, 0);
	assert_int_equal(ct_dump_begin(dump), 0);
	while (r == CT_DUMP_WAIT || r == CT_DUMP_MORE) {
		struct pollfd ready = {.fd = ct_dump_fd(dump), .events = POLLIN};

		assert_int_equal(poll(&ready, 1, PATIENCE_MS), 1);
		r = ct_dump_read(dump, f.table, &malformed);
	}
	assert_int_equal(r, CT_DUMP_WHOLE);
	ct_table_dump_end(f.table, 0);
	ct_dump_free(dump);
	f.n = 0;
	for (uint32_t p = 1; p <= ct_table_positions(f.table); p++) {
		const struct ct_connection *c = ct_table_at(f.table, p);

		if (c && p % step == 0 && f.n < CHOSEN_MAX)
			f.chosen[f.n++] = c;
	}
}

static void inject(uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		assert_int_equal(inject_create(f.sender, i), 0);
	assert_int_equal(inject_sync(f.sender), 0);
}

static void start(const char *protocols, bool ipv6)
{
	memset(&f, 0, sizeof(f));
	f.plan = inject_plan_default();
	assert_int_equal(inject_protocols_parse(&f.plan, protocols), 0);
	f.plan.nat = INJECT_NAT_MIXED;
	f.plan.ipv6 = ipv6;
	assert_int_equal(inject_sender_new(&f.sender, &f.plan), 0);
	assert_int_equal(inject_flush(f.sender), 0);
	assert_true(sd_event_new(&f.event) >= 0);
	assert_int_equal(ending_new(&f.ending, f.event), 0);
}

static void stop(void)
{
	ending_free(f.ending);
	ct_table_free(f.table);
	inject_flush(f.sender);
	inject_sender_free(f.sender);
	sd_event_unref(f.event);
}

/* Lines that a command prints and that have a word. */
static size_t lines(const char *command, const char *word)
{
	FILE *output = popen(command, "re"); // NOLINT(bugprone-command-processor,cert-env33-c)
	char line[512];
	size_t n = 0;

	assert_non_null(output);
	while (fgets(line, sizeof(line), output))
		n += strstr(line, word) != NULL;
	assert_int_equal(pclose(output), 0);
	return n;
}

static size_t tables(void)
{
	return lines("nft list tables", "inet " ENDING_TABLE);
}

static size_t refused(void)
{
	return lines("nft list table inet " ENDING_TABLE, "expires");
}

static void run(const char *command)
{
	assert_int_equal(system(command), 0); // NOLINT(bugprone-command-processor,cert-env33-c)
}

static void test_all_kinds(void **state)
{
	struct ending_result result;
	size_t before, pings = 0, n;

	(void)state;
	if (!privileged)
		skip();
	start("tcp,udp,icmp,sctp,udplite,gre,50", true);
	inject(600);
	read_table(2);
	before = ct_table_count(f.table);
	n = f.n;
	assert_in_range(n, before / 2 - 1, before / 2 + 1);
	for (size_t i = 0; i < n; i++)
		pings += f.chosen[i]->protocol == IPPROTO_ICMP || f.chosen[i]->protocol == IPPROTO_ICMPV6;
	assert_int_equal(ending_end(f.ending, f.chosen, n, &result), 0);
	assert_int_equal(result.ended, n);
	assert_int_equal(result.gone, 0);
	assert_int_equal(result.kept, 0);
	/* pairs of addresses without ports may be there more than once */
	assert_in_range(refused(), n, 2 * n - pings);

	/* once more: they have gone, and to refuse them again is no fault */
	assert_int_equal(ending_end(f.ending, f.chosen, n, &result), 0);
	assert_int_equal(result.ended, 0);
	assert_int_equal(result.gone, n);

	/* nothing else has */
	read_table(1);
	assert_int_equal(ct_table_count(f.table), before - n);
	stop();
	assert_int_equal(tables(), 0);
}

static void test_nothing(void **state)
{
	struct ending_result result = {1, 1, 1};

	(void)state;
	if (!privileged)
		skip();
	start("tcp", true);
	assert_int_equal(ending_end(f.ending, f.chosen, 0, &result), 0);
	assert_int_equal(result.ended + result.gone + result.kept, 0);
	assert_int_equal(tables(), 0);
	stop();
	assert_null(ending_free(NULL));
}

static void test_too_many(void **state)
{
	struct ending_result result;

	(void)state;
	if (!privileged)
		skip();
	start("tcp", false);
	inject(ENDING_MAX + 300);
	read_table(1);
	assert_int_equal(f.n, ENDING_MAX + 300);
	assert_int_equal(ending_end(f.ending, f.chosen, f.n, &result), -ENFILE);
	assert_int_equal(result.ended, ENDING_MAX);
	read_table(1);
	assert_int_equal(ct_table_count(f.table), 300);
	/* and so it is with the next */
	assert_int_equal(ending_end(f.ending, f.chosen, 1, &result), -ENFILE);
	assert_int_equal(result.ended, 0);
	assert_int_equal(ending_why(-ENFILE), COMMAND_FAULT_END_FULL);
	stop();
}

static void test_table_of_another(void **state)
{
	struct ending_result result;
	struct ending *other;

	(void)state;
	if (!privileged)
		skip();
	start("tcp", true);
	inject(10);
	read_table(1);
	/* an administrator's */
	run("nft add table inet " ENDING_TABLE);
	assert_int_equal(ending_end(f.ending, f.chosen, 10, &result), -EEXIST);
	assert_int_equal(result.ended, 0);
	run("nft delete table inet " ENDING_TABLE);
	/* a second collector's */
	assert_int_equal(ending_new(&other, f.event), 0);
	assert_int_equal(ending_end(other, f.chosen, 1, &result), 0);
	assert_int_equal(ending_end(f.ending, f.chosen + 1, 9, &result), -EEXIST);
	assert_int_equal(result.ended, 0);
	assert_non_null(strstr(command_fault_sentence(ending_why(-EEXIST)), "inet " ENDING_TABLE ","));
	read_table(1);
	assert_int_equal(ct_table_count(f.table), 9);
	/* which goes */
	ending_free(other);
	assert_int_equal(ending_end(f.ending, f.chosen, 9, &result), 0);
	assert_int_equal(result.ended, 9);
	stop();
}

/* Nobody else can, but an administrator who is that thorough must not break it for good. */
static void test_table_taken_away(void **state)
{
	struct ending_result result;
	int next, another;

	(void)state;
	if (!privileged)
		skip();
	start("tcp", true);
	inject(10);
	read_table(1);
	next = open("/dev/null", O_RDONLY | O_CLOEXEC); /* the number that the socket will have */
	close(next);
	assert_int_equal(ending_end(f.ending, f.chosen, 1, &result), 0);
	run("nft flush ruleset");
	assert_int_equal(tables(), 1);
	assert_int_equal(refused(), 2);
	another = ct_netlink_open(0);
	assert_true(another >= 0);
	assert_int_equal(dup3(another, next, O_CLOEXEC), next);
	close(another);
	assert_int_equal(tables(), 0);
	assert_int_equal(ending_end(f.ending, f.chosen + 1, 9, &result), 0);
	assert_int_equal(result.ended, 9);
	assert_int_equal(refused(), 18);
	stop();
}

static void test_unused_table_goes(void **state)
{
	uint64_t end = clock_ms() + PATIENCE_MS;
	struct ending_result result;

	(void)state;
	if (!privileged)
		skip();
	start("udp", true);
	inject(2);
	read_table(1);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(tables(), 0);
		assert_int_equal(ending_end(f.ending, f.chosen + i, 1, &result), 0);
		assert_int_equal(result.ended, 1);
		assert_int_equal(tables(), 1);
		while (tables()) {
			assert_true(clock_ms() < end);
			assert_true(sd_event_run(f.event, 100000) >= 0);
		}
	}
	stop();
}

static void on_flushed(void *data, int error)
{
	struct fixture *fixture = data;

	fixture->flushed++;
	fixture->flush_error = error;
}

static void test_flush(void **state)
{
	uint64_t end = clock_ms() + PATIENCE_MS;

	(void)state;
	if (!privileged)
		skip();
	start("tcp,udp,icmp", true);
	inject(3000);
	assert_int_equal(ending_flush(f.ending, on_flushed, &f), 0);
	assert_int_equal(ending_flush(f.ending, on_flushed, &f), -EALREADY);
	assert_int_equal(f.flushed, 0);
	while (!f.flushed) {
		assert_true(clock_ms() < end);
		assert_true(sd_event_run(f.event, 100000) >= 0);
	}
	assert_int_equal(f.flush_error, 0);
	read_table(1);
	assert_int_equal(ct_table_count(f.table), 0);
	assert_int_equal(tables(), 0);
	/* and again; who goes meanwhile hears nothing */
	assert_int_equal(ending_flush(f.ending, on_flushed, &f), 0);
	stop();
	assert_int_equal(f.flushed, 1);
}

/* Nobody, without any capability. What went wrong, 0 for nothing. */
static int end_unprivileged(void)
{
	uint64_t end = clock_ms() + PATIENCE_MS;
	struct ending_result result;

	if (setresgid(65534, 65534, 65534) < 0 || setresuid(65534, 65534, 65534) < 0)
		return 1;
	if (ending_end(f.ending, f.chosen, f.n, &result) != -EPERM || result.ended || result.gone ||
	    result.kept)
		return 2;
	if (ending_why(-EPERM) != COMMAND_FAULT_END_RIGHTS)
		return 3;
	if (ending_flush(f.ending, on_flushed, &f) < 0)
		return 4;
	while (!f.flushed && clock_ms() < end)
		sd_event_run(f.event, 100000);
	return f.flushed && f.flush_error == -EPERM ? 0 : 5;
}

static void test_without_privilege(void **state)
{
	pid_t child;
	int status;

	(void)state;
	if (!privileged)
		skip();
	start("tcp", true);
	inject(10);
	read_table(1);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		/* a loop belongs to the process that made it */
		if (sd_event_new(&f.event) < 0 || ending_new(&f.ending, f.event) < 0)
			_exit(9);
		_exit(end_unprivileged());
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	read_table(1);
	assert_int_equal(ct_table_count(f.table), 10);
	stop();
}

static int set_up(void **state)
{
	(void)state;
	privileged = netns_enter();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_all_kinds),
	    cmocka_unit_test(test_nothing),
	    cmocka_unit_test(test_too_many),
	    cmocka_unit_test(test_table_of_another),
	    cmocka_unit_test(test_table_taken_away),
	    cmocka_unit_test(test_unused_table_goes),
	    cmocka_unit_test(test_flush),
	    cmocka_unit_test(test_without_privilege),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
