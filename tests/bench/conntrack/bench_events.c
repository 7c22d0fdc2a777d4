/* SPDX-License-Identifier: MIT */
/* Events: a bare recv for each, and ours every 10 ms, in turn, while another process makes and deletes
 * entries. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/netfilter/nfnetlink_compat.h>

#include "bench.h"
#include "ct_events.h"
#include "ct_netlink.h"
#include "inject_send.h"
#include "util.h"

enum {
	SECONDS = 1,
	BUFFER = 8 * 1024 * 1024,
	DRAIN_MS = 10,
};

struct result {
	uint64_t events, cpu, losses;
};

/* In a process of its own: rate/2 entries a second are made and deleted again; 0: as fast as it goes. */
static pid_t start_churn(uint32_t rate)
{
	struct inject_plan plan = inject_plan_default();
	struct inject_sender *s;
	uint64_t began, i = 0;
	pid_t pid = fork();

	if (pid < 0)
		bench_die("A process could not be started", -errno);
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (inject_sender_new(&s, &plan) < 0)
		_exit(1);
	began = clock_ms();
	for (uint64_t now = began; now - began < SECONDS * 1000; now = clock_ms()) {
		uint64_t due = rate ? (now - began) * rate / 2000 : i + 128;

		for (; i < due; i++) {
			inject_create(s, (uint32_t)i);
			if (i >= 64)
				inject_delete(s, (uint32_t)(i - 64));
		}
		if (inject_sync(s) < 0)
			_exit(1);
		if (rate)
			usleep(1000);
	}
	inject_flush(s);
	_exit(0);
}

static bool ended(pid_t pid)
{
	int status;

	if (waitpid(pid, &status, WNOHANG) != pid)
		return false;
	if (status)
		bench_die("The process that makes entries failed", -ECHILD);
	return true;
}

static struct result bare(uint32_t rate)
{
	static _Alignas(struct nlmsghdr) char buffer[8192];
	int fd = ct_netlink_open(NF_NETLINK_CONNTRACK_NEW | NF_NETLINK_CONNTRACK_DESTROY);
	struct timeval wait = {.tv_usec = 100000};
	struct result r = {};
	pid_t pid;

	if (fd < 0)
		bench_die("Events could not be listened to", fd);
	ct_netlink_set_buffer(fd, BUFFER);
	/* a blocking recv for each event */
	if (fcntl(fd, F_SETFL, 0) < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)) < 0)
		bench_die("The socket could not be set up", -errno);
	pid = start_churn(rate);
	r.cpu = bench_cpu_ns();
	for (bool last = false;;) {
		if (recv(fd, buffer, sizeof(buffer), 0) >= 0) {
			r.events++;
		} else if (errno == ENOBUFS) {
			r.losses++;
		} else if (errno == EAGAIN) {
			if (last)
				break;
			last = ended(pid);
		}
	}
	r.cpu = bench_cpu_ns() - r.cpu;
	close(fd);
	return r;
}

static struct result ours(uint32_t rate)
{
	struct ct_table *table = bench_table(1000000);
	struct ct_events *events;
	struct result r = {};
	int error = ct_events_new(&events, BUFFER);
	pid_t pid;

	if (error < 0)
		bench_die("Events could not be listened to", error);
	pid = start_churn(rate);
	r.cpu = bench_cpu_ns();
	for (bool last = false;;) {
		struct ct_events_result drained = ct_events_drain(events, table, 1, UINT32_MAX);

		r.events += drained.taken;
		r.losses += drained.losses;
		if (!drained.taken) {
			if (last)
				break;
			last = ended(pid);
		}
		usleep(DRAIN_MS * 1000);
	}
	r.cpu = bench_cpu_ns() - r.cpu;
	ct_events_free(events);
	ct_table_free(table);
	return r;
}

static void add(struct bench_series *s, const struct result *r)
{
	if (r->events)
		s->value[s->n++] = (double)r->cpu / (double)r->events;
}

void bench_events(uint32_t rate, int rounds)
{
	struct bench_series limit = {.n = 0}, mine = {.n = 0};
	struct result a = {}, b = {};
	uint64_t losses = 0;

	for (int i = 0; i < rounds; i++) {
		a = bare(rate);
		add(&limit, &a);
		b = ours(rate);
		add(&mine, &b);
		losses += b.losses;
	}
	if (rate)
		printf("events at %7u/s: ", rate);
	else
		printf("events at most (%u/s): ", (unsigned)(b.events / SECONDS));
	printf("bare recv %4.0f ns an event; connvis %.2f times that; %u losses\n", bench_median(&limit),
	       bench_median(&mine) / bench_median(&limit), (unsigned)losses);
	fflush(stdout);
}
