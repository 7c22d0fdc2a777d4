/* SPDX-License-Identifier: MIT */
#include "dns_source.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "dns_credit.h"
#include "dns_journal.h"
#include "dns_line.h"
#include "dns_log.h"
#include "dns_prefix.h"
#include "dns_source_row.h"
#include "log.h"
#include "util.h"

#define QUESTIONS_MAX                                                                                        \
	4096 /* of each input: dnsmasq itself has at most 150 under way, unless told otherwise */
/* Zones are whole quarters of an hour from each other, 26 hours at most; a date has whole seconds, and a
 * file's time may be a little later. */
#define ZONE_STEP_MS (15 * 60 * 1000)
#define ZONE_MOST_MS (26 * 60 * 60 * 1000)
#define ZONE_SLACK_MS 3000
#define NOW_MS 5000		 /* what was written in the last seconds is news */
#define LONG_AGO_MS (1ull << 52) /* before what any line may be as old as */
#define ROW_TICKS 5		 /* seconds between two updates of the numbers in a row */

/* The journal, or a log file. */
struct input {
	struct dns_source *owner;
	struct dns_source_row row;
	struct dns_journal *journal; /* one of the two, or neither: nothing is configured */
	struct dns_log *log;
	struct dns_credit *credit;
	struct dns_prefix_clock clock;
	int64_t shift; /* ms that dates without a zone are ahead: who writes them lives in another zone */
};

struct dns_source {
	struct row_table *sources;
	dns_listener listener;
	source_report report;
	void *data;
	unsigned ticks;
	struct dns_line line; /* the one at work */
	size_t n_inputs;
	struct input inputs[DNS_SOURCE_LOGS_MAX + 1]; /* and the journal */
};

static void take_event(void *data, const struct dns_event *event)
{
	struct input *i = data;

	if (event->kind == DNS_LOST)
		i->row.lost += event->count;
	i->owner->listener(i->owner->data, event);
}

/* when: 0 for unknown, that is now. */
static void take_message(struct input *i, const char *text, size_t length, uint32_t pid, uint64_t when)
{
	struct dns_source *s = i->owner;
	uint64_t now = clock_unix_ms(), age = when && when < now ? now - when : 0;

	dns_line_parse(&s->line, text, length);
	if (i->journal && !s->line.has_serial)
		pid = dns_journal_pid(i->journal);
	dns_source_row_count(&i->row, &s->line);
	/* a question and its answer are as far from each other as they are, though the clock jumps in between */
	dns_credit_take(i->credit, &s->line, pid, LONG_AGO_MS + clock_ms() - age, age < NOW_MS ? 0 : when);
}

/* What is written while we read is of now, whatever zone or clock its date is from. */
static void take_log_line(void *data, const char *text, size_t length, bool past)
{
	struct input *i = data;
	struct dns_prefix p;
	uint64_t now = clock_unix_ms();

	dns_prefix_parse(&p, &i->clock, text, length, now);
	if (p.time && !p.zone)
		p.time -= (uint64_t)i->shift;
	if (!p.dnsmasq || (past && p.time && p.time + DNS_JOURNAL_PAST_MS < now))
		return;
	take_message(i, p.message, p.length, p.pid, past ? p.time : 0);
}

/* The file's last line was written when the file was last modified: where its date is off by whole quarters
 * of an hour, it is that of another zone. */
static void take_log_last(void *data, const char *text, size_t length, uint64_t modified)
{
	struct input *i = data;
	struct dns_prefix p;
	int64_t off, rest;

	dns_prefix_parse(&p, &i->clock, text, length, modified);
	off = (int64_t)p.time - (int64_t)modified;
	rest = ((off + ZONE_STEP_MS / 2) % ZONE_STEP_MS + ZONE_STEP_MS) % ZONE_STEP_MS - ZONE_STEP_MS / 2;
	if (p.time && !p.zone && off <= ZONE_MOST_MS && off >= -ZONE_MOST_MS && rest <= ZONE_SLACK_MS &&
	    rest >= -ZONE_SLACK_MS)
		i->shift = off - rest;
}

static void take_log_gap(void *data, bool lost)
{
	struct input *i = data;

	log_debug("%s: the log was replaced or cut%s.", i->row.what, lost ? ", and lines were lost" : "");
	dns_credit_gap(i->credit, lost, 0);
}

/* A program that writes to its standard error puts its name before the message. */
static void take_journal_line(void *data, const char *text, size_t length, uint64_t when)
{
	struct input *i = data;
	struct dns_prefix p = {.dnsmasq = true, .message = text, .length = length};

	if (length > 8 && !memcmp(text, "dnsmasq", 7))
		dns_prefix_parse(&p, &i->clock, text, length, when);
	if (p.dnsmasq)
		take_message(i, p.message, p.length, 0, when);
}

static void take_journal_loss(void *data, uint64_t count, uint64_t when)
{
	struct input *i = data;

	log_debug("The journal lost %" PRIu64 " lines of dnsmasq.", count);
	dns_credit_gap(i->credit, count, when + NOW_MS > clock_unix_ms() ? 0 : when);
}

/* 0; -EINVAL: there are too many; -ENOMEM. */
static int add_input(struct input **ret, struct dns_source *s, const char *what)
{
	struct input *i;
	int r;

	if (s->n_inputs >= ELEMENTS_OF(s->inputs))
		return -EINVAL;
	i = &s->inputs[s->n_inputs];
	r = dns_credit_new(&i->credit, QUESTIONS_MAX, take_event, i);
	if (r < 0)
		return r;
	s->n_inputs++;
	i->owner = s;
	dns_source_row_init(&i->row, s->sources, what);
	*ret = i;
	return 0;
}

static int add_journal(struct dns_source *s, sd_event *event, const struct dns_options *options)
{
	static const struct dns_journal_listener listener = {.line = take_journal_line,
							     .lost = take_journal_loss};
	struct dns_journal_options o = {.unit = options->unit,
					.folder = options->journal_folder,
					.state_folder = options->state_folder,
					.writer = options->writer,
					.past = options->past};
	struct input *i;
	int r = add_input(&i, s, "");

	return r < 0 ? r : dns_journal_new(&i->journal, event, &o, &listener, i);
}

static int add_log(struct dns_source *s, sd_event *event, const char *path, bool past)
{
	static const struct dns_log_listener listener = {
	    .line = take_log_line, .gap = take_log_gap, .last = take_log_last};
	struct input *i;
	int r = add_input(&i, s, path);

	return r < 0 ? r : dns_log_new(&i->log, event, path, past, &listener, i);
}

static int add_logs(struct dns_source *s, sd_event *event, const struct dns_options *options)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < options->logs->n; i++)
		r = add_log(s, event, options->logs->items[i], options->past);
	return r;
}

int dns_source_new(struct dns_source **ret, sd_event *event, struct row_table *sources,
		   const struct dns_options *options, dns_listener listener, source_report report, void *data)
{
	struct dns_source *s = calloc(1, sizeof(*s));
	struct input *none;
	int r = 0;

	if (!s)
		return -ENOMEM;
	s->sources = sources;
	s->listener = listener;
	s->report = report;
	s->data = data;
	if (options->journal)
		r = add_journal(s, event, options);
	if (r >= 0)
		r = add_logs(s, event, options);
	if (r >= 0 && !s->n_inputs)
		r = add_input(&none, s, NULL);
	if (r < 0) {
		dns_source_free(s);
		return r;
	}
	*ret = s;
	return 0;
}

struct dns_source *dns_source_free(struct dns_source *s)
{
	if (!s)
		return NULL;
	for (size_t n = 0; n < s->n_inputs; n++) {
		struct input *i = &s->inputs[n];

		dns_journal_free(i->journal);
		dns_log_free(i->log);
		dns_credit_free(i->credit);
		row_remove(s->sources, &i->row.source.row);
	}
	free(s);
	return NULL;
}

static void check_input(struct dns_source *s, struct input *i)
{
	char good[PATH_MAX + 64];
	int error = 0;

	if (i->journal) {
		dns_journal_check(i->journal);
		error = dns_journal_error(i->journal);
		i->row.save_error = dns_journal_save_error(i->journal);
	}
	if (i->log) {
		dns_log_check(i->log);
		error = dns_log_error(i->log);
		i->row.long_lines = dns_log_long_lines(i->log);
	}
	snprintf(good, sizeof(good), "Reading what devices look up from %s.", i->row.what);
	if (dns_source_row_update(&i->row, s->sources, error, s->ticks % ROW_TICKS == 0) && s->report)
		s->report(s->data, &i->row.source, good);
}

void dns_source_check(struct dns_source *s)
{
	s->ticks++;
	for (size_t n = 0; n < s->n_inputs; n++)
		check_input(s, &s->inputs[n]);
}

void dns_source_get_status(const struct dns_source *s, struct dns_status *ret)
{
	*ret = (struct dns_status){};
	for (size_t n = 0; n < s->n_inputs; n++) {
		ret->lines += s->inputs[n].row.lines;
		ret->broken += s->inputs[n].row.broken + s->inputs[n].row.long_lines;
		ret->lost += s->inputs[n].row.lost;
	}
}
