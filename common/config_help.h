/* SPDX-License-Identifier: MIT */
/* What --help and --version say, on standard output. */
#pragma once

#include "config.h"

void config_help(const struct config_program *program);
void config_version(const struct config_program *program);
