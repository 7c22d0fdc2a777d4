/* SPDX-License-Identifier: MIT */
/* What names and addresses are for: the words of PROTOCOL.md as small numbers. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define CATEGORY_NONE 0

/* The number of a word; CATEGORY_NONE for NULL and what is no category. */
uint8_t category_of(const char *word);
/* The word, NULL for CATEGORY_NONE. Static. */
const char *category_word(uint8_t category);
/* A service that hides lookups from the home's DNS server: encrypted DNS, or a relay. */
bool category_hides(uint8_t category);
/* Of those, a DNS server: what goes to its port 53 is not encrypted all the same. */
bool category_is_encrypted_dns(uint8_t category);
/* Games: they go to and fro as a call does. */
bool category_is_games(uint8_t category);
/* What a user's list says is not to be shown; never in the feed. */
bool category_is_ignored(uint8_t category);
