/* SPDX-License-Identifier: MIT */
/*
 * Follows one log file: as it grows, through rotation (another file takes its name) and truncation, and
 * before it is there at all. It is told by inotify and looks by itself once a second; it reads at most
 * DNS_LOG_CHUNK bytes at a time, and then lets the loop do other things.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <systemd/sd-event.h>

#define DNS_LOG_CHUNK 32768	      /* a line that is longer is left out */
#define DNS_LOG_PAST_MAX (16ul << 20) /* bytes of a file that are read from before the start */

struct dns_log;

struct dns_log_listener {
	/* text: borrowed, without its newline. past: it was there at the start; else it was written now. */
	void (*line)(void *data, const char *text, size_t length, bool past);
	/* Lines may be missing here. lost: they are, a file that was never read among them. */
	void (*gap)(void *data, bool lost);
	/* Before the first line of the past: the last one, which was written at modified (ms of Unix time,
	 * the file's own). May be NULL. */
	void (*last)(void *data, const char *text, size_t length, uint64_t modified);
};

/* path: copied. event, listener, data: borrowed. past: begin with what is there (the last DNS_LOG_PAST_MAX
 * bytes), else with what comes; a file that comes later is read from its beginning. Reads nothing before the
 * loop runs. 0, -ENOMEM, -EINVAL for a path that is no absolute one or too long, -errno. */
int dns_log_new(struct dns_log **ret, sd_event *event, const char *path, bool past,
		const struct dns_log_listener *listener, void *data);
struct dns_log *dns_log_free(struct dns_log *l);

/* Once a second: opens what is not open yet, and looks whether the file is another one. */
void dns_log_check(struct dns_log *l);

/* 0: the file is open; -ENOENT: it is not there yet; -EISDIR: it is no plain file; -errno: it cannot be read.
 */
int dns_log_error(const struct dns_log *l);
/* Lines that were too long. */
uint64_t dns_log_long_lines(const struct dns_log *l);
