/* SPDX-License-Identifier: MIT */
/*
 * The links by which others may watch: one small file each, in a folder that is looked at again and again, so that what a
 * command makes there, or somebody deletes, counts within a second. Times are Unix time.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "file.h"
#include "gate.h"
#include "join_link.h"

#define JOIN_LINKS_MAX 64
#define JOIN_LINKS_PATH_MAX 320
#define JOIN_LINKS_FOLDER "links" /* in that of the room's secrets */

/* What becomes of somebody who comes by one. */
enum join_links_use {
	JOIN_LINKS_GOOD,
	JOIN_LINKS_UNKNOWN, /* there is none, or it is not there any more */
	JOIN_LINKS_USED,    /* somebody else was first */
	JOIN_LINKS_BROKEN,  /* it could not be kept that it is used */
	JOIN_LINKS_USES,
};

struct join_links_one {
	struct join_link link;
	struct gate_pass *passes[2]; /* without TLS, and with; NULL: nobody comes so */
	bool there;		     /* its file was seen */
};

struct join_links {
	struct gate *gate; /* borrowed */
	char folder[JOIN_LINKS_PATH_MAX];
	struct join_links_one all[JOIN_LINKS_MAX];
	size_t n;
	size_t broken,
	    said; /* files that cannot be used, or are too many; and as whoever says so has said last */
	struct file_stamp seen;
	bool looked, again; /* the folder may have changed since, unseen by its time */
};

/* A zeroed one; path (copied) is that of the folder, which need not be there. */
void join_links_init(struct join_links *l, struct gate *gate, const char *path);
/* Are there any? Takes NULL. */
bool join_links_any(const struct join_links *l);

/* Once a second, or when somebody comes: reads them anew where they may be others, and ends those whose time is over. */
void join_links_look(struct join_links *l, uint64_t now_s);

/* Makes one. 0; -ENOSPC: there are too many; -errno. */
int join_links_make(struct join_links *l, const struct join_link_wish *wish, uint64_t now_s,
		    char ret_token[TOKEN_MAX], const struct join_link **ret);
/* 0; -ENOENT: there is none of that name; -errno. */
int join_links_revoke(struct join_links *l, const char *id);
/* Somebody comes by the link of this token: the cookie for it. */
enum join_links_use join_links_use(struct join_links *l, const char *token, bool secure, uint64_t now_s,
				   char ret_cookie[TOKEN_MAX], const struct join_link **ret);

/* The link of a pass; NULL: it is of none. */
const struct join_link *join_links_of(const struct join_links *l, const struct gate_pass *pass);
/* Viewers who watch by it. */
unsigned join_links_viewers(const struct join_links_one *one);

/* Writes one into the folder at path, which is made where there is none. 0 or -errno. */
int join_links_save(const char *path, const struct join_link *link);
/* The word for it in metrics. */
const char *join_links_use_name(enum join_links_use use);
