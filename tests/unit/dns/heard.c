/* SPDX-License-Identifier: MIT */
#include "heard.h"

#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

void heard_take(void *data, const struct dns_event *event)
{
	static const char *const kinds[] = {"asked", "address", "result", "lost"};
	static const char *const results[] = {"unknown",  "answered", "nodata",
					      "nxdomain", "blocked",  "failed"};
	struct heard *h = data;
	char client[ADDRESS_TEXT_MAX] = "-", address[ADDRESS_TEXT_MAX] = "-";

	if (event->has_client)
		address_format(&event->client, client);
	if (event->kind == DNS_ADDRESS)
		address_format(&event->address, address);
	h->asked += event->kind == DNS_ASKED;
	h->addresses += event->kind == DNS_ADDRESS;
	h->results += event->kind == DNS_RESULT;
	h->lost += event->kind == DNS_LOST ? event->count : 0;
	h->time = event->time;
	if (event->name)
		for (const char *c = event->name; *c; c++)
			assert_true(*c >= ' ' && *c <= '~' && !(*c >= 'A' && *c <= 'Z'));
	assert_true(sizeof(h->text) - h->length > 512);
	h->length += (size_t)snprintf(h->text + h->length, sizeof(h->text) - h->length, "%s %s %s %s %s\n",
				      kinds[event->kind], client, event->name ? event->name : "-", address,
				      event->kind == DNS_RESULT ? results[event->result] : "-");
}

const char *heard_text(struct heard *h)
{
	h->text[h->length] = '\0';
	h->length = 0;
	return h->text;
}
