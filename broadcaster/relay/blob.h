/* SPDX-License-Identifier: MIT */
/*
 * Bytes that several holders share. Holding and releasing is for the loop's thread alone; another thread may
 * read the bytes for as long as the loop holds them for it, and whoever is given the last reference may free
 * them.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

struct blob {
	unsigned holders;
	size_t length;
	uint8_t *bytes; /* freed with it */
};

/* One holder. Takes bytes (from malloc), also when it fails: NULL when there is no memory. */
static inline struct blob *blob_new(void *bytes, size_t length)
{
	struct blob *blob = malloc(sizeof(*blob));

	if (!blob) {
		free(bytes);
		return NULL;
	}
	*blob = (struct blob){.holders = 1, .length = length, .bytes = bytes};
	return blob;
}

static inline struct blob *blob_hold(struct blob *blob)
{
	blob->holders++;
	return blob;
}

static inline struct blob *blob_release(struct blob *blob)
{
	if (blob && --blob->holders == 0) {
		free(blob->bytes);
		free(blob);
	}
	return NULL;
}
