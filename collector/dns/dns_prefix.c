/* SPDX-License-Identifier: MIT */
#include "dns_prefix.h"

#include <time.h>

#include "text.h"
#include "util.h"

#define WORDS_MAX 10 /* before the program: "Mon Nov 23 06:37:34 2026 daemon.info host" and the like */
#define DAY_MS ((uint64_t)24 * 60 * 60 * 1000)

static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

/* "06:37:34", perhaps with a fraction, which is left out */
static bool take_clock(struct text *s, struct tm *tm)
{
	uint64_t hour, minute, second;

	if (!text_take_number(s, 23, &hour) || !text_take(s, ":") || !text_take_number(s, 59, &minute) ||
	    !text_take(s, ":") || !text_take_number(s, 60, &second))
		return false;
	tm->tm_hour = (int)hour;
	tm->tm_min = (int)minute;
	tm->tm_sec = (int)second;
	return true;
}

/* A date without its year is of the last twelve months, or of the day that comes: the writer's clock may be a little
 * ahead, over the new year too. */
static time_t nearest_year(const struct tm *date, time_t now)
{
	time_t time = 0;

	for (int years = 1; years >= -1; years--) {
		struct tm tm = *date;

		tm.tm_year += years;
		time = mktime(&tm);
		if (time <= now + (time_t)(DAY_MS / 1000))
			break;
	}
	return time;
}

/* "Nov 23 06:37:34", or with the year behind it */
static uint64_t read_bsd(struct text s, uint64_t now)
{
	time_t seconds = (time_t)(now / 1000), time;
	struct tm tm = {.tm_isdst = -1}, local;
	uint64_t day, year;
	const char *month;
	struct text rest;

	localtime_r(&seconds, &local);
	tm.tm_year = local.tm_year;
	month = s.length > 4 ? memmem(months, sizeof(months) - 1, s.at, 3) : NULL;
	if (!month || (month - months) % 3 || s.at[3] != ' ')
		return 0;
	tm.tm_mon = (int)(month - months) / 3;
	s = text_cut(s, 4);
	text_take(&s, " ");
	if (!text_take_number(&s, 31, &day) || !day || !text_take(&s, " ") || !take_clock(&s, &tm))
		return 0;
	tm.tm_mday = (int)day;
	rest = s;
	if (text_take(&rest, " ") && text_take_number(&rest, 9999, &year) && year > 1999) {
		tm.tm_year = (int)year - 1900;
		time = mktime(&tm);
	} else {
		time = nearest_year(&tm, seconds);
	}
	return time > 0 ? (uint64_t)time * 1000 : 0;
}

/* "2026-11-23T06:37:34.123456+02:00" */
static uint64_t read_iso(struct text s, bool *ret_zone)
{
	uint64_t year, month, day, fraction, hours = 0, minutes = 0;
	struct tm tm = {};
	bool east, zone;
	time_t time;

	if (!text_take_number(&s, 9999, &year) || year < 1970 || !text_take(&s, "-") ||
	    !text_take_number(&s, 12, &month) || !month || !text_take(&s, "-") ||
	    !text_take_number(&s, 31, &day) || !day || !(text_take(&s, "T") || text_take(&s, " ")) ||
	    !take_clock(&s, &tm))
		return 0;
	if (text_take(&s, ".") && !text_take_number(&s, 999999999, &fraction))
		return 0;
	tm.tm_year = (int)year - 1900;
	tm.tm_mon = (int)month - 1;
	tm.tm_mday = (int)day;
	east = text_take(&s, "+");
	zone = east || text_take(&s, "-");
	if (zone && (!text_take_number(&s, 2359, &hours) ||
		     (text_take(&s, ":") && !text_take_number(&s, 59, &minutes))))
		return 0;
	if (hours > 23) {
		minutes = hours % 100;
		hours /= 100;
	}
	*ret_zone = zone || text_take(&s, "Z");
	if (!*ret_zone) {
		tm.tm_isdst = -1;
		time = mktime(&tm);
	} else {
		time_t shift = (time_t)(hours * 3600 + minutes * 60);

		time = timegm(&tm) - (east ? shift : -shift);
	}
	return time > 0 ? (uint64_t)time * 1000 : 0;
}

static uint64_t read_date(struct dns_prefix_clock *clock, struct text s, uint64_t now)
{
	static const char days[] = "MonTueWedThuFriSatSun";
	char text[sizeof(clock->text)] = "";

	if (s.length > 4 && s.at[3] == ' ' && memmem(days, sizeof(days) - 1, s.at, 3) &&
	    memmem(months, sizeof(months) - 1, s.at + 4, s.length < 7 ? 0 : 3))
		s = text_cut(s, 4);
	if (s.length < 15)
		return 0;
	/* ISO dates have 32 bytes with all that they can have, the others 20 with a year */
	memcpy(text, s.at, s.length < sizeof(text) ? s.length : sizeof(text));
	if (s.at[0] > '9')
		memset(text + 20, 0, sizeof(text) - 20);
	if (clock->time && !memcmp(text, clock->text, sizeof(text)))
		return clock->time;
	memcpy(clock->text, text, sizeof(text));
	clock->zone = false;
	clock->time = s.at[0] >= '0' && s.at[0] <= '9' ? read_iso(s, &clock->zone) : read_bsd(s, now);
	return clock->time;
}

/* "dnsmasq[123]:", "dnsmasq:", "dnsmasq-dhcp[123]:", "sshd[1]:": what a program calls itself. */
static bool read_program(struct text word, bool *ret_dnsmasq, uint32_t *ret_pid)
{
	uint64_t pid = 0;
	const char *at;
	struct text number;

	if (!text_take_end(&word, ":") || !word.length)
		return false;
	if (text_take_end(&word, "]")) {
		at = memrchr(word.at, '[', word.length);
		if (!at)
			return false;
		number = text_cut(word, (size_t)(at + 1 - word.at));
		if (!text_take_number(&number, UINT32_MAX, &pid) || number.length)
			return false;
		word.length = (size_t)(at - word.at);
	} else if (!text_is(word, "dnsmasq") && !(text_take(&word, "dnsmasq-") && word.length)) {
		return false;
	} else if (!text_is(word, "dnsmasq")) {
		*ret_dnsmasq = false;
		*ret_pid = 0;
		return true;
	}
	*ret_dnsmasq = text_is(word, "dnsmasq") || text_is(word, "pihole-FTL");
	*ret_pid = (uint32_t)pid;
	return true;
}

/* Takes the next word and the blank after it off s. */
static bool take_word(struct text *s, struct text *ret)
{
	const char *end = memchr(s->at, ' ', s->length);

	if (!end)
		return false;
	*ret = (struct text){s->at, (size_t)(end - s->at)};
	*s = text_cut(*s, ret->length + 1);
	return ret->length;
}

/* "-" or "[id name=\"value\"][…]", in which a backslash hides a quote or a bracket (RFC 5424, 6.3). */
static bool take_structured(struct text *s)
{
	bool quoted = false;
	size_t i = 0;

	if (text_take(s, "-"))
		return true;
	while (i < s->length && s->at[i] == '[') {
		for (i++; i < s->length && (quoted || s->at[i] != ']'); i++) {
			if (quoted && s->at[i] == '\\')
				i++;
			else
				quoted ^= s->at[i] == '"';
		}
		i++;
	}
	if (!i || i > s->length)
		return false;
	*s = text_cut(*s, i);
	return true;
}

/* "1 DATE HOST PROGRAM PID MESSAGE-ID STRUCTURED-DATA MESSAGE" (RFC 5424), after the priority. */
static bool read_5424(struct dns_prefix *ret, struct dns_prefix_clock *clock, struct text s, uint64_t now)
{
	struct text date, host, program, pid, id;
	uint64_t n = 0;

	if (!text_take(&s, "1 ") || !take_word(&s, &date) || !take_word(&s, &host) ||
	    !take_word(&s, &program) || !take_word(&s, &pid) || !take_word(&s, &id) || !take_structured(&s) ||
	    (s.length && !text_take(&s, " ")))
		return false;
	ret->time = read_date(clock, date, now);
	if (!ret->time && !text_is(date, "-"))
		return false;
	ret->zone = ret->time && clock->zone;
	ret->dnsmasq = text_is(program, "dnsmasq") || text_is(program, "pihole-FTL");
	if (text_take_number(&pid, UINT32_MAX, &n) && !pid.length)
		ret->pid = (uint32_t)n;
	text_take(&s, "\xef\xbb\xbf");
	/* some put the tag of the older form before the message, too */
	if (take_word(&(struct text){s.at, s.length}, &host) &&
	    read_program(host, &ret->dnsmasq, &ret->pid)) {
		s = text_cut(s, host.length);
		text_take(&s, " ");
	}
	ret->message = s.at;
	ret->length = s.length;
	return true;
}

void dns_prefix_parse(struct dns_prefix *ret, struct dns_prefix_clock *clock, const char *text, size_t length,
		      uint64_t now)
{
	struct text s = {text, length}, date;
	const char *end;

	*ret = (struct dns_prefix){.dnsmasq = true, .message = text, .length = length};
	/* a priority, as it stands before messages on a syslog socket */
	if (s.length && s.at[0] == '<' && (end = memchr(s.at, '>', s.length < 5 ? s.length : 5)))
		s = text_cut(s, (size_t)(end + 1 - s.at));
	if (read_5424(ret, clock, s, now))
		return;
	date = s;
	for (int i = 0; i < WORDS_MAX && s.length; i++) {
		struct text word = s;

		end = memchr(s.at, ' ', s.length);
		if (end)
			word.length = (size_t)(end - s.at);
		if (read_program(word, &ret->dnsmasq, &ret->pid)) {
			date.length = (size_t)(word.at - date.at);
			ret->time = read_date(clock, date, now);
			ret->zone = ret->time && clock->zone;
			s = text_cut(s, word.length);
			text_take(&s, " ");
			ret->message = s.at;
			ret->length = s.length;
			return;
		}
		if (!end)
			return;
		s = text_cut(s, word.length + 1);
	}
}
