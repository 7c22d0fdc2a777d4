/* SPDX-License-Identifier: MIT */
#include "command_answer.h"

#include <inttypes.h>
#include <stdio.h>

static size_t write_fault(char buffer[COMMAND_ANSWER_MAX], uint32_t number, struct text code,
			  struct text sentence)
{
	return (size_t)snprintf(buffer, COMMAND_ANSWER_MAX,
				"{\"answer\":%" PRIu32 ",\"error\":\"%.*s\",\"sentence\":\"%.*s\"}", number,
				(int)code.length, code.at, (int)sentence.length, sentence.at);
}

size_t command_answer_write(char buffer[COMMAND_ANSWER_MAX], uint32_t number,
			    const struct command_reply *reply)
{
	if (!reply->done)
		return write_fault(buffer, number, reply->code, reply->sentence);
	return (size_t)snprintf(buffer, COMMAND_ANSWER_MAX, "{\"answer\":%" PRIu32 ",\"ok\":%.*s}", number,
				(int)reply->result.length, reply->result.at);
}

size_t command_answer_write_fault(char buffer[COMMAND_ANSWER_MAX], uint32_t number, enum command_fault fault)
{
	const char *code = command_fault_code(fault), *sentence = command_fault_sentence(fault);

	return write_fault(buffer, number, (struct text){code, strlen(code)},
			   (struct text){sentence, strlen(sentence)});
}
