/* SPDX-License-Identifier: MIT */
/*
 * Work that a descriptor calls for, in small pieces. News is taken at once; then the descriptor is left alone
 * for DNS_PACE_MS, so that a burst costs twenty wakeups a second and not one for each line. While there is
 * more to do the work goes on at every turn of the loop, one piece each, after everything that is more
 * urgent.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <systemd/sd-event.h>

#define DNS_PACE_MS 50

struct dns_pace;

struct dns_pace_work {
	/* the descriptor is ready (epoll_ctl(2)'s events): take what it has, so that it is quiet */
	void (*clear)(void *data, uint32_t revents);
	/* do one piece; true when there is more */
	bool (*work)(void *data);
};

/* event, data: borrowed; fd stays the caller's and must outlive the pace. 0, -ENOMEM, -errno. */
int dns_pace_new(struct dns_pace **ret, sd_event *event, int fd, uint32_t events,
		 const struct dns_pace_work *work, void *data);
struct dns_pace *dns_pace_free(struct dns_pace *p);

/* There is work without news from the descriptor. */
void dns_pace_wake(struct dns_pace *p);
