/* SPDX-License-Identifier: MIT */
/*
 * Redis' server, under whatever name it is installed. Debian's redis-tools and valkey-tools have no program of the
 * server's name, but one that is the server when it is called so: the same program looks at its argv[0]. deploy/run
 * and tests/harness/paths.ts look for the same names.
 */
#pragma once

/* Replaces this process by the server, as execvp(3) does; argv[0] is replaced too. Returns only when none could be
 * started: -ENOENT when none is installed. */
int redis_program_exec(const char *const argv[]);
