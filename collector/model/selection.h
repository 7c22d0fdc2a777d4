/* SPDX-License-Identifier: MIT */
/*
 * Which end of a connection is the home's device, which the remote, who began it, and whether it is left out:
 * a pure function of the addresses.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "address.h"
#include "ct_entry.h"
#include "home.h"

enum selection_kind {
	SELECTION_SHOWN,
	SELECTION_ROUTER,  /* the router's own traffic */
	SELECTION_DNS,	   /* home DNS: port 53, both ends home or the router's own */
	SELECTION_INSIDE,  /* both ends home */
	SELECTION_FOREIGN, /* no end is home */
	/* These the model says, not the addresses: */
	SELECTION_IGNORED, /* its name is on a list of ignored ones */
	SELECTION_APART,   /* of a device that is left out: it counts in one amount with all of these */
	SELECTION_UNKNOWN, /* as long as nobody knows whether it is */
	SELECTION_KINDS,
};

struct selection {
	enum selection_kind kind;
	/* What follows is set with SELECTION_SHOWN, and what the model makes of it. */
	struct address device, remote;
	uint16_t port; /* the responder's, 0 where the protocol has none */
	bool has_port;
	bool inbound; /* the remote began it */
	bool self;    /* the device is this machine */
	/* It has an address of a device that is left out, or may be one: no row may say anything of it. Set for all
	 * kinds, by the model. */
	bool secret;
	uint8_t masked; /* likewise: of model_masked */
};

/*
 * tuple: as the kernel has them. The initiator is the original direction's source (before SNAT), the
 * responder the reply direction's source (after DNAT).
 */
void selection_decide(struct selection *ret, const struct home *h, const struct ct_tuple tuple[CT_DIRECTIONS],
		      uint8_t protocol, bool has_ports);
