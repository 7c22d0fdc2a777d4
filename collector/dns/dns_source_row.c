/* SPDX-License-Identifier: MIT */
#include "dns_source_row.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "rights.h"

#define QUIET_SECONDS 60 /* without a question, and then the row says how to have them logged */

enum says {
	SAYS_NOTHING, /* all is well, or it is too early to say */
	SAYS_OFF,
	SAYS_QUIET,
	SAYS_PLAIN,
	SAYS_NO_PLACE,
	SAYS_ERROR, /* and above: the error */
};

void dns_source_row_init(struct dns_source_row *r, struct row_table *sources, const char *what)
{
	struct source *s = &r->source;
	const char *slash = what ? strrchr(what, '/') : NULL;

	s->kind = "dns";
	s->state = what ? "missing" : "off";
	r->journal = what && !what[0];
	snprintf(r->what, sizeof(r->what), "%s", !what ? "nothing" : r->journal ? "the journal" : what);
	snprintf(s->name, sizeof(s->name), "%s",
		 !what	      ? ""
		 : r->journal ? "journal"
		 : slash      ? slash + 1
			      : what);
	r->said = SAYS_NOTHING;
	s->counted = what;
	if (!what) {
		r->said = SAYS_OFF;
		snprintf(
		    s->detail, sizeof(s->detail),
		    "No log of dnsmasq is read, so remotes have no names: switch dns.journal on, or set dns.logs.");
	}
	row_add(sources, &s->row);
}

void dns_source_row_count(struct dns_source_row *r, const struct dns_line *line)
{
	r->lines++;
	r->broken += line->kind == DNS_LINE_BROKEN;
	r->queries += line->kind == DNS_LINE_QUERY;
	r->serials += line->kind == DNS_LINE_QUERY && line->has_serial;
}

static void say_error(struct dns_source_row *r, int error)
{
	struct source *s = &r->source;
	char advice[RIGHTS_ADVICE_MAX];

	s->state = error == -ENOENT ? "missing" : "broken";
	if (r->journal && error == -ENOENT)
		snprintf(
		    s->detail, sizeof(s->detail),
		    "There is no systemd journal here, so remotes have no names from it; it is read as soon as it comes. Where dnsmasq logs to a file, set dns.logs.");
	else if (r->journal && error == -EACCES)
		snprintf(
		    s->detail, sizeof(s->detail),
		    "The systemd journal must not be read: put the collector's user into the group systemd-journal.");
	else if (r->journal)
		snprintf(s->detail, sizeof(s->detail),
			 "The systemd journal cannot be read (%s): it is tried again.", strerror(-error));
	else if (error == -ENOENT)
		snprintf(s->detail, sizeof(s->detail),
			 "There is no file %.200s yet: it is read as soon as it comes.", r->what);
	else if (error == -EISDIR)
		snprintf(s->detail, sizeof(s->detail), "%.200s is no plain file: dns.logs takes log files.",
			 r->what);
	else if (error == -EACCES)
		snprintf(s->detail, sizeof(s->detail), "The file %.120s must not be read: %s.", r->what,
			 rights_advice(advice, r->what));
	else
		snprintf(s->detail, sizeof(s->detail),
			 "The file %.200s cannot be read (%s): it is tried again.", r->what,
			 strerror(-error));
}

static void say(struct dns_source_row *r, int says)
{
	struct source *s = &r->source;

	s->state = "ok";
	s->detail[0] = '\0';
	if (says == SAYS_QUIET)
		snprintf(
		    s->detail, sizeof(s->detail),
		    "No question has been logged yet: give dnsmasq the option log-queries=extra, if it has not got it.");
	else if (says == SAYS_PLAIN)
		snprintf(
		    s->detail, sizeof(s->detail),
		    "This log has no serial numbers, so that not every answer can be told whose it is: log-queries=extra gives them.");
	else if (says == SAYS_NO_PLACE)
		snprintf(s->detail, sizeof(s->detail),
			 "The place in the journal cannot be kept over a restart (%s): see state.folder.",
			 strerror(-r->save_error));
	else if (says >= SAYS_ERROR)
		say_error(r, SAYS_ERROR - says);
}

static int what_to_say(struct dns_source_row *r, int error)
{
	if (r->said == SAYS_OFF)
		return SAYS_OFF;
	if (error < 0)
		return SAYS_ERROR - error;
	if (r->save_error < 0)
		return SAYS_NO_PLACE;
	if (r->queries)
		return r->serials ? SAYS_NOTHING : SAYS_PLAIN;
	return r->quiet < QUIET_SECONDS ? SAYS_NOTHING : SAYS_QUIET;
}

bool dns_source_row_update(struct dns_source_row *r, struct row_table *sources, int error, bool numbers)
{
	struct source *s = &r->source;
	uint64_t broken = r->broken + r->long_lines;
	int says = what_to_say(r, error);
	bool begins = !error && !strcmp(s->state, "missing");

	r->quiet += r->quiet < QUIET_SECONDS;
	if (numbers && (s->entries != r->lines || s->broken != broken)) {
		s->entries = r->lines;
		s->broken = broken;
		row_change(sources, &s->row, COLUMN(SOURCE_ENTRIES) | COLUMN(SOURCE_BROKEN));
	}
	if (says == r->said && !begins)
		return false;
	r->said = says;
	say(r, says);
	row_change(sources, &s->row, COLUMN(SOURCE_STATE) | COLUMN(SOURCE_DETAIL));
	return true;
}
