/* SPDX-License-Identifier: MIT */
/*
 * What a viewer may ask the collector to do, and why it is not done: the table of both daemons, from
 * schema/commands.json. PROTOCOL.md explains it.
 */
#pragma once

#include <stddef.h>

#include "command_schema.h"
#include "frame.h"
#include "text.h"

/* What a role may do with a command. */
enum command_may {
	COMMAND_MAY_NO,
	COMMAND_MAY_OWN, /* to the device at its own address */
	COMMAND_MAY_ANY,
};

struct command_row {
	const char *verb;
	size_t bytes; /* that its arguments may have */
	enum command_may may[ROLES];
};

/* By enum command. */
extern const struct command_row command_rows[COMMANDS];

/* The command, role or fault of that name; -ENOENT. */
int command_find(struct text verb);
int command_find_role(struct text name);
int command_find_fault(struct text code);

const char *command_role_name(enum role role);
/* What it is called, and what a person is told. */
const char *command_fault_code(enum command_fault fault);
const char *command_fault_sentence(enum command_fault fault);

/* Takes "<start>-<random> " off, where it begins with the epoch whose row ids the arguments have; else ret is as before. */
void command_take_epoch(struct text *rest, struct frame_epoch *ret);

/* May the role ask for it at all, and are its arguments text of a length that can be right? What they say is not
 * looked at. */
enum command_fault command_check(enum command command, enum role role, struct text arguments);
