/* SPDX-License-Identifier: MIT */
#include "command.h"

#include <errno.h>

#define ROW(upper, lower, name, most, ...)                                                                   \
	[COMMAND_##upper] = {.verb = (name), .bytes = (most), .may = {MAY(__VA_ARGS__)}},
#define MAY(a, b, c, d) COMMAND_MAY_##a, COMMAND_MAY_##b, COMMAND_MAY_##c, COMMAND_MAY_##d
_Static_assert(ROLES == 4, "MAY has as many");

const struct command_row command_rows[COMMANDS] = {COMMANDS_EACH(ROW)};

#define NAME(upper, name) [ROLE_##upper] = (name),
static const char *const roles[ROLES] = {ROLES_EACH(NAME)};

#define CODE(upper, code, sentence) [COMMAND_FAULT_##upper] = (code),
static const char *const codes[COMMAND_FAULTS] = {COMMAND_FAULTS_EACH(CODE)};

#define SENTENCE(upper, code, sentence) [COMMAND_FAULT_##upper] = (sentence),
static const char *const sentences[COMMAND_FAULTS] = {COMMAND_FAULTS_EACH(SENTENCE)};

static int find(const char *const *names, int n, struct text name)
{
	for (int i = 0; i < n; i++)
		if (names[i] && text_is(name, names[i]))
			return i;
	return -ENOENT;
}

int command_find(struct text verb)
{
	for (int i = 0; i < COMMANDS; i++)
		if (text_is(verb, command_rows[i].verb))
			return i;
	return -ENOENT;
}

int command_find_role(struct text name)
{
	return find(roles, ROLES, name);
}

int command_find_fault(struct text code)
{
	return find(codes, COMMAND_FAULTS, code);
}

const char *command_role_name(enum role role)
{
	return roles[role];
}

const char *command_fault_code(enum command_fault fault)
{
	return codes[fault];
}

const char *command_fault_sentence(enum command_fault fault)
{
	return sentences[fault];
}

static bool is_text(struct text s)
{
	size_t n;

	for (; s.length; s = text_cut(s, n)) {
		n = text_decode(s.at, s.length, NULL);
		if (!n || !*s.at)
			return false;
	}
	return true;
}

void command_take_epoch(struct text *rest, struct frame_epoch *ret)
{
	struct text all = *rest, word = text_take_until(&all, ' ');
	uint64_t start, random;

	if (!text_take_number(&word, UINT64_MAX, &start) || !text_take(&word, "-") ||
	    !text_take_number(&word, UINT32_MAX, &random) || word.length)
		return;
	*ret = (struct frame_epoch){start, (uint32_t)random};
	*rest = all;
}

enum command_fault command_check(enum command command, enum role role, struct text arguments)
{
	if (command_rows[command].may[role] == COMMAND_MAY_NO)
		return COMMAND_FAULT_ONLY_WATCHING;
	if (arguments.length > command_rows[command].bytes)
		return COMMAND_FAULT_TOO_LONG;
	return is_text(arguments) ? COMMAND_FAULT_NONE : COMMAND_FAULT_NOT_TEXT;
}
