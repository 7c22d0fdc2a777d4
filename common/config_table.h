/* SPDX-License-Identifier: MIT */
/*
 * The rows of a table of options. The file with the table defines CONFIG_SETTINGS as its struct before it
 * includes this. A member of another type than its row's does not compile.
 */
#pragma once

#include "config.h"

#define CONFIG_OFFSET(member, of_type)                                                                       \
	(offsetof(CONFIG_SETTINGS, member) +                                                                 \
	 0 * sizeof(struct {                                                                                 \
		 _Static_assert(                                                                             \
		     __builtin_types_compatible_p(__typeof__(((CONFIG_SETTINGS *)NULL)->member), of_type),   \
		     "the member " #member " must be: " #of_type);                                           \
		 int unused;                                                                                 \
	 }))

#define BOOL(member) .type = CONFIG_BOOL, .offset = CONFIG_OFFSET(member, bool)
#define NUMBER(member, least, most)                                                                          \
	.type = CONFIG_NUMBER, .offset = CONFIG_OFFSET(member, int64_t), .minimum = (least), .maximum = (most)
#define TEXT(member) .type = CONFIG_TEXT, .offset = CONFIG_OFFSET(member, char[CONFIG_TEXT_MAX])
#define CHOICE(member, words) .type = CONFIG_CHOICE, .offset = CONFIG_OFFSET(member, int), .choices = (words)
#define NETWORKS(member)                                                                                     \
	.type = CONFIG_NETWORKS, .offset = CONFIG_OFFSET(member, struct config_networks),                    \
	.maximum = CONFIG_NETWORKS_MAX, .unit = "networks"
#define LIST(member, most)                                                                                   \
	.type = CONFIG_LIST, .offset = CONFIG_OFFSET(member, struct config_list), .maximum = (most)
#define WORDS(member, least, most)                                                                           \
	.type = CONFIG_WORDS, .offset = CONFIG_OFFSET(member, struct config_list), .minimum = (least),       \
	.maximum = (most)
