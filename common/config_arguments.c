/* SPDX-License-Identifier: MIT */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "config_help.h"
#include "config_private.h"

static const char unknown[] = "\"%.100s\" is not known; --help says what is";

/* What getopt_long has just refused; of short options in a row it tells the letter alone. */
static void unknown_argument(struct config_load *load, char **argv)
{
	const char letter[] = {'-', (char)optopt, '\0'};

	config_problem(load, NULL, 0, unknown, optopt > ' ' && optopt != 'h' ? letter : argv[optind - 1]);
}

enum { CONFIG = 1, SHARED, SET, CHECK, ASK, PRINT, VERSION, TASK };

/* Each program's own behind those that all have. */
static void add_tasks(const struct config_task *tasks, struct option *options)
{
	size_t n = 0;

	while (options[n].name)
		n++;
	for (int i = 0; tasks && tasks[i].name && i < CONFIG_TASKS_MAX; i++)
		options[n++] = (struct option){
		    tasks[i].name, tasks[i].value ? required_argument : no_argument, NULL, TASK + i};
}

static void take_task(struct config_load *load, struct config_arguments *a, int i)
{
	const struct config_task *task = &load->program->tasks[i];

	if (a->task && a->task != i + 1)
		config_problem(load, NULL, 0, "--%s and --%s cannot be done together: give one of them",
			       load->program->tasks[a->task - 1].name, task->name);
	a->task = i + 1;
	if (task->value && strlen(optarg) >= CONFIG_TEXT_MAX)
		config_problem(load, NULL, 0, "what stands behind --%s is too long", task->name);
	else if (task->value)
		snprintf((char *)load->settings + task->offset, CONFIG_TEXT_MAX, "%s", optarg);
}

void config_arguments_read(struct config_load *load, struct config_arguments *a, int argc, char **argv)
{
	struct option options[8 + CONFIG_TASKS_MAX + 1] = {
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

	add_tasks(load->program->tasks, options);
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
		else if (c >= TASK && c < TASK + CONFIG_TASKS_MAX)
			take_task(load, a, c - TASK);
		else if (c == ':')
			config_problem(load, NULL, 0, "%s needs a value after it", argv[optind - 1]);
		else
			unknown_argument(load, argv);
	}
	for (; !a->answer && optind < argc; optind++)
		config_problem(load, NULL, 0, unknown, argv[optind]);
}
