/* SPDX-License-Identifier: MIT */
/* What --help, --version and --print-config say, on standard output. */
#pragma once

#include "config.h"

void config_help(const struct config_program *program);
/* An INI file in which each option stands with its default, as a comment. The manual is made from this, too. */
void config_print(const struct config_program *program);
void config_version(const struct config_program *program);
