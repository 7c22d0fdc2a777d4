/* SPDX-License-Identifier: MIT */
/* What to do about a file whose rights keep us out. */
#pragma once

#define RIGHTS_ADVICE_MAX 224

/*
 * For a file or folder that could not be opened (EACCES): which group would let us in, or what has to change first. In
 * buffer, which is given back; a part of a sentence, without a full stop. Reads stat(2) and /etc/group.
 */
const char *rights_advice(char buffer[RIGHTS_ADVICE_MAX], const char *path);
