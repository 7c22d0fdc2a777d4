/* SPDX-License-Identifier: MIT */
/* Names of the Redis channels (PROTOCOL.md) and where Redis is. */
#pragma once

#include <stddef.h>

#define CHANNEL_ACCESS "connvis:access" /* of all broadcasters */
#define CHANNEL_MAX 96			/* bytes of any channel name with its NUL */

/* Write the channel's name into buffer, which they return. The names must be valid (frame_name_valid). */
const char *channel_feed(char buffer[CHANNEL_MAX], const char *site, const char *topic);
const char *channel_ask(char buffer[CHANNEL_MAX], const char *site);
const char *channel_command(char buffer[CHANNEL_MAX], const char *site);
const char *channel_reply(char buffer[CHANNEL_MAX], const char *site);
const char *channel_metrics(char buffer[CHANNEL_MAX], const char *site);

/* A Redis server as options name it: "unix:/run/x.sock", a path, or "host:port" (IPv6: "[::1]:6379"). */
struct redis_endpoint {
	char path[256]; /* empty when host is set */
	char host[256];
	int port;
	/* Who logs in there (redis_login.h): borrowed, or NULL. Parsing leaves them empty. */
	const char *user, *password_file;
};

/* 0; -EINVAL; -ENAMETOOLONG when a socket's path does not fit sockaddr_un (107 bytes, unix(7)). */
int redis_endpoint_parse(struct redis_endpoint *ret, const char *text);
/* The same with who logs in there. */
int redis_endpoint_set(struct redis_endpoint *ret, const char *text, const char *user,
		       const char *password_file);
/* For config_option.check: NULL when good. */
const char *redis_endpoint_check(const char *text);
