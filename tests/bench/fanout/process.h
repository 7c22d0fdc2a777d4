/* SPDX-License-Identifier: MIT */
/* The servers under measurement, each a process of its own. All functions end the program when something
 * fails. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

__attribute__((noreturn, format(printf, 1, 2))) void die(const char *format, ...);

/* Starts a program; "redis-server" under whatever name it is installed. */
pid_t process_start(const char *const argv[]);
void process_stop(pid_t pid);

/* Nanoseconds of CPU that the process has taken (proc_pid_schedstat). */
uint64_t process_cpu_ns(pid_t pid);
/* Bytes of memory that are resident. */
size_t process_memory(pid_t pid);

uint64_t now_ns(void);
