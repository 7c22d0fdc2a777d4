/* SPDX-License-Identifier: MIT */
/*
 * What goes on in the home: entries that are there, entries that come and go, connections over which packets
 * go, and what devices look up.
 */
#pragma once

#include <stdint.h>

struct load {
	uint32_t entries; /* in the table, all in all */
	uint32_t events;  /* a second: half of them come, half of them go */
	uint32_t active;  /* connections over which a packet goes each second */
	uint32_t lines;	  /* of the DNS server a second */
	const char *log;  /* path */
};

/* Puts the entries there that stay. */
void load_fill(const struct load *l);
/* Writes the log's first lines: names for the remotes of those that are active. */
void load_look_up(const struct load *l);

/* Processes of their own: they never return. data: struct load. */
void load_churn(const void *data);
void load_packets(const void *data);
void load_names(const void *data);
