/* SPDX-License-Identifier: MIT */
#include "room_privacy.h"

const struct config_choice room_privacies[] = {
    {"home", ROOM_PRIVACY_HOME},
    {"room", ROOM_PRIVACY_ROOM},
    {0},
};
