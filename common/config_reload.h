/* SPDX-License-Identifier: MIT */
/* The options read again while the program runs, as SIGHUP asks for. */
#pragma once

#include "config.h"
#include "log.h"

/*
 * Reads everything again that config_load has read, with the same argv. When all of it is good, each option with .live
 * gets its value in settings (size bytes, borrowed); what else has another value is named, and keeps the one of the
 * start. A fault, with its file and line, leaves all of them as they were. say is told each sentence that is worth a
 * line in the log. 0; -EINVAL; -ENOMEM.
 *
 * A list of such an option is another array afterwards: nobody may hold one over this call.
 */
int config_reload(const struct config_program *program, void *settings, size_t size, int argc, char **argv,
		  void (*say)(enum log_level level, const char *sentence));
