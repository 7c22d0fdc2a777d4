/* SPDX-License-Identifier: MIT */
/* The broadcaster: owns every object and wires them. */
#pragma once

#include <ev.h>

#include "options.h"

struct app;

/* loop and options are borrowed. 0; -errno after saying in the log what is wrong and what to do. */
int app_new(struct app **ret, struct ev_loop *loop, const struct options *options);
struct app *app_free(struct app *app);

/* Runs until SIGTERM or SIGINT, then sees the viewers off. */
void app_run(struct app *app);
