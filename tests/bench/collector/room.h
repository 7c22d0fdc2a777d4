/* SPDX-License-Identifier: MIT */
/* A router in a network namespace of its own, with the devices' wire in another. All functions end the
 * program when something fails. */
#pragma once

#include <stdint.h>

/* This process becomes the router: 192.0.2.0/24 and 2001:db8:77::/64 at home, all else by a wire that
 * swallows it. */
void room_make(void);
/* A socket that sends Ethernet frames to the router; this process moves to the devices' namespace. */
int room_enter_devices(void);
/* The two ends of the devices' wire: the router's MAC and a device's. */
void room_mac(uint8_t router[6], uint8_t device[6]);
