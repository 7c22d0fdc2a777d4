/* SPDX-License-Identifier: MIT */
/*
 * A saved history is taken over, saved again, and taken over by another collector: then both hold the same amounts. After
 * a first byte "+" the input is blocks whose ends are only the word: the right ones are put in their places, for no
 * fuzzer finds a checksum.
 */
#include <stdlib.h>
#include <string.h>

#include "history_file.h"
#include "history_restore.h"
#include "history_snapshot.h"
#include "util.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NOW (1764262800000ll + 3600000)

static void make(struct history *h, struct row_watch *watch)
{
	const struct history_limits limits = {.cells = 16, .minute_cells = 4, .parties = 8, .devices = 8};

	if (history_init(h, watch, &limits, NOW) < 0)
		abort();
	history_keep(h, HISTORY_HOURS_MAX);
}

static int restore(struct history *h, const char *text, size_t length)
{
	static const struct history_filter all;

	return history_restore(h, text, length, &all, 0);
}

static struct cell_amounts sum(const struct history *h)
{
	struct cell all = {};

	ROW_TABLE_FOR_EACH(r, &h->cells)
	cell_add(&all, &CELL_OF(r)->amounts);
	return all.amounts;
}

/* The file of the blocks, to be freed. */
static char *seal(const char *blocks, size_t size, size_t *ret_length)
{
	const char *end = blocks + size, *begin = NULL, *next;
	size_t n = 0;
	char *text;
	FILE *f = open_memstream(&text, ret_length);

	if (!f)
		abort();
	history_file_head(f);
	for (const char *line = blocks; line < end; line = next) {
		next = memchr(line, '\n', (size_t)(end - line));
		next = next ? next + 1 : end;
		if (begin && next - line == 4 && !memcmp(line, "end\n", 4)) {
			history_file_end(f, begin, (size_t)(line - begin), n);
			begin = NULL;
			continue;
		}
		n = begin ? n + 1 : 0;
		begin = begin ? begin : next;
		fwrite(line, 1, (size_t)(next - line), f);
	}
	fclose(f);
	return text;
}

static void check(const char *text, size_t length)
{
	struct row_watch watch = {};
	struct history first, second;
	struct history_snapshot *s;
	struct cell_amounts a, b;
	size_t again_length;
	char *again;

	make(&first, &watch);
	make(&second, &watch);
	if (restore(&first, text, length) >= 0 && history_snapshot_new(&s, &first, true) == 0) {
		if (history_snapshot_write(s, &again, &again_length) < 0 ||
		    restore(&second, again, again_length) != 0)
			abort();
		a = sum(&first);
		b = sum(&second);
		if (!second.full && (a.up != b.up || a.down != b.down))
			abort();
		history_snapshot_free(s);
		free(again);
	}
	history_done(&first);
	history_done(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t length;
	char *text;

	if (!size || data[0] != '+') {
		check((const char *)data, size);
		return 0;
	}
	text = seal((const char *)data + 1, size - 1, &length);
	check(text, length);
	free(text);
	return 0;
}
