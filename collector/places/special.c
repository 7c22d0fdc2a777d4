/* SPDX-License-Identifier: MIT */
#include "special.h"

#include "util.h"

struct special_network {
	struct network network;
	enum special special;
};

#define V4(a, b, c, d)                                                                                       \
	{                                                                                                    \
		0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d                                         \
	}

/* The first that fits wins. */
static const struct special_network networks[] = {
    {{{V4(0, 0, 0, 0)}, 96 + 8}, SPECIAL_RESERVED},	       /* RFC 791: this network */
    {{{V4(10, 0, 0, 0)}, 96 + 8}, SPECIAL_PRIVATE},	       /* RFC 1918 */
    {{{V4(100, 64, 0, 0)}, 96 + 10}, SPECIAL_CGNAT},	       /* RFC 6598 */
    {{{V4(127, 0, 0, 0)}, 96 + 8}, SPECIAL_LOOPBACK},	       /* RFC 1122 */
    {{{V4(169, 254, 0, 0)}, 96 + 16}, SPECIAL_LINK_LOCAL},     /* RFC 3927 */
    {{{V4(172, 16, 0, 0)}, 96 + 12}, SPECIAL_PRIVATE},	       /* RFC 1918 */
    {{{V4(192, 0, 0, 0)}, 96 + 24}, SPECIAL_RESERVED},	       /* RFC 6890: protocol assignments */
    {{{V4(192, 0, 2, 0)}, 96 + 24}, SPECIAL_DOCUMENTATION},    /* RFC 5737 */
    {{{V4(192, 168, 0, 0)}, 96 + 16}, SPECIAL_PRIVATE},	       /* RFC 1918 */
    {{{V4(198, 18, 0, 0)}, 96 + 15}, SPECIAL_RESERVED},	       /* RFC 2544: benchmarks */
    {{{V4(198, 51, 100, 0)}, 96 + 24}, SPECIAL_DOCUMENTATION}, /* RFC 5737 */
    {{{V4(203, 0, 113, 0)}, 96 + 24}, SPECIAL_DOCUMENTATION},  /* RFC 5737 */
    {{{V4(224, 0, 0, 0)}, 96 + 4}, SPECIAL_MULTICAST},	       /* RFC 5771 */
    {{{V4(255, 255, 255, 255)}, 128}, SPECIAL_MULTICAST},      /* RFC 919: everybody on this link */
    {{{V4(240, 0, 0, 0)}, 96 + 4}, SPECIAL_RESERVED},	       /* RFC 1112 */
    {{{V4(0, 0, 0, 0)}, 96}, SPECIAL_NONE},		       /* all other IPv4 */
    {{{{[15] = 1}}, 128}, SPECIAL_LOOPBACK},		       /* RFC 4291 */
    {{{{0}}, 128}, SPECIAL_RESERVED},			       /* RFC 4291: unspecified */
    {{{{0, 0x64, 0xff, 0x9b, 0, 1}}, 48}, SPECIAL_PRIVATE},    /* RFC 8215: local NAT64 */
    {{{{1}}, 64}, SPECIAL_RESERVED},			       /* RFC 6666: discard only */
    {{{{0x20, 0x01, 0x0d, 0xb8}}, 32}, SPECIAL_DOCUMENTATION}, /* RFC 3849 */
    {{{{0x3f, 0xff}}, 20}, SPECIAL_DOCUMENTATION},	       /* RFC 9637 */
    {{{{0xfc}}, 7}, SPECIAL_PRIVATE},			       /* RFC 4193: unique local */
    {{{{0xfe, 0x80}}, 10}, SPECIAL_LINK_LOCAL},		       /* RFC 4291 */
    {{{{0xff}}, 8}, SPECIAL_MULTICAST},			       /* RFC 4291 */
};

enum special special_of(const struct address *a)
{
	for (size_t i = 0; i < ELEMENTS_OF(networks); i++)
		if (network_contains(&networks[i].network, a))
			return networks[i].special;
	return SPECIAL_NONE;
}

struct address special_behind_nat64(const struct address *a)
{
	static const struct network nat64 = {{{0, 0x64, 0xff, 0x9b}}, 96};

	return network_contains(&nat64, a) ? address_from_ipv4(a->bytes + 12) : *a;
}

const char *special_word(enum special s)
{
	static const char *const words[SPECIALS] = {
	    [SPECIAL_HOME] = "home",
	    [SPECIAL_PRIVATE] = "private",
	    [SPECIAL_CGNAT] = "cgnat",
	    [SPECIAL_MULTICAST] = "multicast",
	    [SPECIAL_LINK_LOCAL] = "link-local",
	    [SPECIAL_LOOPBACK] = "loopback",
	    [SPECIAL_DOCUMENTATION] = "documentation",
	    [SPECIAL_RESERVED] = "reserved",
	};

	return s < SPECIALS ? words[s] : NULL;
}
