/* SPDX-License-Identifier: MIT */
#include "config_help.h"

#include <stdio.h>
#include <string.h>

#include "config_value.h"

#define PRINT_WIDTH 100

static const char live[] = " A reload changes it.";

static const char usage[] =
    "  --config FILE            read options from an INI file, and then from FILE.d/*.conf; may be given again,\n"
    "                           the last file wins\n"
    "  --shared FILE            the same with a file for what both daemons have in common, if it is there\n"
    "  --set SECTION.KEY=VALUE  set one option; wins over every file\n"
    "  --check-config           check the options as if starting, then exit\n"
    "  --status                 ask the one that runs what it sees and what is wrong, then exit: with 1 when something is\n";

static const char usage_end[] =
    "  --print-config           print a file with all options as comments, for --config, then exit\n"
    "  --version                print the version, and the licences of what is built in\n"
    "  -h, --help               print this\n"
    "\n"
    "Exit status: 0 success, 1 failed while starting or running, 2 wrong option or configuration.\n"
    "\n"
    "In a file, # or ; starts a comment, at the start of a line or after a blank. A text has at most %d\n"
    "bytes. A list takes its items separated by commas, may be given several times, and may continue on\n"
    "lines that start with a blank; an empty value clears it. Any other option is given once, on one line.\n"
    "\n"
    "A reload (SIGHUP) reads all of it again; what it does not change waits for a restart.\n"
    "\n"
    "Options and their defaults:\n";

static void print_tasks(const struct config_task *task)
{
	char argument[64];

	for (; task && task->name; task++) {
		snprintf(argument, sizeof(argument), "--%s%s%s", task->name, task->value ? " " : "",
			 task->value ? task->value : "");
		printf("  %-24s %s\n", argument, task->help);
	}
}

void config_help(const struct config_program *program)
{
	const char *section = "";

	printf("%s %s: %s\n\n", program->name, program->version, program->summary);
	fputs(usage, stdout);
	print_tasks(program->tasks);
	printf(usage_end, CONFIG_TEXT_MAX - 1);
	for (const struct config_option *o = program->options; o->section; o++) {
		if (strcmp(section, o->section) != 0)
			printf("\n[%s]\n", o->section);
		section = o->section;
		printf("%s =%s%s\n    %s%s", o->name, *o->fallback ? " " : "", o->fallback, o->help,
		       o->live ? live : "");
		if (o->type != CONFIG_TEXT) {
			fputs(" (", stdout);
			config_value_limits(o, stdout);
			putchar(')');
		}
		putchar('\n');
	}
}

/* Goes on with a comment in lines of at most that many letters, broken between words. Returns the column. */
static size_t print_words(const char *text, size_t column)
{
	while (*text) {
		size_t word = strcspn(text, " ");

		if (column + 1 + word > PRINT_WIDTH) {
			fputs("\n#", stdout);
			column = 1;
		}
		column += (size_t)printf(" %.*s", (int)word, text);
		text += word;
		text += strspn(text, " ");
	}
	return column;
}

static void print_comment(const struct config_option *o)
{
	size_t column;

	putchar('#');
	column = print_words(o->help, 1);
	if (o->live)
		print_words(live + 1, column);
	putchar('\n');
}

void config_print(const struct config_program *program)
{
	const char *section = "";

	printf("# The configuration of %s. An option that is not set has the value that stands here behind\n"
	       "# its name. Files in the folder of this file's name with .d behind it win over this one.\n",
	       program->name);
	for (const struct config_option *o = program->options; o->section; o++) {
		if (strcmp(section, o->section) != 0)
			printf("\n[%s]\n", o->section);
		section = o->section;
		putchar('\n');
		print_comment(o);
		if (o->type != CONFIG_TEXT) {
			fputs("# (", stdout);
			config_value_limits(o, stdout);
			fputs(")\n", stdout);
		}
		printf("#%s =%s%s\n", o->name, *o->fallback ? " " : "", o->fallback);
	}
}

void config_version(const struct config_program *program)
{
	printf("%s %s\n", program->name, program->version);
	if (program->notice && program->notice[0])
		printf("\n%s", program->notice);
}
