/* SPDX-License-Identifier: MIT */
/*
 * The address ranges that cloud providers publish, recognised by what is in the file:
 * Amazon https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-ranges.html
 * Google https://support.google.com/a/answer/10026322 (cloud.json, goog.json)
 * Microsoft https://www.microsoft.com/download/details.aspx?id=56519 (ServiceTags_Public)
 * Oracle https://docs.oracle.com/iaas/Content/General/Concepts/addressranges.htm
 * Cloudflare https://www.cloudflare.com/ips/ (the two texts) and
 * https://developers.cloudflare.com/api/resources/ips/ Pure functions over bytes; nothing here is shared, so
 * a thread of its own may call them.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "known.h"
#include "prefix_table.h"

#define CLOUD_FILE_MAX (32u << 20) /* bytes of a file */
#define CLOUD_RANGES_MAX 1000000
#define CLOUD_AREAS_MAX 1024 /* regions of one file */
#define CLOUD_LABEL_MAX 96

/* A region of a provider, or the provider where no region is named. */
struct cloud_area {
	char label[CLOUD_LABEL_MAX];	   /* "Amazon eu-north-1" */
	const struct known_region *region; /* or NULL: its place is not known */
};

struct cloud_file {
	const char *company;	     /* static */
	struct prefix_table *ranges; /* the values: positions in areas, from 1 on */
	struct cloud_area *areas;
	size_t n_areas;
	size_t broken;	  /* records that cannot be read, or do not fit */
	size_t placeless; /* regions whose place is not known */
	uint64_t built;	  /* seconds of Unix time, 0: the file does not say */
};

/* bytes: borrowed. 0; -EBADMSG when it is no such file; -ENOMEM. */
int cloud_file_read(struct cloud_file **ret, const char *bytes, size_t length);
struct cloud_file *cloud_file_free(struct cloud_file *f);

/* The area of the longest range that holds a, NULL: none does. *ret_length as in struct network. */
const struct cloud_area *cloud_file_find(const struct cloud_file *f, const struct address *a,
					 unsigned *ret_length);
