/* SPDX-License-Identifier: MIT */
#pragma once

#include <systemd/sd-event.h>

/* Runs the loop until it had nothing to do for 15 turns of 10 ms in a row. A time alone would pass also where a busy machine
 * lets the program do nothing in it. At most 10 s. */
void settle(sd_event *event);
