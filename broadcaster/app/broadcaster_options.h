/* SPDX-License-Identifier: MIT */
/* The broadcaster's options. */
#pragma once

#include "config.h"

struct broadcaster_options {
	char listen_address[CONFIG_TEXT_MAX];
	int64_t listen_port;
	char redis_server[CONFIG_TEXT_MAX];
	struct config_list sites;
	struct config_list topics;
	struct config_networks access_networks;
	struct config_networks access_proxies;
	struct config_list access_hosts;
	int64_t viewers;
	int64_t viewers_per_address;
	int64_t log_bytes;
	bool debug;
};

extern const struct config_program broadcaster_options_program;
