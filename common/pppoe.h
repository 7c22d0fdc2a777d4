/* SPDX-License-Identifier: MIT */
/*
 * Over which interfaces PPPoE runs. Of a provider's line by PPPoE the default route says ppp0; that the Ethernet
 * interface beneath leads outside, too, rtnetlink does not say, but the kernel's list of sessions does
 * (/proc/self/net/pppoe, pppoe_seq_show in drivers/net/ppp/pppoe.c). Sessions of a program that speaks PPPoE by itself
 * are in no list.
 */
#pragma once

#include <net/if.h>
#include <stdbool.h>

#include "interfaces.h"

/* The next interface in the list's text, which *text moves on in; a last line that was cut off counts for nothing.
 * False: there is none. */
bool pppoe_next(const char **text, char ret_name[IF_NAMESIZE]);

/* Marks the interfaces that carry one, before interfaces_settle. Without such a list there are none. */
void pppoe_read(struct interfaces *i);
