/* SPDX-License-Identifier: MIT */
#include "rights.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "util.h"

#define GROUP_MAX 33 /* useradd(8): 32 */

/* Of /etc/group alone: a directory server may let one wait. */
static void group_name(char ret[GROUP_MAX], gid_t gid)
{
	_cleanup_(cleanup_fclose) FILE *f = fopen("/etc/group", "re");
	const struct group *g;

	snprintf(ret, GROUP_MAX, "%u", (unsigned)gid);
	while (f && (g = fgetgrent(f)))
		if (g->gr_gid == gid) {
			snprintf(ret, GROUP_MAX, "%s", g->gr_name);
			return;
		}
}

/* The file, or the first folder on the way to it that is closed. */
static bool find_closed(char at[PATH_MAX], const char *path, struct stat *ret)
{
	snprintf(at, PATH_MAX, "%s", path);
	while (stat(at, ret) < 0) {
		char *slash = strrchr(at, '/');

		if (errno != EACCES || !slash)
			return false;
		slash[slash == at] = '\0';
	}
	return true;
}

const char *rights_advice(char buffer[RIGHTS_ADVICE_MAX], const char *path)
{
	char at[PATH_MAX], group[GROUP_MAX];
	struct stat st;
	mode_t wanted;

	if (!find_closed(at, path, &st)) {
		snprintf(buffer, RIGHTS_ADVICE_MAX, "look at its rights and at those of its folders");
		return buffer;
	}
	wanted = S_ISDIR(st.st_mode) ? S_IXGRP : S_IRGRP;
	group_name(group, st.st_gid);
	if (!st.st_gid)
		snprintf(
		    buffer, RIGHTS_ADVICE_MAX,
		    "give %.120s to a group other than root (chgrp), and put the user of this program into that",
		    at);
	else if (st.st_mode & wanted)
		snprintf(buffer, RIGHTS_ADVICE_MAX, "put the user of this program into the group %s", group);
	else
		snprintf(
		    buffer, RIGHTS_ADVICE_MAX,
		    "let the group %s in (chmod g+%s %.80s), and put the user of this program into that group",
		    group, S_ISDIR(st.st_mode) ? "rx" : "r", at);
	return buffer;
}
