/* SPDX-License-Identifier: MIT */
/* Small files that are read and written whole. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

/* The file's bytes with a NUL after them, to be freed; *ret_length without it. 0; -EFBIG above most bytes;
 * -EISDIR and the like for what is no plain file; -errno. */
int file_read(char **ret, size_t *ret_length, const char *path, size_t most);

/* Which file it is, and of when: another stamp is another file, or other bytes. All zero: there is none. */
struct file_stamp {
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec when; /* of st's times that which the caller goes by */
};

struct file_stamp file_stamp_of(const struct stat *st, struct timespec when);
bool file_stamp_equal(const struct file_stamp *a, const struct file_stamp *b);

/* When the data in a file was made, by the file's own time; seconds of Unix time, 0: it does not say. Whoever
 * fetched the file with its time (HTTP's Last-Modified, a tar or Debian package) set whole seconds; a time
 * with a fraction says only when the file was written here. */
uint64_t file_dated(const struct stat *st);

/* Puts bytes in the place of the file at path, in one step: whoever reads it finds the old or the new, whole,
 * also after a power cut (rename(2), fsync(2)). Mode 0600. 0 or -errno. */
int file_replace(const char *path, const void *bytes, size_t length);
/* The same without waiting for the disk: after a power cut it may be the old one, or none. */
int file_replace_soon(const char *path, const void *bytes, size_t length);

/* Puts bytes behind what is in the file at path, which is there. When this fails, or at a power cut, some of them may
 * stand there. 0 or -errno. */
int file_append(const char *path, const void *bytes, size_t length);
