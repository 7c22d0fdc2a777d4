/* SPDX-License-Identifier: MIT */
#include "private_name.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool private_name_is_host(const char *name, const char *host)
{
	/* a host name may be told with its domain or without */
	size_t length = strcspn(host, ".");

	return length && strcspn(name, ".") == length && !strncasecmp(name, host, length);
}

static bool reverse_ipv4(struct address *ret, const char *name)
{
	uint8_t bytes[4];

	for (int i = 3; i >= 0; i--) {
		size_t digits = strspn(name, "0123456789");
		unsigned long number = strtoul(name, NULL, 10);

		if (!digits || digits > 3 || number > 255 || name[digits] != '.')
			return false;
		bytes[i] = (uint8_t)number;
		name += digits + 1;
	}
	*ret = address_from_ipv4(bytes);
	return !strcasecmp(name, "in-addr.arpa");
}

static int nibble(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

static bool reverse_ipv6(struct address *ret, const char *name)
{
	for (int i = 31; i >= 0; i--, name += 2) {
		int value = nibble(name[0]);

		if (value < 0 || name[1] != '.')
			return false;
		if (i % 2)
			ret->bytes[i / 2] = (uint8_t)value;
		else
			ret->bytes[i / 2] |= (uint8_t)(value << 4);
	}
	return !strcasecmp(name, "ip6.arpa");
}

bool private_name_reverse(struct address *ret, const char *name)
{
	return reverse_ipv4(ret, name) || reverse_ipv6(ret, name);
}
