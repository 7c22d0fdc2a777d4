/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <linux/sockios.h>
#include <linux/tcp.h> /* glibc 2.36's own struct tcp_info ends before tcpi_bytes_acked */
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "log.h"
#include "viewer.h"

#define HEARD_MAX 65536 /* bytes between two looks, many times what a page has to say */

/* By a Unix socket a proxy takes what is for the viewer, and lets it lie as soon as it holds much of it; how much has
 * come, nobody counts there: only what we do not keep up with. */
static void look_at_proxy(struct viewer *v, bool *moved, bool *talks)
{
	int left = 0, unread = 0;

	if (ioctl(v->fd, SIOCOUTQ, &left) < 0 || ioctl(v->fd, SIOCINQ, &unread) < 0)
		return;
	*moved = left == 0 || (uint64_t)left != v->acknowledged;
	*talks = unread > HEARD_MAX;
	v->acknowledged = (uint64_t)left;
}

/* Notes how far the peer's TCP is. moved: it has taken something since the last look: a slow link answers a ping long
 * after it was written. talks: it has sent more than anybody has to say. What says nothing (fragments and pongs of no
 * length) is seen by libwebsockets alone, so what counts is bytes. */
static void look(struct viewer *v, bool *moved, bool *talks)
{
	struct tcp_info info = {};
	socklen_t length = sizeof(info);

	*moved = *talks = false;
	if (getsockopt(v->fd, IPPROTO_TCP, TCP_INFO, &info, &length) < 0) {
		look_at_proxy(v, moved, talks);
		return;
	}
	*moved = info.tcpi_bytes_acked != v->acknowledged;
	/* what came before it was a viewer does not count */
	*talks = v->received && info.tcpi_bytes_received - v->received > HEARD_MAX;
	v->acknowledged = info.tcpi_bytes_acked;
	v->received = info.tcpi_bytes_received;
}

void viewer_check(struct viewer *v, uint32_t now_s)
{
	uint32_t silent_s = now_s - v->heard_s;
	bool moved, talks;

	if (v->gone)
		return;
	look(v, &moved, &talks);
	if (talks)
		viewer_close(v, VIEWER_CLOSE_RULE, "too much was sent");
	if (silent_s < VIEWER_PING_S)
		return;
	if (silent_s >= VIEWER_HANGUP_S) {
		log_debug("Hanging up on a viewer who has been silent for %" PRIu32 " s.", silent_s);
		v->set->stats.hangups++;
		viewer_hang_up(v);
		return;
	}
	if (!v->pinged) {
		v->pinged = true;
		viewer_ping(v);
	} else if (moved) {
		/* alive, whatever becomes of the ping */
		v->heard_s = now_s - VIEWER_PING_S;
	}
}
