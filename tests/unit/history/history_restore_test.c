/* SPDX-License-Identifier: MIT */
/* Saved, and taken over by the next run. */
#include "history_restore.h"

#include <errno.h>
#include <stdlib.h>

#include "history_snapshot.h"
#include "past.h"

#define HOUR 3600000

/* What a file would hold. */
struct file {
	char *text;
	size_t length;
};

static void save(struct past *p, struct file *f, bool whole)
{
	struct history_snapshot *s;
	size_t length;
	char *text;

	assert_int_equal(history_snapshot_new(&s, &p->history, whole), 0);
	assert_int_equal(history_snapshot_write(s, &text, &length), 0);
	history_snapshot_free(s);
	if (whole)
		f->length = 0;
	f->text = realloc(f->text, f->length + length + 1);
	assert_non_null(f->text);
	memcpy(f->text + f->length, text, length + 1);
	f->length += length;
	free(text);
}

/* The next run, so many ms after the first one's start. */
static int restart(struct past *p, const struct file *f, const struct history_filter *filter, int64_t later)
{
	static const struct history_filter all;
	static const struct history_limits limits = HISTORY_LIMITS;

	history_done(&p->history);
	p->now = 0;
	assert_int_equal(history_init(&p->history, &p->watch, &limits, BASE + later), 0);
	history_keep(&p->history, 24);
	return history_restore(&p->history, f->text, f->length, filter ? filter : &all, 0);
}

/* What the rows say, in an order that does not depend on addresses in memory. */
static char *listed(const struct past *p)
{
	char *text = NULL;
	size_t length;
	FILE *f = open_memstream(&text, &length);

	assert_non_null(f);
	for (unsigned i = 0; past_span(p, i); i++) {
		const struct span *s = past_span(p, i);
		struct cell_amounts sum = {};

		fprintf(f, "%lld %u %u:", (long long)s->at, s->minutes, s->watched);
		for (unsigned device = 0; device < ELEMENTS_OF(p->devices); device++)
			for (unsigned company = 0; company < 12; company++) {
				char name[16];
				const struct cell *c;

				snprintf(name, sizeof(name), "Company %u", company);
				c = past_cell(s, p->devices[device].alias, name);
				if (!c)
					continue;
				fprintf(f, " %u/%u %llu %llu %u %u", device, company,
					(unsigned long long)c->amounts.up,
					(unsigned long long)c->amounts.down, c->amounts.connections,
					c->amounts.lookups);
				sum.up += c->amounts.up;
			}
		fprintf(f, "\n");
	}
	fclose(f);
	return text;
}

static void count_some(struct past *p, unsigned minute)
{
	char company[16];

	for (unsigned i = 0; i < 5; i++) {
		snprintf(company, sizeof(company), "Company %u", (minute + i) % 12);
		past_count(p, (minute * 3 + i) % ELEMENTS_OF(p->devices), company, minute * 100 + i);
	}
}

/* A minute at a time, as the collector does; what folds meanwhile folds again. */
static void test_goes_on(void **state)
{
	struct file f = {};
	char *before, *after;
	struct past p;

	(void)state;
	past_open(&p, NULL);
	past_next_minute(&p);
	save(&p, &f, true);
	for (unsigned minute = 0; minute < 5 * 60; minute++) {
		count_some(&p, minute);
		history_tick(&p.history, p.now += MINUTE);
		save(&p, &f, minute == 100);
	}
	before = listed(&p);
	assert_int_equal(restart(&p, &f, NULL, p.now + 1000), 0);
	after = listed(&p);
	assert_string_equal(after, before);
	assert_int_equal(p.history.devices.table.count, ELEMENTS_OF(p.devices));
	/* and goes on: a device that is here is one of before */
	history_tick(&p.history, 0);
	past_count(&p, 0, "Company 0", 1);
	past_next_minute(&p);
	assert_int_equal(p.history.devices.table.count, ELEMENTS_OF(p.devices));
	free(before);
	free(after);
	free(f.text);
	past_close(&p);
}

static unsigned events_of(const struct past *p, enum event_kind kind)
{
	unsigned n = 0;

	for (const struct chain *link = p->history.events.by_time.next; link != &p->history.events.by_time;
	     link = link->next)
		n += EVENT_OF(link)->kind == kind;
	return n;
}

static void test_events(void **state)
{
	struct file f = {};
	struct past p;

	(void)state;
	past_open(&p, NULL);
	past_count(&p, 0, "Company 1", 1);
	news_look(&p.history, p.now);
	past_pass(&p, NEWS_SETTLE);
	past_count(&p, 0, "Company 2", 1);
	news_note(&p.history, EVENT_MARKED, "Everybody opened a page", p.now);
	past_next_minute(&p);
	save(&p, &f, true);
	news_note(&p.history, EVENT_MARKED, "Another", p.now);
	past_next_minute(&p);
	save(&p, &f, false);
	assert_int_equal(restart(&p, &f, NULL, p.now + 5 * MINUTE), 0);
	assert_int_equal(events_of(&p, EVENT_COMPANY), 1);
	assert_int_equal(events_of(&p, EVENT_MARKED), 2);
	assert_int_equal(events_of(&p, EVENT_GAP), 1);
	assert_int_equal(EVENT_OF(p.history.events.by_time.previous)->amount, 5 * MINUTE);
	/* whom it had met is known */
	history_tick(&p.history, 0);
	past_count(&p, 0, "Company 2", 1);
	past_pass(&p, 10000);
	news_look(&p.history, p.now);
	assert_int_equal(p.history.events.table.count, 4);
	past_count(&p, 0, "Company 3", 1);
	assert_int_equal(events_of(&p, EVENT_COMPANY), 2);
	free(f.text);
	past_close(&p);
}

static void test_torn_and_spoilt(void **state)
{
	struct file f = {};
	size_t first;
	struct past p;

	(void)state;
	past_open(&p, NULL);
	past_count(&p, 0, "Example", 1);
	past_next_minute(&p);
	save(&p, &f, true);
	first = f.length;
	past_count(&p, 0, "Example", 2);
	past_next_minute(&p);
	save(&p, &f, false);
	f.length--;
	assert_int_equal(restart(&p, &f, NULL, 10 * MINUTE), 1);
	assert_int_equal(past_sum(&p).up, 1);
	f.length = first - 1;
	assert_int_equal(restart(&p, &f, NULL, 10 * MINUTE), -EBADMSG);
	assert_int_equal(p.history.spans.count, 0);
	free(f.text);
	past_close(&p);
}

static void test_nothing_to_save(void **state)
{
	struct history_snapshot *s;
	struct past p;

	(void)state;
	past_open(&p, NULL);
	assert_int_equal(history_snapshot_new(&s, &p.history, true), 1);
	past_next_minute(&p);
	assert_int_equal(history_snapshot_new(&s, &p.history, false), 0);
	history_snapshot_free(s);
	assert_int_equal(history_snapshot_new(&s, &p.history, false), 1);
	past_close(&p);
}

/* The clock says an earlier time than the file, as that of a router does which has none. */
static void test_clock_set_back(void **state)
{
	struct file f = {};
	struct past p;

	(void)state;
	past_open(&p, NULL);
	past_count(&p, 0, "Example", 1);
	past_next_minute(&p);
	save(&p, &f, true);
	assert_int_equal(restart(&p, &f, NULL, -1000ll * HOUR), 0);
	assert_int_equal(past_sum(&p).up, 1);
	assert_in_range(history_time(&p.history, past_span(&p, 0)->at) + 2 * HOUR, 0, 2 * HOUR);
	/* or two days later */
	assert_int_equal(restart(&p, &f, NULL, 48ll * HOUR), 0);
	assert_int_equal(p.history.spans.count, 0);
	free(f.text);
	past_close(&p);
}

static bool is_shown(void *data, const struct past_device *device)
{
	(void)data;
	return device->mac[5] != 0;
}

static bool is_told(void *data, const char *name)
{
	return strcmp(data, name) != 0;
}

/* What may not be told any more is not taken over. */
static void test_filter(void **state)
{
	static char secret[] = "secret.test";
	const struct history_filter filter = {is_shown, is_told, secret};
	const struct party_facts name = {.whom = WHOM_NAME, .text = secret};
	const struct cell_amounts amounts = {.up = 100};
	struct file f = {};
	struct past p;

	(void)state;
	past_open(&p, NULL);
	past_count(&p, 0, "Example", 1);
	past_count(&p, 1, "Example", 2);
	history_count(&p.history, &p.devices[1], &name, &amounts);
	past_next_minute(&p);
	save(&p, &f, true);
	assert_int_equal(restart(&p, &f, &filter, MINUTE), 0);
	assert_int_equal(past_sum(&p).up, 102);
	assert_int_equal(past_cell(past_span(&p, 0), "Device 1", "")->amounts.up, 100);
	assert_int_equal(p.history.devices.table.count, 1);
	free(f.text);
	past_close(&p);
}

/* What went may not stay in a file: who saves is told. */
static void test_forgotten(void **state)
{
	uint64_t forgotten;
	struct past p;

	(void)state;
	past_open(&p, NULL);
	past_count(&p, 0, "Example", 1);
	past_next_minute(&p);
	forgotten = p.history.forgotten;
	history_forget_device(&p.history, &p.devices[1]);
	assert_int_equal(p.history.forgotten, forgotten);
	history_forget_device(&p.history, &p.devices[0]);
	assert_int_equal(p.history.forgotten, ++forgotten);
	history_clear(&p.history, p.now);
	assert_int_equal(p.history.forgotten, ++forgotten);
	history_keep(&p.history, 0);
	assert_int_equal(p.history.forgotten, ++forgotten);
	past_close(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_goes_on),	    cmocka_unit_test(test_events),
	    cmocka_unit_test(test_torn_and_spoilt), cmocka_unit_test(test_nothing_to_save),
	    cmocka_unit_test(test_clock_set_back),  cmocka_unit_test(test_filter),
	    cmocka_unit_test(test_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
