/* SPDX-License-Identifier: MIT */
#include <errno.h>

#include "ending.h"

enum command_fault ending_why(int error)
{
	switch (error) {
	case 0:
		return COMMAND_FAULT_NONE;
	case -EPERM:
	case -EACCES:
		return COMMAND_FAULT_END_RIGHTS;
	case -EAFNOSUPPORT:
		return COMMAND_FAULT_END_SANDBOX;
	case -EPROTONOSUPPORT:
	case -EOPNOTSUPP:
		return COMMAND_FAULT_END_KERNEL;
	case -EEXIST:
		return COMMAND_FAULT_END_FOREIGN;
	case -ENFILE:
		return COMMAND_FAULT_END_FULL;
	case -EALREADY:
		return COMMAND_FAULT_FLUSH_BUSY;
	default:
		return COMMAND_FAULT_END_FAILED;
	}
}
