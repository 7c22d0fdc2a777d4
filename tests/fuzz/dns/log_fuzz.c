/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "dns_credit.h"
#include "dns_line.h"
#include "dns_prefix.h"

#define NOW ((uint64_t)1795415854 * 1000)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool truth)
{
	if (!truth)
		abort();
}

static void require_name(const char *name)
{
	require(strlen(name) < DNS_NAME_MAX);
	for (; *name; name++)
		require(*name >= ' ' && *name <= '~' && !(*name >= 'A' && *name <= 'Z'));
}

/* Whatever the log says: names are harmless, and events are whole. */
static void take_event(void *data, const struct dns_event *event)
{
	(void)data;
	require(event->kind <= DNS_LOST && event->result < DNS_RESULTS);
	require((event->kind == DNS_LOST) == !event->name);
	require(event->kind != DNS_LOST || event->count);
	require(event->has_client || event->kind == DNS_ADDRESS || event->kind == DNS_LOST);
	if (event->name)
		require_name(event->name);
}

static void take_line(struct dns_credit *credit, struct dns_prefix_clock *clock, const char *text,
		      size_t length, uint64_t *when)
{
	struct dns_prefix p;
	struct dns_line line;

	dns_prefix_parse(&p, clock, text, length, NOW);
	require(p.message >= text && p.message + p.length == text + length);
	dns_line_parse(&line, p.message, p.length);
	require_name(line.name);
	require(line.name_length == strlen(line.name));
	if (p.dnsmasq)
		dns_credit_take(credit, &line, p.pid, p.time ? p.time : (*when)++, 0);
}

/* The input is a log file. Each line is a piece of memory of its own, so that a read past its end is seen. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *at = (const char *)data, *end = at + size;
	struct dns_prefix_clock clock = {};
	struct dns_credit *credit;
	uint64_t when = NOW;

	/* few questions, so that they make room for each other */
	if (dns_credit_new(&credit, 8, take_event, NULL) < 0)
		return 0;
	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		size_t length = (size_t)((newline ? newline : end) - at);
		char *copy = malloc(length ? length : 1);

		if (!copy)
			break;
		memcpy(copy, at, length);
		take_line(credit, &clock, copy, length, &when);
		free(copy);
		at += length + 1;
	}
	dns_credit_free(credit);
	return 0;
}
