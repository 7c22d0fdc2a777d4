/* SPDX-License-Identifier: MIT */
#include "list_date.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define LINE_MOST 120	  /* bytes of a line that are looked at */
#define LEAST 946684800	  /* 2000-01-01 */
#define MOST 4102444800ll /* 2100-01-01 */

static const char *const keys[] = {"date",    "updated",       "last updated", "timeupdated",
				   "version", "last modified", "last change"};

/* The longer ones first: strptime() is content with a part of the text. */
static const char *const formats[] = {
    "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d_%H-%M-%S", "%Y-%m-%d %H:%M", "%Y-%m-%d",
    "%Y%m%d%H%M",	 "%d %b %Y %H:%M:%S", "%d %b %Y %H:%M",	   "%d %b %Y",	     "%a, %d %b %Y %H:%M:%S",
};

/* The text after "KEY:" when KEY is one that introduces a date, or NULL. */
static const char *value_of(const char *text)
{
	const char *colon = strchr(text, ':');

	for (size_t i = 0; colon && i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strlen(keys[i]) == (size_t)(colon - text) &&
		    !strncasecmp(text, keys[i], (size_t)(colon - text)))
			return colon + 1 + strspn(colon + 1, " \t");
	return NULL;
}

/* Seconds east of UTC, from "+02:00", "+0200", after a fraction of a second perhaps; 0 for all else. */
static int offset_of(const char *text)
{
	int digits = 0, value = 0, sign;

	if (*text == '.')
		text += 1 + strspn(text + 1, "0123456789");
	text += strspn(text, " ");
	sign = *text == '+' ? 1 : *text == '-' ? -1 : 0;
	for (text += sign != 0; sign && digits < 4; text++) {
		if (*text == ':' && digits == 2)
			continue;
		if (*text < '0' || *text > '9')
			return 0;
		value = value * 10 + (*text - '0');
		digits++;
	}
	return sign * (value / 100 * 3600 + value % 100 * 60);
}

uint64_t list_date_read(const char *line, size_t length)
{
	char text[LINE_MOST + 1];
	const char *value;

	if (!length || (line[0] != '#' && line[0] != '!' && line[0] != '/'))
		return 0;
	if (length > LINE_MOST)
		length = LINE_MOST;
	memcpy(text, line, length);
	text[length] = '\0';
	value = value_of(text + strspn(text, "#!/ \t"));
	for (size_t i = 0; value && i < sizeof(formats) / sizeof(formats[0]); i++) {
		struct tm tm = {};
		const char *rest = strptime(value, formats[i], &tm);
		int64_t time;

		if (!rest)
			continue;
		time = (int64_t)timegm(&tm) - offset_of(rest);
		return time >= LEAST && time < MOST ? (uint64_t)time : 0;
	}
	return 0;
}
