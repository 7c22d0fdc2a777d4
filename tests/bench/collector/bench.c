/* SPDX-License-Identifier: MIT */
/* connvis-bench-collector: what the whole collector costs, beside the least that reading conntrack costs. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <hiredis/hiredis.h>

#include "bare.h"
#include "load.h"
#include "process.h"
#include "room.h"
#include "util.h"

#define ROUNDS_MAX 50
#define WARM_UP_S 5
#define MORE_MAX 32 /* options for the collector */

static const char help[] =
    "connvis-bench-collector [--entries N] [--events N] [--active N] [--lines N] [--list N]\n"
    "                        [--rounds N] [--seconds N] [-- OPTIONS OF THE COLLECTOR]\n"
    "CPU time and memory of the whole collector, with a Redis, a broadcaster and the bare loops beside it, in a\n"
    "network namespace of its own: entries in the table, events a second, connections over which a packet goes\n"
    "each second, lines of the DNS server's log a second, names on a list. Needs root, nft and Redis.\n"
    "Defaults: 10000, 1000, 1000, 200, 10000; 5 rounds of 6 seconds.\n";

struct numbers {
	unsigned long entries, events, active, lines, list, rounds, seconds;
};

struct series {
	double collector[ROUNDS_MAX], bare[ROUNDS_MAX], ratio[ROUNDS_MAX], broadcaster[ROUNDS_MAX];
};

static char folder[] = "/tmp/connvis-bench-collector-XXXXXX";
static redisContext *reader;
static uint64_t frames, bytes;

static void write_list(const struct numbers *n)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/list", folder);
	f = fopen(path, "w");
	if (!f)
		die("cannot write %s: %s", path, strerror(errno));
	for (unsigned long i = 0; i < n->list; i++)
		fprintf(f, "0.0.0.0 ad%lu.site%lu.example.com\n", i, i % 997);
	fclose(f);
}

static pid_t start_redis(char socket[128])
{
	const char *argv[] = {"redis-server", "--port",	   "0",	    "--unixsocket", socket, "--save", "",
			      "--logfile",    "/dev/null", "--dir", folder,	    NULL};
	pid_t pid;

	snprintf(socket, 128, "%s/redis.sock", folder);
	pid = process_start(argv);
	for (unsigned i = 0; i < 100; i++) {
		reader = redisConnectUnix(socket);
		if (reader && !reader->err)
			return pid;
		redisFree(reader);
		usleep(50000);
	}
	die("Redis does not start");
}

static pid_t start_collector(const char *socket, const char *log, char **more, int n_more)
{
	char redis[160], logs[160], lists[160];
	const char *argv[16 + MORE_MAX] = {COLLECTOR, "--set", redis,	"--set",	 logs,
					   "--set",   lists,   "--set", "dns.journal=no"};
	int n = 9;

	snprintf(redis, sizeof(redis), "redis.server=%s", socket);
	snprintf(logs, sizeof(logs), "dns.logs=%s", log);
	snprintf(lists, sizeof(lists), "names.lists=%s/list=advertising:Bench", folder);
	for (int i = 0; i < n_more && i < MORE_MAX; i++)
		argv[n++] = more[i];
	return process_start(argv);
}

static pid_t start_broadcaster(const char *socket)
{
	char redis[160];
	const char *argv[] = {BROADCASTER, "--set", redis, "--set", "listen.port=9327", NULL};

	snprintf(redis, sizeof(redis), "redis.server=%s", socket);
	return process_start(argv);
}

/* Reads frames for so long. */
static void listen_for(unsigned long seconds)
{
	for (uint64_t end = clock_ms() + seconds * 1000; clock_ms() < end;) {
		redisReply *reply = NULL;

		if (redisBufferRead(reader) != REDIS_OK)
			die("Redis went away: %s", reader->errstr);
		while (redisGetReplyFromReader(reader, (void **)&reply) == REDIS_OK && reply) {
			frames++;
			bytes += reply->elements == 3 ? (uint64_t)reply->element[2]->len : 0;
			freeReplyObject(reply);
		}
		usleep(20000);
	}
}

static void subscribe(void)
{
	freeReplyObject(redisCommand(reader, "SUBSCRIBE connvis:feed:home:overview"));
	if (reader->err)
		die("Redis does not take a subscriber: %s", reader->errstr);
	reader->flags &= ~REDIS_BLOCK;
	fcntl(reader->fd, F_SETFL, O_NONBLOCK);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values, unsigned long n)
{
	qsort(values, n, sizeof(*values), compare);
	return values[n / 2];
}

static void measure(const struct numbers *n, pid_t collector, pid_t bare, pid_t broadcaster)
{
	struct series s;
	size_t all[2], own[2];

	frames = bytes = 0;
	for (unsigned long i = 0; i < n->rounds; i++) {
		uint64_t a = process_cpu_ns(collector), b = process_cpu_ns(bare),
			 c = process_cpu_ns(broadcaster);
		double per_second = 1e-7 / (double)n->seconds; /* ns in per cent */

		listen_for(n->seconds);
		s.collector[i] = (double)(process_cpu_ns(collector) - a) * per_second;
		s.bare[i] = (double)(process_cpu_ns(bare) - b) * per_second;
		s.broadcaster[i] = (double)(process_cpu_ns(broadcaster) - c) * per_second;
		s.ratio[i] = s.collector[i] / s.bare[i];
	}
	if (!bytes)
		die("the collector publishes nothing");
	process_memory(collector, &all[0], &own[0]);
	process_memory(broadcaster, &all[1], &own[1]);
	printf(
	    "%lu entries, %lu events/s, %lu active, %lu log lines/s, %lu names on a list:\n"
	    "collector %.2f %% of a core; the bare loops %.2f %%; ratio %.2f; broadcaster %.2f %%\n"
	    "feed %.1f frames/s, %.1f kB/s\n"
	    "resident: collector %.1f MiB (%.1f its own), broadcaster %.1f MiB (%.1f its own), together %.1f MiB\n",
	    n->entries, n->events, n->active, n->lines, n->list, median(s.collector, n->rounds),
	    median(s.bare, n->rounds), median(s.ratio, n->rounds), median(s.broadcaster, n->rounds),
	    (double)frames / (double)(n->rounds * n->seconds),
	    (double)bytes / 1000 / (double)(n->rounds * n->seconds), (double)all[0] / 1048576,
	    (double)own[0] / 1048576, (double)all[1] / 1048576, (double)own[1] / 1048576,
	    (double)(all[0] + all[1]) / 1048576);
}

static void run(const struct numbers *n, char **more, int n_more)
{
	char socket[128], log[128];
	struct load load = {.entries = (uint32_t)n->entries,
			    .events = (uint32_t)n->events,
			    .active = (uint32_t)n->active,
			    .lines = (uint32_t)n->lines,
			    .log = log};
	pid_t redis, broadcaster, collector, bare;

	snprintf(log, sizeof(log), "%s/log", folder);
	room_make();
	write_list(n);
	load_fill(&load);
	load_look_up(&load);
	redis = start_redis(socket);
	subscribe();
	process_fork(load_packets, &load);
	process_fork(load_churn, &load);
	process_fork(load_names, &load);
	broadcaster = start_broadcaster(socket);
	listen_for(1);
	collector = start_collector(socket, log, more, n_more);
	bare = process_fork(bare_run, NULL);
	listen_for(WARM_UP_S);
	measure(n, collector, bare, broadcaster);
	process_stop(collector);
	process_stop(broadcaster);
	process_stop(redis);
}

static int parse(struct numbers *n, int argc, char **argv)
{
	const struct {
		const char *name;
		unsigned long *value;
		unsigned long least, most;
	} options[] = {
	    {"--entries", &n->entries, 100, 1000000}, {"--events", &n->events, 2, 50000},
	    {"--active", &n->active, 1, 60000},	      {"--lines", &n->lines, 2, 100000},
	    {"--list", &n->list, 0, 5000000},	      {"--rounds", &n->rounds, 1, ROUNDS_MAX},
	    {"--seconds", &n->seconds, 1, 600},
	};
	int i;

	for (i = 1; i < argc && strcmp(argv[i], "--") != 0; i += 2) {
		char *end = NULL;
		size_t k = 0;

		while (k < ELEMENTS_OF(options) && strcmp(argv[i], options[k].name) != 0)
			k++;
		if (k == ELEMENTS_OF(options) || i + 1 == argc)
			return -1;
		*options[k].value = strtoul(argv[i + 1], &end, 10);
		if (*end || *options[k].value < options[k].least || *options[k].value > options[k].most)
			return -1;
	}
	if (n->entries < n->active + n->events / 2)
		return -1;
	return i < argc ? i + 1 : argc;
}

int main(int argc, char **argv)
{
	struct numbers n = {10000, 1000, 1000, 200, 10000, 5, 6};
	int first = parse(&n, argc, argv);

	if (first < 0) {
		fputs(help, stderr);
		return 2;
	}
	if (!mkdtemp(folder))
		die("a folder cannot be made: %s", strerror(errno));
	run(&n, argv + first, argc - first);
	process_shell("rm -r %s", folder);
	return 0;
}
