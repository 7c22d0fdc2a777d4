/* SPDX-License-Identifier: MIT */
/* The processes that take part. All functions end the program when something fails. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

__attribute__((noreturn, format(printf, 1, 2))) void die(const char *format, ...);

/* Starts a program ("redis-server" under whatever name it is installed), or run in a process of its own (it must not return); it dies with this one. */
pid_t process_start(const char *const argv[]);
pid_t process_fork(void (*run)(const void *data), const void *data);
void process_stop(pid_t pid);

/* Runs a line of shell. */
__attribute__((format(printf, 1, 2))) void process_shell(const char *format, ...);

/* Nanoseconds of CPU that all threads of the process have taken (proc_pid_schedstat(5)). */
uint64_t process_cpu_ns(pid_t pid);
/* Bytes that are resident: all, and those that no file could give back. */
void process_memory(pid_t pid, size_t *ret_all, size_t *ret_own);
