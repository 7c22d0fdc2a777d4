/* SPDX-License-Identifier: MIT */
/* What the texts of data files mean: each publisher has words of its own for what it does not know. */
#pragma once

#include <stdbool.h>

/* True when text says that nothing is known ("-", "Unknown"), or that the holder stays private. */
bool geo_text_is_unknown(const char *text);

/* True for a country's code that stands for none (ISO 3166-1: XX and ZZ are free for that; AP and EU are whole
 * regions). code: two capital letters. */
bool geo_text_is_no_country(const char *code);

/* True when text names one of the registries that give networks to others (or IANA above them): that is who
 * registered a network, not whose it is. */
bool geo_text_is_registry(const char *text);

/* Leaves out of a city what stands in brackets behind its name, a district as DB-IP writes it ("Moscow
 * (Tsentralnyy administrativnyy okrug)"). Towns whose own name has brackets keep them ("Frankfurt (Oder)"). */
void geo_text_cut_district(char *city);
