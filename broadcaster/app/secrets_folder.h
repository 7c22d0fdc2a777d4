/* SPDX-License-Identifier: MIT */
/* The folder in which the broadcaster keeps the room's secrets, for whoever puts something into it by a command. */
#pragma once

#define SECRETS_FOLDER_PASSPHRASE "passphrase" /* the file with its hash */

#define SECRETS_FOLDER_WHY_MAX 512

/*
 * Goes there, as its owner: what is made then is the broadcaster's, and where that is another user, nothing that he has put
 * there can lead elsewhere. 0; -errno, and why as a sentence.
 */
int secrets_folder_enter(const char *path, char why[SECRETS_FOLDER_WHY_MAX]);
