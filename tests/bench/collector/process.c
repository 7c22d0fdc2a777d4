/* SPDX-License-Identifier: MIT */
#include "process.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "redis_program.h"

void die(const char *format, ...)
{
	va_list args;

	fputs("connvis-bench-collector: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputs(".\n", stderr);
	exit(1);
}

static pid_t start(void)
{
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid < 0)
		die("cannot fork: %s", strerror(errno));
	if (!pid)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	return pid;
}

pid_t process_start(const char *const argv[])
{
	pid_t pid = start();

	if (pid)
		return pid;
	if (!strcmp(argv[0], "redis-server"))
		redis_program_exec(argv);
	execvp(argv[0], (char *const *)argv);
	die("cannot start %s: %s", argv[0], strerror(errno));
}

pid_t process_fork(void (*run)(const void *data), const void *data)
{
	pid_t pid = start();

	if (pid)
		return pid;
	run(data);
	_exit(1);
}

void process_stop(pid_t pid)
{
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
}

void process_shell(const char *format, ...)
{
	char line[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	if (system(line))
		die("this failed: %s", line);
}

uint64_t process_cpu_ns(pid_t pid)
{
	char path[300];
	uint64_t sum = 0, ns;
	struct dirent *task;
	DIR *tasks;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	tasks = opendir(path);
	if (!tasks)
		die("cannot read %s: has it ended?", path);
	while ((task = readdir(tasks))) {
		FILE *f;

		if (task->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "/proc/%d/task/%.20s/schedstat", (int)pid, task->d_name);
		f = fopen(path, "r");
		if (!f)
			continue;
		if (fscanf(f, "%" SCNu64, &ns) == 1)
			sum += ns;
		fclose(f);
	}
	closedir(tasks);
	return sum;
}

void process_memory(pid_t pid, size_t *ret_all, size_t *ret_own)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), size, resident, shared;
	char path[64];
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/statm", (int)pid);
	f = fopen(path, "r");
	if (!f || fscanf(f, "%zu %zu %zu", &size, &resident, &shared) != 3)
		die("cannot read %s", path);
	fclose(f);
	*ret_all = resident * page;
	*ret_own = (resident - shared) * page;
}
