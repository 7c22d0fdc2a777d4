/* SPDX-License-Identifier: MIT */
/* Takes events and keeps them as lines of text, "address 192.0.2.7 example.org 203.0.113.5 -", to be
 * compared. */
#pragma once

#include <stddef.h>

#include "dns_event.h"

struct heard {
	char text[262144];
	size_t length;
	unsigned asked, addresses, results;
	uint64_t lost;
	uint64_t time; /* of the last event */
};

/* A dns_listener; data is a struct heard. */
void heard_take(void *data, const struct dns_event *event);

/* The text so far, which is then forgotten. */
const char *heard_text(struct heard *h);
