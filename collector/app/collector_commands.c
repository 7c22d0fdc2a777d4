/* SPDX-License-Identifier: MIT */
#include "collector_private.h"
#include "log.h"
#include "util.h"

/* Lines of the log: whoever may send commands could fill it. */
#define SAY_WHILE_MS 10000
#define SAY_MOST 60

static void say(struct log_burst *burst, const char *what, const struct commands_outcome *o, const char *how)
{
	char address[ADDRESS_TEXT_MAX];
	uint64_t unsaid;

	if (!log_burst_allows(burst, SAY_MOST, SAY_WHILE_MS, clock_ms(), &unsaid))
		return;
	if (unsaid)
		log_info("Commands were %s %" PRIu64 " more times shortly before.", what, unsaid);
	if (o->discreet)
		log_info("A %s %s", command_role_name(o->message.role), how);
	else
		log_info("The %s at %s %s", command_role_name(o->message.role),
			 address_format(&o->message.address, address), how);
}

static void note_done(struct collector *collector, const struct commands_outcome *o)
{
	char how[RESULT_DID_MAX + 2];

	collector->commands_done++;
	if (!o->did[0])
		return;
	snprintf(how, sizeof(how), "%s.", o->did);
	say(&collector->said_done, "done", o, how);
}

static void note_refused(struct collector *collector, const struct commands_outcome *o)
{
	bool known = o->fault != COMMAND_FAULT_UNKNOWN_COMMAND;
	char how[256];

	collector->commands_refused++;
	if (!o->has_sender) {
		log_debug("Refused a command that no broadcaster sends.");
		return;
	}
	snprintf(how, sizeof(how), "was refused %s%s: %s", known ? "the command " : "a command",
		 known ? command_rows[o->message.command].verb : "", command_fault_sentence(o->fault));
	say(&collector->said_refused, "refused", o, how);
}

/* As of commands.answer. */
static void answer(void *data, const char *reply, size_t length, const struct commands_outcome *outcome)
{
	struct collector *collector = data;

	if (outcome->fault)
		note_refused(collector, outcome);
	else
		note_done(collector, outcome);
	feed_reply(collector->feed, reply, length);
}

int collector_commands_make(struct collector *collector)
{
	collector->commands.devices = &collector->model->devices;
	collector->commands.aliases = collector->aliases;
	collector->commands.model = collector->model;
	collector->commands.table = collector->table;
	collector->commands.allow = &collector->options.commands;
	collector->commands.set_wish = collector_wishes_set;
	collector->commands.answer = answer;
	collector->commands.data = collector;
	return ending_new(&collector->commands.ending, collector->event);
}

void collector_commands_free(struct collector *collector)
{
	collector->commands.ending = ending_free(collector->commands.ending);
}

void collector_commands_take(void *data, const char *text, size_t length)
{
	struct collector *collector = data;
	struct commands_outcome outcome = {};
	char reply[COMMAND_REPLY_MAX];
	size_t n = commands_do(&collector->commands, text, length, reply, &outcome);

	if (n)
		answer(collector, reply, n, &outcome);
	else if (!outcome.later)
		log_debug("Ignored an unreadable command of %zu bytes.", length);
}
