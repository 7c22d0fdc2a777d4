/* SPDX-License-Identifier: MIT */
/* The page's files, compiled in. The table is written at build time by embed/embed.c. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct page_file {
	const char *path; /* "/assets/index-x1y2.js" */
	const char *type; /* its media type */
	const char *etag; /* with its quotes */
	bool immutable;	  /* its name changes with its content */
	size_t length;	  /* inflated */
	const uint8_t *gzip;
	size_t gzip_length;
};

/* Ends with path == NULL. */
extern const struct page_file page_files[];
/* Names this build of the page; changes with any of its files. */
extern const char page_build[];

/* The file at that path ("/" is "/index.html", "/join" is "/join.html"), or NULL. */
const struct page_file *page_find(const char *path);

/* The file's bytes as they were before gzip; the caller frees them. NULL when there is no memory. */
uint8_t *page_inflate(const struct page_file *file);
