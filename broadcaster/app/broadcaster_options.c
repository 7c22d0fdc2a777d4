/* SPDX-License-Identifier: MIT */
#include "broadcaster_options.h"

#include <string.h>

#include "address.h"
#include "broadcaster_tls.h"
#include "channel.h"
#include "config_reload.h"
#include "frame.h"
#include "listen.h"
#include "local_socket.h"
#include "redis_login.h"
#include "status.h"
#include "topic_rules.h"

#define CONFIG_SETTINGS struct broadcaster_options
#include "config_table.h"

#define SITES_MAX 32
#define TOPICS_MAX TOPIC_RULES_TOPICS_MAX
#define HOSTS_MAX 256
#define WATCHERS_MAX (ROLES + 1)

static const char *check_name(const char *value)
{
	return frame_name_valid(value, strlen(value))
		   ? NULL
		   : "1 to 32 small letters, digits and hyphens, with no hyphen first";
}

static const char *check_address(const char *value)
{
	struct address a;
	struct network link_local;

	if (listen_is_path(value))
		return local_socket_fits(value) ? NULL : "a path of at most 107 bytes";
	if (address_parse(&a, value) < 0)
		return "an IP address, such as 127.0.0.1, or 0.0.0.0 or :: for all addresses of this host, or the absolute path of a Unix socket";
	if (network_parse(&link_local, "fe80::/10") == 0 && network_contains(&link_local, &a))
		return "an address that is not link-local (fe80:...); :: serves those too";
	return NULL;
}

static const char *check_host(const char *value)
{
	return value[strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")]
		   ? "a host name without a port"
		   : NULL;
}

static const char *check_file(const char *value)
{
	return !*value || *value == '/' ? NULL : "the absolute path of a file";
}

static const char *check_folder(const char *value)
{
	return *value == '/' ? NULL : "the absolute path of a folder";
}

static const struct config_option table[] = {
    {"listen", "address", TEXT(listen_address), .fallback = "127.0.0.1", .check = check_address,
     .help =
	 "The address to serve the page at. 0.0.0.0 means every IPv4 address of this host, :: every address. Or the path of a Unix socket, for proxies: whoever may use it is believed to be one."},
    {"listen", "port", NUMBER(listen_port, 1, 65535), .fallback = "8080",
     .help = "The TCP port to serve the page at; a Unix socket has none."},

    {"tls", "certificate", TEXT(tls_certificate), .live = true, .fallback = "",
     .check = broadcaster_tls_check_certificate,
     .help =
	 "The PEM file of the page's certificate, with those between it and its authority after it; or self-signed, and one is made. If empty, there is no TLS."},
    {"tls", "key", TEXT(tls_key), .live = true, .fallback = "", .check = check_file,
     .help = "The PEM file of the certificate's private key, without a password."},
    {"tls", "folder", TEXT(tls_folder), .fallback = "/var/lib/connvis-broadcaster", .check = check_folder,
     .help = "The folder that a self-signed certificate and its key are kept in."},
    {"tls", "hsts_days", NUMBER(tls_hsts_days, 0, 3650), .live = true, .unit = "days", .fallback = "180",
     .help =
	 "How long browsers are to open this host's name by TLS alone, at any port, unless the certificate is self-signed; 0: they are not told."},

    {"redis", "server", TEXT(redis_server), .live = true, .fallback = "127.0.0.1:6379",
     .check = redis_endpoint_check, .help = "The Redis server: the path of its socket, or host:port."},
    {"redis", "user", TEXT(redis_user), .live = true, .fallback = "", .check = redis_login_check_user,
     .help = "Whom to log in as there. If empty, Redis' default user."},
    {"redis", "password_file", TEXT(redis_password_file), .live = true, .fallback = "",
     .check = redis_login_check_file,
     .help = "The file whose first line is the password to log in with. If empty, there is none."},

    {"site", "name", TEXT(site), .fallback = "home", .check = check_name,
     .help = "The site to relay, as the collector has it."},

    {"feed", "sites", WORDS(sites, 0, SITES_MAX), .unit = "sites", .fallback = "", .check = check_name,
     .help =
	 "The sites to relay, where there are several. The first one is shown first. If empty, the one of site.name."},
    {"feed", "topics", WORDS(topics, 1, TOPICS_MAX), .unit = "topics",
     .fallback = "overview, identities, lookups, history, connections", .check = check_name,
     .help = "The topics to relay: the first one always, the others while somebody watches them."},
    {"feed", "log_bytes", NUMBER(log_bytes, 65536, 268435456), .unit = "bytes", .fallback = "33554432",
     .help = "How much of a topic is kept after its keyframe before a new keyframe is requested."},

    {"access", "networks", NETWORKS(access_networks), .live = true, .fallback = "",
     .help =
	 "The networks that may watch. If empty, this host and the private networks that it is in; on a router those at home, with what IPv6 network is lent to them."},
    {"access", "hosts", WORDS(access_hosts, 0, HOSTS_MAX), .unit = "names", .live = true, .fallback = "",
     .check = check_host,
     .help =
	 "Names under which the page may be opened, besides addresses, localhost and this host's own name."},
    {"access", "proxies", NETWORKS(access_proxies), .live = true, .fallback = "",
     .help = "The proxies in front of this server, whose X-Forwarded-For header is believed."},
    {"access", "identities", WORDS(access_identities, 0, WATCHERS_MAX), .unit = "roles", .live = true,
     .fallback = "", .check = topic_rules_check,
     .help =
	 "Who may watch what devices' people may be known by (MACs, addresses, host names, makers): participant, facilitator, display, guest, or nobody. If empty, it follows from room.privacy."},
    {"access", "lookups", WORDS(access_lookups, 0, WATCHERS_MAX), .unit = "roles", .live = true,
     .fallback = "", .check = topic_rules_check,
     .help =
	 "Who may watch which names devices asked for: participant, facilitator, display, guest, or nobody. If empty, it follows from room.privacy. Others see companies and categories alone."},
    {"access", "history", WORDS(access_history, 0, WATCHERS_MAX), .unit = "roles", .live = true,
     .fallback = "", .check = topic_rules_check,
     .help =
	 "Who may watch what happened before they came, minute by minute, with names that devices asked for: participant, facilitator, display, guest, or nobody. If empty, as access.lookups."},
    {"access", "connections", WORDS(access_connections, 0, WATCHERS_MAX), .unit = "roles", .live = true,
     .fallback = "", .check = topic_rules_check,
     .help =
	 "Who may watch single connections, with their addresses: participant, facilitator, display, guest, or nobody. If empty, it follows from room.privacy."},

    {"room", "privacy", CHOICE(room_privacy, room_privacies), .live = true, .fallback = "home",
     .help =
	 "home: everybody at home sees everything of everybody. room: among people who do not share a home only the facilitator does."},

    {"access", "folder", TEXT(access_folder), .fallback = "/var/lib/connvis-broadcaster",
     .check = check_folder,
     .help = "The folder that the facilitator's passphrase and links for others are kept in, as hashes."},
    {"access", "sign_in_without_tls", BOOL(sign_in_without_tls), .live = true, .fallback = "no",
     .help =
	 "Whether the facilitator may sign in without TLS from other machines than this one: everybody in the same network can then read the passphrase, and lead the room with it."},
    {"access", "signed_in", NUMBER(signed_in, 10, 2592000), .live = true, .unit = "s", .fallback = "43200",
     .help = "How long the facilitator stays signed in at most."},
    {"access", "signed_in_idle", NUMBER(signed_in_idle, 10, 2592000), .live = true, .unit = "s",
     .fallback = "7200", .help = "How long the facilitator stays signed in with no page open."},

    {"limits", "viewers", NUMBER(viewers, 1, 100000), .fallback = "2000",
     .help = "How many viewers may watch at the same time."},
    {"limits", "viewers_per_address", NUMBER(viewers_per_address, 1, 100000), .live = true, .fallback = "64",
     .help = "How many viewers one address (IPv6: one /64 network) may have."},

    {"log", "level", CHOICE(log_level, config_log_levels), .live = true, .fallback = "info",
     .help = "The least severe messages to log."},

    {"status", "socket", TEXT(status_socket), .fallback = "/run/connvis-broadcaster/status",
     .check = status_check,
     .help = "Where --status asks. If empty, or where there is no such folder, nobody can be asked."},
    {},
};

static const char *const shared[] = {"site", "room", "log", "redis", NULL};
/* the collector's */
static const char *const foreign[] = {"redis.unacknowledged", "redis.keyframe_limit", "room.unchosen", NULL};

static const struct config_task tasks[] = {
    [BROADCASTER_SET_PASSPHRASE - CONFIG_TASK] =
	{"set-passphrase", NULL, 0,
	 "ask for the passphrase by which the facilitator signs in, or read it from standard input, then exit"},
    [BROADCASTER_LINK - CONFIG_TASK] =
	{"link", "FOR", CONFIG_OFFSET(link, char[CONFIG_TEXT_MAX]),
	 "print a link by which others may watch, then exit: for display, or guest, or \"guest once 8\" (for one, in the next 8 hours)"},
    {0},
};

static const struct config_program program = {
    .name = "connvis-broadcaster",
    .summary = "Relays the feed of connvis from Redis to browsers, and serves the page.",
    .version = CONNVIS_VERSION,
    .options = table,
    .tasks = tasks,
    .shared = shared,
    .foreign = foreign,
    .check = broadcaster_tls_check,
};

int broadcaster_options_load(struct broadcaster_options *options, int argc, char **argv,
			     enum config_action *ret_action)
{
	return config_load(&program, options, argc, argv, ret_action);
}

int broadcaster_options_reload(struct broadcaster_options *options, int argc, char **argv)
{
	return config_reload(&program, options, sizeof(*options), argc, argv, log_sentence);
}

void broadcaster_options_done(struct broadcaster_options *options)
{
	config_free(&program, options);
}
