/* SPDX-License-Identifier: MIT */
/* connvis-bench-dns: what a line of dnsmasq costs, in memory, through a followed file, and through the
 * journal. */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "dns_credit.h"
#include "dns_source.h"
#include "traffic.h"
#include "util.h"

#define LINES 500000
#define JOURNAL_LINES 100000
#define ROUNDS 5
#define DATE_MAX 32
#define JOURNAL_REMOTE "/usr/lib/systemd/systemd-journal-remote"

static uint64_t events;
static char folder[64];

static void die(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

static void count(void *data, const struct dns_event *event)
{
	(void)data;
	(void)event;
	events++;
}

static double cpu_seconds(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Nanoseconds of CPU for a line. */
static double measure(char (*lines)[TRAFFIC_LINE_MAX], const size_t *lengths, bool credited)
{
	struct dns_credit *credit;
	struct dns_line line;
	double start;

	if (dns_credit_new(&credit, 4096, count, NULL) < 0)
		die("No memory");
	start = cpu_seconds();
	for (unsigned i = 0; i < LINES; i++) {
		dns_line_parse(&line, lines[i], lengths[i]);
		if (credited)
			dns_credit_take(credit, &line, 7, 1795415854000u + i / 20, 0);
	}
	start = cpu_seconds() - start;
	dns_credit_free(credit);
	return start * 1e9 / LINES;
}

static void bench_memory(bool extra)
{
	char(*lines)[TRAFFIC_LINE_MAX] = calloc(LINES, sizeof(*lines));
	size_t *lengths = calloc(LINES, sizeof(*lengths));
	struct traffic *t = traffic_new(extra);
	double parsed[ROUNDS], credited[ROUNDS];

	if (!lines || !lengths)
		die("No memory");
	for (unsigned i = 0; i < LINES; i++)
		lengths[i] = traffic_next(t, lines[i]);
	for (unsigned r = 0; r < ROUNDS; r++) {
		events = 0;
		parsed[r] = measure(lines, lengths, false);
		credited[r] = measure(lines, lengths, true);
	}
	qsort(parsed, ROUNDS, sizeof(*parsed), compare);
	qsort(credited, ROUNDS, sizeof(*credited), compare);
	printf("in memory, %s: %.0f ns to parse a line, %.0f ns to parse and credit it (%.2f events each)\n",
	       extra ? "extra" : "plain", parsed[ROUNDS / 2], credited[ROUNDS / 2], (double)events / LINES);
	traffic_free(t);
	free(lines);
	free(lengths);
}

static void write_date(char date[DATE_MAX])
{
	time_t now = time(NULL);
	struct tm tm;

	localtime_r(&now, &tm);
	strftime(date, DATE_MAX, "%b %e %H:%M:%S", &tm);
}

/* Writes rate lines a second, each with a write of its own as dnsmasq does, in steps of a millisecond. */
static void write_log(const char *path, bool extra, unsigned rate, unsigned seconds)
{
	struct traffic *t = traffic_new(extra);
	FILE *f = fopen(path, "a");
	char date[DATE_MAX];
	struct timespec next;

	if (!f)
		die(path);
	setvbuf(f, NULL, _IOFBF, 4096);
	clock_gettime(CLOCK_MONOTONIC, &next);
	for (unsigned ms = 0; ms < seconds * 1000; ms++) {
		if (ms % 1000 == 0)
			write_date(date);
		for (unsigned i = 0; i < rate / 1000; i++) {
			char line[TRAFFIC_LINE_MAX];

			traffic_next(t, line);
			fprintf(f, "%s dnsmasq[7]: %s\n", date, line);
			fflush(f);
		}
		next.tv_nsec += 1000000;
		if (next.tv_nsec >= 1000000000) {
			next.tv_nsec -= 1000000000;
			next.tv_sec++;
		}
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
	}
	fclose(f);
	traffic_free(t);
}

static int on_tick(sd_event_source *timer, uint64_t usec, void *data)
{
	dns_source_check(data);
	sd_event_source_set_time(timer, usec + 1000000);
	return sd_event_source_set_enabled(timer, SD_EVENT_ONESHOT);
}

/* One turn of the loop; the most CPU that one took, in milliseconds. */
static void turn(sd_event *event, double *longest)
{
	struct timespec a, b;
	double ms;
	int r = sd_event_prepare(event);

	if (r == 0)
		r = sd_event_wait(event, 100000);
	if (r <= 0)
		return;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
	sd_event_dispatch(event);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
	ms = (double)(b.tv_sec - a.tv_sec) * 1e3 + (double)(b.tv_nsec - a.tv_nsec) / 1e6;
	if (ms > *longest)
		*longest = ms;
}

/* Follows until expected lines were read; the seconds of CPU that it took. */
static double follow(const struct dns_options *options, uint64_t expected, uint64_t timeout_ms,
		     double *ret_longest)
{
	struct row_watch watch = {};
	struct row_table sources;
	struct dns_status status = {};
	struct dns_source *source;
	sd_event_source *timer;
	uint64_t end = clock_ms() + timeout_ms;
	sd_event *event;
	double start = cpu_seconds();

	row_table_init(&sources, &watch);
	if (sd_event_new(&event) < 0 ||
	    dns_source_new(&source, event, &sources, options, count, NULL, NULL) < 0 ||
	    sd_event_add_time_relative(event, &timer, CLOCK_MONOTONIC, 1000000, 0, on_tick, source) < 0)
		die("The source cannot be made");
	while (status.lines < expected && clock_ms() < end) {
		turn(event, ret_longest);
		dns_source_get_status(source, &status);
	}
	start = cpu_seconds() - start;
	if (status.lines < expected)
		printf("only %" PRIu64 " of %" PRIu64 " lines came\n", status.lines, expected);
	sd_event_source_unref(timer);
	dns_source_free(source);
	row_table_done(&sources);
	sd_event_unref(event);
	return start;
}

static void bench_file(bool extra, unsigned rate, unsigned seconds)
{
	char path[128];
	const struct config_list logs = {.n = 1, .items = (const char *[]){path}};
	const struct dns_options options = {
	    .unit = "", .journal_folder = "", .logs = &logs, .state_folder = "", .past = true};
	double cpu, longest = 0;
	pid_t pid;

	snprintf(path, sizeof(path), "%s/%s.log", folder, extra ? "extra" : "plain");
	pid = fork();
	if (pid < 0)
		die("fork");
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		write_log(path, extra, rate, seconds);
		_exit(0);
	}
	cpu = follow(&options, (uint64_t)rate * seconds, (seconds + 10) * 1000, &longest);
	waitpid(pid, NULL, 0);
	unlink(path);
	printf(
	    "through a file, %s: %u lines a second for %u s cost %.2f %% of a core (%.0f ns a line); the longest turn of the loop took %.1f ms\n",
	    extra ? "extra" : "plain", rate, seconds, 100 * cpu / seconds, cpu * 1e9 / rate / seconds,
	    longest);
}

static void write_journal(bool extra)
{
	struct traffic *t = traffic_new(extra);
	uint64_t us = (clock_unix_ms() - 60000) * 1000;
	char command[256];
	FILE *f;

	snprintf(command, sizeof(command), JOURNAL_REMOTE " -o %s/bench.journal - 2>/dev/null", folder);
	f = popen(command, "w");
	if (!f)
		die(command);
	for (unsigned i = 0; i < JOURNAL_LINES; i++) {
		char line[TRAFFIC_LINE_MAX];

		traffic_next(t, line);
		fprintf(
		    f,
		    "__REALTIME_TIMESTAMP=%" PRIu64 "\n__MONOTONIC_TIMESTAMP=%u\n"
		    "_BOOT_ID=0123456789abcdef0123456789abcdef\nMESSAGE=%s\nSYSLOG_IDENTIFIER=dnsmasq\n_PID=7\n"
		    "PRIORITY=6\nSYSLOG_FACILITY=3\n_TRANSPORT=syslog\n_UID=100\n_GID=100\n_COMM=dnsmasq\n"
		    "_EXE=/usr/sbin/dnsmasq\n_CMDLINE=/usr/sbin/dnsmasq -x /run/dnsmasq/dnsmasq.pid\n"
		    "_SYSTEMD_CGROUP=/system.slice/dnsmasq.service\n_SYSTEMD_UNIT=dnsmasq.service\n"
		    "_SYSTEMD_SLICE=system.slice\n_MACHINE_ID=0123456789abcdef0123456789abcdef\n"
		    "_HOSTNAME=router\nSYSLOG_PID=7\n\n",
		    us + i * 100u, i + 1, line);
	}
	traffic_free(t);
	if (pclose(f) != 0)
		die(command);
}

static void bench_journal(bool extra)
{
	const struct config_list none = {};
	const struct dns_options options = {.journal = true,
					    .unit = "",
					    .journal_folder = folder,
					    .logs = &none,
					    .state_folder = "",
					    .past = true};
	char path[128];
	double cpu, longest = 0;

	snprintf(path, sizeof(path), "%s/bench.journal", folder);
	if (access(JOURNAL_REMOTE, X_OK) < 0) {
		printf("through the journal: left out, there is no systemd-journal-remote\n");
		return;
	}
	write_journal(extra);
	cpu = follow(&options, JOURNAL_LINES, 60000, &longest);
	unlink(path);
	printf(
	    "through the journal, %s: %.0f ns a line, stepping back to its beginning included: 20000 lines a second would cost %.1f %% of a core; the longest turn of the loop took %.1f ms\n",
	    extra ? "extra" : "plain", cpu * 1e9 / JOURNAL_LINES, cpu / JOURNAL_LINES * 20000 * 100, longest);
}

int main(int argc, char **argv)
{
	unsigned rate = argc > 1 ? (unsigned)atoi(argv[1]) : 20000,
		 seconds = argc > 2 ? (unsigned)atoi(argv[2]) : 5;

	if (argc > 3 || rate < 1000 || !seconds) {
		fprintf(
		    stderr,
		    "connvis-bench-dns [LINES-A-SECOND [SECONDS]]\nCPU time of reading dnsmasq's log; at least 1000 lines a second.\n");
		return 1;
	}
	strcpy(folder, "/tmp/connvis-bench-dns.XXXXXX");
	if (!mkdtemp(folder))
		die(folder);
	for (int extra = 0; extra < 2; extra++) {
		bench_memory(extra);
		bench_file(extra, rate, seconds);
		bench_journal(extra);
	}
	rmdir(folder);
	return 0;
}
