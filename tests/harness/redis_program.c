/* SPDX-License-Identifier: MIT */
#include "redis_program.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define ARGUMENTS_MAX 63

int redis_program_exec(const char *const argv[])
{
	static const char *const names[] = {"redis-server", "valkey-server", "redis-check-rdb",
					    "valkey-check-rdb"};
	const char *called[ARGUMENTS_MAX + 1] = {"redis-server"};

	for (size_t i = 1; argv[i]; i++) {
		if (i == ARGUMENTS_MAX)
			return -E2BIG;
		called[i] = argv[i];
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		execvp(names[i], (char *const *)called);
		if (errno != ENOENT)
			break;
	}
	return -errno;
}
