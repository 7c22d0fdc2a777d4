/* SPDX-License-Identifier: MIT */
/* Dumps: a bare recv loop, ours, libnetfilter_conntrack and conntrack -L, in turn. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <libnetfilter_conntrack/libnetfilter_conntrack.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

#include "bench.h"
#include "ct_dump.h"
#include "ct_netlink.h"
#include "inject_send.h"

/* Reads a whole dump; the entries in it. ct: parsed into with libnetfilter_conntrack, or NULL. */
static uint64_t plain_dump(struct nf_conntrack *ct)
{
	static _Alignas(struct nlmsghdr) char buffer[32768];
	int fd = ct_netlink_open(0), r;
	uint64_t n = 0;

	if (fd < 0 || (r = ct_netlink_request(fd, IPCTNL_MSG_CT_GET, NLM_F_DUMP, 1)) < 0)
		bench_die("A dump could not be asked for", fd < 0 ? fd : r);
	for (;;) {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)buffer;
		ssize_t size = recv(fd, buffer, sizeof(buffer), 0);
		unsigned left;

		if (size < 0)
			bench_die("A dump could not be read", -errno);
		for (left = (unsigned)size; NLMSG_OK(nlh, left); nlh = NLMSG_NEXT(nlh, left)) {
			if (nlh->nlmsg_type == NLMSG_DONE) {
				close(fd);
				return n;
			}
			n++;
			if (ct)
				nfct_nlmsg_parse(nlh, ct);
		}
	}
}

static uint64_t our_dump(struct ct_dump *d, struct ct_table *table)
{
	uint64_t malformed = 0;
	int r = ct_dump_begin(d);

	ct_table_dump_begin(table, 1);
	for (r = r < 0 ? r : CT_DUMP_MORE; r == CT_DUMP_MORE;)
		r = ct_dump_read(d, table, &malformed);
	if (r != CT_DUMP_WHOLE || malformed)
		bench_die("Our dump failed", r);
	ct_table_dump_end(table, 1);
	return ct_table_count(table);
}

/* ns of CPU of the conntrack program. */
static uint64_t peer_dump(void)
{
	char program[] = "conntrack", list[] = "-L", *argv[] = {program, list, NULL};
	posix_spawn_file_actions_t files;
	struct rusage before, after;
	int status;
	pid_t pid;

	getrusage(RUSAGE_CHILDREN, &before);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
	if (posix_spawnp(&pid, argv[0], &files, NULL, argv, environ) || waitpid(pid, &status, 0) != pid ||
	    status)
		bench_die("conntrack -L failed", -ECHILD);
	posix_spawn_file_actions_destroy(&files);
	getrusage(RUSAGE_CHILDREN, &after);
	return (uint64_t)(after.ru_utime.tv_sec - before.ru_utime.tv_sec + after.ru_stime.tv_sec -
			  before.ru_stime.tv_sec) *
		   1000000000 +
	       (uint64_t)((after.ru_utime.tv_usec - before.ru_utime.tv_usec + after.ru_stime.tv_usec -
			   before.ru_stime.tv_usec) *
			  1000);
}

static void add(struct bench_series *s, uint64_t ns, uint64_t entries)
{
	s->value[s->n++] = (double)ns / (double)entries;
}

static void fill(uint32_t entries)
{
	struct inject_plan plan = inject_plan_default();
	struct inject_sender *s;
	struct inject_counts counts;
	int r = inject_sender_new(&s, &plan);

	plan.timeout = 3600;
	if (r == 0)
		r = inject_flush(s);
	for (uint32_t i = 0; i < entries && r == 0; i++)
		r = inject_create(s, i);
	if (r == 0)
		r = inject_sync(s);
	if (r < 0)
		bench_die("Entries could not be made", r);
	counts = inject_counts(s);
	if (counts.failed)
		bench_die("The kernel refused entries", counts.error);
	inject_sender_free(s);
}

void bench_dumps(uint32_t entries, int rounds)
{
	struct bench_series bare = {.n = 0}, ours = {.n = 0}, oracle = {.n = 0}, peer = {.n = 0};
	struct ct_table *table = bench_table(entries + 1000);
	struct nf_conntrack *ct = nfct_new();
	struct ct_dump *dump;
	double limit;

	fill(entries);
	if (ct_dump_new(&dump) < 0 || !ct)
		bench_die("A socket could not be opened", -errno);
	our_dump(dump, table);
	for (int i = 0; i < rounds; i++) {
		uint64_t n, cpu = bench_cpu_ns();

		n = plain_dump(NULL);
		add(&bare, bench_cpu_ns() - cpu, n);
		cpu = bench_cpu_ns();
		n = our_dump(dump, table);
		add(&ours, bench_cpu_ns() - cpu, n);
		cpu = bench_cpu_ns();
		n = plain_dump(ct);
		add(&oracle, bench_cpu_ns() - cpu, n);
		add(&peer, peer_dump(), n);
	}
	limit = bench_median(&bare);
	printf(
	    "dump %7u entries: bare %5.0f ns an entry; connvis %.2f, nfct_nlmsg_parse %.2f, conntrack -L %.2f times that; connvis is %.2f of conntrack -L; %.0f bytes a connection\n",
	    entries, limit, bench_median(&ours) / limit, bench_median(&oracle) / limit,
	    bench_median(&peer) / limit, bench_median(&ours) / bench_median(&peer),
	    (double)ct_table_memory(table) / (double)ct_table_count(table));
	fflush(stdout);
	nfct_destroy(ct);
	ct_dump_free(dump);
	ct_table_free(table);
}
