/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <unistd.h>

#include "intruder.h"

#define PIDS 65536 /* where the services of a machine that has just started are; more takes long */

static bool list_folder(const struct intruder *in, const char *what)
{
	(void)in;
	return opendir(what) != NULL;
}

static bool read_file(const struct intruder *in, const char *what)
{
	char byte;
	int fd = open(what, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	(void)in;
	return fd >= 0 && read(fd, &byte, 1) >= 0;
}

static bool write_file(const struct intruder *in, const char *what)
{
	(void)in;
	return open(what, O_WRONLY | O_APPEND | O_CLOEXEC) >= 0;
}

static bool create_in(const struct intruder *in, const char *what)
{
	char path[4096];

	(void)in;
	snprintf(path, sizeof(path), "%s/connvis-intruder", what);
	return open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) >= 0;
}

static bool remove_file(const struct intruder *in, const char *what)
{
	(void)in;
	return unlink(what) == 0;
}

static bool open_to_all(const struct intruder *in, const char *what)
{
	(void)in;
	return chmod(what, 0777) == 0;
}

void intruder_files(const struct intruder *in)
{
	static const char *const unread[] = {"/etc/shadow", "/dev/mem", "/proc/kcore", "/proc/1/environ"};
	static const char *const unwritten[] = {"/etc/passwd", "/proc/sys/kernel/hostname",
						"/proc/sysrq-trigger"};
	static const char *const full[] = {"/etc", "/usr/bin", "/usr/sbin", "/root", "/var/lib"};
	char folder[4096];

	for (size_t i = 0; in->others[i]; i++) {
		intruder_attempt(in, list_folder, "listing ", in->others[i]);
		intruder_attempt(in, read_file, "reading ", in->others[i]);
		intruder_attempt(in, write_file, "writing ", in->others[i]);
		intruder_attempt(in, create_in, "making a file in ", in->others[i]);
	}
	for (size_t i = 0; i < sizeof(unread) / sizeof(*unread); i++)
		intruder_attempt(in, read_file, "reading ", unread[i]);
	for (size_t i = 0; i < sizeof(unwritten) / sizeof(*unwritten); i++)
		intruder_attempt(in, write_file, "writing ", unwritten[i]);
	for (size_t i = 0; i < sizeof(full) / sizeof(*full); i++)
		intruder_attempt(in, create_in, "making a file in ", full[i]);
	/* where another program could stand in Redis' place */
	snprintf(folder, sizeof(folder), "%s", in->redis);
	intruder_attempt(in, create_in, "making a file in ", dirname(folder));
	intruder_attempt(in, open_to_all, "opening to all ", in->redis);
	intruder_attempt(in, remove_file, "removing ", in->redis);
}

static bool is_own(pid_t pid)
{
	return pid == getpid() || pid == getppid();
}

static bool signal_others(const struct intruder *in, const char *what)
{
	(void)in;
	(void)what;
	for (pid_t pid = 1; pid < PIDS; pid++)
		if (!is_own(pid) && kill(pid, 0) == 0)
			return true;
	return false;
}

static bool trace_others(const struct intruder *in, const char *what)
{
	(void)in;
	(void)what;
	for (pid_t pid = 1; pid < PIDS; pid++)
		if (!is_own(pid) && ptrace(PTRACE_SEIZE, pid, NULL, NULL) == 0)
			return true;
	return false;
}

static bool read_others(const struct intruder *in, const char *what)
{
	static const char *const names[] = {"environ", "mem", "auxv", "fd/0"};
	DIR *folder = opendir("/proc");
	char path[512];

	(void)in;
	(void)what;
	for (struct dirent *entry; folder && (entry = readdir(folder));) {
		pid_t pid = atoi(entry->d_name);

		for (size_t i = 0; pid && !is_own(pid) && i < sizeof(names) / sizeof(*names); i++) {
			snprintf(path, sizeof(path), "/proc/%d/%s", pid, names[i]);
			if (open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) >= 0)
				return true;
		}
	}
	return false;
}

void intruder_processes(const struct intruder *in)
{
	intruder_attempt(in, signal_others, "", "a signal to another process");
	intruder_attempt(in, trace_others, "", "tracing another process");
	intruder_attempt(in, read_others, "", "memory, environment and files of another process by /proc");
}
