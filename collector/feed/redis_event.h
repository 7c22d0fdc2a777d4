/* SPDX-License-Identifier: MIT */
/* Puts a hiredis connection on an sd-event loop, over the hooks of hiredis/async.h. */
#pragma once

#include <hiredis/async.h>
#include <systemd/sd-event.h>

/* Both borrowed; goes when the connection does. 0 or -errno. */
int redis_event_attach(sd_event *event, redisAsyncContext *context);
