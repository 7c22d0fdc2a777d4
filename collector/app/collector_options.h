/* SPDX-License-Identifier: MIT */
/* The collector's options: what may stand in its INI file and after --set. */
#pragma once

#include "config.h"
#include "room_privacy.h"

/* What a device is called that nobody gave a name. */
enum device_names {
	DEVICE_NAMES_AUTO, /* as of room_privacy */
	DEVICE_NAMES_FIRST,
	DEVICE_NAMES_PAIRS,
};

struct collector_options {
	char site[CONFIG_TEXT_MAX];
	int log_level; /* of enum log_level */

	bool events;
	int64_t interval, cpu_budget, receive_buffer;

	int mode; /* of enum home_wish */
	struct config_networks home;

	bool show_router, show_dns, show_inside;

	struct config_list city, asn;
	char attribution[CONFIG_TEXT_MAX], copy_folder[CONFIG_TEXT_MAX];

	bool dns_journal, dns_past;
	char dns_unit[CONFIG_TEXT_MAX], dns_folder[CONFIG_TEXT_MAX];
	struct config_list dns_logs;

	int64_t names_keep, idle;
	struct config_list lists, cloud;
	char suffixes[CONFIG_TEXT_MAX];

	struct config_list leases;
	char vendors[CONFIG_TEXT_MAX];
	int device_names; /* of enum device_names */
	int language;	  /* of enum alias_language */

	int privacy;  /* of enum room_privacy */
	int unchosen; /* of enum wish */

	char state_folder[CONFIG_TEXT_MAX];
	int64_t session_resume;

	int64_t history_hours;

	char redis[CONFIG_TEXT_MAX], redis_user[CONFIG_TEXT_MAX], redis_password_file[CONFIG_TEXT_MAX];
	int64_t unacknowledged_max, keyframe_limit;

	int64_t flush_ms, deflate_level, deflate_from;

	struct config_list commands;

	int64_t max_connections, max_devices, max_remotes, max_conversations, max_ended, max_sums,
	    max_high_ports, max_lookups, max_answers;

	bool drop_capabilities;

	char status_socket[CONFIG_TEXT_MAX];
};

/* Fills options (zeroed); see config_load. */
int collector_options_load(struct collector_options *options, int argc, char **argv,
			   enum config_action *ret_action);
/* Reads them again and says so in the log, as config_reload. */
int collector_options_reload(struct collector_options *options, int argc, char **argv);
/* Frees what the lists hold. */
void collector_options_done(struct collector_options *options);
