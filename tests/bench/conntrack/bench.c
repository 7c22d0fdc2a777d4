/* SPDX-License-Identifier: MIT */
/* connvis-bench-conntrack: what reading conntrack costs, beside the least that it can cost and beside its
 * peers. */
#include "bench.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
    "connvis-bench-conntrack [--entries N,N,...] [--rates N,N,...] [--rounds N]\n"
    "CPU time of reading the kernel's conntrack table in a network namespace of its own, in interleaved rounds:\n"
    "medians, as ratios to a bare recv loop. A rate of 0 is as fast as the kernel goes. Needs root. Raises\n"
    "nf_conntrack_max where it must, and sets it back.\n"
    "Defaults: --entries 10000,100000,500000 --rates 20000,200000,0 --rounds 7\n";

static int max_fd = -1;
static char max_before[32];

static void restore(void)
{
	if (max_fd >= 0)
		/* safe in a signal's handler: signal-safety(7) NOLINTNEXTLINE(bugprone-signal-handler) */
		(void)!pwrite(max_fd, max_before, strlen(max_before), 0);
}

static void on_signal(int number)
{
	restore();
	signal(number, SIG_DFL);
	raise(number);
}

void bench_die(const char *what, int error)
{
	fprintf(stderr, "%s: %s.\n", what, strerror(-error));
	exit(1);
}

static void ignore_added(void *data, struct ct_connection *c)
{
	(void)data;
	(void)c;
}

static void ignore_change(void *data, struct ct_connection *c, const struct ct_change *change)
{
	(void)data;
	(void)c;
	(void)change;
}

struct ct_table *bench_table(size_t max)
{
	static const struct ct_listener listener = {ignore_added, ignore_change, ignore_change};
	struct ct_table *t;
	int r = ct_table_new(&t, max, &listener, NULL);

	if (r < 0)
		bench_die("The table could not be made", r);
	return t;
}

/* The limit belongs to the first namespace: it is raised before we leave that, through a file kept open. */
static void raise_max(unsigned long needed)
{
	ssize_t n;
	char text[32];

	max_fd = open("/proc/sys/net/netfilter/nf_conntrack_max", O_RDWR | O_CLOEXEC);
	n = max_fd < 0 ? -1 : pread(max_fd, max_before, sizeof(max_before) - 1, 0);
	if (n <= 0 || strtoul(max_before, NULL, 10) >= needed)
		return;
	atexit(restore);
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	snprintf(text, sizeof(text), "%lu", needed);
	if (pwrite(max_fd, text, strlen(text), 0) < 0)
		fprintf(stderr, "nf_conntrack_max could not be raised from %s", max_before);
}

static void enter_namespace(void)
{
	int fd;

	if (unshare(CLONE_NEWNET) < 0) {
		fputs("A network namespace could not be made: run this as root.\n", stderr);
		exit(1);
	}
	fd = open("/proc/sys/net/netfilter/nf_conntrack_acct", O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, "1", 1) != 1) {
		fputs("Accounting could not be switched on.\n", stderr);
		exit(1);
	}
	close(fd);
}

static int parse_list(const char *text, unsigned long *ret, int max)
{
	int n = 0;

	for (const char *p = text; *p && n < max; p += *p == ',') {
		char *end;

		ret[n++] = strtoul(p, &end, 10);
		if (end == p || (*end && *end != ','))
			return -1;
		p = end;
	}
	return n;
}

int main(int argc, char **argv)
{
	unsigned long entries[16] = {10000, 100000, 500000}, rates[16] = {20000, 200000, 0}, rounds[1] = {7};
	int n_entries = 3, n_rates = 3, ok = 1;
	unsigned long most = 0;

	for (int i = 1; i + 1 < argc + 1; i += 2) {
		if (i + 1 < argc && !strcmp(argv[i], "--entries")) {
			ok = (n_entries = parse_list(argv[i + 1], entries, 16)) >= 0;
		} else if (i + 1 < argc && !strcmp(argv[i], "--rates")) {
			ok = (n_rates = parse_list(argv[i + 1], rates, 16)) >= 0;
		} else if (i + 1 < argc && !strcmp(argv[i], "--rounds")) {
			ok = parse_list(argv[i + 1], rounds, 1) == 1 && rounds[0] > 0 &&
			     rounds[0] <= BENCH_ROUNDS_MAX;
		} else {
			ok = 0;
		}
		if (!ok) {
			fputs(help, strcmp(argv[i], "--help") ? stderr : stdout);
			return strcmp(argv[i], "--help") ? 2 : 0;
		}
	}
	for (int i = 0; i < n_entries; i++)
		most = entries[i] > most ? entries[i] : most;
	raise_max(most + most / 10 + 100000);
	enter_namespace();
	for (int i = 0; i < n_entries; i++)
		bench_dumps((uint32_t)entries[i], (int)rounds[0]);
	for (int i = 0; i < n_rates; i++)
		bench_events((uint32_t)rates[i], (int)rounds[0]);
	return 0;
}
