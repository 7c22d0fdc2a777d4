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
#include <sys/stat.h>

#include <maxminddb.h>

#include "worker.h"

enum mmdb_kind {
	MMDB_CITY,
	MMDB_ASN,
};

struct mmdb;

/* fd, stat: of the file, borrowed. folder: for the copy. May take seconds: for a worker's thread, which may be told
 * to end. 0; -EBADMSG when it is no whole MMDB; -EMEDIUMTYPE when it is one of another kind; -errno. */
int mmdb_read(struct mmdb **ret, int fd, const struct stat *stat, enum mmdb_kind kind, const char *folder,
	      const struct worker *w);
struct mmdb *mmdb_free(struct mmdb *m);

/* Why the copy could not be in the folder, and is in memory: -errno (-ENOSPC: there is no room); 0: it is there. */
int mmdb_folder_error(const struct mmdb *m);
/* Of the file. */
size_t mmdb_bytes(const struct mmdb *m);

/* Seconds of Unix time, and the file's own name of its type (as it stands in the file: bytes from outside).
 */
uint64_t mmdb_built(const struct mmdb *m);
const char *mmdb_type(const struct mmdb *m);

/* The library's handle, for lookups; borrowed, valid as long as m. */
const MMDB_s *mmdb_handle(const struct mmdb *m);
