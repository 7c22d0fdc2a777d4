/* SPDX-License-Identifier: MIT */
/* The headers that access.c reads: three lines are X-Forwarded-For, Host and Origin. */
#include <string.h>

#include "access.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The next line, cut off the text. */
static const char *line(char **text)
{
	char *begin = *text, *end = strchr(begin, '\n');

	*text = end ? end + 1 : begin + strlen(begin);
	if (end)
		*end = '\0';
	return begin;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct config_networks none,
	    proxies = {
		.n = 1,
		.items = {{.base = {{[10] = 0xff, [11] = 0xff, [12] = 127}}, .length = 104}},
	    };
	const struct config_list hosts = {.n = 1, .items = (const char *[]){"connvis.example"}};
	const struct home_networks homes = {};
	const struct access_rules rules = {
	    .networks = &none, .homes = &homes, .proxies = &proxies, .hosts = &hosts, .own_name = "router"};
	struct access_request request = {.peer = {{[10] = 0xff, [11] = 0xff, [12] = 127, [15] = 1}}};
	struct access_client client;
	const char *host, *origin;
	char text[1024], *rest = text;

	if (size >= sizeof(text))
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	request.forwarded_for = line(&rest);
	host = line(&rest);
	origin = line(&rest);
	if (access_client_resolve(&client, &rules, &request) == 0)
		access_client_allowed(&rules, &client);
	/* the same by a Unix socket */
	request.local = true;
	if (access_client_resolve(&client, &rules, &request) == 0)
		access_client_allowed(&rules, &client);
	request.local = false;
	/* The same, from a device that is no proxy. */
	request.peer.bytes[12] = 10;
	request.forwarded = host;
	if (access_client_resolve(&client, &rules, &request) == 0)
		access_client_allowed(&rules, &client);
	access_host_allowed(&rules, host);
	access_origin_matches(origin, host, false);
	access_origin_matches(origin, host, true);
	return 0;
}
