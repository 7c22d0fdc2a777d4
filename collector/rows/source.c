/* SPDX-License-Identifier: MIT */
#include "source.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "rights.h"

void source_explain(struct source *s, int error, const char *path, const char *should, const char *instead)
{
	char advice[RIGHTS_ADVICE_MAX];

	if (error == -ENOENT)
		snprintf(s->detail, sizeof(s->detail), "There is no file %s: %s.", path, instead);
	else if (error == -EBADMSG)
		snprintf(s->detail, sizeof(s->detail), "The file %s is not %s: %s.", path, should, instead);
	else if (error == -EACCES)
		snprintf(s->detail, sizeof(s->detail), "The file %.120s must not be read: %s.", path,
			 rights_advice(advice, path));
	else if (error == -EFBIG)
		snprintf(s->detail, sizeof(s->detail), "The file %s is too large: %s.", path, instead);
	else
		snprintf(s->detail, sizeof(s->detail), "The file %s cannot be read (%s): %s.", path,
			 strerror(-error), instead);
}

const char *source_state(int error, bool in_use)
{
	return !error || in_use ? "ok" : error == -ENOENT ? "missing" : "broken";
}
