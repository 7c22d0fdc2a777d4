/* SPDX-License-Identifier: MIT */
#include "home_networks.h"

#include <errno.h>
#include <ifaddrs.h>
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

static void add(struct config_networks *networks, const struct network *n)
{
	for (size_t i = 0; i < networks->n; i++)
		if (networks->items[i].length == n->length &&
		    address_equal(&networks->items[i].base, &n->base))
			return;
	if (networks->n < CONFIG_NETWORKS_MAX)
		networks->items[networks->n++] = *n;
}

static uint8_t mask_length(const void *bytes, size_t n)
{
	const uint8_t *mask = bytes;
	uint8_t length = 0;

	for (size_t i = 0; i < n; i++)
		length = (uint8_t)(length + __builtin_popcount(mask[i]));
	return length;
}

static void add_interface(struct config_networks *networks, const struct ifaddrs *i)
{
	struct network n;
	struct address a;
	uint8_t length;

	if (!i->ifa_addr || !i->ifa_netmask)
		return;
	if (i->ifa_addr->sa_family == AF_INET) {
		a = address_from_ipv4(&((const struct sockaddr_in *)(const void *)i->ifa_addr)->sin_addr);
		length = 96;
		length =
		    (uint8_t)(length +
			      mask_length(
				  &((const struct sockaddr_in *)(const void *)i->ifa_netmask)->sin_addr, 4));
	} else if (i->ifa_addr->sa_family == AF_INET6) {
		a = address_from_ipv6(&((const struct sockaddr_in6 *)(const void *)i->ifa_addr)->sin6_addr);
		length =
		    mask_length(&((const struct sockaddr_in6 *)(const void *)i->ifa_netmask)->sin6_addr, 16);
	} else {
		return;
	}
	if (!is_private(&a))
		return;
	n = network_make(&a, length);
	add(networks, &n);
}

int home_networks_find(struct config_networks *ret)
{
	struct config_networks networks = {0};
	struct ifaddrs *all;
	struct network n;

	if (network_parse(&n, "127.0.0.0/8") == 0)
		add(&networks, &n);
	if (network_parse(&n, "::1/128") == 0)
		add(&networks, &n);
	if (getifaddrs(&all) < 0)
		return -errno;
	for (const struct ifaddrs *i = all; i; i = i->ifa_next)
		add_interface(&networks, i);
	freeifaddrs(all);
	*ret = networks;
	return 0;
}

void home_networks_host_name(char ret[HOME_NAME_MAX])
{
	if (gethostname(ret, HOME_NAME_MAX) < 0)
		ret[0] = '\0';
	ret[HOME_NAME_MAX - 1] = '\0';
}
