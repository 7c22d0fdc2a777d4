/* SPDX-License-Identifier: MIT */
#include "broadcaster_options.h"

#include <stddef.h>
#include <string.h>

#include "address.h"
#include "channel.h"
#include "frame.h"

static const char *check_name(const char *value)
{
	return frame_name_valid(value, strlen(value))
		   ? NULL
		   : "1 to 32 small letters, digits and hyphens, with no hyphen first";
}

static const char *check_address(const char *value)
{
	struct address a;

	return address_parse(&a, value) == 0
		   ? NULL
		   : "an IP address, such as 127.0.0.1, or 0.0.0.0 or :: for all addresses of this host";
}

static const char *check_host(const char *value)
{
	return value[strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")]
		   ? "a host name without a port"
		   : NULL;
}

#define AT(member) .offset = offsetof(struct broadcaster_options, member)

static const struct config_option options[] = {
    {.section = "listen",
     .name = "address",
     .type = CONFIG_TEXT,
     AT(listen_address),
     .fallback = "127.0.0.1",
     .help =
	 "The address to serve the page at; 0.0.0.0 is all IPv4 addresses of this host, :: all of both kinds.",
     .check = check_address},
    {.section = "listen",
     .name = "port",
     .type = CONFIG_NUMBER,
     AT(listen_port),
     .minimum = 1,
     .maximum = 65535,
     .fallback = "8080",
     .help = "The TCP port to serve the page at."},
    {.section = "redis",
     .name = "server",
     .type = CONFIG_TEXT,
     AT(redis_server),
     .fallback = "127.0.0.1:6379",
     .help = "Where Redis is: the path of its socket, or host:port.",
     .check = redis_endpoint_check},
    {.section = "feed",
     .name = "sites",
     .type = CONFIG_LIST,
     AT(sites),
     .fallback = "home",
     .help = "The sites to relay, the first being the one that is shown first.",
     .check = check_name},
    {.section = "feed",
     .name = "topics",
     .type = CONFIG_LIST,
     AT(topics),
     .fallback = "overview, connections",
     .help = "The topics to relay: the first always, the others while somebody watches them.",
     .check = check_name},
    {.section = "feed",
     .name = "log_bytes",
     .type = CONFIG_NUMBER,
     AT(log_bytes),
     .minimum = 65536,
     .maximum = 268435456,
     .unit = "bytes",
     .fallback = "33554432",
     .help = "How much is kept of a topic after its keyframe, before a new keyframe is asked for."},
    {.section = "access",
     .name = "networks",
     .type = CONFIG_NETWORKS,
     AT(access_networks),
     .fallback = "",
     .help =
	 "The networks whose people may watch; when empty, this host and the private networks that it is in."},
    {.section = "access",
     .name = "hosts",
     .type = CONFIG_LIST,
     AT(access_hosts),
     .fallback = "",
     .help =
	 "Names under which the page may be opened, beside addresses, localhost and this host's own name.",
     .check = check_host},
    {.section = "access",
     .name = "proxies",
     .type = CONFIG_NETWORKS,
     AT(access_proxies),
     .fallback = "",
     .help = "The proxies in front of this server, whose X-Forwarded-For header counts."},
    {.section = "limits",
     .name = "viewers",
     .type = CONFIG_NUMBER,
     AT(viewers),
     .minimum = 1,
     .maximum = 100000,
     .fallback = "2000",
     .help = "How many viewers may watch at once."},
    {.section = "limits",
     .name = "viewers_per_address",
     .type = CONFIG_NUMBER,
     AT(viewers_per_address),
     .minimum = 1,
     .maximum = 100000,
     .fallback = "64",
     .help = "How many viewers one address (IPv6: one /64 network) may have."},
    {.section = "log",
     .name = "debug",
     .type = CONFIG_BOOL,
     AT(debug),
     .fallback = "no",
     .help = "Log what libwebsockets finds wrong with connections, too."},
    {0},
};

const struct config_program broadcaster_options_program = {
    .name = "connvis-broadcaster",
    .summary = "Relays the feed of connvis from Redis to browsers, and serves the page.",
    .version = CONNVIS_VERSION,
    .options = options,
};
