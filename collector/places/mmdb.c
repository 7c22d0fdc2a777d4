/* SPDX-License-Identifier: MIT */
#include "mmdb.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util.h"

#define SIZE_MAX_BYTES (1024 * 1024 * 1024L)
#define PROBE_RECORDS 64   /* records that are looked at to tell a file's kind */
#define PROBE_STEPS 100000 /* nodes that are walked to find them */
#define PROBE_DEPTH 128

struct mmdb {
	MMDB_s handle;
	struct stat stat; /* of the original */
};

static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static int copy_bytes(int from, int to)
{
	char buffer[65536];
	ssize_t n;

	/* In the kernel where it can; else by hand. */
	while ((n = copy_file_range(from, NULL, to, NULL, 16 * 1024 * 1024, 0)) > 0)
		;
	if (n == 0)
		return 0;
	while ((n = read(from, buffer, sizeof(buffer))) > 0)
		for (ssize_t done = 0, more; done < n; done += more) {
			more = write(to, buffer + done, (size_t)(n - done));
			if (more < 0)
				return -errno;
		}
	return n < 0 ? -errno : 0;
}

static int open_copy(int from, const char *folder)
{
	_cleanup_(cleanup_close) int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	int r = fd < 0 ? -errno : copy_bytes(from, fd);

	if (r < 0) {
		cleanup_close(&fd);
		fd = memfd_create("connvis-mmdb", MFD_CLOEXEC);
		if (fd < 0)
			return -errno;
		if (lseek(from, 0, SEEK_SET) < 0)
			return -errno;
		r = copy_bytes(from, fd);
		if (r < 0)
			return r;
	}
	r = fd;
	fd = -1;
	return r;
}

/* True when the record has one of the members that a file of this kind has. */
static bool has_kind(MMDB_entry_s *entry, enum mmdb_kind kind)
{
	static const char *const city[] = {"country", "country_code", "location", "latitude", "city", NULL};
	static const char *const asn[] = {"autonomous_system_number",
					  "autonomous_system_organization",
					  "as_number",
					  "asn",
					  "as_organization",
					  NULL};

	for (const char *const *name = kind == MMDB_CITY ? city : asn; *name; name++) {
		const char *const path[] = {*name, NULL};
		MMDB_entry_data_s data;

		if (MMDB_aget_value(entry, &data, path) == MMDB_SUCCESS && data.has_data)
			return true;
	}
	return false;
}

/* Looks at the file's first records: 0 when one is of this kind, -EMEDIUMTYPE when none is, -EBADMSG. */
static int probe(const MMDB_s *handle, enum mmdb_kind kind)
{
	struct {
		uint64_t record;
		uint8_t type;
		MMDB_entry_s entry;
	} stack[PROBE_DEPTH * 2];
	size_t depth = 1;
	unsigned records = 0;

	stack[0].record = 0;
	stack[0].type = MMDB_RECORD_TYPE_SEARCH_NODE;
	for (unsigned step = 0; depth && step < PROBE_STEPS && records < PROBE_RECORDS; step++) {
		MMDB_search_node_s node;

		depth--;
		if (stack[depth].type == MMDB_RECORD_TYPE_DATA) {
			records++;
			if (has_kind(&stack[depth].entry, kind))
				return 0;
		}
		if (stack[depth].type != MMDB_RECORD_TYPE_SEARCH_NODE || depth + 2 > ELEMENTS_OF(stack))
			continue;
		if (MMDB_read_node(handle, (uint32_t)stack[depth].record, &node) != MMDB_SUCCESS)
			return -EBADMSG;
		stack[depth].record = node.right_record;
		stack[depth].type = node.right_record_type;
		stack[depth].entry = node.right_record_entry;
		stack[depth + 1].record = node.left_record;
		stack[depth + 1].type = node.left_record_type;
		stack[depth + 1].entry = node.left_record_entry;
		depth += 2;
	}
	return records ? -EMEDIUMTYPE : -EBADMSG;
}

static int open_handle(struct mmdb *m, int copy, enum mmdb_kind kind)
{
	char path[64];
	int r;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", copy);
	r = MMDB_open(path, MMDB_MODE_MMAP, &m->handle);
	if (r != MMDB_SUCCESS)
		return r == MMDB_OUT_OF_MEMORY_ERROR ? -ENOMEM : -EBADMSG;
	r = probe(&m->handle, kind);
	if (r < 0)
		MMDB_close(&m->handle);
	return r;
}

int mmdb_new(struct mmdb **ret, const char *path, enum mmdb_kind kind, const char *folder)
{
	_cleanup_(cleanup_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	_cleanup_(cleanup_close) int copy = -1;
	_cleanup_(cleanup_free) struct mmdb *m = NULL;
	struct stat after;
	int r;

	if (fd < 0)
		return -errno;
	m = calloc(1, sizeof(*m));
	if (!m)
		return -ENOMEM;
	if (fstat(fd, &m->stat) < 0)
		return -errno;
	if (!S_ISREG(m->stat.st_mode) || m->stat.st_size > SIZE_MAX_BYTES)
		return -EBADMSG;
	copy = open_copy(fd, folder);
	if (copy < 0)
		return copy;
	if (fstat(fd, &after) < 0)
		return -errno;
	if (!same_file(&m->stat, &after))
		return -EAGAIN;
	r = open_handle(m, copy, kind);
	if (r < 0)
		return r;
	*ret = m;
	m = NULL;
	return 0;
}

struct mmdb *mmdb_free(struct mmdb *m)
{
	if (!m)
		return NULL;
	MMDB_close(&m->handle);
	free(m);
	return NULL;
}

bool mmdb_is_outdated(const struct mmdb *m, const char *path)
{
	struct stat now;

	/* A file that went away is kept: what was known is better than nothing. */
	return stat(path, &now) == 0 && !same_file(&m->stat, &now);
}

uint64_t mmdb_built(const struct mmdb *m)
{
	return m->handle.metadata.build_epoch;
}

const char *mmdb_type(const struct mmdb *m)
{
	return m->handle.metadata.database_type;
}

const MMDB_s *mmdb_handle(const struct mmdb *m)
{
	return &m->handle;
}
