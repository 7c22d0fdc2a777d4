/* SPDX-License-Identifier: MIT */
#include "privileges.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NET_ADMIN (1u << CAP_NET_ADMIN)

/* glibc has no wrappers for these two. */
static int get(struct __user_cap_data_struct data[2])
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};

	return syscall(SYS_capget, &header, data) < 0 ? -errno : 0;
}

bool privileges_has_net_admin(void)
{
	struct __user_cap_data_struct data[2] = {};

	return get(data) == 0 && data[0].effective & NET_ADMIN;
}

int privileges_drop(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2] = {};
	int r = get(data);

	if (r < 0)
		return r;
	data[0] = (struct __user_cap_data_struct){
	    .effective = data[0].effective & NET_ADMIN,
	    .permitted = data[0].permitted & NET_ADMIN,
	};
	data[1] = (struct __user_cap_data_struct){};
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return -errno;
	return syscall(SYS_capset, &header, data) < 0 ? -errno : 0;
}
