/* SPDX-License-Identifier: MIT */
/* The text with which a viewer's command is answered (PROTOCOL.md, "WebSocket"). Pure. */
#pragma once

#include <stdint.h>

#include "command_reply.h"

#define COMMAND_ANSWER_MAX (COMMAND_REPLY_MAX + 96) /* bytes of it with a NUL */

/* Write it into buffer; its length. number: the viewer's. */
size_t command_answer_write(char buffer[COMMAND_ANSWER_MAX], uint32_t number,
			    const struct command_reply *reply);
size_t command_answer_write_fault(char buffer[COMMAND_ANSWER_MAX], uint32_t number, enum command_fault fault);
