/* SPDX-License-Identifier: MIT */
/* Who may watch which topic (PROTOCOL.md, "Who may watch what"). Pure; deny by default. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "command.h"
#include "config.h"
#include "room_privacy.h"

#define TOPIC_RULES_TOPICS_MAX 32 /* that are relayed */
/* What is said to who may not. */
#define TOPIC_RULES_REFUSAL "This is not shown in your role."

/* All borrowed, and they may change meanwhile. */
struct topic_rules {
	const int *privacy; /* enum room_privacy */
	/* roles that may watch the topic; none: as of privacy */
	const struct config_list *identities, *lookups, *history, *connections;
};

/* Of the items of those lists: a role, or nobody. As of struct config_option. */
const char *topic_rules_check(const char *word);

/* May this role watch the topic, known or not? */
bool topic_rules_allow(const struct topic_rules *rules, const char *topic, enum role role);

/* Which of the topics it may: bit i for the i-th. */
uint32_t topic_rules_allowed(const struct topic_rules *rules, const struct config_list *topics,
			     enum role role);
