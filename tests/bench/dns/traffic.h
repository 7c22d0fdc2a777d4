/* SPDX-License-Identifier: MIT */
/* Lines as dnsmasq writes them for a busy home: 50 clients, 2,000 names, of each three questions one is
 * answered from the cache, and of the others each second is an alias. Several questions are under way at a
 * time. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define TRAFFIC_LINE_MAX 256

struct traffic;

struct traffic *traffic_new(bool extra);
struct traffic *traffic_free(struct traffic *t);

/* The next line, without a newline: its message alone. Its length. */
size_t traffic_next(struct traffic *t, char line[TRAFFIC_LINE_MAX]);
