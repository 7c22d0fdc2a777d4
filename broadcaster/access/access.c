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

static bool is_proxy(const struct access_rules *rules, const struct address *address)
{
	return networks_contain(rules->proxies->items, rules->proxies->n, address);
}

/* Reads one hop: an address, perhaps with a port ("192.0.2.7:80", "[2001:db8::1]:80") or in quotes. */
static int hop_parse(struct address *ret, const char *text, size_t length)
{
	char buffer[HOP_MAX];
	char *end;

	while (length && isspace((unsigned char)*text))
		text++, length--;
	while (length && isspace((unsigned char)text[length - 1]))
		length--;
	if (length > 1 && text[0] == '"' && text[length - 1] == '"')
		text++, length -= 2;
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

static bool is_at_home(const struct access_rules *rules, const struct access_client *client)
{
	if (rules->networks->n)
		return networks_contain(rules->networks->items, rules->networks->n, &client->address);
	return home_networks_contain(rules->homes, &client->address, client->interface);
}

/* Does one of the hops, separated by any of marks, say that the request is for somebody who is not at home? prefix:
 * what such a hop begins with. */
static bool names_outsider(const struct access_rules *rules, const char *header, const char *marks,
			   const char *prefix)
{
	while (header && *header) {
		size_t n = strcspn(header, marks), skip = strspn(header, " \t");
		struct access_client hop = {};

		if (skip < n && !strncasecmp(header + skip, prefix, strlen(prefix))) {
			skip += strlen(prefix);
			if (hop_parse(&hop.address, header + skip, n - skip) < 0 || !is_at_home(rules, &hop))
				return true;
		}
		header += n + (header[n] != '\0');
	}
	return false;
}

/* A proxy on this host makes everybody look like this host. Elsewhere it is enough that nobody from outside is let
 * in through it. */
static bool is_stray(const struct access_rules *rules, const struct access_request *request)
{
	if (request->local || is_proxy(rules, &request->peer))
		return false;
	if (home_networks_is_own(rules->homes, &request->peer))
		return request->relayed || request->forwarded_for || request->real_ip || request->forwarded;
	return names_outsider(rules, request->forwarded_for, ",", "") ||
	       names_outsider(rules, request->real_ip, ",", "") ||
	       names_outsider(rules, request->forwarded, ",;", "for=");
}

int access_request_from(struct access_request *ret, const struct sockaddr_storage *from)
{
	const struct sockaddr_in *v4 = (const void *)from;
	const struct sockaddr_in6 *v6 = (const void *)from;

	if (from->ss_family == AF_INET) {
		ret->peer = address_from_ipv4(&v4->sin_addr);
	} else if (from->ss_family == AF_INET6) {
		ret->peer = address_from_ipv6(&v6->sin6_addr);
		ret->interface = v6->sin6_scope_id;
	} else if (from->ss_family == AF_UNIX) {
		ret->peer = address_from_ipv4(&(struct in_addr){htonl(INADDR_LOOPBACK)});
		ret->local = true;
	} else {
		return -EAFNOSUPPORT;
	}
	return 0;
}

struct access_request *access_request_keep(const struct access_request *request)
{
	const char *const texts[] = {request->forwarded_for, request->real_ip, request->forwarded,
				     request->host};
	struct access_request *kept;
	size_t sizes[ELEMENTS_OF(texts)], all = 0;
	char *at;

	for (size_t i = 0; i < ELEMENTS_OF(texts); i++)
		all += sizes[i] = texts[i] ? strlen(texts[i]) + 1 : 0;
	kept = malloc(sizeof(*kept) + all);
	if (!kept)
		return NULL;
	*kept = *request;
	at = (char *)(kept + 1);
	for (size_t i = 0; i < ELEMENTS_OF(texts); i++) {
		const char **fields[] = {&kept->forwarded_for, &kept->real_ip, &kept->forwarded, &kept->host};

		if (texts[i])
			*fields[i] = memcpy(at, texts[i], sizes[i]);
		at += sizes[i];
	}
	return kept;
}

int access_client_resolve(struct access_client *ret, const struct access_rules *rules,
			  const struct access_request *request)
{
	struct access_client client = {.address = request->peer, .interface = request->interface};
	const char *hops = request->forwarded_for;
	size_t end = hops ? strlen(hops) : 0;

	client.stray = is_stray(rules, request);
	client.proxy = request->local || is_proxy(rules, &client.address);
	/* from the right: each hop was written by the one after it, so it counts as long as that is a proxy
	 */
	while (end && client.proxy) {
		size_t begin = end;

		while (begin && hops[begin - 1] != ',')
			begin--;
		if (hop_parse(&client.address, hops + begin, end - begin) < 0)
			return -EBADMSG;
		client.interface = 0;
		client.forwarded = true;
		client.proxy = is_proxy(rules, &client.address);
		end = begin ? begin - 1 : 0;
	}
	*ret = client;
	return 0;
}

bool access_client_known(const struct access_client *client)
{
	if (client->stray || client->proxy)
		return false;
	return !client->forwarded || !address_is_loopback(&client->address);
}

bool access_client_allowed(const struct access_rules *rules, const struct access_client *client)
{
	return access_client_known(client) && is_at_home(rules, client);
}

enum role access_role(const struct access_rules *rules, const struct access_client *client,
		      const enum role *pass)
{
	if (!pass || (*pass == ROLE_GUEST && access_client_allowed(rules, client)))
		return ROLE_PARTICIPANT;
	return *pass;
}

bool access_may_sign_in(const struct access_rules *rules, const struct access_client *client, bool secure)
{
	return secure || rules->sign_in_without_tls || access_client_is_local(client);
}

bool access_client_is_local(const struct access_client *client)
{
	return !client->forwarded && !client->stray && address_is_loopback(&client->address);
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

bool access_origin_matches(const char *origin, const char *host, bool tls)
{
	static const struct {
		const char *prefix;
		long port;
	} schemes[] = {{"https://", 443}, {"http://", 80}};
	/* without TLS of ours a proxy may have it */
	size_t n_schemes = tls ? 1 : ELEMENTS_OF(schemes);
	size_t n = host_name_length(host);

	for (size_t i = 0; n && i < n_schemes; i++) {
		size_t prefix = strlen(schemes[i].prefix);
		const char *rest = origin + prefix;

		if (strncasecmp(origin, schemes[i].prefix, prefix) != 0)
			continue;
		return host_name_length(rest) == n && !strncasecmp(rest, host, n) &&
		       host_port(rest, schemes[i].port) == host_port(host, schemes[i].port);
	}
	return false;
}
