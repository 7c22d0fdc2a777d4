/* SPDX-License-Identifier: MIT */
/*
 * Options from an INI file and the command line into a struct, driven by one table. Each daemon has such a
 * table (see config_table.h); its --help, its defaults, its checks and its error messages all come from it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"

#define CONFIG_TEXT_MAX 256	    /* bytes of a text option with its NUL */
#define CONFIG_NETWORKS_MAX 32	    /* items of a networks option */
#define CONFIG_FILE_MOST (1u << 20) /* bytes of an INI file */
#define CONFIG_WHY_MAX 1024	    /* bytes of what is wrong with an option, with its NUL */

/* The exit status of both daemons. */
enum config_status {
	CONFIG_STATUS_GOOD,
	CONFIG_STATUS_FAILED, /* anything that went wrong after the options were read */
	CONFIG_STATUS_WRONG,  /* an option or the configuration is wrong */
};

enum config_type {
	CONFIG_BOOL,	 /* bool: yes, no, true, false, on, off, 1, 0 */
	CONFIG_NUMBER,	 /* int64_t, from minimum to maximum */
	CONFIG_TEXT,	 /* char[CONFIG_TEXT_MAX] */
	CONFIG_CHOICE,	 /* int: the value of one of choices */
	CONFIG_NETWORKS, /* struct config_networks: separated by commas or blanks */
	CONFIG_LIST,	 /* struct config_list: texts separated by commas; blanks in them count */
	CONFIG_WORDS,	 /* struct config_list: words separated by commas or blanks */
};

struct config_networks {
	size_t n;
	struct network items[CONFIG_NETWORKS_MAX];
};

/* Each item once, none empty. */
struct config_list {
	size_t n;
	const char **items; /* freed by config_free */
};

struct config_choice {
	const char *word;
	int value;
};

/* The words of log.level in both daemons; their values are of enum log_level. */
extern const struct config_choice config_log_levels[];

struct config_option {
	const char *section;
	const char *name;
	enum config_type type;
	size_t offset;		  /* of the value in the struct */
	int64_t minimum, maximum; /* of a number; of how many items a list holds */
	const char *unit;	  /* of a number ("ms", "bytes", …), of a list's items ("files"); or NULL */
	const struct config_choice *choices; /* CONFIG_CHOICE; ends with word == NULL */
	const char *fallback;		     /* the default, as it would stand in the file */
	const char *help;		     /* one sentence */
	/* Checks a text, or one item of a list: NULL when good, else what would be good, for "… must be %s".
	 * May be NULL. */
	const char *(*check)(const char *value);
	bool live; /* changes while the program runs: config_reload.h */
};

/* What is to be done after config_load. */
enum config_action {
	CONFIG_RUN,
	CONFIG_ASK,  /* --status: the one that runs is asked (status.h) */
	CONFIG_DONE, /* --help, --version, --print-config or --check-config was answered: end with 0 */
	CONFIG_TASK, /* the first of the program's tasks; the next one is CONFIG_TASK + 1 */
};

#define CONFIG_TASKS_MAX 8

/* What --name has a program do instead of running. */
struct config_task {
	const char *name;
	const char *value; /* what has to stand after it, for the help ("ROLE"); NULL: nothing */
	size_t offset;	   /* of the value in the struct, a char[CONFIG_TEXT_MAX] */
	const char *help;  /* as of --status */
};

struct config_program {
	const char *name;    /* "connvis-collector" */
	const char *summary; /* one sentence for --help */
	const char *version;
	const char *notice; /* what --version says after it: licences of what is built in; or NULL */
	const struct config_option *options; /* ends with section == NULL */
	const struct config_task *tasks;     /* CONFIG_TASKS_MAX at most, ends with name == NULL; or NULL */
	/* Of a file that other programs read, too (--shared): its sections, and what in them is theirs alone, as
	 * "section.name". Both end with NULL; NULL: there is no such file. */
	const char *const *shared, *const *foreign;
	/* Checks what no single option shows, once each of them is good: whether they fit together, and the files that they
	 * name. NULL; or the option that is wrong ("section.name"), with why: what follows its name in a sentence. May be
	 * NULL. --status and tasks do without. */
	const char *(*check)(const void *settings, char why[CONFIG_WHY_MAX]);
};

/*
 * Fills settings (zeroed by the caller, borrowed) with the defaults, then the file of each --shared FILE, if it is there,
 * and each --config FILE, in the order in which they are given, each with the files FILE.d/(any).conf behind it, then
 * each --set section.key=value. A later source wins; within one source a list's option may be given
 * several times, and each adds to the ones before, while an empty one empties the list.
 *
 * All problems are written to standard error, each naming file and line or the argument, the option, and what
 * would be good (an unknown name gets the nearest known one). 0 and *ret_action; or -EINVAL when anything was
 * wrong, -ENOMEM (said too): nothing needs to be freed then. argv is put in another order (getopt_long(3)).
 */
int config_load(const struct config_program *program, void *settings, int argc, char **argv,
		enum config_action *ret_action);
/* Frees what the lists hold, and empties them. */
void config_free(const struct config_program *program, void *settings);
