/* SPDX-License-Identifier: MIT */
/* Says when this host's interfaces, addresses, outside routes or forwarding may have changed (rtnetlink(7)). */
#pragma once

#include <ev.h>

struct home_watch;

/*
 * changed is called a moment after a change, once for many. loop, data: borrowed. 0 or -errno: without it nobody is
 * told, and the caller has to look for himself.
 */
int home_watch_new(struct home_watch **ret, struct ev_loop *loop, void (*changed)(void *data), void *data);
struct home_watch *home_watch_free(struct home_watch *w);
