/* SPDX-License-Identifier: MIT */
#include "ct_timeouts.h"

#include <linux/netfilter/nf_conntrack_common.h>

#include "heard.h"

/* The kernel's defaults. */
static const struct ct_timeouts usual = {
    .tcp = {[TCP_CONNTRACK_ESTABLISHED] = 432000, [TCP_CONNTRACK_TIME_WAIT] = 120},
    .tcp_retransmitted = 300,
    .tcp_unacknowledged = 300,
    .udp = 30,
    .udp_stream = 120,
    .icmp = 30,
    .icmpv6 = 30,
};

static struct ct_entry entry_of(uint8_t protocol, uint8_t state, uint32_t status, uint32_t timeout)
{
	struct ct_entry e = entry_make(1000, 7);

	e.protocol = protocol;
	e.state = state;
	e.has_state = protocol == IPPROTO_TCP;
	e.status = status;
	e.timeout = timeout;
	return e;
}

static void assert_idle(struct ct_entry e, uint32_t seconds)
{
	assert_int_equal(ct_timeouts_idle(&usual, &e), seconds);
}

static void test_idle(void **state)
{
	(void)state;
	assert_idle(entry_of(IPPROTO_TCP, TCP_CONNTRACK_ESTABLISHED, 0, 432000), 0);
	assert_idle(entry_of(IPPROTO_TCP, TCP_CONNTRACK_ESTABLISHED, 0, 430200), 1800);
	assert_idle(entry_of(IPPROTO_TCP, TCP_CONNTRACK_TIME_WAIT, 0, 100), 20);
	/* data is not acknowledged yet: kept for 300 s only */
	assert_idle(entry_of(IPPROTO_TCP, TCP_CONNTRACK_ESTABLISHED, 0, 299), 1);
	assert_idle(entry_of(IPPROTO_UDP, 0, 0, 25), 5);
	assert_idle(entry_of(IPPROTO_UDP, 0, IPS_ASSURED, 25), 95);
	assert_idle(entry_of(IPPROTO_ICMP, 0, 0, 29), 1);
	/* longer than usual: somebody set it, and nothing is known */
	assert_idle(entry_of(IPPROTO_UDP, 0, 0, 600), 0);
	/* without a state, and of protocols that are not known */
	assert_idle(entry_of(IPPROTO_TCP, TCP_CONNTRACK_SYN_SENT, 0, 5), 0);
	assert_idle(entry_of(IPPROTO_GRE, 0, 0, 5), 0);
	assert_idle(entry_of(IPPROTO_TCP, TCP_CONNTRACK_ESTABLISHED, IPS_OFFLOAD, 5), 0);
}

static void test_unknown(void **state)
{
	const struct ct_timeouts none = {};
	struct ct_entry e = entry_of(IPPROTO_TCP, TCP_CONNTRACK_ESTABLISHED, 0, 5);

	(void)state;
	assert_int_equal(ct_timeouts_idle(&none, &e), 0);
}

/* What a dump shows first is as old as it is; what begins while we listen begins now. */
static void test_table(void **state)
{
	struct ct_entry e[] = {entry_make(1001, 8),
			       entry_of(IPPROTO_TCP, TCP_CONNTRACK_ESTABLISHED, 0, 430200)};
	struct ct_entry new = entry_as_new(e[0]);
	struct heard h;

	(void)state;
	open_table(&h, 100);
	ct_table_set_timeouts(h.table, &usual);
	ct_table_event_new(h.table, &new, 5000);
	assert_int_equal(ct_connection_active(&h.last, 5000), 5000);
	dump(&h, 5000, e, 2);
	assert_int_equal(ct_connection_seen(&h.last), 5000);
	assert_int_equal(ct_connection_active(&h.last, 5000), 5000 - 1800 * 1000);
	assert_int_equal(ct_connection_active(&h.last, 86400000), 5000 - 1800 * 1000);
	e[1] = entry_counted(e[1], 1);
	dump(&h, 6000, e, 2);
	assert_int_equal(ct_connection_active(&h.last, 6000), 6000);
	ct_table_free(h.table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_idle),
	    cmocka_unit_test(test_unknown),
	    cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
