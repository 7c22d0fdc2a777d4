/* SPDX-License-Identifier: MIT */
#include "join_links.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "util.h"

/* A file system's times are no finer than this, so that a folder may change again without another time. */
#define FRESH_S 2

void join_links_init(struct join_links *l, struct gate *gate, const char *path)
{
	l->gate = gate;
	snprintf(l->folder, sizeof(l->folder), "%s", path);
}

bool join_links_any(const struct join_links *l)
{
	return l && l->n;
}

static void write_path(char path[JOIN_LINKS_PATH_MAX + 16], const char *folder, const char *id)
{
	snprintf(path, JOIN_LINKS_PATH_MAX + 16, "%s/%.8s", folder, id);
}

/* The passes of those who may have come by it. */
static int open_passes(struct join_links *l, struct join_links_one *one)
{
	for (int secure = 0; secure < 2; secure++) {
		int r = 0;

		if (!one->passes[secure] && join_link_is_good(&one->link, secure))
			r = gate_open(l->gate, &one->link.cookies[secure], one->link.role, secure,
				      &one->passes[secure]);
		if (r < 0)
			return r;
	}
	return 0;
}

static void close_passes(struct join_links *l, struct join_links_one *one)
{
	for (int secure = 0; secure < 2; secure++) {
		struct gate_pass *pass = one->passes[secure];

		one->passes[secure] = NULL;
		if (pass)
			gate_end(l->gate, pass, GATE_END_LINK);
	}
}

/* The last one takes its place. */
static void take_out(struct join_links *l, size_t i)
{
	close_passes(l, &l->all[i]);
	l->all[i] = l->all[--l->n];
}

static struct join_links_one *find(struct join_links *l, const char *id)
{
	for (size_t i = 0; i < l->n; i++)
		if (!strcmp(l->all[i].link.id, id))
			return &l->all[i];
	return NULL;
}

/* 0; -ENOSPC; -ENOMEM. */
static int put_in(struct join_links *l, const struct join_link *link)
{
	struct join_links_one *one = &l->all[l->n];
	int r;

	if (l->n == JOIN_LINKS_MAX)
		return -ENOSPC;
	*one = (struct join_links_one){.link = *link, .there = true};
	r = open_passes(l, one);
	if (r < 0)
		close_passes(l, one);
	else
		l->n++;
	return r;
}

static int read_link(struct join_link *ret, const char *folder, const char *id)
{
	_cleanup_(cleanup_free) char *bytes = NULL;
	char path[JOIN_LINKS_PATH_MAX + 16];
	size_t length;
	int r;

	write_path(path, folder, id);
	r = file_read(&bytes, &length, path, JOIN_LINK_FILE_MAX);
	return r < 0 ? r : join_link_read(ret, id, bytes, length);
}

/* 0, also where it has gone meanwhile; -errno. */
static int take_file(struct join_links *l, const char *id)
{
	struct join_links_one *one = find(l, id);
	struct join_link link;
	int r = read_link(&link, l->folder, id);

	if (r == -ENOENT)
		return 0;
	if (r < 0)
		return r;
	if (one && memcmp(one->link.token.bytes, link.token.bytes, sizeof(link.token.bytes)) != 0) {
		/* another one of the same name */
		take_out(l, (size_t)(one - l->all));
		one = NULL;
	}
	if (!one)
		return put_in(l, &link);
	one->there = true;
	/* another broadcaster may have let somebody in */
	one->link.used = link.used;
	return open_passes(l, one);
}

static void read_all(struct join_links *l)
{
	DIR *dir = opendir(l->folder);
	const struct dirent *entry;

	l->broken = 0;
	for (size_t i = 0; i < l->n; i++)
		l->all[i].there = false;
	while (dir && (entry = readdir(dir)))
		if (join_link_id_valid(entry->d_name))
			l->broken += take_file(l, entry->d_name) < 0;
	if (dir)
		closedir(dir);
	for (size_t i = l->n; i-- > 0;)
		if (!l->all[i].there)
			take_out(l, i);
}

static void forget_file(const struct join_links *l, const char *id)
{
	char path[JOIN_LINKS_PATH_MAX + 16];

	write_path(path, l->folder, id);
	unlink(path);
}

void join_links_look(struct join_links *l, uint64_t now_s)
{
	struct file_stamp seen = {};
	struct stat st;

	if (stat(l->folder, &st) == 0)
		seen = file_stamp_of(&st, st.st_mtim);
	if (!l->looked || l->again || !file_stamp_equal(&seen, &l->seen)) {
		l->looked = true;
		l->again = (uint64_t)seen.when.tv_sec + FRESH_S > now_s;
		l->seen = seen;
		read_all(l);
	}
	for (size_t i = l->n; i-- > 0;) {
		if (!join_link_is_over(&l->all[i].link, now_s))
			continue;
		forget_file(l, l->all[i].link.id);
		take_out(l, i);
	}
}

int join_links_save(const char *path, const struct join_link *link)
{
	char bytes[JOIN_LINK_FILE_MAX], file[JOIN_LINKS_PATH_MAX + 16];
	size_t length = join_link_write(link, bytes);

	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return -errno;
	write_path(file, path, link->id);
	/* without waiting for the disk: at worst the link is not there after a power cut */
	return file_replace_soon(file, bytes, length);
}

int join_links_make(struct join_links *l, const struct join_link_wish *wish, uint64_t now_s,
		    char ret_token[TOKEN_MAX], const struct join_link **ret)
{
	struct join_link link;
	int r = l->n == JOIN_LINKS_MAX ? -ENOSPC : join_link_make(&link, wish, now_s, ret_token);

	if (r >= 0)
		r = join_links_save(l->folder, &link);
	if (r >= 0)
		r = put_in(l, &link);
	if (r >= 0)
		*ret = &l->all[l->n - 1].link;
	return r;
}

int join_links_revoke(struct join_links *l, const char *id)
{
	struct join_links_one *one = find(l, id);
	char path[JOIN_LINKS_PATH_MAX + 16];

	if (!one)
		return -ENOENT;
	write_path(path, l->folder, id);
	if (unlink(path) < 0 && errno != ENOENT)
		return -errno;
	take_out(l, (size_t)(one - l->all));
	return 0;
}

static struct join_links_one *find_token(struct join_links *l, const char *token)
{
	struct token_hash hash = token_hash(token);
	struct join_links_one *found = NULL;

	for (size_t i = 0; i < l->n; i++)
		if (token_hash_equal(&l->all[i].link.token, &hash))
			found = &l->all[i];
	return found;
}

enum join_links_use join_links_use(struct join_links *l, const char *token, bool secure, uint64_t now_s,
				   char ret_cookie[TOKEN_MAX], const struct join_link **ret)
{
	struct join_links_one *one;
	struct join_link used;

	join_links_look(l, now_s);
	one = find_token(l, token);
	if (!one)
		return JOIN_LINKS_UNKNOWN;
	if (one->link.once && one->link.used)
		return JOIN_LINKS_USED;
	if (one->link.once) {
		used = one->link;
		used.used = secure ? JOIN_LINK_USED_TLS : JOIN_LINK_USED_PLAIN;
		if (join_links_save(l->folder, &used) < 0)
			return JOIN_LINKS_BROKEN;
		one->link = used;
		if (open_passes(l, one) < 0)
			return JOIN_LINKS_BROKEN;
	}
	join_link_cookie(&one->link, token, secure, ret_cookie);
	*ret = &one->link;
	return JOIN_LINKS_GOOD;
}

const struct join_link *join_links_of(const struct join_links *l, const struct gate_pass *pass)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->all[i].passes[pass->secure] == pass)
			return &l->all[i].link;
	return NULL;
}

unsigned join_links_viewers(const struct join_links_one *one)
{
	unsigned n = 0;

	for (int secure = 0; secure < 2; secure++)
		n += one->passes[secure] ? one->passes[secure]->held : 0;
	return n;
}

const char *join_links_use_name(enum join_links_use use)
{
	static const char *const names[] = {
	    [JOIN_LINKS_GOOD] = "good",
	    [JOIN_LINKS_UNKNOWN] = "unknown",
	    [JOIN_LINKS_USED] = "used",
	    [JOIN_LINKS_BROKEN] = "broken",
	};

	return names[use];
}
