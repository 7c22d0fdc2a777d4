/* SPDX-License-Identifier: MIT */
#include "channel.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

const char *channel_feed(char buffer[CHANNEL_MAX], const char *site, const char *topic)
{
	snprintf(buffer, CHANNEL_MAX, "connvis:feed:%s:%s", site, topic);
	return buffer;
}

const char *channel_ask(char buffer[CHANNEL_MAX], const char *site)
{
	snprintf(buffer, CHANNEL_MAX, "connvis:ask:%s", site);
	return buffer;
}

const char *channel_command(char buffer[CHANNEL_MAX], const char *site)
{
	snprintf(buffer, CHANNEL_MAX, "connvis:command:%s", site);
	return buffer;
}

const char *channel_reply(char buffer[CHANNEL_MAX], const char *site)
{
	snprintf(buffer, CHANNEL_MAX, "connvis:reply:%s", site);
	return buffer;
}

const char *channel_metrics(char buffer[CHANNEL_MAX], const char *site)
{
	snprintf(buffer, CHANNEL_MAX, "connvis:metrics:%s", site);
	return buffer;
}

static int parse_path(struct redis_endpoint *ret, const char *path)
{
	if (!*path)
		return -EINVAL;
	if (strlen(path) >= sizeof(((struct sockaddr_un *)0)->sun_path))
		return -ENAMETOOLONG;
	*ret = (struct redis_endpoint){};
	snprintf(ret->path, sizeof(ret->path), "%s", path);
	return 0;
}

/* Of names and addresses; an "@", for one, would mean a password, which cannot be given here. */
static const char host_characters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:%";

int redis_endpoint_parse(struct redis_endpoint *ret, const char *text)
{
	const char *host = text, *colon = strrchr(text, ':');
	size_t n;
	unsigned long port;
	char *end;

	if (!strncmp(text, "unix:", 5))
		return parse_path(ret, text + 5);
	if (*text == '/')
		return parse_path(ret, text);
	if (!colon || colon[1] < '0' || colon[1] > '9')
		return -EINVAL;
	port = strtoul(colon + 1, &end, 10);
	if (*end || port < 1 || port > 65535)
		return -EINVAL;

	n = (size_t)(colon - text);
	if (*host == '[') {
		if (n < 3 || host[n - 1] != ']')
			return -EINVAL;
		host++;
		n -= 2;
	} else if (memchr(host, ':', n)) {
		return -EINVAL;
	}
	if (n < 1 || n >= sizeof(ret->host) || strspn(host, host_characters) < n)
		return -EINVAL;
	*ret = (struct redis_endpoint){.port = (int)port};
	memcpy(ret->host, host, n);
	return 0;
}

int redis_endpoint_set(struct redis_endpoint *ret, const char *text, const char *user,
		       const char *password_file)
{
	int r = redis_endpoint_parse(ret, text);

	if (r < 0)
		return r;
	ret->user = user;
	ret->password_file = password_file;
	return 0;
}

const char *redis_endpoint_check(const char *text)
{
	struct redis_endpoint e;

	switch (redis_endpoint_parse(&e, text)) {
	case 0:
		return NULL;
	case -ENAMETOOLONG:
		return "the path of a Unix socket of at most 107 bytes (choose a shorter folder)";
	default:
		return "the path of a Unix socket (/run/redis.sock) or host:port (127.0.0.1:6379, [::1]:6379)";
	}
}
