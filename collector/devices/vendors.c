/* SPDX-License-Identifier: MIT */
#include "vendors.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "device.h"
#include "file.h"
#include "map.h"
#include "util.h"
#include "vendor_csv.h"
#include "vendor_name.h"

#define FILE_MOST (64ul << 20) /* bytes */
#define ENTRIES_MAX 500000
#define SLICE 500 /* records read in one turn of the loop: less than a millisecond */

static const char *const names[] = {"oui.csv", "mam.csv", "oui36.csv"};

enum { FILES = ELEMENTS_OF(names) };

struct entry {
	uint64_t key;  /* bits << 48 | prefix */
	uint32_t name; /* in text */
};

/* Filled while it is read, then sorted and taken into use. */
struct table {
	struct entry *entries;
	size_t n, max;
	char *text;
	uint32_t n_text, max_text;
	uint32_t *seen; /* open addressing over the names in text, 0: free; only while it is filled */
	size_t n_seen, max_seen;
	uint64_t broken;
};

struct stamp {
	struct timespec modified;
	off_t size;
	ino_t inode;
	uint64_t dated; /* as in file_dated() */
};

struct vendors {
	sd_event *event;
	struct row_table *sources;
	struct source source;
	char folder[PATH_MAX - 16];
	struct stamp stamps[FILES];
	bool tried;
	struct table table, next;
	char *csv; /* what is being read, or NULL */
	size_t n_csv, at;
	unsigned file;
	sd_event_source *turn;
	vendors_report report;
	vendors_changed changed;
	void *data;
};

static void table_done(struct table *t)
{
	free(t->entries);
	free(t->text);
	free(t->seen);
	*t = (struct table){};
}

static int grow_seen(struct table *t)
{
	size_t max = t->max_seen ? t->max_seen * 2 : 1024;
	uint32_t *seen;

	if (t->n_seen * 2 < t->max_seen)
		return 0;
	seen = calloc(max, sizeof(*seen));
	if (!seen)
		return -ENOMEM;
	for (size_t i = 0; i < t->max_seen; i++) {
		const char *name = t->text + t->seen[i];
		size_t k = t->seen[i] ? map_hash(name, strlen(name)) & (max - 1) : 0;

		if (!t->seen[i])
			continue;
		while (seen[k])
			k = (k + 1) & (max - 1);
		seen[k] = t->seen[i];
	}
	free(t->seen);
	t->seen = seen;
	t->max_seen = max;
	return 0;
}

/* Where name is in text, put there once; 0 without memory. */
static uint32_t intern(struct table *t, const char *name)
{
	size_t length = strlen(name) + 1, i;

	if (grow_seen(t) < 0)
		return 0;
	if (t->n_text + length + 1 > t->max_text) {
		uint32_t max = t->max_text ? t->max_text * 2 : 4096;
		char *text = realloc(t->text, max);

		if (!text)
			return 0;
		t->text = text;
		t->max_text = max;
		t->n_text += !t->n_text; /* 0 stands for no name */
	}
	for (i = map_hash(name, length - 1) & (t->max_seen - 1); t->seen[i]; i = (i + 1) & (t->max_seen - 1))
		if (!strcmp(t->text + t->seen[i], name))
			return t->seen[i];
	memcpy(t->text + t->n_text, name, length);
	t->seen[i] = t->n_text;
	t->n_seen++;
	t->n_text += (uint32_t)length;
	return t->seen[i];
}

static void add(struct table *t, const struct vendor_record *record)
{
	char name[DEVICE_VENDOR_MAX];
	bool text = vendor_name(name, sizeof(name), record->name, record->length);
	uint32_t at;

	if (text && !name[0])
		return;
	if (t->n == t->max && t->max < ENTRIES_MAX) {
		size_t max = t->max ? t->max * 2 : 1024;
		struct entry *entries = reallocarray(t->entries, max, sizeof(*entries));

		if (entries) {
			t->entries = entries;
			t->max = max;
		}
	}
	at = name[0] && t->n < t->max ? intern(t, name) : 0;
	if (at)
		t->entries[t->n++] =
		    (struct entry){.key = (uint64_t)record->bits << 48 | record->prefix, .name = at};
	else
		t->broken++;
}

static int by_key(const void *a, const void *b)
{
	uint64_t x = ((const struct entry *)a)->key, y = ((const struct entry *)b)->key;

	return x < y ? -1 : x > y;
}

/* The oldest of the files that are there; 0 when one of them does not say. */
static uint64_t built(const struct vendors *v)
{
	uint64_t oldest = UINT64_MAX;

	for (unsigned i = 0; i < FILES; i++)
		if (v->stamps[i].inode && v->stamps[i].dated < oldest)
			oldest = v->stamps[i].dated;
	return oldest == UINT64_MAX ? 0 : oldest;
}

static void say(struct vendors *v, const char *state, const char *detail)
{
	struct source *s = &v->source;

	s->state = state;
	snprintf(s->detail, sizeof(s->detail), "%s", detail);
	s->counted = v->table.n > 0;
	s->entries = v->table.n;
	s->broken = v->table.broken;
	row_change(v->sources, &s->row,
		   1u << SOURCE_STATE | 1u << SOURCE_DETAIL | 1u << SOURCE_BUILT | 1u << SOURCE_ENTRIES |
		       1u << SOURCE_BROKEN);
	v->report(v->data, s, v->folder);
}

static void path_of(const struct vendors *v, unsigned file, char path[PATH_MAX])
{
	snprintf(path, PATH_MAX, "%s/%s", v->folder, names[file]);
}

/* The next file that is there; false when all were read. */
static bool open_next(struct vendors *v)
{
	free(v->csv);
	v->csv = NULL;
	while (!v->csv && v->file < FILES) {
		char path[PATH_MAX];

		path_of(v, v->file++, path);
		if (file_read(&v->csv, &v->n_csv, path, FILE_MOST) < 0)
			v->csv = NULL;
		v->at = 0;
	}
	return v->csv;
}

static void finish(struct vendors *v)
{
	bool good = v->next.n > 0;

	v->turn = sd_event_source_disable_unref(v->turn);
	free(v->next.seen);
	v->next.seen = NULL;
	v->next.max_seen = v->next.n_seen = 0;
	if (!good) {
		table_done(&v->next);
		say(v, v->table.n ? "ok" : "broken",
		    "The registers of makers hold nothing that can be read: oui.csv of the IEEE is wanted.");
		return;
	}
	qsort(v->next.entries, v->next.n, sizeof(struct entry), by_key);
	table_done(&v->table);
	v->table = v->next;
	v->next = (struct table){};
	v->source.built = built(v);
	say(v, "ok", "");
	v->changed(v->data);
}

static int on_turn(sd_event_source *source, void *data)
{
	struct vendors *v = data;

	(void)source;
	for (unsigned i = 0; i < SLICE; i++) {
		struct vendor_record record;
		size_t used;
		int r;

		if (!v->csv || v->at >= v->n_csv) {
			if (open_next(v))
				continue;
			finish(v);
			return 0;
		}
		r = vendor_csv_read(&record, v->csv + v->at, v->n_csv - v->at, &used);
		v->at += used;
		if (r == 0)
			add(&v->next, &record);
		else
			v->next.broken += r < 0;
	}
	return 0;
}

int vendors_new(struct vendors **ret, sd_event *event, struct row_table *sources, const char *folder,
		vendors_report report, vendors_changed changed, void *data)
{
	struct vendors *v = calloc(1, sizeof(*v));

	if (!v)
		return -ENOMEM;
	if (snprintf(v->folder, sizeof(v->folder), "%s", folder) >= (int)sizeof(v->folder)) {
		free(v);
		return -ENAMETOOLONG;
	}
	v->event = event;
	v->sources = sources;
	v->report = report;
	v->changed = changed;
	v->data = data;
	v->source = (struct source){.kind = "vendors", .state = folder[0] ? "missing" : "off"};
	row_add(sources, &v->source.row);
	*ret = v;
	return 0;
}

struct vendors *vendors_free(struct vendors *v)
{
	if (!v)
		return NULL;
	sd_event_source_disable_unref(v->turn);
	row_remove(v->sources, &v->source.row);
	table_done(&v->table);
	table_done(&v->next);
	free(v->csv);
	free(v);
	return NULL;
}

/* True when a file came, went, or is another one. */
static bool look(struct vendors *v)
{
	bool other = false;

	for (unsigned i = 0; i < FILES; i++) {
		struct stamp *was = &v->stamps[i], now = {};
		char path[PATH_MAX];
		struct stat st;

		path_of(v, i, path);
		if (stat(path, &st) == 0)
			now = (struct stamp){st.st_mtim, st.st_size, st.st_ino, file_dated(&st)};
		other |= now.size != was->size || now.inode != was->inode ||
			 now.modified.tv_sec != was->modified.tv_sec ||
			 now.modified.tv_nsec != was->modified.tv_nsec;
		*was = now;
	}
	return other;
}

void vendors_check(struct vendors *v)
{
	char detail[sizeof(v->source.detail)];

	if (!v->folder[0] || v->turn)
		return;
	if (!look(v)) {
		if (v->tried)
			return;
		snprintf(
		    detail, sizeof(detail),
		    "There are no registers of makers in %.160s (oui.csv of the IEEE; on Debian the package ieee-data): with them the makers of devices are known.",
		    v->folder);
		v->tried = true;
		say(v, "missing", detail);
		return;
	}
	v->tried = true;
	v->file = 0;
	table_done(&v->next);
	if (sd_event_add_defer(v->event, &v->turn, on_turn, v) < 0)
		return;
	sd_event_source_set_priority(v->turn, SD_EVENT_PRIORITY_IDLE);
	sd_event_source_set_enabled(v->turn, SD_EVENT_ON);
}

const char *vendors_of(const struct vendors *v, const uint8_t mac[6])
{
	static const unsigned bits[] = {36, 28, 24};
	uint64_t whole = 0;

	/* The second lowest bit of the first byte: locally administered; the lowest: a group. */
	if (!v->table.n || mac[0] & 3)
		return NULL;
	for (unsigned i = 0; i < 6; i++)
		whole = whole << 8 | mac[i];
	for (size_t i = 0; i < ELEMENTS_OF(bits); i++) {
		const struct entry key = {.key = (uint64_t)bits[i] << 48 | whole >> (48 - bits[i])};
		const struct entry *found = bsearch(&key, v->table.entries, v->table.n, sizeof(key), by_key);

		if (found)
			return v->table.text + found->name;
	}
	return NULL;
}

size_t vendors_bytes(const struct vendors *v)
{
	return v->table.max * sizeof(struct entry) + v->table.max_text;
}
