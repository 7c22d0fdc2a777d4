/* SPDX-License-Identifier: MIT */
#include "hello.h"

#include <inttypes.h>
#include <stdio.h>

#include "frame.h"

static void write_list(FILE *out, const char *name, const struct config_list *list)
{
	fprintf(out, ",\"%s\":[", name);
	for (size_t i = 0; i < list->n; i++)
		fprintf(out, "%s\"%s\"", i ? "," : "", list->items[i]);
	putc(']', out);
}

size_t hello_write(const struct hello *hello, char *buffer, size_t size)
{
	char text[ADDRESS_TEXT_MAX];
	FILE *out = fmemopen(buffer, size, "w");
	long n;

	if (!out)
		return 0;
	/* a write that does not fit is seen at once */
	setvbuf(out, NULL, _IONBF, 0);
	fprintf(out,
		"{\"protocol\":%d,\"build\":\"%s\",\"time\":%" PRIu64
		",\"role\":\"%s\",\"sign_in\":\"%s\",\"address\":\"%s\"",
		FRAME_VERSION, hello->build, hello->time, hello->role, hello->sign_in,
		address_format(hello->address, text));
	if (hello->certificate)
		fprintf(out, ",\"certificate\":\"%s\"", hello->certificate);
	write_list(out, "sites", hello->sites);
	write_list(out, "topics", hello->topics);
	write_list(out, "refused", hello->refused);
	putc('}', out);
	n = ferror(out) ? 0 : ftell(out);
	fclose(out);
	return n > 0 ? (size_t)n : 0;
}
