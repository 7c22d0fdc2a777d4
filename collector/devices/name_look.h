/* SPDX-License-Identifier: MIT */
/* How a name looks: what people cannot tell apart is the same. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* White space of whatever width (Unicode, category Zs). */
bool name_look_is_blank(uint32_t code);
/* Characters that show nothing although they count as letters or symbols (Hangul fillers, an empty Braille cell),
 * and selectors of variants that no font has. */
bool name_look_is_filler(uint32_t code);

/*
 * Writes how text (UTF-8) looks into ret, at most size - 1 bytes: without blanks, capitals or accents written
 * apart, with letters of other scripts and digits as the Latin letters that they look like. Empty: it shows
 * nothing. Two names that give the same look the same; a part of Unicode's confusables (UTS #39): the Greek and
 * Cyrillic letters, full-width forms, and l, I, 1, O and 0.
 */
void name_look(char *ret, size_t size, const char *text);
