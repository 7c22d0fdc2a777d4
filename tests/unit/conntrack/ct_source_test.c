/* SPDX-License-Identifier: MIT */
/* Over 400 lines: one fixture serves all its tests. */
/* The two sockets against the kernel, in a network namespace of the test's own. */
#include "ct_source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <linux/netfilter/nfnetlink_conntrack.h>

#include "../cmocka_all.h"
#include "ct_message.h"
#include "ct_netlink.h"
#include "inject_send.h"
#include "netns.h"
#include "util.h"

static bool privileged;

/* What is to happen to the next reads of a dump. */
static unsigned interrupted_reads, failing_reads;

ssize_t __real_recv(int fd, void *buffer, size_t size, int flags);
ssize_t __wrap_recv(int fd, void *buffer, size_t size, int flags);

ssize_t __wrap_recv(int fd, void *buffer, size_t size, int flags)
{
	ssize_t n = __real_recv(fd, buffer, size, flags);

	if (n > 0 && interrupted_reads) {
		interrupted_reads--;
		((struct nlmsghdr *)buffer)->nlmsg_flags |= NLM_F_DUMP_INTR;
	}
	if (n > 0 && failing_reads) {
		failing_reads--;
		errno = ENOBUFS;
		return -1;
	}
	return n;
}

struct fixture {
	sd_event *event;
	struct ct_table *table;
	struct ct_source *source;
	struct inject_plan plan;
	struct inject_sender *sender;
	uint64_t added, changed, ended;
	uint64_t done_events, done_dumps;
	uint64_t last_added; /* ms of the monotonic clock, when the loop said that it was done */
	uint64_t added_before;
};

static void added(void *data, struct ct_connection *c)
{
	(void)c;
	((struct fixture *)data)->added++;
}

static void changed(void *data, struct ct_connection *c, const struct ct_change *change)
{
	(void)c;
	(void)change;
	((struct fixture *)data)->changed++;
}

static void ended(void *data, struct ct_connection *c, const struct ct_change *change)
{
	(void)c;
	(void)change;
	((struct fixture *)data)->ended++;
}

static void done(void *data, bool dump)
{
	struct fixture *f = data;

	if (dump)
		f->done_dumps++;
	else
		f->done_events++;
	if (f->added != f->added_before)
		f->last_added = clock_ms();
	f->added_before = f->added;
}

static const struct ct_source_options usual = {
    .events = true, .interval = 100, .cpu_budget = 1000, .receive_buffer = 8 * 1024 * 1024};

static void start(struct fixture *f, const struct ct_source_options *options)
{
	static const struct ct_listener listener = {added, changed, ended};

	memset(f, 0, sizeof(*f));
	f->plan = inject_plan_default();
	assert_int_equal(inject_protocols_parse(&f->plan, "tcp,udp,icmp,sctp"), 0);
	f->plan.nat = INJECT_NAT_MIXED;
	f->plan.mixed_states = true;
	assert_int_equal(inject_sender_new(&f->sender, &f->plan), 0);
	assert_int_equal(inject_flush(f->sender), 0);
	assert_true(sd_event_new(&f->event) >= 0);
	assert_int_equal(ct_table_new(&f->table, 200000, &listener, f), 0);
	assert_int_equal(ct_source_new(&f->source, f->event, f->table, options, clock_ms(), done, f), 0);
}

static void stop(struct fixture *f)
{
	ct_source_free(f->source);
	ct_table_free(f->table);
	sd_event_unref(f->event);
	inject_flush(f->sender);
	inject_sender_free(f->sender);
}

static void turn(struct fixture *f, uint64_t ms)
{
	uint64_t end = clock_ms() + ms, now;

	while ((now = clock_ms()) < end)
		assert_true(sd_event_run(f->event, (end - now) * 1000) >= 0);
}

static void turn_dumps(struct fixture *f, uint64_t n)
{
	uint64_t until = f->done_dumps + n, end = clock_ms() + 10000;

	while (f->done_dumps < until) {
		assert_true(clock_ms() < end);
		assert_true(sd_event_run(f->event, 100000) >= 0);
	}
}

static void inject(struct fixture *f, uint32_t from, uint32_t to, bool delete)
{
	for (uint32_t i = from; i < to; i++)
		assert_int_equal(delete ? inject_delete(f->sender, i) : inject_create(f->sender, i), 0);
	assert_int_equal(inject_sync(f->sender), 0);
}

/* How many of the kernel's entries the table has with the same counters, state, status and reply. */
static void compare(struct fixture *f, size_t *ret_kernel, size_t *ret_same)
{
	static _Alignas(struct nlmsghdr) char buffer[65536];
	_cleanup_(cleanup_close) int fd = ct_netlink_open(0);
	size_t kernel = 0, same = 0;
	bool more = true;

	assert_int_equal(ct_netlink_request(fd, IPCTNL_MSG_CT_GET, NLM_F_DUMP, 1), 0);
	while (more) {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)buffer;
		ssize_t n = recv(fd, buffer, sizeof(buffer), 0);

		assert_true(n > 0);
		for (unsigned left = (unsigned)n; NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left)) {
			struct ct_entry e;
			bool found = false;

			if (nlh->nlmsg_type == NLMSG_DONE) {
				more = false;
				break;
			}
			assert_int_equal(ct_message_parse(&e, nlh), 0);
			kernel++;
			for (uint32_t p = 1; p <= ct_table_positions(f->table) && !found; p++) {
				const struct ct_connection *c = ct_table_at(f->table, p);

				found = c && c->id == e.id && !memcmp(c->tuple, e.tuple, sizeof(e.tuple)) &&
					c->protocol == e.protocol && c->zone == e.zone &&
					c->state == e.state && c->status == e.status && c->mark == e.mark &&
					!memcmp(c->packets, e.packets, sizeof(e.packets)) &&
					!memcmp(c->bytes, e.bytes, sizeof(e.bytes));
			}
			same += found;
		}
	}
	*ret_kernel = kernel;
	*ret_same = same;
}

static void assert_exact(struct fixture *f, size_t expected)
{
	size_t kernel, same;

	compare(f, &kernel, &same);
	assert_int_equal(kernel, expected);
	assert_int_equal(same, expected);
	assert_int_equal(ct_table_count(f->table), expected);
	assert_int_equal(f->added - f->ended, expected);
}

static void test_create_change_delete(void **state)
{
	struct ct_source_status status;
	struct fixture f;

	(void)state;
	if (!privileged)
		skip();
	start(&f, &usual);
	inject(&f, 0, 1000, false); /* before the first dump */
	turn_dumps(&f, 2);
	assert_exact(&f, 1000);
	inject(&f, 1000, 2000, false);
	turn(&f, 50);
	assert_int_equal(ct_table_count(f.table), 2000);
	turn_dumps(&f, 2);
	assert_exact(&f, 2000);
	assert_int_equal(f.changed, 2000); /* a NEW comes without counters */
	f.changed = 0;
	for (uint32_t i = 0; i < 300; i++)
		assert_int_equal(inject_mark(f.sender, i, 7), 0);
	assert_int_equal(inject_sync(f.sender), 0);
	turn_dumps(&f, 2);
	assert_int_equal(f.changed, 300);
	assert_exact(&f, 2000);
	inject(&f, 500, 1500, true);
	turn(&f, 50); /* by DESTROY */
	assert_int_equal(ct_table_count(f.table), 1000);
	turn_dumps(&f, 2);
	assert_exact(&f, 1000);
	assert_int_equal(f.added, 2000);
	assert_int_equal(f.ended, 1000);
	ct_source_get_status(f.source, &status);
	assert_int_equal(status.event_losses, 0);
	assert_int_equal(status.malformed, 0);
	assert_int_equal(status.redone, 0);
	assert_int_equal(status.interval, 100);
	assert_int_equal(status.dumps, f.done_dumps);
	assert_true(status.accounting && status.accounting_known);
	stop(&f);
}

static void test_without_events(void **state)
{
	struct ct_source_options options = usual;
	struct fixture f;

	(void)state;
	if (!privileged)
		skip();
	options.events = false;
	start(&f, &options);
	inject(&f, 0, 500, false);
	turn_dumps(&f, 2);
	assert_exact(&f, 500);
	inject(&f, 0, 300, true);
	turn_dumps(&f, 3); /* the one under way, and absent from two */
	assert_exact(&f, 200);
	assert_int_equal(f.done_events, 0);
	stop(&f);
}

static void test_losses(void **state)
{
	struct ct_source_options options = usual;
	struct ct_source_status status;
	struct fixture f;
	uint64_t dumps;

	(void)state;
	if (!privileged)
		skip();
	options.receive_buffer = 4096;
	options.interval = 10000; /* only a loss brings another dump */
	start(&f, &options);
	turn_dumps(&f, 1);
	dumps = f.done_dumps;
	inject(&f, 0, 3000, false);
	turn_dumps(&f, 1);
	turn(&f, 300);
	ct_source_get_status(f.source, &status);
	assert_true(status.event_losses > 0);
	assert_in_range(f.done_dumps - dumps, 1, 4);
	assert_exact(&f, 3000);

	/* DESTROY of most is lost too: absent from two dumps */
	for (int i = 0; i < 8; i++) {
		inject(&f, 3000, 6000, false);
		inject(&f, 3000, 6000, true);
	}
	inject(&f, 0, 1500, true);
	stop(&f);

	options.interval = 200;
	options.receive_buffer = 2048;
	start(&f, &options);
	turn_dumps(&f, 1);
	for (int i = 0; i < 5; i++) {
		inject(&f, 0, 4000, false);
		turn(&f, 30);
		inject(&f, 0, 2500, true);
		turn(&f, 30);
		inject(&f, 2500, 4000, true);
	}
	inject(&f, 0, 2000, false);
	turn_dumps(&f, 4);
	ct_source_get_status(f.source, &status);
	assert_true(status.event_losses > 0);
	assert_exact(&f, 2000);
	stop(&f);
}

/* Its NEW is lost, and it goes before the dump that makes that good: its DESTROY tells of it. Not so at the start, where
 * an earlier run may have counted it. */
static void test_known_from_destroy_alone(void **state)
{
	struct ct_source_options options = usual;
	struct ct_source_status status;
	struct fixture f;

	(void)state;
	if (!privileged)
		skip();
	options.receive_buffer = 4096;
	options.interval = 1000;
	for (int complete = 0; complete < 2; complete++) {
		start(&f, &options);
		if (complete)
			turn_dumps(&f, 3);
		inject(&f, 0, 3000, false);
		inject(&f, 5000, 5010, false);
		/* events go first: the loss is seen, and a dump is to begin */
		assert_true(sd_event_run(f.event, 0) >= 0);
		ct_source_get_status(f.source, &status);
		assert_int_equal(status.event_losses, 1);
		assert_in_range(f.added, 1, 2999);
		inject(&f, 5000, 5010, true);
		turn_dumps(&f, 1);
		assert_exact(&f, 3000);
		assert_int_equal(f.ended, complete ? 10 : 0);

		/* all is known again */
		turn_dumps(&f, 2);
		inject(&f, 0, 5, true);
		turn(&f, 50);
		assert_int_equal(f.ended, complete ? 15 : 5);
		stop(&f);
	}
}

static void test_burst_without_loss(void **state)
{
	struct ct_source_options options = usual;
	struct ct_source_status status;
	struct fixture f;

	(void)state;
	if (!privileged)
		skip();
	start(&f, &options);
	turn_dumps(&f, 1);
	inject(&f, 0, 13000, false); /* nobody reads meanwhile */
	turn(&f, 400);
	ct_source_get_status(f.source, &status);
	assert_int_equal(status.event_losses, 0);
	assert_int_equal(f.added, 13000);
	stop(&f);
}

/* 20,000 entries are dumped over and over, others come and go: a NEW is told within 20 ms. */
/* How long this process has been ready to run while others did, as far as the kernel says (its
 * Documentation/scheduler/sched-stats.rst). */
static uint64_t waited_ms(void)
{
	unsigned long long ran, waited = 0;
	FILE *f = fopen("/proc/self/schedstat", "r");

	if (!f)
		return 0;
	assert_int_equal(fscanf(f, "%llu %llu", &ran, &waited), 2);
	(void)fclose(f);
	return waited / 1000000;
}

static void test_latency_under_load(void **state)
{
	enum { SAMPLES = 100 };
	struct ct_source_options options = usual;
	unsigned late = 0;
	struct fixture f;

	(void)state;
	if (!privileged)
		skip();
	options.interval = 1;
	start(&f, &options);
	inject(&f, 0, 20000, false);
	turn_dumps(&f, 2);
	for (uint32_t i = 0; i < SAMPLES; i++) {
		uint64_t before = f.added, sent, waited;

		inject(&f, 30000 + i * 10, 30000 + i * 10 + 9, false);
		waited = waited_ms();
		sent = clock_ms();
		inject(&f, 30000 + i * 10 + 9, 30000 + i * 10 + 10, false);
		while (f.added_before < before + 10)
			assert_true(sd_event_run(f.event, 1000000) >= 0);
		/* other processes use this machine too */
		late += f.last_added - sent > 20 + waited_ms() - waited;
		turn(&f, i % 7);
	}
	assert_in_range(late, 0, SAMPLES / 20);
	stop(&f);
}

static void test_dumps_that_fail(void **state)
{
	struct ct_source_options options = usual;
	struct ct_source_status status;
	struct fixture f;

	(void)state;
	if (!privileged)
		skip();
	options.interval = 300;
	start(&f, &options);
	inject(&f, 0, 2000, false);
	turn_dumps(&f, 1);
	interrupted_reads = 1;
	turn_dumps(&f, 1);
	ct_source_get_status(f.source, &status);
	assert_int_equal(status.redone, 1);
	failing_reads = 2;
	inject(&f, 1000, 2000, true);
	turn_dumps(&f, 3);
	ct_source_get_status(f.source, &status);
	assert_int_equal(status.redone, 3);
	assert_exact(&f, 1000);

	/* it does not run wild: at most four for each interval */
	failing_reads = 1000;
	turn(&f, 1000);
	failing_reads = 0;
	ct_source_get_status(f.source, &status);
	assert_in_range(status.redone, 7, 3 + 20);
	turn_dumps(&f, 2);
	assert_exact(&f, 1000);
	stop(&f);
}

static void test_errors(void **state)
{
	pid_t child;
	int status;

	(void)state;
	if (!privileged)
		skip();
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		/* nobody, without any capability */
		bool plain = setresgid(65534, 65534, 65534) == 0 && setresuid(65534, 65534, 65534) == 0;
		int fd = ct_netlink_open(0);

		if (!plain || ct_netlink_probe() != -EPERM || fd < 0)
			_exit(1);
		_exit(ct_netlink_open(NF_NETLINK_CONNTRACK_NEW) == -EPERM ? 0 : 2);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(ct_netlink_probe(), 0);
	assert_null(ct_source_free(NULL));
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
	    cmocka_unit_test(test_create_change_delete),
	    cmocka_unit_test(test_without_events),
	    cmocka_unit_test(test_losses),
	    cmocka_unit_test(test_known_from_destroy_alone),
	    cmocka_unit_test(test_burst_without_loss),
	    cmocka_unit_test(test_latency_under_load),
	    cmocka_unit_test(test_dumps_that_fail),
	    cmocka_unit_test(test_errors),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
