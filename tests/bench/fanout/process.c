/* SPDX-License-Identifier: MIT */
#include "process.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "redis_program.h"

void die(const char *format, ...)
{
	va_list args;

	fputs("fanout: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputs("\n", stderr);
	exit(1);
}

pid_t process_start(const char *const argv[])
{
	pid_t pid = fork();

	if (pid < 0)
		die("cannot fork: %s", strerror(errno));
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!strcmp(argv[0], "redis-server"))
		redis_program_exec(argv);
	execvp(argv[0], (char *const *)argv);
	die("cannot start %s: %s", argv[0], strerror(errno));
}

void process_stop(pid_t pid)
{
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
}

uint64_t process_cpu_ns(pid_t pid)
{
	char path[64];
	uint64_t ns;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/schedstat", (int)pid);
	f = fopen(path, "r");
	if (!f || fscanf(f, "%" SCNu64, &ns) != 1)
		die("cannot read %s", path);
	fclose(f);
	return ns;
}

size_t process_memory(pid_t pid)
{
	char path[64];
	size_t size, resident;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/statm", (int)pid);
	f = fopen(path, "r");
	if (!f || fscanf(f, "%zu %zu", &size, &resident) != 2)
		die("cannot read %s", path);
	fclose(f);
	return resident * (size_t)sysconf(_SC_PAGESIZE);
}

uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}
