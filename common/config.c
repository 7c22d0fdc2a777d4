/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <errno.h>
#include <ini.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "config_value.h"
#include "util.h"

/* What one run of config_load carries along. */
struct load {
	const struct config_program *program;
	void *settings;
	const char *file; /* being read, or NULL for the command line */
	int problems;
};

__attribute__((format(printf, 3, 4))) static void problem(struct load *load, int line, const char *format,
							  ...)
{
	va_list arguments;

	load->problems++;
	fprintf(stderr, "%s: ", load->program->name);
	if (load->file && line)
		fprintf(stderr, "%s, line %d: ", load->file, line);
	else if (load->file)
		fprintf(stderr, "%s: ", load->file);
	else
		fputs("command line: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

static const struct config_option *find_option(const struct config_program *program, const char *section,
					       const char *name)
{
	for (const struct config_option *o = program->options; o->section; o++)
		if (!strcmp(o->section, section) && !strcmp(o->name, name))
			return o;
	return NULL;
}

/* The edit distance of two short strings, counted to at most 63 bytes of each. */
static unsigned distance(const char *a, const char *b)
{
	unsigned row[64], width = (unsigned)strnlen(b, 63);

	for (unsigned j = 0; j <= width; j++)
		row[j] = j;
	for (unsigned i = 0; a[i] && i < 63; i++) {
		unsigned diagonal = row[0];

		row[0] = i + 1;
		for (unsigned j = 0; j < width; j++) {
			unsigned best = diagonal + (a[i] != b[j]);

			diagonal = row[j + 1];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j + 1] + 1 < best)
				best = row[j + 1] + 1;
			row[j + 1] = best;
		}
	}
	return row[width];
}

static void unknown_option(struct load *load, int line, const char *section, const char *name)
{
	const struct config_option *nearest = NULL;
	unsigned least = 0;
	char full[160], candidate[160];

	snprintf(full, sizeof(full), "%s.%s", section, name);
	for (const struct config_option *o = load->program->options; o->section; o++) {
		unsigned d;

		snprintf(candidate, sizeof(candidate), "%s.%s", o->section, o->name);
		d = distance(full, candidate);
		if (!nearest || d < least) {
			nearest = o;
			least = d;
		}
	}
	problem(load, line, "there is no option \"%.100s\"; did you mean \"%s.%s\"? (--help lists all)", full,
		nearest->section, nearest->name);
}

static void set_option(struct load *load, int line, const char *section, const char *name, const char *value)
{
	const struct config_option *o = find_option(load->program, section, name);
	char expected[320];

	if (!o) {
		unknown_option(load, line, section, name);
		return;
	}
	if (config_value_set(o, load->settings, value, expected, sizeof(expected)) < 0)
		problem(load, line, "%s.%s is \"%.100s\", but must be %s", section, name, value, expected);
}

/* inih does not tell its handler the line in all builds, so the reader counts. */
struct ini_input {
	struct load *load;
	FILE *file;
	int line;
	bool middle; /* the last piece had no end of line */
};

static char *read_line(char *buffer, int size, void *data)
{
	struct ini_input *input = data;

	if (!fgets(buffer, size, input->file))
		return NULL;
	if (!input->middle)
		input->line++;
	input->middle = !strchr(buffer, '\n');
	if (input->middle && (int)strlen(buffer) == size - 1)
		problem(input->load, input->line,
			"is longer than %d bytes; shorten it, or give the option with --set", size - 2);
	return buffer;
}

static int on_ini(void *data, const char *section, const char *name, const char *value)
{
	struct ini_input *input = data;

	set_option(input->load, input->line, section, name, value ? value : "");
	return 1; /* go on: all problems are worth telling */
}

static void load_file(struct load *load, const char *path)
{
	struct ini_input input = {.load = load};
	_cleanup_(cleanup_fclose) FILE *file = fopen(path, "re");
	int r;

	load->file = path;
	input.file = file;
	if (!file) {
		problem(load, 0, "cannot be read: %s", strerror(errno));
	} else {
		r = ini_parse_stream(read_line, &input, on_ini, &input);
		if (r > 0)
			problem(load, r,
				"is neither a [section], nor \"key = value\", nor a comment (# or ;)");
		else if (r < 0 || ferror(file))
			problem(load, 0, "cannot be read: %s", strerror(errno));
	}
	load->file = NULL;
}

static void load_assignment(struct load *load, const char *text)
{
	const char *dot = strchr(text, '.'), *equals = strchr(text, '=');
	char section[64], name[64];

	if (!dot || !equals || dot > equals || (size_t)(dot - text) >= sizeof(section) ||
	    (size_t)(equals - dot) > sizeof(name)) {
		problem(load, 0, "--set takes section.key=value, not \"%.100s\"", text);
		return;
	}
	snprintf(section, sizeof(section), "%.*s", (int)(dot - text), text);
	snprintf(name, sizeof(name), "%.*s", (int)(equals - dot - 1), dot + 1);
	set_option(load, 0, section, name, equals + 1);
}

static void print_help(const struct config_program *program)
{
	const char *section = "";

	printf("%s %s: %s\n\n"
	       "  --config FILE            read options from an INI file\n"
	       "  --set SECTION.KEY=VALUE  set one option; goes before the file\n"
	       "  --check-config           check the options, then end\n"
	       "  --version, --help\n",
	       program->name, program->version, program->summary);
	for (const struct config_option *o = program->options; o->section; o++) {
		if (strcmp(section, o->section) != 0)
			printf("\n[%s]\n", o->section);
		section = o->section;
		printf("%s = %s\n    %s", o->name, o->fallback, o->help);
		if (o->type == CONFIG_NUMBER)
			printf(" (%lld to %lld%s%s)", (long long)o->minimum, (long long)o->maximum,
			       o->unit ? " " : "", o->unit ? o->unit : "");
		putchar('\n');
	}
}

/* Matches "--name VALUE" and "--name=VALUE"; moves *i past what it took. */
static const char *argument_value(struct load *load, const char *name, int argc, char **argv, int *i,
				  bool *ret_match)
{
	size_t n = strlen(name);

	*ret_match = !strncmp(argv[*i], name, n) && (argv[*i][n] == 0 || argv[*i][n] == '=');
	if (!*ret_match)
		return NULL;
	if (argv[*i][n] == '=')
		return argv[*i] + n + 1;
	if (*i + 1 < argc)
		return argv[++*i];
	problem(load, 0, "%s needs a value after it", name);
	return NULL;
}

enum pass {
	PASS_FILE, /* --config, and what ends at once */
	PASS_SET,  /* --set: it wins over the file wherever it stands */
};

static void load_arguments(struct load *load, enum pass pass, int argc, char **argv,
			   enum config_action *action)
{
	for (int i = 1; i < argc; i++) {
		int problems = load->problems;
		bool is_file, is_set = false;
		const char *value = argument_value(load, "--config", argc, argv, &i, &is_file);

		if (!is_file)
			value = argument_value(load, "--set", argc, argv, &i, &is_set);
		if (pass == PASS_SET && !is_set) {
			load->problems = problems;
			continue;
		}
		if (is_file && value)
			load_file(load, value);
		else if (is_set && value && pass == PASS_SET)
			load_assignment(load, value);
		else if (!is_file && !is_set && !strcmp(argv[i], "--check-config"))
			*action = CONFIG_CHECK;
		else if (!is_file && !is_set && !strcmp(argv[i], "--help")) {
			print_help(load->program);
			*action = CONFIG_EXIT_OK;
			return;
		} else if (!is_file && !is_set && !strcmp(argv[i], "--version")) {
			printf("%s %s\n", load->program->name, load->program->version);
			if (load->program->notice && load->program->notice[0])
				printf("\n%s", load->program->notice);
			*action = CONFIG_EXIT_OK;
			return;
		} else if (!is_file && !is_set) {
			problem(load, 0, "\"%.100s\" is not known; --help says what is", argv[i]);
		}
	}
}

int config_load(const struct config_program *program, void *settings, int argc, char **argv,
		enum config_action *ret_action)
{
	struct load load = {.program = program, .settings = settings};
	enum config_action action = CONFIG_RUN;
	char expected[320];

	for (const struct config_option *o = program->options; o->section; o++)
		if (config_value_set(o, settings, o->fallback, expected, sizeof(expected)) < 0)
			problem(&load, 0, "the default of %s.%s must be %s", o->section, o->name, expected);
	load_arguments(&load, PASS_FILE, argc, argv, &action);
	if (action != CONFIG_EXIT_OK)
		load_arguments(&load, PASS_SET, argc, argv, &action);
	if (load.problems)
		return -EINVAL;
	*ret_action = action;
	return 0;
}
