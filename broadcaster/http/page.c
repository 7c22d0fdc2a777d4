/* SPDX-License-Identifier: MIT */
#include "page.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

const struct page_file *page_find(const char *path)
{
	if (!strcmp(path, "/"))
		path = "/index.html";
	else if (!strcmp(path, "/join"))
		path = "/join.html";
	for (const struct page_file *f = page_files; f->path; f++)
		if (!strcmp(f->path, path))
			return f;
	return NULL;
}

uint8_t *page_inflate(const struct page_file *file)
{
	uint8_t *bytes = malloc(file->length ? file->length : 1);
	z_stream z = {
	    .next_in = (Bytef *)file->gzip,
	    .avail_in = (uInt)file->gzip_length,
	    .next_out = bytes,
	    .avail_out = (uInt)file->length,
	};
	int r;

	if (!bytes || inflateInit2(&z, 15 + 16) != Z_OK) {
		free(bytes);
		return NULL;
	}
	r = inflate(&z, Z_FINISH);
	inflateEnd(&z);
	if (r == Z_STREAM_END && !z.avail_out)
		return bytes;
	free(bytes);
	return NULL;
}
