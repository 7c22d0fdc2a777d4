/* SPDX-License-Identifier: MIT */
#include "home_networks.h"

#include <errno.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "util.h"

static const char *const private_networks[] = {
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10",
};

static bool is_private(const struct address *a)
{
	for (size_t i = 0; i < ELEMENTS_OF(private_networks); i++) {
		struct network n;

		if (network_parse(&n, private_networks[i]) == 0 && network_contains(&n, a))
			return true;
	}
	return false;
}

static int add(struct home_networks *networks, const struct network *n)
{
	for (size_t i = 0; i < networks->n; i++)
		if (networks->items[i].length == n->length &&
		    address_equal(&networks->items[i].base, &n->base))
			return 0;
	if (networks->n == networks->capacity) {
		size_t capacity = networks->capacity ? 2 * networks->capacity : 16;
		struct network *items = realloc(networks->items, capacity * sizeof(*items));

		if (!items)
			return -ENOMEM;
		networks->items = items;
		networks->capacity = capacity;
	}
	networks->items[networks->n++] = *n;
	return 0;
}

static int add_text(struct home_networks *networks, const char *text)
{
	struct network n;

	return network_parse(&n, text) < 0 ? -EINVAL : add(networks, &n);
}

static uint8_t mask_length(const void *bytes, size_t n)
{
	const uint8_t *mask = bytes;
	uint8_t length = 0;

	for (size_t i = 0; i < n; i++)
		length = (uint8_t)(length + __builtin_popcount(mask[i]));
	return length;
}

static int add_interface(struct home_networks *networks, const struct ifaddrs *i)
{
	const struct sockaddr_in *v4 = (const void *)i->ifa_addr, *mask4 = (const void *)i->ifa_netmask;
	const struct sockaddr_in6 *v6 = (const void *)i->ifa_addr, *mask6 = (const void *)i->ifa_netmask;
	struct network n;
	struct address a;
	uint8_t length;

	if (!i->ifa_addr || !i->ifa_netmask)
		return 0;
	if (i->ifa_addr->sa_family == AF_INET) {
		a = address_from_ipv4(&v4->sin_addr);
		length = (uint8_t)(96 + mask_length(&mask4->sin_addr, 4));
	} else if (i->ifa_addr->sa_family == AF_INET6) {
		a = address_from_ipv6(&v6->sin6_addr);
		length = mask_length(&mask6->sin6_addr, 16);
	} else {
		return 0;
	}
	if (!is_private(&a))
		return 0;
	n = network_make(&a, length);
	return add(networks, &n);
}

int home_networks_find(struct home_networks *networks)
{
	struct home_networks found = {};
	struct ifaddrs *all;
	int r;

	if (getifaddrs(&all) < 0)
		return -errno;
	r = add_text(&found, "127.0.0.0/8");
	if (r >= 0)
		r = add_text(&found, "::1/128");
	for (const struct ifaddrs *i = all; i && r >= 0; i = i->ifa_next)
		r = add_interface(&found, i);
	freeifaddrs(all);
	if (r < 0) {
		home_networks_done(&found);
		return r;
	}
	home_networks_done(networks);
	*networks = found;
	return 0;
}

void home_networks_done(struct home_networks *networks)
{
	free(networks->items);
	*networks = (struct home_networks){};
}

void home_networks_host_name(char ret[HOME_NAME_MAX])
{
	if (gethostname(ret, HOME_NAME_MAX) < 0)
		ret[0] = '\0';
	ret[HOME_NAME_MAX - 1] = '\0';
}
