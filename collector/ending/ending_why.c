/* SPDX-License-Identifier: MIT */
#include <errno.h>

#include "ending.h"
#include "ending_table.h"

const char *ending_why(int error)
{
	switch (error) {
	case -EPERM:
	case -EACCES:
		return "Connections cannot be ended: the collector may not change the kernel's tables, which takes CAP_NET_ADMIN.";
	case -EAFNOSUPPORT:
		return "Connections cannot be ended: the collector's sandbox keeps netlink from it (RestrictAddressFamilies= of its unit needs AF_NETLINK).";
	case -EPROTONOSUPPORT:
	case -EOPNOTSUPP:
		return "Connections cannot be ended: this takes Linux 5.12 or newer with nf_tables, ctnetlink and reject.";
	case -EEXIST:
		return "Connections cannot be ended: another program has a table inet " ENDING_TABLE
		       ", as a second collector does.";
	case -ENFILE:
		return "So many connections were ended just now that the kernel refuses no more: try again in ten seconds.";
	case -EALREADY:
		return "All entries are being deleted already.";
	default:
		return "Connections cannot be ended: the kernel refuses it, with an error that nobody expected.";
	}
}
