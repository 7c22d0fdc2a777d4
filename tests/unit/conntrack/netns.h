/* SPDX-License-Identifier: MIT */
/* A network namespace of the test's own, for what only the kernel can tell. */
#pragma once

#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

static inline bool netns_write(const char *path, const char *value)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool ok = fd >= 0 && write(fd, value, strlen(value)) == (ssize_t)strlen(value);

	if (fd >= 0)
		close(fd);
	return ok;
}

/* Enters a new namespace with accounting and timestamps on; false without the privilege. */
static inline bool netns_enter(void)
{
	return unshare(CLONE_NEWNET) == 0 && netns_write("/proc/sys/net/netfilter/nf_conntrack_acct", "1") &&
	       netns_write("/proc/sys/net/netfilter/nf_conntrack_timestamp", "1") &&
	       netns_write("/proc/sys/net/netfilter/nf_conntrack_events", "1");
}
