/* SPDX-License-Identifier: MIT */
/*
 * Turns our tables of companies, cloud regions and anycast networks, and third-party-web, into C while connvis is
 * built: tables OUTPUT.c REGIONS.tsv ANYCAST.tsv THIRD-PARTIES FILE.tsv… (THIRD-PARTIES: a folder, or "none")
 */
#include "tables.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define LINE_LENGTH 16384
#define FIELDS_MAX 8

void tables_die(const struct tables *t, const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "%s:%u: ", t->file, t->line);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(1);
}

char *tables_copy(const struct tables *t, const char *text)
{
	char *new = strdup(text);

	if (!new)
		tables_die(t, "out of memory");
	return new;
}

void *tables_grow(const struct tables *t, void *array, size_t n, size_t size)
{
	/* Doubled whenever it is full. */
	if (n & (n - 1))
		return array;
	array = realloc(array, (n ? n * 2 : 1) * size);
	if (!array)
		tables_die(t, "out of memory");
	return array;
}

static void read_line(struct tables *t, char *text, size_t n_fields,
		      void (*take)(struct tables *t, char **fields))
{
	char *fields[FIELDS_MAX], *rest = text;

	text[strcspn(text, "\r\n")] = '\0';
	if (!text[0] || text[0] == '#')
		return;
	for (size_t i = 0; i < n_fields; i++) {
		fields[i] = strsep(&rest, "\t");
		if (!fields[i] || !fields[i][0])
			tables_die(t, "%zu fields are wanted, with tabs between, none empty", n_fields);
	}
	if (rest)
		tables_die(t, "there are more than %zu fields", n_fields);
	take(t, fields);
}

void tables_read(struct tables *t, const char *path, size_t n_fields,
		 void (*take)(struct tables *t, char **fields))
{
	static char text[LINE_LENGTH];
	FILE *f = fopen(path, "r");

	t->file = path;
	t->line = 0;
	if (!f)
		tables_die(t, "%s", strerror(errno));
	while (fgets(text, sizeof(text), f)) {
		t->line++;
		if (!strchr(text, '\n') && !feof(f))
			tables_die(t, "the line is too long");
		read_line(t, text, n_fields, take);
	}
	fclose(f);
}

int main(int argc, char **argv)
{
	/* Kept to the end, like all that it holds. */
	static struct tables t = {.file = "tables"};
	FILE *out;

	if (argc < 6)
		tables_die(&t, "expected OUTPUT.c REGIONS.tsv ANYCAST.tsv THIRD-PARTIES FILE.tsv…");
	for (int i = 5; i < argc; i++)
		tables_read(&t, argv[i], 4, companies_take);
	tables_read(&t, argv[2], 8, regions_take);
	tables_read(&t, argv[3], 3, anycast_take);
	if (strcmp(argv[4], "none") != 0)
		third_parties_read(&t, argv[4]);
	companies_settle(&t);
	t.file = argv[1];
	t.line = 0;
	out = fopen(argv[1], "w");
	if (!out)
		tables_die(&t, "%s", strerror(errno));
	output_write(&t, out);
	if (fclose(out))
		tables_die(&t, "%s", strerror(errno));
	return 0;
}
