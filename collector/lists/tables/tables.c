/* SPDX-License-Identifier: MIT */
/*
 * Turns our tables of companies into C while connvis is built: tables OUTPUT.c FILE.tsv…
 * A line: company, category, source of the claim, items; tabs between, blanks between items. An item: a
 * domain, an address or network, or AS and a number; "=category" where it differs. The first fault ends it,
 * with file and line.
 */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "category.h"

#define OWNERS_MAX 4096
#define ITEMS_MAX 65536
#define LINE_LENGTH 16384

enum kind { DOMAIN_ITEM, NETWORK_ITEM, ASN_ITEM };

struct item {
	enum kind kind;
	char *text;
	uint32_t asn;
	unsigned owner;
};

static struct owner {
	char *company;
	const char *category; /* static */
} owners[OWNERS_MAX];
static struct item items[ITEMS_MAX];
static size_t n_owners, n_items;
static const char *file;
static unsigned line;

static void __attribute__((noreturn, format(printf, 1, 2))) die(const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "%s:%u: ", file, line);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(1);
}

static char *copy(const char *text)
{
	char *new = strdup(text);

	if (!new)
		die("out of memory");
	return new;
}

static unsigned owner_of(const char *company, const char *category)
{
	const char *word = category_word(category_of(category));

	if (!word || category_is_ignored(category_of(category)))
		die("there is no category \"%s\"", category);
	for (size_t i = 0; i < n_owners; i++)
		if (!strcmp(owners[i].company, company) && owners[i].category == word)
			return (unsigned)i;
	if (n_owners == OWNERS_MAX)
		die("too many companies");
	owners[n_owners] = (struct owner){.company = copy(company), .category = word};
	return (unsigned)n_owners++;
}

static bool is_domain(const char *text)
{
	size_t label = 0, length = strlen(text);

	if (!length || length > 253)
		return false;
	for (const char *at = text;; at++) {
		if (*at == '.' || !*at) {
			if (!label || label > 63)
				return false;
			label = 0;
			if (!*at)
				return true;
		} else if (islower((unsigned char)*at) || isdigit((unsigned char)*at) || *at == '-' ||
			   *at == '_') {
			label++;
		} else {
			return false;
		}
	}
}

static struct item read_item(char *text)
{
	struct item item = {.text = text};
	struct network network;
	char *end;

	if (!strncmp(text, "AS", 2)) {
		errno = 0;
		item.kind = ASN_ITEM;
		item.asn = (uint32_t)strtoul(text + 2, &end, 10);
		if (errno || *end || end == text + 2 || !item.asn)
			die("\"%s\" is no AS number", text);
	} else if (network_parse(&network, text) == 0) {
		item.kind = NETWORK_ITEM;
	} else if (!is_domain(text)) {
		die("\"%s\" is neither a domain in small letters nor an address nor an AS number", text);
	}
	return item;
}

static void add_item(char *text, const char *company, const char *category)
{
	char *equals = strchr(text, '=');
	struct item item;

	if (equals)
		*equals++ = '\0';
	item = read_item(text);
	for (size_t i = 0; i < n_items; i++)
		if (!strcmp(items[i].text, text))
			die("\"%s\" is there already, as one of %s", text, owners[items[i].owner].company);
	if (n_items == ITEMS_MAX)
		die("too many items");
	item.owner = owner_of(company, equals ? equals : category);
	item.text = copy(text);
	items[n_items++] = item;
}

static void read_line(char *text)
{
	char *fields[4], *rest = text, *blanks, *item;

	text[strcspn(text, "\r\n")] = '\0';
	if (!text[0] || text[0] == '#')
		return;
	for (size_t i = 0; i < 4; i++) {
		fields[i] = strsep(&rest, "\t");
		if (!fields[i] || !fields[i][0])
			die("company, category, source and items are wanted, with tabs between");
	}
	if (strpbrk(fields[0], "\"\\"))
		die("a company's name holds no quotes and no backslash");
	if (rest)
		die("there is more than four fields");
	if (strncmp(fields[2], "https://", 8) != 0)
		die("the source is no https address");
	blanks = fields[3];
	while ((item = strsep(&blanks, " ")))
		add_item(item, fields[0], fields[1]);
}

static void read_file(const char *path)
{
	static char text[LINE_LENGTH];
	FILE *f = fopen(path, "r");

	file = path;
	line = 0;
	if (!f)
		die("%s", strerror(errno));
	while (fgets(text, sizeof(text), f)) {
		line++;
		if (!strchr(text, '\n') && !feof(f))
			die("the line is too long");
		read_line(text);
	}
	fclose(f);
}

static int by_number(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	return x->asn < y->asn ? -1 : x->asn > y->asn;
}

static void write_items(FILE *out, enum kind kind, const char *type, const char *name)
{
	size_t n = 0;

	fprintf(out, "const struct %s %ss[] = {\n", type, name);
	for (size_t i = 0; i < n_items; i++) {
		if (items[i].kind != kind)
			continue;
		n++;
		if (kind == ASN_ITEM)
			fprintf(out, "\t{%u, %u},\n", items[i].asn, items[i].owner);
		else
			fprintf(out, "\t{\"%s\", %u},\n", items[i].text, items[i].owner);
	}
	fprintf(out, "};\nconst size_t known_n_%ss = %zu;\n", name + strlen("known_"), n);
}

int main(int argc, char **argv)
{
	FILE *out;

	for (int i = 2; i < argc; i++)
		read_file(argv[i]);
	file = argc > 1 ? argv[1] : "tables";
	line = 0;
	out = argc > 2 ? fopen(argv[1], "w") : NULL;
	if (!out)
		die("%s", argc > 2 ? strerror(errno) : "expected OUTPUT.c FILE.tsv…");
	qsort(items, n_items, sizeof(items[0]), by_number);
	fprintf(out, "/* Made by tables from our tables of companies. */\n#include \"known.h\"\n\n");
	fprintf(out, "const struct known_owner known_owners[] = {\n");
	for (size_t i = 0; i < n_owners; i++)
		fprintf(out, "\t{\"%s\", \"%s\"},\n", owners[i].company, owners[i].category);
	fprintf(out, "};\nconst size_t known_n_owners = %zu;\n", n_owners);
	write_items(out, DOMAIN_ITEM, "known_domain", "known_domain");
	write_items(out, NETWORK_ITEM, "known_network", "known_network");
	write_items(out, ASN_ITEM, "known_asn", "known_asn");
	if (fclose(out))
		die("%s", strerror(errno));
	return 0;
}
