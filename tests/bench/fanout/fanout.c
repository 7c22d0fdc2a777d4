/* SPDX-License-Identifier: MIT */
/*
 * How close the broadcaster comes to plain send(2): fanout BROADCASTER [VIEWERS BYTES ROUNDS].
 * Both serve the same viewers the same frames, in turn, in one run. CPU is the server's, user and system, for
 * each message that a viewer has received; the medians of the rounds are printed, and their ratio.
 */
#include <hiredis/hiredis.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "frame.h"
#include "load.h"
#include "process.h"
#include "raw.h"
#include "util.h"

#define PORT_OURS 18390
#define PORT_RAW 18391
#define HZ 10
#define PACED_S 3
#define SATURATED_S 3
#define OUTSTANDING 4
#define ROUNDS_MAX 99
#define KEYFRAME_EVERY 64 /* deltas, so that the log stays short; viewers in step skip keyframes */

struct server {
	bool ours;
	pid_t pid;
	int port;
	int input;	     /* of the raw server */
	redisContext *redis; /* of ours */
	uint64_t sequence;
	size_t bytes; /* of a frame */
};

struct result {
	double us; /* of CPU for each message */
	uint32_t p50, p99;
};

static size_t build(struct server *s, enum frame_kind kind, size_t size, uint8_t *frame)
{
	struct frame_header h = {
	    .kind = kind,
	    .epoch = {.start = 1, .random = 1},
	    .sequence = s->sequence,
	    .site = "home",
	    .topic = "overview",
	};
	uint64_t stamp = now_ns();
	size_t n;

	h.payload_length = h.inflated_length = (uint32_t)(size - 60);
	n = frame_header_encode(&h, frame);
	memcpy(frame + n, &stamp, sizeof(stamp));
	return size;
}

static void deliver(struct server *s, const uint8_t *frame, size_t n)
{
	uint32_t length = (uint32_t)n;
	redisReply *reply;

	if (!s->ours) {
		if (write(s->input, &length, sizeof(length)) != sizeof(length) ||
		    write(s->input, frame, n) != (ssize_t)n)
			die("the raw server is gone");
		return;
	}
	reply = redisCommand(s->redis, "PUBLISH connvis:feed:home:overview %b", frame, n);
	if (!reply)
		die("Redis is gone");
	freeReplyObject(reply);
}

static void publish(struct server *s)
{
	static uint8_t frame[1 << 20];

	s->sequence++;
	deliver(s, frame, build(s, FRAME_DELTA, s->bytes, frame));
	if (s->ours && s->sequence % KEYFRAME_EVERY == 0)
		deliver(s, frame, build(s, FRAME_KEYFRAME, 100, frame));
}

static void wait_for(struct load *load, uint64_t messages)
{
	uint64_t until = now_ns() + 20000000000u;

	while (load_messages(load) < messages) {
		load_read(load, 100);
		if (now_ns() > until)
			die("messages are missing: %" PRIu64 " of %" PRIu64, load_messages(load), messages);
	}
}

static struct result finish(const struct server *s, struct load *load, uint64_t cpu)
{
	return (struct result){
	    .us = (double)(process_cpu_ns(s->pid) - cpu) / 1000 / (double)load_messages(load),
	    .p50 = load_latency_us(load, .5),
	    .p99 = load_latency_us(load, .99),
	};
}

static struct result run_paced(struct server *s, struct load *load, size_t viewers)
{
	uint64_t cpu, next, now;

	load_reset(load);
	cpu = process_cpu_ns(s->pid);
	next = now_ns();
	for (unsigned i = 0; i < HZ * PACED_S; i++) {
		publish(s);
		next += 1000000000u / HZ;
		while ((now = now_ns()) < next)
			load_read(load, (int)((next - now) / 1000000));
	}
	wait_for(load, (uint64_t)viewers * HZ * PACED_S);
	return finish(s, load, cpu);
}

static struct result run_saturated(struct server *s, struct load *load, size_t viewers)
{
	uint64_t sent = 0, until, cpu;

	load_reset(load);
	cpu = process_cpu_ns(s->pid);
	until = now_ns() + SATURATED_S * 1000000000ull;
	while (now_ns() < until) {
		while (sent * viewers < load_messages(load) + OUTSTANDING * viewers) {
			publish(s);
			sent++;
		}
		load_read(load, 10);
	}
	wait_for(load, sent * viewers);
	return finish(s, load, cpu);
}

static int by_us(const void *a, const void *b)
{
	const struct result *x = a, *y = b;

	return (x->us > y->us) - (x->us < y->us);
}

static int by_p99(const void *a, const void *b)
{
	const struct result *x = a, *y = b;

	return (x->p99 > y->p99) - (x->p99 < y->p99);
}

static void print(const char *what, size_t viewers, size_t bytes, struct result *raw, struct result *ours,
		  unsigned n)
{
	double limit, us;

	qsort(raw, n, sizeof(*raw), by_us);
	qsort(ours, n, sizeof(*ours), by_us);
	limit = raw[n / 2].us;
	us = ours[n / 2].us;
	qsort(raw, n, sizeof(*raw), by_p99);
	qsort(ours, n, sizeof(*ours), by_p99);
	n /= 2; /* the median */
	printf(
	    "%-9s %5zu x %5zu  raw %6.2f us  ours %6.2f us  ratio %.2f   p50 %.1f / %.1f ms  p99 %.1f / %.1f ms  ratio %.2f\n",
	    what, viewers, bytes, limit, us, us / limit, raw[n].p50 / 1e3, ours[n].p50 / 1e3,
	    raw[n].p99 / 1e3, ours[n].p99 / 1e3, (double)ours[n].p99 / raw[n].p99);
	fflush(stdout);
}

static struct result run_once(struct server *s, size_t viewers, size_t bytes, bool paced)
{
	static uint8_t frame[1 << 20];
	size_t before = process_memory(s->pid);
	struct load *load;
	struct result r;

	s->bytes = bytes;
	if (s->ours)
		deliver(s, frame, build(s, FRAME_KEYFRAME, 100, frame));
	load = load_new(s->port, viewers, bytes);
	/* the hellos and what was held from before */
	for (uint64_t until = now_ns() + 500000000u; now_ns() < until;)
		load_read(load, 20);
	if (s->ours && getenv("FANOUT_MEMORY"))
		printf("memory: %zu bytes an idle viewer\n", (process_memory(s->pid) - before) / viewers);
	r = paced ? run_paced(s, load, viewers) : run_saturated(s, load, viewers);
	load_free(load);
	usleep(300000);
	return r;
}

static void compare(struct server servers[2], size_t viewers, size_t bytes, unsigned rounds)
{
	struct result results[2][2][ROUNDS_MAX];

	for (unsigned round = 0; round < rounds; round++)
		for (unsigned paced = 0; paced < 2; paced++)
			for (unsigned which = 0; which < 2; which++)
				results[paced][which][round] =
				    run_once(&servers[(which + round) % 2], viewers, bytes, paced);
	for (unsigned paced = 2; paced-- > 0;) {
		/* the order was turned each round */
		struct result raw[ROUNDS_MAX], ours[ROUNDS_MAX];

		for (unsigned round = 0; round < rounds; round++) {
			raw[round] = results[paced][round % 2][round];
			ours[round] = results[paced][1 - round % 2][round];
		}
		print(paced ? "10 Hz" : "saturated", viewers, bytes, raw, ours, rounds);
	}
}

static void start_raw(struct server *s)
{
	int ends[2];

	if (pipe(ends) < 0)
		die("no pipe");
	*s = (struct server){.port = PORT_RAW, .input = ends[1]};
	s->pid = fork();
	if (!s->pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(ends[1]);
		raw_serve(PORT_RAW, ends[0]);
	}
	close(ends[0]);
}

static void start_ours(struct server *s, const char *program, const char *socket)
{
	char port[64], server[160];
	const char *argv[] = {program,
			      "--set",
			      port,
			      "--set",
			      server,
			      "--set",
			      "limits.viewers=10000",
			      "--set",
			      "limits.viewers_per_address=10000",
			      NULL};

	snprintf(port, sizeof(port), "listen.port=%d", PORT_OURS);
	snprintf(server, sizeof(server), "redis.server=%s", socket);
	*s = (struct server){.ours = true, .port = PORT_OURS, .pid = process_start(argv)};
	s->redis = redisConnectUnix(socket);
	if (!s->redis || s->redis->err)
		die("cannot connect to Redis");
	usleep(700000);
}

int main(int argc, char **argv)
{
	static const size_t viewers[] = {1000, 5000}, bytes[] = {2048, 32768};
	char socket[] = "/tmp/connvis-fanout-XXXXXX/redis.sock";
	const char *redis[] = {"redis-server", "--port", "0",	      "--unixsocket", socket,
			       "--save",       "",	 "--logfile", "/dev/null",    NULL};
	struct rlimit limit;
	struct server servers[2];
	unsigned rounds = argc > 4 ? (unsigned)atoi(argv[4]) : 5;
	pid_t redis_pid;

	if (argc < 2 || rounds < 1 || rounds > ROUNDS_MAX)
		die("expected BROADCASTER [VIEWERS BYTES ROUNDS]");
	if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_max < 11000)
		die("11,000 open files must be allowed (ulimit -Hn)");
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	signal(SIGPIPE, SIG_IGN);
	*strrchr(socket, '/') = '\0';
	if (!mkdtemp(socket))
		die("no temporary folder");
	socket[strlen(socket)] = '/';
	redis_pid = process_start(redis);
	for (int i = 0; i < 50 && access(socket, F_OK) < 0; i++)
		usleep(100000);
	start_raw(&servers[0]);
	start_ours(&servers[1], argv[1], socket);
	if (argc > 3)
		compare(servers, strtoul(argv[2], NULL, 10), strtoul(argv[3], NULL, 10), rounds);
	for (size_t v = 0; argc <= 3 && v < ELEMENTS_OF(viewers); v++)
		for (size_t b = 0; b < ELEMENTS_OF(bytes); b++)
			compare(servers, viewers[v], bytes[b], rounds);
	process_stop(servers[1].pid);
	process_stop(servers[0].pid);
	redisFree(servers[1].redis);
	process_stop(redis_pid);
	*strrchr(socket, '/') = '\0';
	rmdir(socket);
	return 0;
}
