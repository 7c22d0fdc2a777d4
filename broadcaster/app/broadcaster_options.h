/* SPDX-License-Identifier: MIT */
/* The broadcaster's options: what may stand in its INI file and after --set. */
#pragma once

#include "config.h"

/* What it does instead of running. */
enum broadcaster_task {
	BROADCASTER_SET_PASSPHRASE = CONFIG_TASK,
	BROADCASTER_LINK,
};

struct broadcaster_options {
	char listen_address[CONFIG_TEXT_MAX];
	int64_t listen_port;

	char tls_certificate[CONFIG_TEXT_MAX], tls_key[CONFIG_TEXT_MAX], tls_folder[CONFIG_TEXT_MAX];
	int64_t tls_hsts_days;

	char redis_server[CONFIG_TEXT_MAX], redis_user[CONFIG_TEXT_MAX], redis_password_file[CONFIG_TEXT_MAX];

	char site[CONFIG_TEXT_MAX];
	struct config_list sites;  /* empty: site */
	struct config_list topics; /* at least one */
	int64_t log_bytes;

	struct config_networks access_networks, access_proxies;
	struct config_list access_hosts;
	struct config_list access_identities, access_lookups, access_history,
	    access_connections; /* roles; empty: as of room_privacy */
	char access_folder[CONFIG_TEXT_MAX];
	char link[CONFIG_TEXT_MAX]; /* of --link */
	bool sign_in_without_tls;
	int64_t signed_in, signed_in_idle; /* seconds */

	int room_privacy; /* of enum room_privacy */

	int64_t viewers, viewers_per_address;

	int log_level; /* of enum log_level */

	char status_socket[CONFIG_TEXT_MAX];
};

/* Fills options (zeroed); see config_load. */
int broadcaster_options_load(struct broadcaster_options *options, int argc, char **argv,
			     enum config_action *ret_action);
/* Reads them again and says so in the log, as config_reload. */
int broadcaster_options_reload(struct broadcaster_options *options, int argc, char **argv);
/* Frees what the lists hold. */
void broadcaster_options_done(struct broadcaster_options *options);
