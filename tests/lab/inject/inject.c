/* SPDX-License-Identifier: MIT */
/* connvis-inject: real conntrack entries at any number and rate, without a packet. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inject_send.h"
#include "util.h"

static const char help[] =
    "connvis-inject: makes entries in the conntrack table of this network namespace, over ctnetlink.\n"
    "No packet is sent. Needs CAP_NET_ADMIN. The same options and seed give the same entries.\n"
    "\n"
    "  --count N          entries to make (1000)\n"
    "  --first N          number of the first one (0)\n"
    "  --rate N           entries a second (0: as fast as it goes)\n"
    "  --seed N           (1)\n"
    "  --family 4|6|both  (both)\n"
    "  --protocols LIST   of tcp, udp, icmp, icmpv6, sctp, udplite, gre, esp or numbers (tcp,udp,icmp)\n"
    "  --nat none|snat|dnat|mixed\n"
    "                     snat: as a router masquerades; dnat: as a port forward, the remote begins (none)\n"
    "  --devices LIST     networks inside (192.0.2.0/25,2001:db8:77::/64)\n"
    "  --remotes LIST     networks outside (198.51.100.0/24,203.0.113.0/24,2001:db8:1000::/48)\n"
    "  --nat-address A    outer address of the router, once for each family (192.0.2.254, 2001:db8:fe::1)\n"
    "  --states established|mixed\n"
    "                     of TCP (established)\n"
    "  --timeout S        (600)\n"
    "  --mark N, --zone N (0)\n"
    "  --churn S          for S seconds make entries at the rate, and delete each when COUNT newer ones are\n"
    "                     there; the last COUNT stay\n"
    "  --delete           delete the entries that the same options made\n"
    "  --flush            delete every entry of this namespace first; alone with --count 0\n"
    "  --quiet            no summary\n"
    "  --help\n";

enum option_id {
	OPTION_COUNT = 256,
	OPTION_FIRST,
	OPTION_RATE,
	OPTION_SEED,
	OPTION_FAMILY,
	OPTION_PROTOCOLS,
	OPTION_NAT,
	OPTION_DEVICES,
	OPTION_REMOTES,
	OPTION_NAT_ADDRESS,
	OPTION_STATES,
	OPTION_TIMEOUT,
	OPTION_MARK,
	OPTION_ZONE,
	OPTION_CHURN,
	OPTION_DELETE,
	OPTION_FLUSH,
	OPTION_QUIET,
	OPTION_HELP,
};

struct job {
	struct inject_plan plan;
	uint32_t count, first, rate, churn;
	bool delete, flush, quiet;
};

static volatile sig_atomic_t stopped;

static void on_signal(int number)
{
	(void)number;
	stopped = 1;
}

static int parse_number(const char *text, uint64_t max, uint64_t *ret)
{
	unsigned long long v;
	char *end;

	errno = 0;
	v = strtoull(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || v > max)
		return -EINVAL;
	*ret = v;
	return 0;
}

/* The index of text among the words; -EINVAL. */
static int parse_word(const char *text, const char *const *words, int n)
{
	for (int i = 0; i < n; i++)
		if (!strcmp(text, words[i]))
			return i;
	return -EINVAL;
}

static int set_words(struct job *job, int id, const char *text)
{
	static const char *const families[] = {"4", "6", "both"}, *const states[] = {"established", "mixed"},
				 *const nat[] = {"none", "snat", "dnat", "mixed"};
	struct address a;
	int r;

	switch (id) {
	case OPTION_FAMILY:
		r = parse_word(text, families, 3);
		job->plan.ipv4 = r != 1;
		job->plan.ipv6 = r != 0;
		return r;
	case OPTION_STATES:
		r = parse_word(text, states, 2);
		job->plan.mixed_states = r == 1;
		return r;
	case OPTION_NAT:
		r = parse_word(text, nat, 4);
		if (r >= 0)
			job->plan.nat = (enum inject_nat)r;
		return r;
	case OPTION_PROTOCOLS:
		return inject_protocols_parse(&job->plan, text);
	case OPTION_DEVICES:
		return inject_networks_parse(&job->plan.devices, text);
	case OPTION_REMOTES:
		return inject_networks_parse(&job->plan.remotes, text);
	case OPTION_NAT_ADDRESS:
		r = address_parse(&a, text);
		if (r >= 0)
			*(address_is_ipv4(&a) ? &job->plan.nat_ipv4 : &job->plan.nat_ipv6) = a;
		return r;
	}
	return -ENOENT;
}

static int set_number(struct job *job, int id, const char *text)
{
	uint64_t v = 0;
	int r = parse_number(text,
			     id == OPTION_SEED	 ? UINT64_MAX
			     : id == OPTION_ZONE ? UINT16_MAX
						 : UINT32_MAX,
			     &v);

	if (r < 0)
		return r;
	switch (id) {
	case OPTION_SEED:
		job->plan.seed = v;
		break;
	case OPTION_COUNT:
		job->count = (uint32_t)v;
		break;
	case OPTION_FIRST:
		job->first = (uint32_t)v;
		break;
	case OPTION_RATE:
		job->rate = (uint32_t)v;
		break;
	case OPTION_CHURN:
		job->churn = (uint32_t)v;
		break;
	case OPTION_TIMEOUT:
		job->plan.timeout = (uint32_t)v;
		break;
	case OPTION_MARK:
		job->plan.mark = (uint32_t)v;
		break;
	case OPTION_ZONE:
		job->plan.zone = (uint16_t)v;
		break;
	}
	return 0;
}

/* 1: go on; 0: help was shown; -EINVAL, said why. */
static int parse_options(struct job *job, int argc, char **argv)
{
	static const struct option options[] = {
	    {"count", required_argument, NULL, OPTION_COUNT},
	    {"first", required_argument, NULL, OPTION_FIRST},
	    {"rate", required_argument, NULL, OPTION_RATE},
	    {"seed", required_argument, NULL, OPTION_SEED},
	    {"family", required_argument, NULL, OPTION_FAMILY},
	    {"protocols", required_argument, NULL, OPTION_PROTOCOLS},
	    {"nat", required_argument, NULL, OPTION_NAT},
	    {"devices", required_argument, NULL, OPTION_DEVICES},
	    {"remotes", required_argument, NULL, OPTION_REMOTES},
	    {"nat-address", required_argument, NULL, OPTION_NAT_ADDRESS},
	    {"states", required_argument, NULL, OPTION_STATES},
	    {"timeout", required_argument, NULL, OPTION_TIMEOUT},
	    {"mark", required_argument, NULL, OPTION_MARK},
	    {"zone", required_argument, NULL, OPTION_ZONE},
	    {"churn", required_argument, NULL, OPTION_CHURN},
	    {"delete", no_argument, NULL, OPTION_DELETE},
	    {"flush", no_argument, NULL, OPTION_FLUSH},
	    {"quiet", no_argument, NULL, OPTION_QUIET},
	    {"help", no_argument, NULL, OPTION_HELP},
	    {0},
	};
	int id, at = 0;

	while ((id = getopt_long(argc, argv, "", options, &at)) != -1) {
		int r = 0;

		if (id == OPTION_HELP) {
			fputs(help, stdout);
			return 0;
		}
		if (id == '?')
			return -EINVAL;
		if (id == OPTION_DELETE)
			job->delete = true;
		else if (id == OPTION_FLUSH)
			job->flush = true;
		else if (id == OPTION_QUIET)
			job->quiet = true;
		else if ((r = set_words(job, id, optarg)) == -ENOENT)
			r = set_number(job, id, optarg);
		if (r < 0) {
			fprintf(stderr, "--%s does not take \"%s\"; see --help.\n", options[at].name, optarg);
			return -EINVAL;
		}
	}
	if (optind < argc) {
		fprintf(stderr, "\"%s\" is not an option; see --help.\n", argv[optind]);
		return -EINVAL;
	}
	if (!inject_plan_is_whole(&job->plan)) {
		fputs(
		    "Give networks of devices and remotes for each address family, or choose one --family.\n",
		    stderr);
		return -EINVAL;
	}
	return 1;
}

/* One entry in a run: makes or deletes it; in a churn its predecessor COUNT before goes. */
static int step(struct inject_sender *s, const struct job *job, uint64_t i)
{
	int r;

	if (job->delete)
		return inject_delete(s, job->first + (uint32_t)i);
	r = inject_create(s, job->first + (uint32_t)i);
	if (r == 0 && job->churn && i >= job->count)
		r = inject_delete(s, job->first + (uint32_t)(i - job->count));
	return r;
}

static int run(struct inject_sender *s, const struct job *job, uint64_t *ret_steps)
{
	uint64_t began = clock_ms(), i = 0;
	int r = 0;

	for (;;) {
		uint64_t elapsed = clock_ms() - began;
		uint64_t due = job->rate ? elapsed * job->rate / 1000 : i + 256;

		if (stopped || (job->churn ? elapsed >= (uint64_t)job->churn * 1000 : i >= job->count))
			break;
		if (!job->churn && due > job->count)
			due = job->count;
		for (; i < due && r == 0; i++)
			r = step(s, job, i);
		if (r == 0)
			r = inject_sync(s);
		if (r < 0)
			break;
		if (job->rate)
			usleep(2000);
	}
	*ret_steps = i;
	return r;
}

static void report(const struct job *job, const struct inject_counts *c, uint64_t steps, uint64_t ms)
{
	uint64_t alive_from = job->churn && steps > job->count ? steps - job->count : 0;

	if (!job->quiet)
		printf("created %" PRIu64 ", deleted %" PRIu64 ", existing %" PRIu64 ", missing %" PRIu64
		       ", failed %" PRIu64 " in %" PRIu64 " ms; first %" PRIu64 "\n",
		       c->created, c->deleted, c->existing, c->missing, c->failed, ms,
		       job->first + alive_from);
	if (c->failed)
		fprintf(stderr, "The kernel refused %" PRIu64 " entries, the last one with: %s.\n", c->failed,
			c->error == -ENOMEM || c->error == -ENFILE
			    ? "the conntrack table is full (nf_conntrack_max)"
			    : strerror(-c->error));
}

int main(int argc, char **argv)
{
	struct job job = {.plan = inject_plan_default(), .count = 1000};
	struct sigaction action = {.sa_handler = on_signal};
	struct inject_sender *s = NULL;
	struct inject_counts counts;
	uint64_t began, steps = 0;
	int r = parse_options(&job, argc, argv);

	if (r <= 0)
		return r < 0 ? 2 : 0;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	r = inject_sender_new(&s, &job.plan);
	if (r == 0 && job.flush)
		r = inject_flush(s);
	began = clock_ms();
	if (r == 0)
		r = run(s, &job, &steps);
	if (r < 0) {
		fprintf(stderr, "The kernel did not take conntrack entries: %s.%s\n", strerror(-r),
			r == -EPERM ? " This needs root, or CAP_NET_ADMIN in this network namespace." : "");
		inject_sender_free(s);
		return 1;
	}
	counts = inject_counts(s);
	report(&job, &counts, steps, clock_ms() - began);
	inject_sender_free(s);
	return counts.failed ? 1 : 0;
}
