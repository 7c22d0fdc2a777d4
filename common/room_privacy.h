/* SPDX-License-Identifier: MIT */
/* The option room.privacy, which both daemons have. */
#pragma once

#include "config.h"

/* Who is here: people who share a home and its network, or a room whose people do not know one another. */
enum room_privacy {
	ROOM_PRIVACY_HOME,
	ROOM_PRIVACY_ROOM,
};

/* Its words. */
extern const struct config_choice room_privacies[];
