/* SPDX-License-Identifier: MIT */
/*
 * The broadcaster as a service: what the service manager is told (sd_notify(3)), its watchdog (sd_watchdog_enabled(3)),
 * and the socket that it may have opened (sd_listen_fds(3)). Without one all of this does nothing.
 */
#pragma once

#include <ev.h>
#include <stdbool.h>
#include <stddef.h>

struct service {
	struct ev_loop *loop; /* borrowed */
	ev_timer watchdog;
	size_t viewers; /* as last said */
	bool redis, said;
};

/* The listening socket that was handed over, now the caller's; -ENOENT: none was; -E2BIG: more than one. To be called
 * once, before anything else is opened. */
int service_socket(void);

/* All is ready. From now on the watchdog hears of each turn of the loop that its time asks for. */
void service_ready(struct service *service, struct ev_loop *loop);
/* One line for "systemctl status", when it is another one. */
void service_status(struct service *service, size_t viewers, bool redis);
/* The options are read again, and were. */
void service_reloading(void);
void service_reloaded(void);
/* It ends. The watchdog is told until service_stop. */
void service_stopping(void);
/* Takes zeroed, too. */
void service_stop(struct service *service);
