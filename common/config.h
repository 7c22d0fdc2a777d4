/* SPDX-License-Identifier: MIT */
/*
 * Options from an INI file and the command line into a settings struct, driven by one table. Each daemon has
 * such a table (collector_options.c, broadcaster_options.c); its --help, its defaults, its checks and its
 * error messages all come from it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"

#define CONFIG_TEXT_MAX 256 /* bytes of a text option with its NUL */
#define CONFIG_WORD_MAX 192 /* bytes of a list's item with its NUL */
#define CONFIG_LIST_MAX 32  /* items of a list option */

enum config_type {
	CONFIG_BOOL,	 /* bool: yes, no, true, false, on, off, 1, 0 */
	CONFIG_NUMBER,	 /* int64_t, from minimum to maximum */
	CONFIG_TEXT,	 /* char[CONFIG_TEXT_MAX] */
	CONFIG_NETWORKS, /* struct config_networks: separated by commas or blanks */
	CONFIG_LIST,	 /* struct config_list: words separated by commas or blanks */
};

struct config_networks {
	size_t n;
	struct network items[CONFIG_LIST_MAX];
};

struct config_list {
	size_t n;
	char items[CONFIG_LIST_MAX][CONFIG_WORD_MAX];
};

struct config_option {
	const char *section;
	const char *name;
	enum config_type type;
	size_t offset;		  /* of the value in the settings struct */
	int64_t minimum, maximum; /* CONFIG_NUMBER */
	const char *unit;	  /* "ms", "bytes", … or NULL */
	const char *fallback;	  /* the default, as it would stand in the file */
	const char *help;	  /* one sentence */
	/* Checks a text (or one item of a list): NULL when good, else what would be good, for "… must be %s".
	 * May be NULL. */
	const char *(*check)(const char *value);
};

/* What the command line asked for, beside the settings. */
enum config_action {
	CONFIG_RUN,
	CONFIG_CHECK,	/* --check-config: say that all is well and end with 0 */
	CONFIG_EXIT_OK, /* --help or --version was answered */
};

struct config_program {
	const char *name;    /* "connvis-collector" */
	const char *summary; /* one sentence for --help */
	const char *version;
	const char *notice; /* what --version says after it: licences of what is built in; or NULL */
	const struct config_option *options; /* ends with section == NULL */
};

/*
 * Fills settings (zeroed by the caller, borrowed) with the defaults, then the file of --config FILE, then
 * each --set section.key=value in turn. Long options take "--x y" and "--x=y". All problems are written to
 * standard error, each naming file and line or the argument, the option, and what would be good (an unknown
 * name gets the nearest known one). 0 and *ret_action, or -EINVAL when anything was wrong.
 */
int config_load(const struct config_program *program, void *settings, int argc, char **argv,
		enum config_action *ret_action);
