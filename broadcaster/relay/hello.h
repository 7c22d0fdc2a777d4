/* SPDX-License-Identifier: MIT */
/* The first text that a viewer is sent (PROTOCOL.md, "WebSocket"). Pure. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "address.h"
#include "config.h"

/* All borrowed. No text needs to be escaped: names are checked by the options, the rest is ours. */
struct hello {
	const char *build, *role, *sign_in;
	uint64_t time; /* milliseconds of Unix time */
	const struct address *address;
	const struct config_list *sites, *topics, *refused;
	/* the fingerprint of the one that the viewer was asked to trust, since nobody vouches for it; NULL: there is none */
	const char *certificate;
};

/* Writes the text, without a NUL. Its length, or 0 when it does not fit. */
size_t hello_write(const struct hello *hello, char *buffer, size_t size);
