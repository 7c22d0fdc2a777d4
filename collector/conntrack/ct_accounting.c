/* SPDX-License-Identifier: MIT */
#include "ct_accounting.h"

#include <fcntl.h>

#include "util.h"

bool ct_accounting_read(bool *ret_on)
{
	_cleanup_(cleanup_close) int fd =
	    open("/proc/sys/net/netfilter/nf_conntrack_acct", O_RDONLY | O_CLOEXEC);
	char value;

	if (fd < 0 || read(fd, &value, 1) != 1)
		return false;
	*ret_on = value != '0';
	return true;
}
