/* SPDX-License-Identifier: MIT */
/* The broadcaster: owns every object and wires them. */
#pragma once

#include <ev.h>

#include "broadcaster_options.h"

struct broadcaster;

/* loop, options and argv are borrowed; SIGHUP reads the options again from argv. 0; -errno after saying in the log what is wrong and what to do. */
int broadcaster_new(struct broadcaster **ret, struct ev_loop *loop, struct broadcaster_options *options,
		    int argc, char **argv);
struct broadcaster *broadcaster_free(struct broadcaster *b);

/* Runs until SIGTERM or SIGINT, then sees the viewers off. */
void broadcaster_run(struct broadcaster *b);
