/* SPDX-License-Identifier: MIT */
#include "mmdb.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "geo_record.h"
#include "util.h"

#define PIECE (1024 * 1024) /* bytes copied between two looks whether the program ends */
#define PROBE_RECORDS 4096  /* records that are looked at to tell a file's kind */
#define PROBE_STEPS 100000  /* nodes that are walked to find them */
#define PROBE_DEPTH 128

struct mmdb {
	MMDB_s handle;
	int folder_error; /* why the copy is in memory: -errno, 0: it is not */
};

static int copy_piece(int from, int to)
{
	char buffer[65536];
	ssize_t n = read(from, buffer, sizeof(buffer)), more;

	for (ssize_t done = 0; done < n; done += more) {
		more = write(to, buffer + done, (size_t)(n - done));
		if (more < 0)
			return -errno;
	}
	return n < 0 ? -errno : (int)n;
}

/* In the kernel where it can; else by hand. */
static int copy_bytes(int from, int to, const struct worker *w)
{
	bool by_hand = false;
	ssize_t n = 1;

	if (lseek(from, 0, SEEK_SET) < 0)
		return -errno;
	while (n > 0 && !worker_is_ending(w)) {
		if (!by_hand)
			n = copy_file_range(from, NULL, to, NULL, PIECE, 0);
		by_hand |= n < 0;
		if (by_hand)
			n = copy_piece(from, to);
	}
	return n < 0 ? (int)n : worker_is_ending(w) ? -ECANCELED : 0;
}

/* Looks first whether there is room, for filling a disk up is no way to find out. */
static int copy_to_folder(int from, const struct stat *stat, const char *folder, const struct worker *w)
{
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600), r = 0;
	struct statvfs room;

	if (fd < 0)
		return -errno;
	if (fstatvfs(fd, &room) == 0 && room.f_blocks &&
	    (uint64_t)room.f_bavail * room.f_frsize < (uint64_t)stat->st_size)
		r = -ENOSPC;
	if (r == 0)
		r = copy_bytes(from, fd, w);
	if (r < 0)
		close(fd);
	return r < 0 ? r : fd;
}

static int copy_to_memory(int from, const struct worker *w)
{
	int fd = memfd_create("connvis-mmdb", MFD_CLOEXEC), r;

	if (fd < 0)
		return -errno;
	r = copy_bytes(from, fd, w);
	if (r < 0)
		close(fd);
	return r < 0 ? r : fd;
}

/* True when the record says something of this kind. */
static bool has_kind(MMDB_entry_s *entry, enum mmdb_kind kind)
{
	struct place_facts place;
	struct network_facts network;

	return kind == MMDB_CITY ? geo_record_place(entry, &place) : geo_record_network(entry, &network);
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

int mmdb_read(struct mmdb **ret, int fd, const struct stat *stat, enum mmdb_kind kind, const char *folder,
	      const struct worker *w)
{
	_cleanup_(cleanup_close) int copy = copy_to_folder(fd, stat, folder, w);
	_cleanup_(cleanup_free) struct mmdb *m = calloc(1, sizeof(*m));
	int r;

	if (!m)
		return -ENOMEM;
	if (copy < 0) {
		m->folder_error = copy;
		copy = copy_to_memory(fd, w);
	}
	if (copy < 0)
		return copy;
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

int mmdb_folder_error(const struct mmdb *m)
{
	return m->folder_error;
}

size_t mmdb_bytes(const struct mmdb *m)
{
	return (size_t)m->handle.file_size;
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
