/* SPDX-License-Identifier: MIT */
/*
 * Ends connections. To delete an entry of the connection table ends nothing: the next packet makes a new one (TCP's too,
 * nf_conntrack_tcp_loose). So its flow is refused first, for ten seconds and in both directions, by a table of nftables
 * of our own (ending_table.h), and then the entry is deleted. Who sends on such a TCP connection gets a reset, who sends
 * otherwise is told that nobody listens. Where neither end sends within the ten seconds, neither hears of it, and what
 * they send later makes a new entry.
 *
 * The table is made when it is needed, goes when nothing has been ended for a while, and with this process, however
 * that ends. It needs Linux 5.12 and CAP_NET_ADMIN.
 *
 * All of it happens in the kernel while the request is sent, so that there is nothing to wait for: some 5 us a
 * connection. What may take longer is to load modules of the kernel, the first time, and somebody's ruleset that is
 * loaded at the same moment.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <systemd/sd-event.h>

#include "command.h"
#include "ct_table.h"

struct ending;

#ifndef ENDING_REFUSED_S
#define ENDING_REFUSED_S 10
#endif

/* So many connections of each family can be refused at once: the busiest device has some thousand, and as many cost the
 * kernel about 1 MB and this process 20 ms. */
#define ENDING_MAX 4096

struct ending_result {
	size_t ended;
	size_t gone; /* had ended by themselves meanwhile */
	size_t kept; /* not deleted: a flowtable has them, of a kernel before Linux 6.4 */
};

/* event: borrowed. Does nothing in the kernel yet. 0 or -errno. */
int ending_new(struct ending **ret, sd_event *event);
/* Takes the table away. */
struct ending *ending_free(struct ending *e);

/*
 * Ends these; connections: borrowed, and still in their table after the call, until the kernel's event or a dump says
 * that they are gone. ret: always set, to what was done; on an error that is less than all, and nothing where the table
 * cannot be had. 0, or -errno for ending_why().
 */
int ending_end(struct ending *e, const struct ct_connection *const *connections, size_t n,
	       struct ending_result *ret);

/* On the loop. error: 0, or -errno for ending_why(). */
typedef void (*ending_flushed)(void *data, int error);

/* Deletes all entries of the connection table, and refuses nothing: what still sends makes new ones. done, data:
 * borrowed until it is called, later, once; not after ending_free(). 0, or -errno for ending_why() (-EALREADY: one is
 * under way): then it is not called. */
int ending_flush(struct ending *e, ending_flushed done, void *data);

/* What people are told: why connections could not be ended, or not all of them. error: as above. */
enum command_fault ending_why(int error);
