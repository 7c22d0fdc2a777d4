/* SPDX-License-Identifier: MIT */
#include "access.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "util.h"

#define HOP_MAX 64

static bool networks_contain(const struct network *networks, size_t n, const struct address *a)
{
	for (size_t i = 0; i < n; i++)
		if (network_contains(&networks[i], a))
			return true;
	return false;
}

bool access_is_proxy(const struct access_rules *rules, const struct address *address)
{
	return networks_contain(rules->proxies->items, rules->proxies->n, address);
}

/* Reads one hop: an address, perhaps with a port ("192.0.2.7:80", "[2001:db8::1]:80"). */
static int hop_parse(struct address *ret, const char *text, size_t length)
{
	char buffer[HOP_MAX];
	char *end;

	while (length && isspace((unsigned char)*text))
		text++, length--;
	while (length && isspace((unsigned char)text[length - 1]))
		length--;
	if (!length || length >= sizeof(buffer))
		return -EBADMSG;
	memcpy(buffer, text, length);
	buffer[length] = '\0';
	if (buffer[0] == '[') {
		end = strchr(buffer, ']');
		if (!end)
			return -EBADMSG;
		*end = '\0';
		return address_parse(ret, buffer + 1) < 0 ? -EBADMSG : 0;
	}
	end = strchr(buffer, ':');
	if (end && end == strrchr(buffer, ':'))
		*end = '\0';
	return address_parse(ret, buffer) < 0 ? -EBADMSG : 0;
}

int access_client_resolve(struct access_client *ret, const struct access_rules *rules,
			  const struct address *peer, const char *forwarded)
{
	struct access_client client = {.address = *peer};
	size_t end = forwarded ? strlen(forwarded) : 0;

	/* from the right: each hop was written by the one after it, so it counts as long as that is a proxy
	 */
	while (end && access_is_proxy(rules, &client.address)) {
		size_t begin = end;

		while (begin && forwarded[begin - 1] != ',')
			begin--;
		if (hop_parse(&client.address, forwarded + begin, end - begin) < 0)
			return -EBADMSG;
		client.forwarded = true;
		end = begin ? begin - 1 : 0;
	}
	*ret = client;
	return 0;
}

bool access_client_allowed(const struct access_rules *rules, const struct access_client *client)
{
	if (access_is_proxy(rules, &client->address))
		return false;
	if (client->forwarded && address_is_loopback(&client->address))
		return false;
	if (rules->networks->n)
		return networks_contain(rules->networks->items, rules->networks->n, &client->address);
	return networks_contain(rules->homes->items, rules->homes->n, &client->address);
}

bool access_client_is_local(const struct access_client *client)
{
	return !client->forwarded && address_is_loopback(&client->address);
}

/* The length of the name in "name:port", "192.0.2.1:80" or "[2001:db8::1]:80"; 0 when it is none of these. */
static size_t host_name_length(const char *host)
{
	size_t n = host[0] == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":");
	const char *port;

	if (n > strlen(host))
		return 0;
	if (!host[n])
		return n;
	port = host + n + 1;
	if (host[n] != ':' || strspn(port, "0123456789") != strlen(port) || strlen(port) > 5)
		return 0;
	return n;
}

static bool is_address_literal(const char *host, size_t length)
{
	char buffer[ADDRESS_TEXT_MAX];
	struct address a;

	if (host[0] == '[') {
		host++;
		length -= 2;
	}
	if (!length || length >= sizeof(buffer))
		return false;
	memcpy(buffer, host, length);
	buffer[length] = '\0';
	return address_parse(&a, buffer) == 0;
}

static bool name_equal(const char *host, size_t length, const char *name)
{
	return length && strlen(name) == length && !strncasecmp(host, name, length);
}

/* "name" and "name.local" (RFC 6762), which nobody outside the home can point elsewhere. */
static bool is_own_name(const char *host, size_t length, const char *own)
{
	static const char local[] = ".local";
	size_t n = strlen(own), tail = sizeof(local) - 1;

	return name_equal(host, length, own) ||
	       (n && length == n + tail && !strncasecmp(host, own, n) && !strncasecmp(host + n, local, tail));
}

bool access_host_allowed(const struct access_rules *rules, const char *host)
{
	size_t n = host_name_length(host);

	if (!n)
		return false;
	if (is_address_literal(host, n) || name_equal(host, n, "localhost") ||
	    is_own_name(host, n, rules->own_name))
		return true;
	for (size_t i = 0; i < rules->hosts->n; i++)
		if (name_equal(host, n, rules->hosts->items[i]))
			return true;
	return false;
}

/* The port in host, or the scheme's own. */
static long host_port(const char *host, long fallback)
{
	size_t n = host_name_length(host);

	return host[n] == ':' && host[n + 1] ? strtol(host + n + 1, NULL, 10) : fallback;
}

bool access_origin_matches(const char *origin, const char *host)
{
	static const struct {
		const char *prefix;
		long port;
	} schemes[] = {{"http://", 80}, {"https://", 443}};
	size_t n = host_name_length(host);

	for (size_t i = 0; n && i < ELEMENTS_OF(schemes); i++) {
		size_t prefix = strlen(schemes[i].prefix);
		const char *rest = origin + prefix;

		if (strncasecmp(origin, schemes[i].prefix, prefix) != 0)
			continue;
		return host_name_length(rest) == n && !strncasecmp(rest, host, n) &&
		       host_port(rest, schemes[i].port) == host_port(host, schemes[i].port);
	}
	return false;
}
