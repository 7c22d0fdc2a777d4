/* SPDX-License-Identifier: MIT */
/*
 * Follows interfaces, addresses, routes that lead outside, forwarding and neighbours of this network namespace over
 * one rtnetlink socket: dumps at the start and whenever interfaces change or messages were lost; neighbours as they come. A
 * socket that fails is opened anew, after 250 ms at first and up to half a minute, and everything is read again.
 */
#pragma once

#include <stdbool.h>

#include <systemd/sd-event.h>

#include "interfaces.h"
#include "rtnl_message.h"

struct rtnl;

struct rtnl_listener {
	/* Interfaces, addresses, routes or forwarding are known, or may have changed. Neighbours follow, all of
	 * them. */
	void (*interfaces)(void *data, const struct interfaces *i);
	/* A neighbour came, changed or went. */
	void (*neighbour)(void *data, const struct rtnl_message *m);
	/* All neighbours were told since the last interfaces: one that was not is gone. */
	void (*neighbours_told)(void *data);
	/* All messages that had arrived were told. */
	void (*settled)(void *data);
	/* The socket failed (error: -errno), or cannot be opened: told once until it is followed again. */
	void (*failed)(void *data, int error);
	/* Everything is known and followed again. */
	void (*recovered)(void *data);
};

/* event, data: borrowed. Reads at once; may call failed. *ret is set before the first call. 0 or -errno. */
int rtnl_new(struct rtnl **ret, sd_event *event, const struct rtnl_listener *listener, void *data);
struct rtnl *rtnl_free(struct rtnl *r);

/* What the last dump said; empty before the first. */
const struct interfaces *rtnl_interfaces(const struct rtnl *r);

/* Reads everything again. */
void rtnl_refresh(struct rtnl *r);
