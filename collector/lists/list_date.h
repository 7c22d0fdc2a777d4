/* SPDX-License-Identifier: MIT */
/*
 * When a list was made, from a comment at its head, whichever of these it has:
 * "# Date: 12 March 2026 11:04:19 (UTC)" (StevenBlack/hosts), "# Last updated: 2026-03-12 11:04:19 (UTC)"
 * (URLhaus), "# TimeUpdated: 2026-03-12T11:04:19+00:00" (AdGuard), "! Last modified: 12 Mar 2026 11:04 UTC"
 * (EasyList), "// VERSION: 2026-03-12_11-04-19_UTC" (Public Suffix List). A pure function over bytes.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define LIST_DATE_LINES 64 /* at the head of a list, in which its date is looked for */

/* line: borrowed, without its end. Seconds of Unix time; 0: the line says no date. */
uint64_t list_date_read(const char *line, size_t length);
