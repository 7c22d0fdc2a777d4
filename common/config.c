/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config_private.h"
#include "config_value.h"
#include "ini.h"
#include "text.h"
#include "util.h"

void config_problem(struct config_load *load, const char *file, unsigned line, const char *format, ...)
{
	char sentence[2048];
	size_t used = 0;
	va_list arguments;

	load->problems++;
	if (file && line)
		used = (size_t)snprintf(sentence, sizeof(sentence), "%.1000s, line %u: ", file, line);
	else
		used =
		    (size_t)snprintf(sentence, sizeof(sentence), "%.1000s: ", file ? file : "command line");
	va_start(arguments, format);
	vsnprintf(sentence + used, sizeof(sentence) - used, format, arguments);
	va_end(arguments);
	load->say(load->say_data, sentence);
}

static const struct config_option *find_option(const struct config_program *program, const char *section,
					       const char *name)
{
	for (const struct config_option *o = program->options; o->section; o++)
		if (!strcmp(o->section, section) && !strcmp(o->name, name))
			return o;
	return NULL;
}

static void unknown_option(struct config_load *load, unsigned line, const char *section, const char *name)
{
	const struct config_option *nearest = NULL;
	unsigned least = 0;
	char full[160], candidate[160];

	snprintf(full, sizeof(full), "%s.%s", section, name);
	for (const struct config_option *o = load->program->options; o->section; o++) {
		unsigned d;

		snprintf(candidate, sizeof(candidate), "%s.%s", o->section, o->name);
		d = text_distance(full, candidate);
		if (!nearest || d < least) {
			nearest = o;
			least = d;
		}
	}
	config_problem(load, load->file, line,
		       "there is no option \"%.100s\"; did you mean \"%s.%s\"? (--help lists all)", full,
		       nearest->section, nearest->name);
}

static bool is_in(const char *const *names, const char *name)
{
	for (; names && *names; names++)
		if (!strcmp(*names, name))
			return true;
	return false;
}

/* "[site], [log] and [redis]", as far as there is room. */
static const char *write_sections(char *buffer, size_t size, const char *const *sections)
{
	size_t used = 0;

	buffer[0] = '\0';
	for (size_t i = 0; sections[i] && used < size; i++)
		used += (size_t)snprintf(buffer + used, size - used, "%s[%s]",
					 !i		   ? ""
					 : sections[i + 1] ? ", "
							   : " and ",
					 sections[i]);
	return buffer;
}

/* In a file that is shared with other programs: is it to be set here? What is theirs is skipped. */
static bool is_ours(struct config_load *load, unsigned line, const char *section, const char *name)
{
	const char *const *sections = load->program->shared;
	char full[160], shared[160];

	snprintf(full, sizeof(full), "%s.%s", section, name);
	if (is_in(sections, section))
		return !is_in(load->program->foreign, full);
	config_problem(
	    load, load->file, line,
	    "%s is not shared with the other daemon, so it belongs into the file of the one that has it: here stands only %s",
	    full, write_sections(shared, sizeof(shared), sections));
	return false;
}

static void set_value(struct config_load *load, unsigned line, const struct config_option *o,
		      const char *value)
{
	struct config_fault fault;
	int r = config_value_set(o, load->settings, value, &fault);

	if (r == -ENOMEM)
		load->no_memory = true;
	else if (r == -E2BIG)
		config_problem(load, load->file, line, "%s.%s takes %s: \"%s\" is one too many", o->section,
			       o->name, fault.expected, fault.value);
	else if (r < 0)
		config_problem(load, load->file, line, "%s.%s is \"%s\", but must be %s", o->section, o->name,
			       fault.value, fault.expected);
}

static const struct config_option *set_option(struct config_load *load, unsigned line, const char *section,
					      const char *name, const char *value)
{
	const struct config_option *o = find_option(load->program, section, name);
	struct config_given *given;
	bool again;

	if (load->shared && !is_ours(load, line, section, name))
		return NULL;
	if (!o) {
		unknown_option(load, line, section, name);
		return NULL;
	}
	given = &load->given[o - load->program->options];
	again = given->source == load->source;
	if (config_value_is_list(o) && (!again || !*value)) {
		config_value_clear(o, load->settings);
	} else if (!config_value_is_list(o) && again) {
		if (line)
			config_problem(load, load->file, line,
				       "%s.%s was already set on line %u: keep only one of them", section,
				       name, given->line);
		else
			config_problem(load, load->file, 0, "%s.%s is given twice: keep only one of them",
				       section, name);
		return o;
	}
	*given = (struct config_given){.source = load->source, .file = load->file, .line = line};
	set_value(load, line, o, value);
	return o;
}

static void go_on(struct config_load *load, const struct ini *ini, const struct config_option *o)
{
	if (config_value_is_list(o))
		set_value(load, ini->line, o, ini->value);
	else
		config_problem(
		    load, load->file, ini->line,
		    "starts with a blank, so it continues %s.%s, which takes a single line: write it on one line, or remove the blank",
		    o->section, o->name);
}

static void load_lines(struct config_load *load, char *text, size_t length)
{
	const struct config_option *last = NULL;
	struct ini ini;

	ini_begin(&ini, text, length);
	for (;;) {
		switch (ini_next(&ini)) {
		case INI_END:
			return;
		case INI_VALUE:
			last = set_option(load, ini.line, ini.section, ini.name, ini.value);
			break;
		case INI_MORE:
			/* of an unknown option enough was said */
			if (last)
				go_on(load, &ini, last);
			break;
		case INI_WRONG:
			config_problem(load, load->file, ini.line, "%s", ini.value);
			last = NULL;
			break;
		}
	}
}

static void load_file(struct config_load *load, const char *path)
{
	_cleanup_(cleanup_free) char *text = malloc(CONFIG_FILE_MOST + 1);
	_cleanup_(cleanup_fclose) FILE *file = fopen(path, "re");
	size_t length;

	load->source++;
	load->file = path;
	if (!text) {
		load->no_memory = true;
	} else if (!file) {
		/* one that is shared need not be there */
		if (!load->shared || errno != ENOENT)
			config_problem(load, path, 0, "cannot be read: %s", strerror(errno));
	} else {
		length = fread(text, 1, CONFIG_FILE_MOST + 1, file);
		if (ferror(file))
			config_problem(load, path, 0, "cannot be read: %s", strerror(errno));
		else if (length > CONFIG_FILE_MOST)
			config_problem(load, path, 0, "is larger than %u bytes: this is not a configuration",
				       CONFIG_FILE_MOST);
		else
			load_lines(load, text, length);
	}
	load->file = NULL;
}

/* The file and its drop-ins. Each of them wins over those before it. */
static void load_files(struct config_load *load, const struct config_source *source)
{
	const char *file = source->path;
	_cleanup_(cleanup_free) char *folder = NULL;
	size_t first = load->drop_ins.n;
	int r;

	load->shared = source->shared;
	load_file(load, file);
	r = config_folder_add(&load->drop_ins, file, &folder);
	if (r == -ENOMEM)
		load->no_memory = true;
	else if (r < 0)
		config_problem(load, folder, 0, "cannot be read: %s", strerror(-r));
	for (size_t i = first; i < load->drop_ins.n; i++)
		load_file(load, load->drop_ins.paths[i]);
	load->shared = false;
}

static void load_assignment(struct config_load *load, const char *text)
{
	const char *dot = strchr(text, '.'), *equals = strchr(text, '=');
	char section[64], name[64];

	if (!dot || !equals || dot > equals || (size_t)(dot - text) >= sizeof(section) ||
	    (size_t)(equals - dot) > sizeof(name)) {
		config_problem(load, NULL, 0, "--set takes section.key=value, not \"%.100s\"", text);
		return;
	}
	snprintf(section, sizeof(section), "%.*s", (int)(dot - text), text);
	snprintf(name, sizeof(name), "%.*s", (int)(equals - dot - 1), dot + 1);
	set_option(load, 0, section, name, equals + 1);
}

static void load_defaults(struct config_load *load)
{
	struct config_fault fault;

	for (const struct config_option *o = load->program->options; o->section; o++) {
		int r = config_value_set(o, load->settings, o->fallback, &fault);

		if (r == -ENOMEM)
			load->no_memory = true;
		else if (r < 0)
			config_problem(load, NULL, 0, "the default of %s.%s must be %s", o->section, o->name,
				       fault.expected);
	}
}

/* A list can be too short only when all is read. */
static void check_lists(struct config_load *load)
{
	const struct config_option *options = load->program->options;

	for (const struct config_option *o = options; o->section; o++) {
		const struct config_given *given = &load->given[o - options];

		if (config_value_is_list(o) && config_value_count(o, load->settings) < (uint64_t)o->minimum)
			config_problem(load, given->file, given->line,
				       "%s.%s is empty, but needs at least one value: %s", o->section,
				       o->name, o->help);
	}
}

static void check_whole(struct config_load *load)
{
	const struct config_program *program = load->program;
	const struct config_given *given = NULL;
	char why[CONFIG_WHY_MAX], full[160];
	const char *name = program->check(load->settings, why);

	for (const struct config_option *o = program->options; name && o->section; o++) {
		snprintf(full, sizeof(full), "%s.%s", o->section, o->name);
		if (!strcmp(full, name))
			given = &load->given[o - program->options];
	}
	if (name)
		config_problem(load, given ? given->file : NULL, given ? given->line : 0, "%s %s", name, why);
}

static void load_all(struct config_load *load, const struct config_arguments *a)
{
	load_defaults(load);
	for (size_t i = 0; i < a->n_files; i++)
		load_files(load, &a->files[i]);
	load->source++;
	for (size_t i = 0; i < a->n_assignments; i++)
		load_assignment(load, a->assignments[i]);
	/* what a faulty line would have put there is not missing */
	if (!load->problems)
		check_lists(load);
	if (load->program->check && !a->ask && !a->task && !load->problems && !load->no_memory)
		check_whole(load);
}

static enum config_action answer(struct config_load *load, const struct config_arguments *a)
{
	if (a->answer) {
		a->answer(load->program);
		return CONFIG_DONE;
	}
	load_all(load, a);
	if (a->check && !load->problems && !load->no_memory)
		puts("The configuration is good.");
	if (a->check)
		return CONFIG_DONE;
	if (a->ask)
		return CONFIG_ASK;
	return a->task ? (enum config_action)(CONFIG_TASK + a->task - 1) : CONFIG_RUN;
}

static int no_memory(const struct config_load *load)
{
	load->say(load->say_data, "out of memory");
	return -ENOMEM;
}

int config_read(const struct config_program *program, void *settings, config_say *say, const void *say_data,
		int argc, char **argv, enum config_action *ret_action)
{
	_cleanup_(cleanup_free) const char **assignments = calloc((size_t)argc + 1, sizeof(*assignments));
	_cleanup_(cleanup_free) struct config_source *files = calloc((size_t)argc + 1, sizeof(*files));
	_cleanup_(cleanup_free) struct config_given *given = NULL;
	struct config_load load = {
	    .program = program,
	    .settings = settings,
	    .say = say,
	    .say_data = say_data,
	};
	struct config_arguments a = {.files = files, .assignments = assignments};
	enum config_action action;
	size_t n = 0;

	while (program->options[n].section)
		n++;
	load.given = given = calloc(n + 1, sizeof(*given));
	if (!assignments || !files || !given)
		return no_memory(&load);
	config_arguments_read(&load, &a, argc, argv);
	action = answer(&load, &a);
	config_folder_free(&load.drop_ins);
	if (!load.no_memory && !load.problems) {
		*ret_action = action;
		return 0;
	}
	config_free(program, settings);
	return load.problems ? -EINVAL : no_memory(&load);
}

static void say_on_stderr(const void *data, const char *sentence)
{
	const struct config_program *program = data;

	fprintf(stderr, "%s: %s\n", program->name, sentence);
}

int config_load(const struct config_program *program, void *settings, int argc, char **argv,
		enum config_action *ret_action)
{
	return config_read(program, settings, say_on_stderr, program, argc, argv, ret_action);
}

void config_free(const struct config_program *program, void *settings)
{
	for (const struct config_option *o = program->options; o->section; o++)
		if (config_value_is_list(o))
			config_value_clear(o, settings);
}
