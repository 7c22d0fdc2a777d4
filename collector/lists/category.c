/* SPDX-License-Identifier: MIT */
#include "category.h"

#include <stddef.h>
#include <string.h>

#include "util.h"

enum { ENCRYPTED_DNS = 1, RELAY = 2, IGNORED = 3, GAMES = 4 };

static const char *const words[] = {
    [ENCRYPTED_DNS] = "encrypted-dns",
    [RELAY] = "relay",
    [IGNORED] = "ignored",
    [GAMES] = "games",
    "advertising",
    "analytics",
    "social",
    "video",
    "music",
    "messaging",
    "calls",
    "search",
    "shopping",
    "news",
    "education",
    "work",
    "mail",
    "storage",
    "cdn",
    "cloud",
    "system",
    "updates",
    "security",
    "finance",
    "travel",
    "smart-home",
    "ai",
    "dns",
    "malware",
    "adult",
    "other",
};

uint8_t category_of(const char *word)
{
	for (size_t i = 1; word && i < ELEMENTS_OF(words); i++)
		if (!strcmp(words[i], word))
			return (uint8_t)i;
	return CATEGORY_NONE;
}

const char *category_word(uint8_t category)
{
	return category < ELEMENTS_OF(words) ? words[category] : NULL;
}

bool category_hides(uint8_t category)
{
	return category == ENCRYPTED_DNS || category == RELAY;
}

bool category_is_encrypted_dns(uint8_t category)
{
	return category == ENCRYPTED_DNS;
}

bool category_is_games(uint8_t category)
{
	return category == GAMES;
}

bool category_is_ignored(uint8_t category)
{
	return category == IGNORED;
}
