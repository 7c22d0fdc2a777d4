/* SPDX-License-Identifier: MIT */
#include "config_help.h"

#include <stdio.h>
#include <string.h>

#include "config_value.h"

static const char usage[] =
    "  --config FILE            read options from an INI file; of several files the later wins\n"
    "  --set SECTION.KEY=VALUE  set one option; wins over all files\n"
    "  --check-config           check all options as a start does, then end\n"
    "  --version\n"
    "  -h, --help\n"
    "\n"
    "Exit status: 0 all was well, 2 an option or the configuration is wrong, 1 anything else went wrong.\n"
    "\n"
    "In a file, # or ; begins a comment at the start of a line and after a blank. A text has at most %d "
    "bytes.\n"
    "A list may be given several times, and may go on in lines that begin with a blank; nothing after the =\n"
    "empties it. All else is given once, in one line. The options and their defaults:\n";

void config_help(const struct config_program *program)
{
	const char *section = "";

	printf("%s %s: %s\n\n", program->name, program->version, program->summary);
	printf(usage, CONFIG_TEXT_MAX - 1);
	for (const struct config_option *o = program->options; o->section; o++) {
		if (strcmp(section, o->section) != 0)
			printf("\n[%s]\n", o->section);
		section = o->section;
		printf("%s =%s%s\n    %s", o->name, *o->fallback ? " " : "", o->fallback, o->help);
		if (o->type != CONFIG_TEXT) {
			fputs(" (", stdout);
			config_value_limits(o, stdout);
			putchar(')');
		}
		putchar('\n');
	}
}

void config_version(const struct config_program *program)
{
	printf("%s %s\n", program->name, program->version);
	if (program->notice && program->notice[0])
		printf("\n%s", program->notice);
}
