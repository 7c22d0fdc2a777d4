/* SPDX-License-Identifier: MIT */
/* The socket of conntrack dumps: the whole table of the kernel, read a datagram (up to 32 KiB) at a time. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ct_table.h"

struct ct_dump;

/* 0, or -errno: -EPERM, -EPROTONOSUPPORT, -ENOMEM. */
int ct_dump_new(struct ct_dump **ret);
struct ct_dump *ct_dump_free(struct ct_dump *d);
int ct_dump_fd(const struct ct_dump *d); /* borrowed; another one after ct_dump_reopen() */

/* Drops what the kernel still has for us, by a new socket. 0 or -errno, with the old one kept. */
int ct_dump_reopen(struct ct_dump *d);

/* Of the dump that was read last: no entry of it had counters, though there were some. */
bool ct_dump_is_bare(const struct ct_dump *d);

/* Asks for a dump; the one before must be whole, or the socket new. 0 or -errno. */
int ct_dump_begin(struct ct_dump *d);

enum ct_dump_result {
	CT_DUMP_WAIT = 0, /* nothing to read now */
	CT_DUMP_MORE,
	CT_DUMP_WHOLE,
	CT_DUMP_INTERRUPTED, /* it is over, but the kernel says that the table moved beneath it */
};

/* Reads one datagram into the table, whose dump the caller began. A result above, or -errno: the dump failed
 * and the socket must be opened anew. malformed: counted up. */
int ct_dump_read(struct ct_dump *d, struct ct_table *table, uint64_t *malformed);
