/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <linux/tcp.h> /* glibc 2.36's own struct tcp_info ends before tcpi_bytes_acked */
#include <netinet/in.h>
#include <sys/socket.h>

#include "log.h"
#include "viewer.h"

/* Has the peer's TCP taken anything since the last look? A slow link answers a ping long after it was
 * written. */
static bool took_something(struct viewer *v)
{
	struct tcp_info info = {};
	socklen_t length = sizeof(info);
	uint64_t before = v->acknowledged;

	if (getsockopt(v->fd, IPPROTO_TCP, TCP_INFO, &info, &length) < 0)
		return false;
	v->acknowledged = info.tcpi_bytes_acked;
	return v->acknowledged != before;
}

void viewer_check(struct viewer *v, uint32_t now_s)
{
	uint32_t silent_s = now_s - v->heard_s;

	if (v->gone || silent_s < VIEWER_PING_S)
		return;
	if (silent_s >= VIEWER_HANGUP_S) {
		log_debug("Hanging up on a viewer who has been silent for %" PRIu32 " s.", silent_s);
		v->set->stats.hangups++;
		viewer_hang_up(v);
		return;
	}
	if (!v->pinged) {
		v->pinged = true;
		took_something(v);
		viewer_ping(v);
	} else if (took_something(v)) {
		/* moving: alive, whatever becomes of the ping */
		v->heard_s = now_s - VIEWER_PING_S;
	}
}
