/* SPDX-License-Identifier: MIT */
/*
 * One MMDB file, read from a private copy. The library maps what it reads, and a mapped file that somebody
 * cuts short kills the reader with SIGBUS. So the file is copied first, into an unnamed file (O_TMPFILE) that
 * nobody else can open: on a disk its pages are cache that the kernel may drop. Where the folder cannot hold
 * one, the copy is in memory (memfd_create(2)).
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <maxminddb.h>

enum mmdb_kind {
	MMDB_CITY,
	MMDB_ASN,
};

struct mmdb;

/* folder: for the copy. 0; -ENOENT when there is no such file; -errno when it cannot be read; -EBADMSG when
 * it is no whole MMDB; -EMEDIUMTYPE when it is one of another kind; -EAGAIN when it changed while it was
 * copied. */
int mmdb_new(struct mmdb **ret, const char *path, enum mmdb_kind kind, const char *folder);
struct mmdb *mmdb_free(struct mmdb *m);

/* True when path is another file, or has other content, than when m was opened. */
bool mmdb_is_outdated(const struct mmdb *m, const char *path);

/* Seconds of Unix time, and the file's own name of its type (as it stands in the file: bytes from outside).
 */
uint64_t mmdb_built(const struct mmdb *m);
const char *mmdb_type(const struct mmdb *m);

/* The library's handle, for lookups; borrowed, valid as long as m. */
const MMDB_s *mmdb_handle(const struct mmdb *m);
