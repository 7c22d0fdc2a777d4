/* SPDX-License-Identifier: MIT */
#include "service.h"

#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <unistd.h>

#include <systemd/sd-daemon.h>

#include "util.h"

int service_socket(void)
{
	int n = sd_listen_fds(1);

	if (n < 0)
		return n;
	for (int i = 1; i < n; i++)
		close(SD_LISTEN_FDS_START + i);
	if (n > 1)
		close(SD_LISTEN_FDS_START);
	return n == 0 ? -ENOENT : n > 1 ? -E2BIG : SD_LISTEN_FDS_START;
}

static void on_watchdog(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop;
	(void)timer;
	(void)events;
	sd_notify(0, "WATCHDOG=1");
}

void service_ready(struct service *service, struct ev_loop *loop)
{
	uint64_t usec;

	service->loop = loop;
	if (sd_watchdog_enabled(0, &usec) > 0) {
		double pause = (double)usec / 1e6 / 2;

		ev_timer_init(&service->watchdog, on_watchdog, pause, pause);
		ev_timer_start(loop, &service->watchdog);
	}
	sd_notify(0, "READY=1");
}

void service_status(struct service *service, size_t viewers, bool redis)
{
	if (service->said && service->viewers == viewers && service->redis == redis)
		return;
	service->said = true;
	service->viewers = viewers;
	service->redis = redis;
	sd_notifyf(0, "STATUS=%zu viewers; Redis is %s.", viewers, redis ? "there" : "away");
}

void service_reloading(void)
{
	sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%" PRIu64, clock_us());
}

void service_reloaded(void)
{
	sd_notify(0, "READY=1");
}

void service_stopping(void)
{
	sd_notify(0, "STOPPING=1");
}

void service_stop(struct service *service)
{
	if (service->loop)
		ev_timer_stop(service->loop, &service->watchdog);
}
