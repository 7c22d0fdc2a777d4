/* SPDX-License-Identifier: MIT */
/*
 * connvis-ender FIFO: ends connections as the collector does, until a signal. It makes the FIFO and takes lines from it:
 *	end PROTOCOL ADDRESS PORT	all entries of this protocol's number that have this end ("-": any port)
 *	flush
 * and says what came of each: "ended N, gone N, kept N, N us" of CPU time, or "flushed"; and before it what was wrong.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ct_source.h"
#include "ending.h"
#include "util.h"

enum { ENTRIES_MAX = 200000 };

struct ender {
	struct ct_table *table;
	struct ct_source *source;
	struct ending *ending;
	const struct ct_connection *chosen[ENTRIES_MAX];
	FILE *lines;
	bool ready;
};

static struct ender ender;

static void on_added(void *data, struct ct_connection *c)
{
	(void)data;
	(void)c;
}

static void on_other(void *data, struct ct_connection *c, const struct ct_change *change)
{
	(void)data;
	(void)c;
	(void)change;
}

static bool has_end(const struct ct_connection *c, const struct address *address, int port)
{
	for (int d = 0; d < CT_DIRECTIONS; d++) {
		const struct ct_tuple *t = &c->tuple[d];

		if (address_equal(&t->src, address) && (port < 0 || t->sport == port))
			return true;
		if (address_equal(&t->dst, address) && (port < 0 || t->dport == port))
			return true;
	}
	return false;
}

static size_t choose(int protocol, const struct address *address, int port)
{
	size_t n = 0;

	for (uint32_t p = 1; p <= ct_table_positions(ender.table); p++) {
		const struct ct_connection *c = ct_table_at(ender.table, p);

		if (c && c->protocol == protocol && has_end(c, address, port))
			ender.chosen[n++] = c;
	}
	return n;
}

static void say_wrong(int r)
{
	if (r < 0)
		printf("%s: %s\n", strerrorname_np(-r), command_fault_sentence(ending_why(r)));
}

static void on_flushed(void *data, int error)
{
	(void)data;
	say_wrong(error);
	printf("flushed\n");
}

static void take_line(char *line)
{
	char *rest = line, *verb = strsep(&rest, " \n"), *protocol = strsep(&rest, " \n");
	char *text = strsep(&rest, " \n"), *port = strsep(&rest, " \n");
	struct ending_result result;
	struct address address;
	uint64_t before;
	size_t n;

	if (strcmp(verb, "flush") == 0) {
		say_wrong(ending_flush(ender.ending, on_flushed, NULL));
	} else if (strcmp(verb, "end") == 0 && port && address_parse(&address, text) == 0) {
		n = choose((int)strtol(protocol, NULL, 10), &address,
			   *port == '-' ? -1 : (int)strtol(port, NULL, 10));
		before = clock_cpu_us();
		say_wrong(ending_end(ender.ending, ender.chosen, n, &result));
		printf("ended %zu, gone %zu, kept %zu, %llu us\n", result.ended, result.gone, result.kept,
		       (unsigned long long)(clock_cpu_us() - before));
	} else {
		printf("what is %s?\n", verb);
	}
}

static int on_line(sd_event_source *s, int fd, uint32_t events, void *data)
{
	char line[256];

	(void)s;
	(void)fd;
	(void)events;
	(void)data;
	clearerr(ender.lines);
	while (fgets(line, sizeof(line), ender.lines))
		take_line(line);
	return 0;
}

static void on_done(void *data, bool dump)
{
	(void)data;
	if (dump && !ender.ready)
		printf("ready\n");
	ender.ready = ender.ready || dump;
}

static int open_lines(sd_event *event, const char *path)
{
	int fd;

	if (mkfifo(path, 0600) < 0)
		return -errno;
	fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	ender.lines = fdopen(fd, "r");
	if (!ender.lines)
		return -errno;
	return sd_event_add_io(event, NULL, fd, EPOLLIN, on_line, NULL);
}

static int run(const char *path)
{
	static const struct ct_listener listener = {on_added, on_other, on_other};
	static const struct ct_source_options options = {
	    .events = true, .interval = 1000, .cpu_budget = 500, .receive_buffer = 8 * 1024 * 1024};
	sigset_t signals;
	sd_event *event;
	int r = sd_event_new(&event);

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	if (r >= 0)
		r = sd_event_add_signal(event, NULL, SIGTERM, NULL, NULL);
	if (r >= 0)
		r = ct_table_new(&ender.table, ENTRIES_MAX, &listener, NULL);
	if (r >= 0)
		r = ct_source_new(&ender.source, event, ender.table, &options, clock_ms(), on_done, NULL);
	if (r >= 0)
		r = ending_new(&ender.ending, event);
	if (r >= 0)
		r = open_lines(event, path);
	if (r >= 0)
		r = sd_event_loop(event);
	ending_free(ender.ending);
	ct_source_free(ender.source);
	ct_table_free(ender.table);
	if (ender.lines)
		(void)fclose(ender.lines);
	sd_event_unref(event);
	return r;
}

int main(int argc, char **argv)
{
	int r = argc == 2 ? 0 : -EINVAL;

	setlinebuf(stdout);
	if (r == 0)
		r = run(argv[1]);
	if (r < 0)
		fprintf(stderr, "connvis-ender: %s\n", strerror(-r));
	return r < 0;
}
