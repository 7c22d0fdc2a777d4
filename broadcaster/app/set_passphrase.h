/* SPDX-License-Identifier: MIT */
/* --set-passphrase: asks for the facilitator's passphrase and keeps its hash where the broadcaster looks for it. */
#pragma once

#include "broadcaster_options.h"

/* The exit status (enum config_status), after saying what is wrong. */
int set_passphrase(const struct broadcaster_options *options);
