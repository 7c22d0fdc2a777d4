/* SPDX-License-Identifier: MIT */
#include "thing.h"

#include <ctype.h>
#include <fnmatch.h>
#include <string.h>
#include <strings.h>

#include "thing_table.h"

static bool is_like(const char *pattern, const char *host_name)
{
	return fnmatch(pattern, host_name, FNM_CASEFOLD | FNM_NOESCAPE) == 0;
}

static bool is_personal(const char *host_name)
{
	for (const char *const *pattern = thing_personal; *pattern; pattern++)
		if (is_like(*pattern, host_name))
			return true;
	return false;
}

static bool begins_with(const char *maker, const char *words)
{
	size_t length = strlen(words);

	return !strncasecmp(maker, words, length) && !isalnum((unsigned char)maker[length]);
}

enum thing thing_of(const char *maker, const char *host_name, bool *ret_sure)
{
	if (is_personal(host_name))
		return THING_NONE;
	for (const struct thing_row *row = thing_table; row->thing != THING_NONE; row++) {
		if ((row->maker && !begins_with(maker, row->maker)) ||
		    (row->host && !is_like(row->host, host_name)))
			continue;
		*ret_sure = row->sure;
		return row->thing;
	}
	return THING_NONE;
}

static const struct {
	const char *word, *names[ALIAS_LANGUAGES];
} words[THINGS] = {
    [THING_TELEVISION] = {"television", {"Television", "Televisio"}},
    [THING_SPEAKER] = {"speaker", {"Speaker", "Kaiutin"}},
    [THING_LAMP] = {"lamp", {"Lamp", "Lamppu"}},
    [THING_CONSOLE] = {"console", {"Game console", "Pelikonsoli"}},
    [THING_STORAGE] = {"storage", {"Network drive", "Verkkolevy"}},
    [THING_PRINTER] = {"printer", {"Printer", "Tulostin"}},
    [THING_CAMERA] = {"camera", {"Camera", "Kamera"}},
    [THING_APPLIANCE] = {"appliance", {"Appliance", "Kodinkone"}},
    [THING_NETWORK] = {"network", {"Network device", "Verkkolaite"}},
    [THING_GADGET] = {"gadget", {"Smart-home device", "Älykodin laite"}},
};

const char *thing_word(enum thing thing)
{
	return words[thing].word;
}

const char *thing_name(enum thing thing, enum alias_language language)
{
	return words[thing].names[language];
}
