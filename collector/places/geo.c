/* SPDX-License-Identifier: MIT */
#include "geo.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo_record.h"
#include "mmdb.h"
#include "text.h"
#include "util.h"
#include "watched_file.h"

#define SIZE_MOST (1ll << 30) /* bytes of a file */

struct geo_file {
	struct source source;
	struct geo *owner;
	enum mmdb_kind kind;
	char path[256];
	struct watched_file *file; /* NULL: none is configured */
	struct mmdb *mmdb;	   /* NULL while there is none */
};

struct geo {
	sd_event *event;
	struct worker *worker;
	struct row_table *sources;
	const char *copy_folder;
	source_report report;
	geo_changed changed;
	void *data;
	size_t n_files;
	struct geo_file files[2 * GEO_FILES_MAX];
};

static int read_city(void **ret, const struct watched_input *input, const void *options,
		     const struct worker *w)
{
	return mmdb_read((struct mmdb **)ret, input->fd, &input->stat, MMDB_CITY, options, w);
}

static int read_asn(void **ret, const struct watched_input *input, const void *options,
		    const struct worker *w)
{
	return mmdb_read((struct mmdb **)ret, input->fd, &input->stat, MMDB_ASN, options, w);
}

static void free_mmdb(void *content)
{
	mmdb_free(content);
}

static const struct watched_file_kind kinds[] = {
    [MMDB_CITY] = {.read = read_city, .free = free_mmdb, .most = SIZE_MOST},
    [MMDB_ASN] = {.read = read_asn, .free = free_mmdb, .most = SIZE_MOST},
};

static void say_open(struct geo_file *f)
{
	struct source *s = &f->source;
	const char *type = mmdb_type(f->mmdb);
	int error = mmdb_folder_error(f->mmdb);

	s->detail[0] = '\0';
	s->built = mmdb_built(f->mmdb);
	text_copy(s->type, sizeof(s->type), type, strlen(type));
	if (error == -ENOSPC)
		snprintf(
		    s->detail, sizeof(s->detail),
		    "The copy of %s takes %zu MB of memory, since there is no room in %s: set geo.copy_folder "
		    "to a folder that has it.",
		    f->path, mmdb_bytes(f->mmdb) >> 20, f->owner->copy_folder);
	else if (error < 0)
		snprintf(
		    s->detail, sizeof(s->detail),
		    "The copy of %s takes %zu MB of memory, since it cannot be in %s (%s): set geo.copy_folder "
		    "to another folder.",
		    f->path, mmdb_bytes(f->mmdb) >> 20, f->owner->copy_folder, strerror(-error));
}

static void say_error(struct geo_file *f, int error)
{
	static const char *const data[] = {[MMDB_CITY] = "city", [MMDB_ASN] = "AS"};
	struct source *s = &f->source;
	const char *instead =
	    f->mmdb ? "the one opened before stays in use" : "it is opened as soon as a good one comes";

	if (error == -EMEDIUMTYPE)
		snprintf(s->detail, sizeof(s->detail),
			 "The file %s is an MMDB file, but holds no %s data that can be read: %s.", f->path,
			 data[f->kind], instead);
	else
		source_explain(s, error, f->path, "a whole MMDB file", instead);
}

static void on_file(void *data, int error, void *content)
{
	struct geo_file *f = data;
	struct geo *g = f->owner;
	struct mmdb *before = f->mmdb;
	char good[512];

	if (error < 0) {
		say_error(f, error);
	} else {
		f->mmdb = content;
		say_open(f);
	}
	f->source.state = source_state(error, f->mmdb);
	row_change(g->sources, &f->source.row,
		   COLUMN(SOURCE_STATE) | COLUMN(SOURCE_DETAIL) | COLUMN(SOURCE_TYPE) | COLUMN(SOURCE_BUILT));
	snprintf(good, sizeof(good), "Opened the %s file %s (%s).", f->source.kind, f->path, f->source.type);
	if (g->report)
		g->report(g->data, &f->source, good);
	if (error < 0)
		return;
	mmdb_free(before);
	if (g->changed)
		g->changed(g->data);
}

static int follow(struct geo *g, struct geo_file *f)
{
	const char *path = f->path;

	return watched_file_new(&f->file, g->event, g->worker, &kinds[f->kind], &path, 1, g->copy_folder,
				on_file, f);
}

/* path: empty for the row that says that none is configured. */
static int add_file(struct geo *g, enum mmdb_kind kind, const char *path, const char *attribution)
{
	struct geo_file *f = &g->files[g->n_files];
	size_t length = strlen(path);

	if (g->n_files == ELEMENTS_OF(g->files) || length >= sizeof(f->path))
		return -EINVAL;
	f->owner = g;
	f->kind = kind;
	memcpy(f->path, path, length + 1);
	f->source.kind = kind == MMDB_CITY ? "city" : "asn";
	f->source.state = length ? "missing" : "off";
	if (length)
		text_copy(f->source.attribution, sizeof(f->source.attribution), attribution,
			  strlen(attribution));
	else
		snprintf(f->source.detail, sizeof(f->source.detail), "No file is configured (geo.%s).",
			 f->source.kind);
	row_add(g->sources, &f->source.row);
	g->n_files++;
	return length ? follow(g, f) : 0;
}

static int add_files(struct geo *g, enum mmdb_kind kind, const struct config_list *paths,
		     const char *attribution)
{
	int r = paths->n > GEO_FILES_MAX ? -EINVAL : 0;

	for (size_t i = 0; r >= 0 && i < paths->n; i++)
		r = add_file(g, kind, paths->items[i], attribution);
	return r < 0 || paths->n ? r : add_file(g, kind, "", "");
}

int geo_new(struct geo **ret, sd_event *event, struct worker *worker, struct row_table *sources,
	    const struct geo_options *options, source_report report, geo_changed changed, void *data)
{
	struct geo *g = calloc(1, sizeof(*g));
	int r;

	if (!g)
		return -ENOMEM;
	*g = (struct geo){.event = event,
			  .worker = worker,
			  .sources = sources,
			  .copy_folder = options->copy_folder,
			  .report = report,
			  .changed = changed,
			  .data = data};
	r = add_files(g, MMDB_CITY, options->city, options->attribution);
	if (r >= 0)
		r = add_files(g, MMDB_ASN, options->asn, "");
	if (r < 0) {
		geo_free(g);
		return r;
	}
	*ret = g;
	return 0;
}

struct geo *geo_free(struct geo *g)
{
	if (!g)
		return NULL;
	for (size_t i = 0; i < g->n_files; i++) {
		watched_file_free(g->files[i].file);
		row_remove(g->sources, &g->files[i].source.row);
		mmdb_free(g->files[i].mmdb);
	}
	free(g);
	return NULL;
}

void geo_check(struct geo *g)
{
	for (size_t i = 0; i < g->n_files; i++)
		if (g->files[i].file)
			watched_file_check(g->files[i].file);
}

void geo_look_up(const struct geo *g, const struct address *a, struct remote_facts *ret)
{
	for (size_t i = 0; i < g->n_files; i++) {
		const struct geo_file *f = &g->files[i];
		MMDB_entry_s entry;

		if (!f->mmdb || (f->kind == MMDB_CITY ? ret->has_place || ret->anycast : ret->has_network))
			continue;
		if (!geo_record_find(mmdb_handle(f->mmdb), a, &entry))
			continue;
		if (f->kind == MMDB_CITY && geo_record_anycast(&entry))
			ret->anycast = true;
		else if (f->kind == MMDB_CITY)
			ret->has_place = geo_record_place(&entry, &ret->place);
		else
			ret->has_network = geo_record_network(&entry, &ret->network);
	}
}
