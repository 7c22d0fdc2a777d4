/* SPDX-License-Identifier: MIT */
#include "geo.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "geo_record.h"
#include "mmdb.h"
#include "text.h"
#include "util.h"

struct geo_file {
	struct source source;
	enum mmdb_kind kind;
	char path[256];
	struct mmdb *mmdb; /* NULL while there is none */
	struct stat tried; /* the file that was last tried in vain */
	int error;	   /* of the last try, 0 when there is nothing wrong */
};

struct geo {
	struct row_table *sources;
	const char *copy_folder;
	geo_report report;
	void *report_data;
	size_t n_files;
	struct geo_file files[2 * GEO_FILES_MAX];
};

/* path: empty for the row that says that none is configured. */
static int add_file(struct geo *g, enum mmdb_kind kind, const char *path, const char *attribution)
{
	struct geo_file *f = &g->files[g->n_files];
	size_t length = strlen(path);

	if (g->n_files == ELEMENTS_OF(g->files) || length >= sizeof(f->path))
		return -EINVAL;
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
	return 0;
}

static int add_files(struct geo *g, enum mmdb_kind kind, const struct config_list *paths,
		     const char *attribution)
{
	int r = paths->n > GEO_FILES_MAX ? -EINVAL : 0;

	for (size_t i = 0; r >= 0 && i < paths->n; i++)
		r = add_file(g, kind, paths->items[i], attribution);
	return r < 0 || paths->n ? r : add_file(g, kind, "", "");
}

int geo_new(struct geo **ret, struct row_table *sources, const struct geo_options *options, geo_report report,
	    void *data)
{
	struct geo *g = calloc(1, sizeof(*g));
	int r;

	if (!g)
		return -ENOMEM;
	g->sources = sources;
	g->copy_folder = options->copy_folder;
	g->report = report;
	g->report_data = data;
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
		row_remove(g->sources, &g->files[i].source.row);
		mmdb_free(g->files[i].mmdb);
	}
	free(g);
	return NULL;
}

static void say_open(struct geo_file *f)
{
	struct source *s = &f->source;

	s->state = "ok";
	s->detail[0] = '\0';
	s->built = mmdb_built(f->mmdb);
	text_copy(s->type, sizeof(s->type), mmdb_type(f->mmdb), strlen(mmdb_type(f->mmdb)));
}

static void say_error(struct geo_file *f, int error)
{
	struct source *s = &f->source;
	const char *kind = f->kind == MMDB_CITY ? "city" : "AS";
	const char *instead =
	    f->mmdb ? "the one opened before stays in use" : "it is opened as soon as a good one comes";

	s->state = f->mmdb ? "ok" : error == -ENOENT ? "missing" : "broken";
	if (error == -ENOENT)
		snprintf(s->detail, sizeof(s->detail), "There is no file %s yet: %s.", f->path, instead);
	else if (error == -EBADMSG)
		snprintf(s->detail, sizeof(s->detail), "The file %s is no whole MMDB file: %s.", f->path,
			 instead);
	else if (error == -EMEDIUMTYPE)
		snprintf(s->detail, sizeof(s->detail),
			 "The file %s is an MMDB file, but holds no %s data: %s.", f->path, kind, instead);
	else
		snprintf(s->detail, sizeof(s->detail), "The file %s cannot be read (%s): %s.", f->path,
			 strerror(-error), instead);
}

static bool was_tried(struct geo_file *f)
{
	struct stat now;
	bool same;

	if (f->mmdb && !f->error && !mmdb_is_outdated(f->mmdb, f->path))
		return true;
	if (stat(f->path, &now) < 0)
		return f->mmdb || f->error == -ENOENT;
	same = now.st_dev == f->tried.st_dev && now.st_ino == f->tried.st_ino &&
	       now.st_size == f->tried.st_size && now.st_mtim.tv_sec == f->tried.st_mtim.tv_sec &&
	       now.st_mtim.tv_nsec == f->tried.st_mtim.tv_nsec;
	f->tried = now;
	return same;
}

static bool check_file(struct geo *g, struct geo_file *f)
{
	struct mmdb *new;
	int r;

	if (!f->path[0] || was_tried(f))
		return false;
	r = mmdb_new(&new, f->path, f->kind, g->copy_folder);
	if (r == -EAGAIN) {
		/* It is being written: try again at the next check. */
		f->tried = (struct stat){};
		return false;
	}
	if (r < 0) {
		say_error(f, r);
	} else {
		mmdb_free(f->mmdb);
		f->mmdb = new;
		say_open(f);
	}
	f->error = r < 0 ? r : 0;
	row_change(g->sources, &f->source.row,
		   1u << SOURCE_STATE | 1u << SOURCE_DETAIL | 1u << SOURCE_TYPE | 1u << SOURCE_BUILT);
	if (g->report)
		g->report(g->report_data, &f->source, f->path);
	return r >= 0;
}

bool geo_check(struct geo *g)
{
	bool changed = false;

	for (size_t i = 0; i < g->n_files; i++)
		changed |= check_file(g, &g->files[i]);
	return changed;
}

void geo_look_up(const struct geo *g, const struct address *a, struct remote_facts *ret)
{
	for (size_t i = 0; i < g->n_files; i++) {
		const struct geo_file *f = &g->files[i];
		MMDB_entry_s entry;

		if (!f->mmdb || (f->kind == MMDB_CITY ? ret->has_place : ret->has_network))
			continue;
		if (!geo_record_find(mmdb_handle(f->mmdb), a, &entry))
			continue;
		if (f->kind == MMDB_CITY)
			ret->has_place = geo_record_place(&entry, &ret->place);
		else
			ret->has_network = geo_record_network(&entry, &ret->network);
	}
}
