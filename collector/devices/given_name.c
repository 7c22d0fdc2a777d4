/* SPDX-License-Identifier: MIT */
#include "given_name.h"

#include <string.h>

#include "name_look.h"
#include "util.h"
#include "written_text.h"

static bool is_taken(const struct devices *d, const struct device *device, const char *look)
{
	char others[DEVICE_ALIAS_MAX];

	ROW_TABLE_FOR_EACH(r, &d->table)
	{
		const struct device *other = DEVICE_OF(r);

		name_look(others, sizeof(others), other->alias);
		if (other != device && !strcmp(others, look))
			return true;
	}
	return false;
}

static const enum command_fault faults[] = {
    [WRITTEN_TEXT_EMPTY] = COMMAND_FAULT_NAME_EMPTY,
    [WRITTEN_TEXT_LONG] = COMMAND_FAULT_NAME_LONG,
    [WRITTEN_TEXT_UNSEEN] = COMMAND_FAULT_NAME_UNSEEN,
    [WRITTEN_TEXT_BROKEN] = COMMAND_FAULT_NOT_TEXT,
};

enum command_fault given_name_check(char ret[DEVICE_ALIAS_MAX], const struct devices *d,
				    const struct device *device, const char *text)
{
	char look[DEVICE_ALIAS_MAX];
	enum written_text written = written_text_take(ret, DEVICE_ALIAS_MAX, text);

	if (written != WRITTEN_TEXT_GOOD)
		return faults[written];
	name_look(look, sizeof(look), ret);
	return is_taken(d, device, look) ? COMMAND_FAULT_NAME_TAKEN : COMMAND_FAULT_NONE;
}
