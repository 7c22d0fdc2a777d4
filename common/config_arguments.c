/* SPDX-License-Identifier: MIT */
#include <getopt.h>

#include "config_help.h"
#include "config_private.h"

static const char unknown[] = "\"%.100s\" is not known; --help says what is";

/* What getopt_long has just refused; of short options in a row it tells the letter alone. */
static void unknown_argument(struct config_load *load, char **argv)
{
	const char letter[] = {'-', (char)optopt, '\0'};

	config_problem(load, NULL, 0, unknown, optopt > ' ' && optopt != 'h' ? letter : argv[optind - 1]);
}

void config_arguments_read(struct config_load *load, struct config_arguments *a, int argc, char **argv)
{
	enum { CONFIG = 1, SHARED, SET, CHECK, ASK, PRINT, VERSION };
	static const struct option options[] = {
	    {"config", required_argument, NULL, CONFIG},
	    {"shared", required_argument, NULL, SHARED},
	    {"set", required_argument, NULL, SET},
	    {"check-config", no_argument, NULL, CHECK},
	    {"status", no_argument, NULL, ASK},
	    {"print-config", no_argument, NULL, PRINT},
	    {"version", no_argument, NULL, VERSION},
	    {"help", no_argument, NULL, 'h'},
	    {0},
	};
	int c;

	optind = 0; /* begin anew, for glibc */
	while (!a->answer && (c = getopt_long(argc, argv, ":h", options, NULL)) != -1) {
		if (c == CONFIG || c == SHARED)
			a->files[a->n_files++] = (struct config_source){optarg, c == SHARED};
		else if (c == SET)
			a->assignments[a->n_assignments++] = optarg;
		else if (c == CHECK)
			a->check = true;
		else if (c == ASK)
			a->ask = true;
		else if (c == PRINT)
			a->answer = config_print;
		else if (c == VERSION)
			a->answer = config_version;
		else if (c == 'h')
			a->answer = config_help;
		else if (c == ':')
			config_problem(load, NULL, 0, "%s needs a value after it", argv[optind - 1]);
		else
			unknown_argument(load, argv);
	}
	for (; !a->answer && optind < argc; optind++)
		config_problem(load, NULL, 0, unknown, argv[optind]);
}
