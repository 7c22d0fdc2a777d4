/* SPDX-License-Identifier: MIT */
/* The collector's options: what may stand in its INI file and after --set. */
#pragma once

#include "config.h"

struct settings {
	char site[CONFIG_TEXT_MAX];
	char log_level[CONFIG_TEXT_MAX];

	bool events;
	int64_t interval, cpu_budget, receive_buffer;

	char mode[CONFIG_TEXT_MAX];
	struct config_networks home;

	bool show_router, show_dns, show_inside;

	char city[CONFIG_TEXT_MAX], asn[CONFIG_TEXT_MAX], attribution[CONFIG_TEXT_MAX],
	    copy_folder[CONFIG_TEXT_MAX];

	bool dns_journal, dns_past;
	char dns_unit[CONFIG_TEXT_MAX], dns_folder[CONFIG_TEXT_MAX], dns_logs[CONFIG_TEXT_MAX];

	int64_t names_keep;
	char lists[CONFIG_TEXT_MAX], cloud[CONFIG_TEXT_MAX], suffixes[CONFIG_TEXT_MAX];

	char leases[CONFIG_TEXT_MAX], vendors[CONFIG_TEXT_MAX];

	char state_folder[CONFIG_TEXT_MAX];

	char redis[CONFIG_TEXT_MAX];
	int64_t unacknowledged_max, keyframe_limit;

	int64_t flush_ms, deflate_level, deflate_from;

	int64_t max_connections, max_devices, max_remotes, max_conversations, max_high_ports, max_lookups,
	    max_answers;

	bool drop_capabilities;
};

/* Fills settings (zeroed); see config_load. */
int collector_options_load(struct settings *settings, int argc, char **argv, enum config_action *ret_action);
