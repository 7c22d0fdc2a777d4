/* SPDX-License-Identifier: MIT */
#include "config_reload.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config_private.h"
#include "config_value.h"
#include "util.h"

#define NAMES_MAX 1024

struct reload {
	void (*say)(enum log_level level, const char *sentence);
	char taken[NAMES_MAX], waiting[NAMES_MAX]; /* names of the options that are not what they were */
};

static void say_fault(const void *data, const char *sentence)
{
	const struct reload *reload = data;

	reload->say(LOG_LEVEL_ERROR, sentence);
}

static void add_name(char names[NAMES_MAX], const struct config_option *o)
{
	size_t used = strlen(names);

	snprintf(names + used, NAMES_MAX - used, "%s%s.%s", used ? ", " : "", o->section, o->name);
}

static void take(const struct config_program *program, void *settings, void *read, struct reload *ret)
{
	for (const struct config_option *o = program->options; o->section; o++) {
		if (config_value_equal(o, settings, read))
			continue;
		add_name(o->live ? ret->taken : ret->waiting, o);
		if (o->live)
			config_value_swap(o, settings, read);
	}
}

static void say_changes(const struct reload *reload)
{
	char sentence[NAMES_MAX + 128];

	snprintf(sentence, sizeof(sentence), "The configuration was read again: %s%s.",
		 *reload->taken	    ? "changed at once are "
		 : *reload->waiting ? "nothing of what is new can change at once"
				    : "nothing in it is new",
		 reload->taken);
	reload->say(LOG_LEVEL_INFO, sentence);
	if (!*reload->waiting)
		return;
	snprintf(sentence, sizeof(sentence), "Restart to change %s.", reload->waiting);
	reload->say(LOG_LEVEL_WARNING, sentence);
}

int config_reload(const struct config_program *program, void *settings, size_t size, int argc, char **argv,
		  void (*say)(enum log_level level, const char *sentence))
{
	_cleanup_(cleanup_free) void *read = calloc(1, size);
	struct reload reload = {.say = say};
	enum config_action action;
	int r;

	r = read ? config_read(program, read, say_fault, &reload, argc, argv, &action) : -ENOMEM;
	if (r < 0) {
		say(LOG_LEVEL_ERROR,
		    "The configuration was read again and is not taken, so everything stays as it was.");
		return r;
	}
	take(program, settings, read, &reload);
	config_free(program, read);
	say_changes(&reload);
	return 0;
}
