/* SPDX-License-Identifier: MIT */
#include "result.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* For the two that end the object, and the NUL. */
#define ROOM (COMMAND_RESULT_MAX - 3)

static void put(struct result *r, const char *bytes, size_t length)
{
	if (length > ROOM - r->length)
		r->full = true;
	if (r->full)
		return;
	memcpy(r->json + r->length, bytes, length);
	r->length += length;
}

static void put_string(struct result *r, const char *text)
{
	put(r, text, strlen(text));
}

/* Control characters are left out: no text of ours has any, and the way does not take them. */
static void put_quoted(struct result *r, const char *text)
{
	put(r, "\"", 1);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			put(r, "\\", 1);
		if ((unsigned char)*text >= 0x20 && *text != 0x7f)
			put(r, text, 1);
	}
	put(r, "\"", 1);
}

static void begin(struct result *r, const char *name)
{
	put(r, r->length ? "," : "{", 1);
	put_quoted(r, name);
	put(r, ":", 1);
}

static void put_number(struct result *r, uint64_t value)
{
	char text[32];

	snprintf(text, sizeof(text), "%" PRIu64, value);
	put_string(r, text);
}

/* text: NULL is null. */
static void put_text(struct result *r, const char *text)
{
	if (text)
		put_quoted(r, text);
	else
		put_string(r, "null");
}

void result_number(struct result *r, const char *name, uint64_t value)
{
	begin(r, name);
	put_number(r, value);
}

void result_null(struct result *r, const char *name)
{
	begin(r, name);
	put_string(r, "null");
}

void result_flag(struct result *r, const char *name, bool value)
{
	begin(r, name);
	put_string(r, value ? "true" : "false");
}

void result_text(struct result *r, const char *name, const char *text)
{
	begin(r, name);
	put_text(r, text);
}

void result_list(struct result *r, const char *name)
{
	begin(r, name);
	put(r, "[", 1);
	r->open = false;
}

static void begin_item(struct result *r)
{
	if (r->open)
		put(r, ",", 1);
	r->open = true;
}

void result_item(struct result *r, const char *text)
{
	begin_item(r);
	put_text(r, text);
}

void result_item_number(struct result *r, uint64_t value)
{
	begin_item(r);
	put_number(r, value);
}

void result_item_list(struct result *r)
{
	begin_item(r);
	put(r, "[", 1);
	r->open = false;
}

void result_list_end(struct result *r)
{
	put(r, "]", 1);
	r->open = true;
}

size_t result_room(const struct result *r)
{
	return r->full ? 0 : ROOM - r->length;
}

const char *result_end(struct result *r)
{
	if (r->full)
		return NULL;
	if (!r->length)
		r->json[r->length++] = '{';
	r->json[r->length++] = '}';
	r->json[r->length] = '\0';
	return r->json;
}
