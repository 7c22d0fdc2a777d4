/* SPDX-License-Identifier: MIT */
/* --link: makes a link by which others may watch, and prints it. */
#pragma once

#include "broadcaster_options.h"

/* The exit status (enum config_status), after saying what is wrong. */
int print_link(const struct broadcaster_options *options);
