/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "tables.h"

/* A C string. */
static void put_text(FILE *out, const char *text)
{
	fputc('"', out);
	for (const char *at = text; *at; at++) {
		if (*at == '"' || *at == '\\' || *at == '?')
			fprintf(out, "\\%c", *at);
		else if (*at == '\n')
			fputs("\\n\"\n\t\"", out);
		else if ((unsigned char)*at < ' ')
			fprintf(out, "\\%03o", (unsigned char)*at);
		else
			fputc(*at, out);
	}
	fputc('"', out);
}

static void put_items(const struct tables *t, FILE *out, enum kind kind, const char *name)
{
	size_t n = 0;

	fprintf(out, "const struct known_%s known_%ss[] = {\n", name, name);
	for (size_t i = 0; i < t->n_items; i++) {
		const struct item *item = &t->items[i];

		if (item->kind != kind)
			continue;
		n++;
		fputs("\t{", out);
		if (kind == ASN_ITEM)
			fprintf(out, "%u", item->asn);
		else
			put_text(out, item->text);
		fprintf(out, ", %u},\n", item->owner);
	}
	fprintf(out, "};\nconst size_t known_n_%ss = %zu;\n", name, n);
}

static void put_anycast(const struct tables *t, FILE *out)
{
	size_t n[] = {0, 0};

	fprintf(out, "const char *const known_anycast_networks[] = {\n");
	for (size_t i = 0; i < t->n_anycast; i++)
		if (t->anycast[i].kind == NETWORK_ITEM) {
			fputc('\t', out);
			put_text(out, t->anycast[i].text);
			fputs(",\n", out);
			n[0]++;
		}
	fprintf(out, "};\nconst uint32_t known_anycast_asns[] = {\n");
	for (size_t i = 0; i < t->n_anycast; i++)
		if (t->anycast[i].kind == ASN_ITEM) {
			fprintf(out, "\t%u,\n", t->anycast[i].asn);
			n[1]++;
		}
	fprintf(out, "};\nconst size_t known_n_anycast_networks = %zu, known_n_anycast_asns = %zu;\n", n[0],
		n[1]);
}

static void put_owners(FILE *out, const char *name, const struct owner *owners, size_t n)
{
	fprintf(out, "const struct known_owner %s[] = {\n", name);
	for (size_t i = 0; i < n; i++) {
		fputs("\t{", out);
		put_text(out, owners[i].company);
		fprintf(out, ", \"%s\"},\n", owners[i].category);
	}
	fprintf(out, "};\n");
}

static void put_regions(const struct tables *t, FILE *out)
{
	fprintf(out, "const struct known_region known_regions[] = {\n");
	for (size_t i = 0; i < t->n_regions; i++) {
		const struct region *r = &t->regions[i];
		const char *texts[] = {r->company, r->name, r->country, r->part, r->city};

		fputs("\t{", out);
		for (size_t k = 0; k < sizeof(texts) / sizeof(texts[0]); k++) {
			put_text(out, texts[k]);
			fputs(", ", out);
		}
		fprintf(out, "%.4ff, %.4ff},\n", r->latitude, r->longitude);
	}
	fprintf(out, "};\nconst size_t known_n_regions = %zu;\n", t->n_regions);
}

static int by_number(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	return x->asn < y->asn ? -1 : x->asn > y->asn;
}

static int by_company(const void *a, const void *b)
{
	return strcmp(((const struct owner *)a)->company, ((const struct owner *)b)->company);
}

void output_write(const struct tables *t, FILE *out)
{
	qsort(t->items, t->n_items, sizeof(t->items[0]), by_number);
	fprintf(out, "/* Made by tables from our tables and third-party-web. */\n#include \"known.h\"\n\n");
	qsort(t->companies, t->n_companies, sizeof(t->companies[0]), by_company);
	put_owners(out, "known_owners", t->owners, t->n_owners);
	put_owners(out, "known_companies", t->companies, t->n_companies);
	fprintf(out, "const size_t known_n_owners = %zu, known_n_companies = %zu;\n", t->n_owners,
		t->n_companies);
	put_items(t, out, DOMAIN_ITEM, "domain");
	put_items(t, out, NETWORK_ITEM, "network");
	put_items(t, out, ASN_ITEM, "asn");
	put_regions(t, out);
	put_anycast(t, out);
	fprintf(out, "const char known_third_parties[] = ");
	put_text(out, t->version ? t->version : "");
	fprintf(out, ";\nconst char known_notice[] = ");
	if (t->licence)
		put_text(
		    out,
		    "Companies of third parties by third-party-web (https://github.com/patrickhulce/third-party-web):\n\n");
	put_text(out, t->licence ? t->licence : "");
	fprintf(out, ";\n");
}
