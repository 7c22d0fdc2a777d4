/* SPDX-License-Identifier: MIT */
/* What is asked of nftables, message by message. Whether the kernel does it: ending_test.c, and ending.test.ts. */
#include "ending_table.h"

#include <endian.h>
#include <libmnl/libmnl.h>
#include <string.h>

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>

#include "ending.h"
#include "flows.h"

enum { MESSAGES_MAX = 64, KEYS_MAX = 2 * ENDING_BATCH };

static char buffer[ENDING_BATCH_BYTES] __attribute__((aligned(NLMSG_ALIGNTO)));

struct key {
	const char *set;
	const uint8_t *bytes;
	size_t length;
};

/* What is read of a batch. */
struct seen {
	const struct nlmsghdr *messages[MESSAGES_MAX];
	size_t n;
	struct key keys[KEYS_MAX];
	size_t n_keys;
};

/* The batch with all brackets, numbers and flags right. */
static void read_batch(struct seen *s, struct ending_batch *b, uint32_t sequence)
{
	const struct nlmsghdr *nlh = (const struct nlmsghdr *)buffer;
	int left;

	memset(s, 0, sizeof(*s));
	ending_batch_end(b);
	assert_in_range(b->used, 1, sizeof(buffer));
	left = (int)b->used;
	for (; mnl_nlmsg_ok(nlh, left); nlh = mnl_nlmsg_next(nlh, &left)) {
		assert_in_range(s->n, 0, MESSAGES_MAX - 1);
		assert_int_equal(nlh->nlmsg_seq, sequence + s->n + 1);
		s->messages[s->n++] = nlh;
	}
	assert_int_equal(left, 0);
	assert_int_equal(b->sequence, sequence + s->n);
	assert_int_equal(b->requests, s->n - 2);
	assert_int_equal(s->messages[0]->nlmsg_type, NFNL_MSG_BATCH_BEGIN);
	assert_int_equal(s->messages[s->n - 1]->nlmsg_type, NFNL_MSG_BATCH_END);
	for (size_t i = 0; i < s->n; i++) {
		const struct nfgenmsg *header = mnl_nlmsg_get_payload(s->messages[i]);
		bool bracket = i == 0 || i == s->n - 1;

		assert_int_equal(header->version, NFNETLINK_V0);
		assert_int_equal(ntohs(header->res_id), bracket ? NFNL_SUBSYS_NFTABLES : 0);
		assert_int_equal(header->nfgen_family, bracket ? NFPROTO_UNSPEC : NFPROTO_INET);
		assert_int_equal((s->messages[i]->nlmsg_flags & NLM_F_ACK) != 0, !bracket);
		if (!bracket)
			assert_int_equal(s->messages[i]->nlmsg_type >> 8, NFNL_SUBSYS_NFTABLES);
	}
}

struct wanted {
	uint16_t type;
	const struct nlattr *attribute;
};

static int find_one(const struct nlattr *attribute, void *data)
{
	struct wanted *w = data;

	if (mnl_attr_get_type(attribute) == w->type)
		w->attribute = attribute;
	return MNL_CB_OK;
}

static const struct nlattr *attribute_of(const struct nlmsghdr *nlh, uint16_t type)
{
	struct wanted w = {type, NULL};

	assert_int_equal(mnl_attr_parse(nlh, sizeof(struct nfgenmsg), find_one, &w), MNL_CB_OK);
	assert_non_null(w.attribute);
	return w.attribute;
}

/* The one attribute in a nest. */
static const struct nlattr *inside(const struct nlattr *nest, uint16_t type)
{
	struct wanted w = {type, NULL};

	assert_int_equal(mnl_attr_parse_nested(nest, find_one, &w), MNL_CB_OK);
	assert_non_null(w.attribute);
	return w.attribute;
}

static void read_keys(struct seen *s)
{
	for (size_t i = 1; i < s->n - 1; i++) {
		const struct nlmsghdr *nlh = s->messages[i];
		const struct nlattr *element;

		if ((nlh->nlmsg_type & 0xff) != NFT_MSG_NEWSETELEM)
			continue;
		/* one that is there already is no error */
		assert_int_equal(nlh->nlmsg_flags & (NLM_F_CREATE | NLM_F_EXCL), NLM_F_CREATE);
		mnl_attr_for_each_nested(element, attribute_of(nlh, NFTA_SET_ELEM_LIST_ELEMENTS))
		{
			const struct nlattr *value =
			    inside(inside(element, NFTA_SET_ELEM_KEY), NFTA_DATA_VALUE);

			assert_in_range(s->n_keys, 0, KEYS_MAX - 1);
			s->keys[s->n_keys++] =
			    (struct key){mnl_attr_get_str(attribute_of(nlh, NFTA_SET_ELEM_LIST_SET)),
					 mnl_attr_get_payload(value), mnl_attr_get_payload_len(value)};
		}
	}
}

static void read_flows(struct seen *s, const struct ct_connection *const *connections, size_t n)
{
	struct ending_batch b;

	memset(buffer, 0x5a, sizeof(buffer));
	ending_batch_begin(&b, buffer, 100);
	ending_table_put_flows(&b, connections, n);
	read_batch(s, &b, 100);
	read_keys(s);
}

static void assert_key(const struct key *k, const char *set, const void *bytes, size_t length)
{
	assert_string_equal(k->set, set);
	assert_int_equal(k->length, length);
	assert_memory_equal(k->bytes, bytes, length);
}

static void test_table(void **state)
{
	struct ending_batch b;
	struct seen s;
	size_t sets = 0;

	(void)state;
	ending_batch_begin(&b, buffer, 7);
	ending_table_put_make(&b);
	read_batch(&s, &b, 7);
	assert_int_equal(s.messages[1]->nlmsg_type & 0xff, NFT_MSG_NEWTABLE);
	assert_true(s.messages[1]->nlmsg_flags & NLM_F_EXCL);
	assert_string_equal(mnl_attr_get_str(attribute_of(s.messages[1], NFTA_TABLE_NAME)), ENDING_TABLE);
	assert_int_equal(ntohl(mnl_attr_get_u32(attribute_of(s.messages[1], NFTA_TABLE_FLAGS))),
			 NFT_TABLE_F_OWNER);
	for (size_t i = 2; i < s.n - 1; i++) {
		const struct nlmsghdr *nlh = s.messages[i];
		uint64_t timeout;

		/* the first attribute of each kind of request is its table */
		assert_string_equal(mnl_attr_get_str(attribute_of(nlh, NFTA_RULE_TABLE)), ENDING_TABLE);
		if ((nlh->nlmsg_type & 0xff) != NFT_MSG_NEWSET ||
		    !(ntohl(mnl_attr_get_u32(attribute_of(nlh, NFTA_SET_FLAGS))) & NFT_SET_TIMEOUT))
			continue;
		sets++;
		timeout = be64toh(mnl_attr_get_u64(attribute_of(nlh, NFTA_SET_TIMEOUT)));
		assert_int_equal(timeout, 10000);
		assert_int_equal(
		    ntohl(mnl_attr_get_u32(inside(attribute_of(nlh, NFTA_SET_DESC), NFTA_SET_DESC_SIZE))),
		    2 * ENDING_MAX);
	}
	assert_int_equal(sets, 4);
}

static void test_masqueraded(void **state)
{
	static const uint8_t orig[] = {6, 0, 0,	  0,  192, 0, 2, 1,    0x12, 0x67,
				       0, 0, 198, 51, 100, 7, 1, 0xbb, 0,    0};
	static const uint8_t reply[] = {6, 0, 0,   0, 198, 51, 100,  7,	   1, 0xbb,
					0, 0, 203, 0, 113, 1,  0x9c, 0x40, 0, 0};
	struct ct_connection c = flow_make(IPPROTO_TCP, true, 4711, 443);
	const struct ct_connection *const one = &c;
	struct seen s;

	(void)state;
	read_flows(&s, &one, 1);
	assert_int_equal(s.n, 3);
	assert_int_equal(s.n_keys, 2);
	assert_key(&s.keys[0], "flows4", orig, sizeof(orig));
	assert_key(&s.keys[1], "flows4", reply, sizeof(reply));
}

static void test_ipv6(void **state)
{
	static const uint8_t orig[] = {17, 0, 0, 0, 0x20, 0x01, 0x0d, 0xb8, 0, 0,    0, 0,    0,    0,	  0,
				       0,  0, 0, 0, 1,	  0x12, 0x67, 0,    0, 0x20, 1, 0x0d, 0xb8, 0x10, 0,
				       0,  0, 0, 0, 0,	  0,	0,    0,    0, 7,    1, 0xbb, 0,    0};
	struct ct_connection c = flow_make(IPPROTO_UDP, false, 4711, 443);
	const struct ct_connection *const one = &c;
	struct seen s;

	(void)state;
	read_flows(&s, &one, 1);
	assert_int_equal(s.n_keys, 2);
	assert_key(&s.keys[0], "flows6", orig, sizeof(orig));
	assert_int_equal(s.keys[1].length, sizeof(orig));
}

/* Of a ping nothing but its requests: all devices' answers come to the router's one address. */
static void test_without_ports(void **state)
{
	static const uint8_t ping[] = {1, 0, 0, 0, 192, 0, 2, 1, 198, 51, 100, 7};
	static const uint8_t esp[] = {50, 0, 0, 0, 192, 0, 2, 1, 198, 51, 100, 7};
	static const uint8_t back[] = {50, 0, 0, 0, 198, 51, 100, 7, 203, 0, 113, 1};
	struct ct_connection c[] = {flow_make(IPPROTO_ICMP, true, 4711, 8 << 8),
				    flow_make(IPPROTO_ESP, true, 0, 0),
				    flow_make(IPPROTO_ICMPV6, false, 4711, 128 << 8)};
	const struct ct_connection *const all[] = {&c[0], &c[1], &c[2]};
	struct seen s;

	(void)state;
	read_flows(&s, all, 3);
	assert_int_equal(s.n_keys, 4);
	assert_key(&s.keys[0], "pairs4", ping, sizeof(ping));
	assert_key(&s.keys[1], "pairs4", esp, sizeof(esp));
	assert_key(&s.keys[2], "pairs4", back, sizeof(back));
	assert_string_equal(s.keys[3].set, "pairs6");
	assert_int_equal(s.keys[3].length, 36);
	assert_int_equal(s.keys[3].bytes[0], IPPROTO_ICMPV6);
}

static void test_as_many_as_there_may_be(void **state)
{
	struct ct_connection c[2] = {flow_make(IPPROTO_UDP, false, 4711, 443),
				     flow_make(IPPROTO_UDP, true, 1, 2)};
	const struct ct_connection *all[ENDING_BATCH];
	struct seen s;

	(void)state;
	for (size_t i = 0; i < ENDING_BATCH; i++)
		all[i] = &c[0];
	read_flows(&s, all, ENDING_BATCH);
	assert_int_equal(s.n, 3);
	assert_int_equal(s.n_keys, 2 * ENDING_BATCH);
	all[3] = &c[1];
	read_flows(&s, all, ENDING_BATCH);
	assert_int_equal(s.n, 4);
	assert_int_equal(s.n_keys, 2 * ENDING_BATCH);
}

static void test_remove(void **state)
{
	struct ending_batch b;
	struct seen s;

	(void)state;
	ending_batch_begin(&b, buffer, 3);
	ending_table_put_remove(&b);
	read_batch(&s, &b, 3);
	assert_int_equal(s.n, 3);
	assert_int_equal(s.messages[1]->nlmsg_type & 0xff, NFT_MSG_DELTABLE);
	/* without a name it would be all tables */
	assert_string_equal(mnl_attr_get_str(attribute_of(s.messages[1], NFTA_TABLE_NAME)), ENDING_TABLE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_table),
	    cmocka_unit_test(test_masqueraded),
	    cmocka_unit_test(test_ipv6),
	    cmocka_unit_test(test_without_ports),
	    cmocka_unit_test(test_as_many_as_there_may_be),
	    cmocka_unit_test(test_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
