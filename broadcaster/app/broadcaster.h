/* SPDX-License-Identifier: MIT */
/* The broadcaster: owns every object and wires them. */
#pragma once

#include <ev.h>

#include "broadcaster_options.h"

struct broadcaster;

/* loop and options are borrowed. 0; -errno after saying in the log what is wrong and what to do. */
int broadcaster_new(struct broadcaster **ret, struct ev_loop *loop,
		    const struct broadcaster_options *options);
struct broadcaster *broadcaster_free(struct broadcaster *b);

/* Runs until SIGTERM or SIGINT, then sees the viewers off. */
void broadcaster_run(struct broadcaster *b);
