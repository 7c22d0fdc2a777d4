/* SPDX-License-Identifier: MIT */
#include "dns_journal.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-journal.h>

#include "dns_cursor.h"
#include "dns_journal_entry.h"
#include "dns_pace.h"
#include "dns_stamp.h"
#include "file_writer.h"
#include "text.h"
#include "util.h"

#define PIECE_US 2000	  /* a piece of work */
#define PIECE_LINES 64	  /* between two looks at the clock */
#define BACK_LINES 2000	  /* stepped back at once: the library needs about a microsecond for each */
#define SAVE_TICKS 30	  /* seconds between two writes of the place: a router's disk is flash */
#define OPEN_TICKS 5	  /* seconds between two tries to open */
#define MESSAGE_MAX 8192  /* bytes: dnsmasq writes at most 1024 */
#define NAME_TEXT_MAX 256 /* of a unit */
#define DROPPED_ID "a596d6fe7bfa4994828e72309e95d61e" /* SD_MESSAGE_JOURNAL_DROPPED */

/* PHASE_BACK: step back to where the past begins. */
enum phase { PHASE_BACK, PHASE_READ };

struct dns_journal {
	sd_event *event;
	struct dns_journal_listener listener;
	void *data;
	bool past;
	char unit[NAME_TEXT_MAX], folder[PATH_MAX], place[PATH_MAX];
	sd_journal *journal; /* NULL: not open */
	struct dns_pace *pace;
	enum phase phase;
	size_t steps;		    /* back, so far */
	bool here;		    /* the entry at which the journal stands is to be read */
	bool catching_up;	    /* since the way back, which may lead further than it should */
	bool moved, has_place;	    /* entries were read since the place was kept; cursor holds one */
	struct file_writer *writer; /* NULL: the place is not kept */
	int error, save_error;
	unsigned ticks;
	struct dns_journal_ids ids;
	char cursor[DNS_CURSOR_MAX];
};

static uint64_t oldest_us(void)
{
	uint64_t now = clock_unix_ms();

	return (now > DNS_JOURNAL_PAST_MS ? now - DNS_JOURNAL_PAST_MS : 0) * 1000;
}

static int add_matches(struct dns_journal *j)
{
	char match[NAME_TEXT_MAX + 32];
	int r;

	snprintf(match, sizeof(match), "%s%s",
		 j->unit[0] ? "_SYSTEMD_UNIT=" : "SYSLOG_IDENTIFIER=", j->unit[0] ? j->unit : "dnsmasq");
	r = sd_journal_add_match(j->journal, match, 0);
	if (r >= 0)
		r = sd_journal_add_disjunction(j->journal);
	if (r >= 0)
		r = sd_journal_add_match(j->journal, "MESSAGE_ID=" DROPPED_ID, 0);
	return r;
}

static uint64_t place_time(const struct dns_journal *j)
{
	char boot[SD_ID128_STRING_MAX] = "";
	struct dns_stamp_now now;
	struct dns_stamp s;

	dns_stamp_look(&now);
	if (!sd_id128_is_null(j->ids.boot))
		sd_id128_to_string(j->ids.boot, boot);
	dns_cursor_stamp(&s, j->cursor, boot);
	return dns_stamp_time(&now, &s);
}

/* Goes behind all that is there. */
static int seek_end(struct dns_journal *j)
{
	int r = sd_journal_seek_tail(j->journal);

	if (r >= 0)
		r = sd_journal_previous(j->journal);
	/* from the tail of nothing the library would never see what comes */
	return r == 0 ? sd_journal_seek_head(j->journal) : r;
}

/* Goes behind the kept place. */
static int seek_place(struct dns_journal *j)
{
	int r = sd_journal_seek_cursor(j->journal, j->cursor);
	if (r < 0) {
		/* it only looked like a place */
		j->has_place = false;
		return seek_end(j);
	}
	r = sd_journal_next(j->journal);
	if (r > 0)
		j->here = sd_journal_test_cursor(j->journal, j->cursor) <= 0;
	/* the place is behind all that is there now */
	return r == 0 ? seek_end(j) : r;
}

static int seek_start(struct dns_journal *j)
{
	j->here = j->catching_up = false;
	j->phase = PHASE_READ;
	/* not by a search for the time: where the clock has jumped, stamps are in no order */
	if (j->past || (j->has_place && place_time(j) < oldest_us())) {
		j->phase = PHASE_BACK;
		j->catching_up = true;
		j->steps = 0;
		return sd_journal_seek_tail(j->journal);
	}
	return j->has_place ? seek_place(j) : seek_end(j);
}

static void take_news(void *data, uint32_t revents);
static bool work(void *data);

static void close_journal(struct dns_journal *j)
{
	j->pace = dns_pace_free(j->pace);
	sd_journal_close(j->journal);
	j->journal = NULL;
}

/* Journal files are there, but none that this process may read: or there are none. */
static int why_empty(const struct dns_journal *j)
{
	if (j->folder[0])
		return -ENOENT;
	return access("/var/log/journal", F_OK) == 0 || access("/run/log/journal", F_OK) == 0 ? -EACCES
											      : -ENOENT;
}

static int open_journal(struct dns_journal *j)
{
	static const struct dns_pace_work pace = {.clear = take_news, .work = work};
	uint64_t bytes = 0;
	int r;

	r = j->folder[0] ? sd_journal_open_directory(&j->journal, j->folder, 0)
			 : sd_journal_open(&j->journal, SD_JOURNAL_LOCAL_ONLY | SD_JOURNAL_SYSTEM);
	if (r < 0)
		return r;
	r = sd_journal_get_usage(j->journal, &bytes);
	if (r >= 0 && !bytes)
		r = why_empty(j);
	if (r >= 0)
		r = sd_journal_set_data_threshold(j->journal, MESSAGE_MAX);
	if (r >= 0)
		r = add_matches(j);
	if (r >= 0)
		r = sd_journal_get_fd(j->journal);
	if (r >= 0)
		r = dns_pace_new(&j->pace, j->event, r, (uint32_t)sd_journal_get_events(j->journal), &pace,
				 j);
	if (r >= 0)
		r = seek_start(j);
	if (r < 0) {
		close_journal(j);
		return r;
	}
	dns_pace_wake(j->pace);
	return 0;
}

/* journald says "Suppressed 42 messages from dnsmasq.service", with the number in a field of its own. */
static void take_dropped(struct dns_journal *j, struct text message, uint64_t when)
{
	struct text before, unit, field;
	uint64_t count = 0;

	if (!dns_journal_field(j->journal, "MESSAGE_ID", &field) || !text_is(field, DROPPED_ID) ||
	    !text_split_last(message, " from ", &before, &unit))
		return;
	if (j->unit[0] ? !text_is(unit, j->unit) : !text_take(&unit, "dnsmasq"))
		return;
	if (!dns_journal_number(j->journal, "N_DROPPED", UINT32_MAX, &count))
		count = 0;
	j->listener.lost(j->data, count, when);
}

static void take_entry(struct dns_journal *j)
{
	uint64_t when = dns_journal_time(j->journal, &j->ids);
	struct text message;

	j->moved = true;
	if (j->catching_up && when < oldest_us())
		return;
	when /= 1000;
	if (!dns_journal_field(j->journal, "MESSAGE", &message))
		return;
	if (message.length > 10 && !memcmp(message.at, "Suppressed ", 11))
		take_dropped(j, message, when);
	else
		j->listener.line(j->data, message.at, message.length, when);
}

/* True when there is more to step back. */
static bool step_back(struct dns_journal *j)
{
	int r = sd_journal_previous_skip(j->journal, BACK_LINES);
	uint64_t time, place = j->has_place ? place_time(j) : UINT64_MAX;

	if (r < 0) {
		j->error = r;
		return false;
	}
	j->steps += (size_t)r;
	if (r == BACK_LINES) {
		time = dns_journal_time(j->journal, &j->ids);
		/* what came since the last run is read, even if it is more */
		if (time > oldest_us() &&
		    (j->steps < DNS_JOURNAL_PAST_LINES || (j->has_place && time > place)))
			return true;
	}
	/* an empty journal has no entry to stand at: begin at its head, for what comes */
	j->here = j->steps > 0;
	if (!j->steps)
		sd_journal_seek_head(j->journal);
	j->phase = PHASE_READ;
	return true;
}

static bool work(void *data)
{
	struct dns_journal *j = data;
	uint64_t end = clock_us() + PIECE_US;

	if (j->phase == PHASE_BACK)
		return step_back(j);
	do {
		for (unsigned i = 0; i < PIECE_LINES; i++) {
			int r = j->here ? 1 : sd_journal_next(j->journal);

			j->here = false;
			if (r <= 0) {
				j->error = r;
				j->catching_up = false;
				return false;
			}
			take_entry(j);
		}
	} while (clock_us() < end);
	return true;
}

static void take_news(void *data, uint32_t revents)
{
	struct dns_journal *j = data;
	int r = sd_journal_process(j->journal);

	(void)revents;
	if (r < 0)
		j->error = r;
}

static void on_saved(void *data, int error)
{
	struct dns_journal *j = data;

	j->save_error = error;
}

int dns_journal_new(struct dns_journal **ret, sd_event *event, const struct dns_journal_options *options,
		    const struct dns_journal_listener *listener, void *data)
{
	struct dns_journal *j = calloc(1, sizeof(*j));
	int a, b, c = 0, r;

	if (!j)
		return -ENOMEM;
	j->event = event;
	j->listener = *listener;
	j->data = data;
	j->past = options->past;
	a = snprintf(j->unit, sizeof(j->unit), "%s%s", options->unit,
		     options->unit[0] && !strchr(options->unit, '.') ? ".service" : "");
	b = snprintf(j->folder, sizeof(j->folder), "%s", options->folder);
	if (options->state_folder[0])
		c = snprintf(j->place, sizeof(j->place), "%s/journal-place", options->state_folder);
	if (a >= (int)sizeof(j->unit) || b >= (int)sizeof(j->folder) || c >= (int)sizeof(j->place)) {
		free(j);
		return -EINVAL;
	}
	dns_journal_ids_get(&j->ids);
	if (j->place[0]) {
		r = file_writer_new(&j->writer, options->writer, j->place, on_saved, j);
		if (r < 0) {
			free(j);
			return r;
		}
		j->has_place = dns_cursor_load(j->place, j->cursor) == 0;
	}
	j->error = open_journal(j);
	*ret = j;
	return 0;
}

static void write_place(struct dns_journal *j)
{
	char text[DNS_CURSOR_FILE_MAX];
	int r = dns_cursor_format(text, j->cursor);

	if (r >= 0)
		r = file_writer_write(j->writer, text, (size_t)r);
	if (r < 0)
		j->save_error = r;
}

static void save_place(struct dns_journal *j)
{
	char *cursor = NULL;

	if (!j->journal || !j->moved || sd_journal_get_cursor(j->journal, &cursor) < 0)
		return;
	if (strlen(cursor) < sizeof(j->cursor)) {
		strcpy(j->cursor, cursor);
		j->has_place = true;
		j->moved = false;
		if (j->writer)
			write_place(j);
	}
	free(cursor);
}

struct dns_journal *dns_journal_free(struct dns_journal *j)
{
	if (!j)
		return NULL;
	if (j->phase == PHASE_READ)
		save_place(j);
	file_writer_free(j->writer);
	close_journal(j);
	free(j);
	return NULL;
}

void dns_journal_check(struct dns_journal *j)
{
	j->ticks++;
	if (j->journal && j->error < 0) {
		/* begin again from the last place, with the files as they are now */
		save_place(j);
		close_journal(j);
		j->past &= !j->has_place;
	}
	if (!j->journal) {
		if (j->ticks % OPEN_TICKS == 0)
			j->error = open_journal(j);
		return;
	}
	if (j->ticks % SAVE_TICKS == 0 && j->phase == PHASE_READ)
		save_place(j);
	take_news(j, 0);
	dns_pace_wake(j->pace);
}

uint32_t dns_journal_pid(struct dns_journal *j)
{
	uint64_t pid;

	return dns_journal_number(j->journal, "_PID", UINT32_MAX, &pid) ? (uint32_t)pid : 0;
}

int dns_journal_error(const struct dns_journal *j)
{
	return j->error;
}

int dns_journal_save_error(const struct dns_journal *j)
{
	return j->save_error;
}
