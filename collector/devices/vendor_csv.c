/* SPDX-License-Identifier: MIT */
#include "vendor_csv.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "text.h"

#define FIELDS 3
#define RECORD_MAX 4096 /* bytes */

static size_t line_length(const char *text, size_t length)
{
	const char *end = memchr(text, '\n', length);

	return end ? (size_t)(end - text) + 1 : length;
}

/* One field, in quotes or not; how many bytes it takes with the comma or end of line after it; 0: it is
 * broken. */
static size_t read_field(struct text *ret, const char *text, size_t length, bool *ret_last)
{
	size_t i = 0;

	if (length && text[0] == '"') {
		for (i = 1; i < length && !(text[i] == '"' && (i + 1 == length || text[i + 1] != '"')); i++)
			i += text[i] == '"';
		if (i >= length)
			return 0;
		*ret = (struct text){text + 1, i - 1};
		i++;
	} else {
		while (i < length && text[i] != ',' && text[i] != '\n' && text[i] != '\r')
			i++;
		*ret = (struct text){text, i};
	}
	if (i < length && text[i] == '\r')
		i++;
	*ret_last = i == length || text[i] == '\n';
	if (!*ret_last && text[i] != ',')
		return 0;
	return i < length ? i + 1 : i;
}

static int read_prefix(struct vendor_record *ret, const struct text *f)
{
	ret->prefix = 0;
	ret->bits = (unsigned)f->length * 4;
	if (ret->bits != 24 && ret->bits != 28 && ret->bits != 36)
		return -EBADMSG;
	for (size_t i = 0; i < f->length; i++) {
		char c = f->at[i];
		unsigned digit = c >= '0' && c <= '9'	? (unsigned)(c - '0')
				 : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
				 : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
							: 16;

		if (digit > 15)
			return -EBADMSG;
		ret->prefix = ret->prefix << 4 | digit;
	}
	return 0;
}

int vendor_csv_read(struct vendor_record *ret, const char *text, size_t length, size_t *ret_used)
{
	struct text fields[FIELDS] = {}, field;
	size_t used = 0, n = 0, most = length < RECORD_MAX ? length : RECORD_MAX;
	bool last = false;

	*ret_used = line_length(text, length);
	if (*ret_used == 1 && text[0] == '\n')
		return 1;
	while (!last) {
		size_t more = used < most ? read_field(&field, text + used, most - used, &last) : 0;

		if (!more)
			return -EBADMSG;
		if (n < FIELDS)
			fields[n] = field;
		n++;
		used += more;
	}
	*ret_used = used;
	if (n < FIELDS)
		return -EBADMSG;
	if (text_is(fields[0], "Registry"))
		return 1;
	if (read_prefix(ret, &fields[1]) < 0)
		return -EBADMSG;
	ret->name = fields[2].at;
	ret->length = fields[2].length;
	return 0;
}
