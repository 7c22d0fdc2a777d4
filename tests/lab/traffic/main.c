/* SPDX-License-Identifier: MIT */
/*
 * The lab's traffic: all servers of the world and all clients of the household in one process, which opens
 * each socket in the network namespace of the one that it plays. Ends on SIGTERM and SIGINT, or when --parent
 * is gone.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "flow.h"
#include "network.h"
#include "plan.h"
#include "server.h"

#define TICK 50 /* ms */

struct traffic {
	struct network *network;
	struct server *server;
	struct flows *flows;
	struct watch signals, parent;
	struct plan plan;
	struct flow_addresses addresses;
};

static bool stopping; /* set by the two watches below, which know nothing else */

static void stop_ready(struct watch *w, uint32_t events)
{
	(void)w;
	(void)events;
	stopping = true;
}

static uint64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static int watch_signals(struct traffic *t)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	t->signals =
	    (struct watch){.fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC), .ready = stop_ready};
	return t->signals.fd < 0 ? -errno : network_watch(t->network, &t->signals, EPOLLIN);
}

/* pidfd_open(2): readable when the process has ended */
static int watch_parent(struct traffic *t, pid_t parent)
{
	t->parent = (struct watch){.fd = (int)syscall(SYS_pidfd_open, parent, 0), .ready = stop_ready};
	return t->parent.fd < 0 ? -errno : network_watch(t->network, &t->parent, EPOLLIN);
}

static int listen_all(struct traffic *t)
{
	int r = 0;

	for (size_t i = 0; i < t->plan.n_flows && r == 0; i++) {
		const struct plan_flow *p = &t->plan.flows[i];

		r = server_listen(t->server, p->inbound ? p->device : "world", p->serve, p->udp);
		if (r < 0)
			fprintf(stderr, "Cannot serve port %u of %s: %s.\n", p->serve,
				p->inbound ? p->device : "world", strerror(-r));
	}
	return r;
}

static int run(struct traffic *t)
{
	uint64_t last = now_ms(), now;
	int r = 0;

	while (!stopping && r == 0) {
		now = now_ms();
		r = network_wait(t->network, now - last >= TICK ? 0 : (int)(TICK - (now - last)));
		now = now_ms();
		if (now - last >= TICK) {
			server_tick(t->server, (uint32_t)(now - last));
			flows_tick(t->flows, now, (uint32_t)(now - last));
			last = now;
		}
	}
	return r;
}

static int start_and_run(struct traffic *t, const char *lab, pid_t parent)
{
	int r = network_new(&t->network, lab);

	if (r < 0) {
		fprintf(stderr, "Cannot enter the lab '%s': %s.\n", lab, strerror(-r));
		return r;
	}
	r = watch_signals(t);
	if (r == 0 && parent)
		r = watch_parent(t, parent);
	if (r == 0)
		r = server_new(&t->server, t->network);
	if (r == 0)
		r = listen_all(t);
	if (r == 0)
		r = flows_new(&t->flows, t->network, &t->plan, &t->addresses);
	if (r == 0)
		r = run(t);
	return r;
}

int main(int argc, char **argv)
{
	struct traffic *t = calloc(1, sizeof(*t));
	pid_t parent = 0;
	int r;

	if (!t)
		return EXIT_FAILURE;
	t->signals.fd = t->parent.fd = -1;
	if (argc == 9 && strcmp(argv[1], "--parent") == 0) {
		parent = atoi(argv[2]);
		argv += 2;
		argc -= 2;
	}
	if (argc != 7 || inet_pton(AF_INET, argv[2], &t->addresses.outside) != 1 ||
	    inet_pton(AF_INET, argv[3], &t->addresses.dns_ipv4) != 1 ||
	    inet_pton(AF_INET6, argv[4], &t->addresses.dns_ipv6) != 1) {
		fprintf(
		    stderr,
		    "Usage: connvis-lab-traffic [--parent PID] LAB OUTSIDE-ADDRESS DNS-IPV4 DNS-IPV6 HOSTS PLAN\n");
		free(t);
		return EXIT_FAILURE;
	}
	srandom((unsigned int)now_ms());
	r = plan_read_hosts(&t->plan, argv[5]);
	if (r == 0)
		r = plan_read_flows(&t->plan, argv[6]);
	if (r == 0)
		r = start_and_run(t, argv[1], parent);
	if (r < 0)
		fprintf(stderr, "The lab's traffic ends: %s.\n", strerror(-r));
	flows_free(t->flows);
	server_free(t->server);
	if (t->network) {
		network_unwatch(t->network, &t->signals);
		network_unwatch(t->network, &t->parent);
	}
	network_free(t->network);
	plan_done(&t->plan);
	free(t);
	return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
