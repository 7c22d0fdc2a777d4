/* SPDX-License-Identifier: MIT */
/* One reading of the options: shared by config*.c alone. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "config.h"
#include "config_folder.h"

/* Is told what is wrong: one sentence, valid during the call. */
typedef void config_say(const void *data, const char *sentence);

/* Where an option was last given. */
struct config_given {
	unsigned source; /* 0: nowhere, it has its default */
	const char *file;
	unsigned line;
};

/* What a reading carries along. */
struct config_load {
	const struct config_program *program;
	void *settings;
	config_say *say;
	const void *say_data;
	unsigned source;	       /* being read: counted up for each file, and for the command line */
	const char *file;	       /* being read, or NULL for the command line */
	bool shared;		       /* it is with other programs */
	struct config_given *given;    /* of each option of the program */
	struct config_folder drop_ins; /* their paths stand in given */
	int problems;
	bool no_memory;
};

struct config_source {
	const char *path;
	bool shared; /* with other programs */
};

/* What the command line holds. Both arrays have room for all of it, and borrow from argv. */
struct config_arguments {
	struct config_source *files;
	const char **assignments;
	size_t n_files, n_assignments;
	bool check, ask;
	int task; /* of the program's, counted from 1; 0: none */
	/* what is asked for instead of a start; or NULL */
	void (*answer)(const struct config_program *program);
};

/* Says what is wrong, and counts it. file NULL: on the command line; line 0: with the file as a whole. */
__attribute__((format(printf, 4, 5))) void config_problem(struct config_load *load, const char *file,
							  unsigned line, const char *format, ...);

/* Sets what the command line asks for; what asks for an answer ends the reading. */
void config_arguments_read(struct config_load *load, struct config_arguments *a, int argc, char **argv);

/* config_load, but what is wrong is told to say. */
int config_read(const struct config_program *program, void *settings, config_say *say, const void *say_data,
		int argc, char **argv, enum config_action *ret_action);
