/* SPDX-License-Identifier: MIT */
#include "collector_options.h"

#include <limits.h>
#include <string.h>

#include "alias_words.h"
#include "channel.h"
#include "commands.h"
#include "config_reload.h"
#include "dns_source.h"
#include "frame.h"
#include "geo.h"
#include "history.h"
#include "home.h"
#include "knowledge.h"
#include "leases.h"
#include "list_option.h"
#include "redis_login.h"
#include "state_folder.h"
#include "status.h"

#define CONFIG_SETTINGS struct collector_options
#include "config_table.h"

static const struct config_choice modes[] = {
    {"auto", HOME_WISH_AUTO},
    {"router", HOME_WISH_ROUTER},
    {"machine", HOME_WISH_MACHINE},
    {0},
};

static const struct config_choice device_names[] = {
    {"auto", DEVICE_NAMES_AUTO},
    {"first-names", DEVICE_NAMES_FIRST},
    {"word-pairs", DEVICE_NAMES_PAIRS},
    {0},
};

static const struct config_choice languages[] = {
    {"en", ALIAS_ENGLISH},
    {"fi", ALIAS_FINNISH},
    {0},
};

static const struct config_choice unchosen[] = {
    {"hidden", WISH_UNCHOSEN},
    {"left-out", WISH_UNCHOSEN_OUT},
    {0},
};

static const char *check_site(const char *value)
{
	return frame_name_valid(value, strlen(value))
		   ? NULL
		   : "1 to 32 small letters, digits and hyphens, not beginning with a hyphen";
}

static const char *check_folder(const char *value)
{
	return value[0] == '/' ? NULL : "the absolute path of a folder";
}

static const char *check_path(const char *value)
{
	return strlen(value) < CONFIG_TEXT_MAX ? NULL : "the path of a file, of at most 255 bytes";
}

static const char *check_absolute(const char *value)
{
	return value[0] == '/' && strlen(value) < PATH_MAX ? NULL : "the absolute path of a file";
}

static const struct config_option table[] = {
    {"site", "name", TEXT(site), .fallback = "home", .check = check_site,
     .help = "The site's name. Several sites may share one Redis."},
    {"log", "level", CHOICE(log_level, config_log_levels), .live = true, .fallback = "info",
     .help = "The least severe messages to log."},

    {"conntrack", "events", BOOL(events), .fallback = "yes",
     .help = "Listen for connections that begin and end. Without this only dumps show them."},
    {"conntrack", "interval", NUMBER(interval, 100, 60000), .unit = "ms", .live = true, .fallback = "1000",
     .help = "The shortest time between two dumps of the connection table."},
    {"conntrack", "cpu_budget", NUMBER(cpu_budget, 1, 1000), .unit = "thousandths of a CPU", .live = true,
     .fallback = "100",
     .help = "How much CPU time dumps may take. The interval grows if they would take more."},
    {"conntrack", "receive_buffer", NUMBER(receive_buffer, 4096, 64 * 1024 * 1024), .unit = "bytes",
     .fallback = "8388608", .help = "The initial buffer of the event socket. It grows when events are lost."},

    {"networks", "mode", CHOICE(mode, modes), .live = true, .fallback = "auto",
     .help =
	 "router watches the devices of the home networks, machine only this machine, auto decides by whether it forwards packets."},
    {"networks", "home", NETWORKS(home), .live = true, .fallback = "",
     .help = "The home networks. If empty, those of all interfaces that do not lead outside."},

    {"selection", "router", BOOL(show_router), .live = true, .fallback = "no",
     .help = "Show the router's own traffic."},
    {"selection", "home_dns", BOOL(show_dns), .live = true, .fallback = "no",
     .help = "Show DNS inside the home."},
    {"selection", "inside", BOOL(show_inside), .live = true, .fallback = "no",
     .help = "Show traffic between two devices of the home."},
    {"selection", "idle", NUMBER(idle, 5, 7 * 86400), .unit = "s", .live = true, .fallback = "300",
     .help =
	 "The page takes a connection whose counters have not moved for longer for one that is not in use."},

    {"geo", "city", LIST(city, GEO_FILES_MAX), .unit = "files", .fallback = "", .check = check_path,
     .help = "MMDB files with places. The first that knows an address decides."},
    {"geo", "asn", LIST(asn, GEO_FILES_MAX), .unit = "files", .fallback = "", .check = check_path,
     .help = "MMDB files with networks (AS numbers and organisations)."},
    {"geo", "attribution", TEXT(attribution), .fallback = "",
     .help = "The attribution that the licence of the places asks for."},
    {"geo", "copy_folder", TEXT(copy_folder), .fallback = "/var/tmp", .check = check_folder,
     .help = "The folder for a private, unnamed copy of each MMDB file in use."},

    {"dns", "journal", BOOL(dns_journal), .fallback = "yes",
     .help = "Read lookups from what dnsmasq logs to the systemd journal."},
    {"dns", "unit", TEXT(dns_unit), .fallback = "",
     .help = "The systemd unit to read. If empty, every program called dnsmasq."},
    {"dns", "journal_folder", TEXT(dns_folder), .fallback = "",
     .help = "A folder of journal files to read. If empty, this machine's own journal."},
    {"dns", "logs", LIST(dns_logs, DNS_SOURCE_LOGS_MAX), .unit = "files", .fallback = "",
     .check = check_absolute, .help = "Log files of dnsmasq or Pi-hole to read."},
    {"dns", "past", BOOL(dns_past), .fallback = "yes",
     .help = "At the start, learn names from earlier log lines."},

    {"names", "keep", NUMBER(names_keep, 60, 30 * 86400), .unit = "s", .live = true, .fallback = "86400",
     .help = "How long a lookup's answer names an address."},
    {"names", "lists", LIST(lists, KNOWLEDGE_FILES_MAX), .unit = "files", .fallback = "",
     .check = list_option_check,
     .help =
	 "Lists of names and addresses, each as FILE=CATEGORY[:NAME]. What is on one of the category ignored is left out."},
    {"names", "cloud", LIST(cloud, KNOWLEDGE_FILES_MAX), .unit = "files", .fallback = "", .check = check_path,
     .help = "JSON files with the address ranges that cloud providers publish."},
    {"names", "suffixes", TEXT(suffixes), .fallback = "",
     .help = "A newer Public Suffix List than the one built into libpsl."},

    {"devices", "leases", LIST(leases, LEASES_FILES_MAX), .unit = "files", .fallback = "",
     .check = check_absolute, .help = "dnsmasq's lease files."},
    {"devices", "vendors", TEXT(vendors), .fallback = "/usr/share/ieee-data",
     .help = "The folder with the IEEE's registries of device makers (oui.csv, mam.csv, oui36.csv)."},
    {"devices", "names", CHOICE(device_names, device_names), .live = true, .fallback = "auto",
     .help =
	 "What new devices are called until somebody names them, unless they are known to be a thing (a television): first-names, or word-pairs that are nobody's name (Blue fox). auto: first names, but word pairs where room.privacy is room."},
    {"devices", "language", CHOICE(language, languages), .live = true, .fallback = "en",
     .help =
	 "The language of the words that new devices are called by (Television, Blue fox). First names have none."},

    {"state", "folder", TEXT(state_folder), .fallback = "", .check = state_folder_check,
     .help =
	 "The folder where device names, the session's sums, the history and the position in the journal are kept. If empty, they are not kept."},
    {"state", "resume", NUMBER(session_resume, 0, 30 * 86400), .unit = "s", .fallback = "43200",
     .help =
	 "After a stop of at most this long the session goes on, else a new one begins. 0: each start begins one."},

    {"history", "hours", NUMBER(history_hours, 0, HISTORY_HOURS_MAX), .unit = "hours", .live = true,
     .fallback = "24",
     .help =
	 "For how long it is kept what moved minute by minute, for who comes later and for looking back. 0: not at all. In a room it ends with the session."},

    {"room", "privacy", CHOICE(privacy, room_privacies), .live = true, .fallback = "home",
     .help =
	 "room: people are here who do not share a home, so whoever holds a device is asked how others may see it, and new devices get no first names. Set it for both daemons at once."},
    {"room", "unchosen", CHOICE(unchosen, unchosen), .live = true, .fallback = "hidden",
     .help =
	 "In a room, how devices are seen until whoever holds them has chosen: hidden (by a made-up name only, and nothing of what they look up), or left-out (not at all). Printers, televisions and other things that surely are nobody's are shown."},

    {"redis", "server", TEXT(redis), .live = true, .fallback = "127.0.0.1:6379",
     .check = redis_endpoint_check, .help = "The Redis server: the path of its socket, or host:port."},
    {"redis", "user", TEXT(redis_user), .live = true, .fallback = "", .check = redis_login_check_user,
     .help = "Whom to log in as there. If empty, Redis' default user."},
    {"redis", "password_file", TEXT(redis_password_file), .live = true, .fallback = "",
     .check = redis_login_check_file,
     .help = "The file whose first line is the password to log in with. If empty, there is none."},
    {"redis", "unacknowledged", NUMBER(unacknowledged_max, 65536, 1024 * 1024 * 1024), .unit = "bytes",
     .live = true, .fallback = "33554432",
     .help = "Frames are dropped while Redis has not acknowledged more than this."},
    {"redis", "keyframe_limit", NUMBER(keyframe_limit, 65536, 4294967296), .unit = "bytes",
     .fallback = "33554432",
     .help = "How far a subscriber may fall behind, if Redis does not say or may not be asked."},

    {"feed", "flush", NUMBER(flush_ms, 1, 1000), .unit = "ms", .live = true, .fallback = "40",
     .help = "The shortest time between two frames with changes, so how long a change may wait."},
    {"feed", "deflate_level", NUMBER(deflate_level, 0, 9), .fallback = "4",
     .help = "How strongly large frames are compressed: 0 not at all, 9 most."},
    {"feed", "deflate_from", NUMBER(deflate_from, 256, 64 * 1024 * 1024), .unit = "bytes",
     .fallback = "16384", .help = "The size from which frames are compressed."},

    {"commands", "allow", WORDS(commands, 0, COMMANDS), .unit = "commands", .live = true,
     .fallback =
	 "me, asked, name, hide, leave-out, show, end, end-all, flush, round, play, time-up, vote, round-end, mark, freeze, release, spotlight, wall, clear, lock-names, unlock-names",
     .check = commands_check_verb,
     .help =
	 "What viewers may have done: by whoever leads the room, and by all others for the device that they hold. If empty, they may only watch."},

    {"limits", "connections", NUMBER(max_connections, 1, 4000000), .fallback = "1000000",
     .help = "How many connections are followed."},
    {"limits", "devices", NUMBER(max_devices, 1, 1000), .fallback = "1000",
     .help = "How many devices are kept."},
    {"limits", "remotes", NUMBER(max_remotes, 1, 1000000), .fallback = "200000",
     .help = "How many addresses outside the home are kept."},
    {"limits", "conversations", NUMBER(max_conversations, 1, 1000000), .fallback = "300000",
     .help = "How many conversations are kept, those that have ended included."},
    {"limits", "ended", NUMBER(max_ended, 0, 1000000), .fallback = "2000",
     .help =
	 "How many conversations that have ended are kept one by one. Older ones are added up for each device and company."},
    {"limits", "sums", NUMBER(max_sums, 0, 1000000), .fallback = "10000",
     .help = "How many of these sums are kept. What does not fit is added up for each device."},
    {"limits", "lookups", NUMBER(max_lookups, 16, 1000000), .fallback = "100000",
     .help = "How many lookups (a device and a name) are kept."},
    {"limits", "answers", NUMBER(max_answers, 16, 1000000), .fallback = "200000",
     .help = "How many answers (a device, a name and an address) are kept."},
    {"limits", "high_ports", NUMBER(max_high_ports, 0, 1000000), .fallback = "1000",
     .help =
	 "How many conversations one device may have on ports above 1023. Any more are merged, without their port."},

    {"security", "drop_capabilities", BOOL(drop_capabilities), .fallback = "yes",
     .help = "After the start, drop every capability except CAP_NET_ADMIN."},

    {"status", "socket", TEXT(status_socket), .fallback = "/run/connvis-collector/status",
     .check = status_check,
     .help = "Where --status asks. If empty, or where there is no such folder, nobody can be asked."},
    {},
};

static const char *const shared[] = {"site", "room", "log", "redis", NULL};

static struct config_program program(void)
{
	return (struct config_program){
	    .name = "connvis-collector",
	    .summary = "Watches the kernel's connection table and publishes what it sees to Redis.",
	    .version = CONNVIS_VERSION,
	    .notice = knowledge_notice(),
	    .options = table,
	    .shared = shared,
	};
}

int collector_options_load(struct collector_options *options, int argc, char **argv,
			   enum config_action *ret_action)
{
	const struct config_program p = program();

	return config_load(&p, options, argc, argv, ret_action);
}

int collector_options_reload(struct collector_options *options, int argc, char **argv)
{
	const struct config_program p = program();

	return config_reload(&p, options, sizeof(*options), argc, argv, log_sentence);
}

void collector_options_done(struct collector_options *options)
{
	const struct config_program p = program();

	config_free(&p, options);
}
