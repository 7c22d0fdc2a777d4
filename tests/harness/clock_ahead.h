/* SPDX-License-Identifier: MIT */
/* A clock that a test can set ahead: what is linked with connvis-test-clock reads all clocks as so much later. */
#pragma once

#include <time.h>

extern time_t clock_ahead; /* seconds */
