/* SPDX-License-Identifier: MIT */
/*
 * Does what viewers ask for (PROTOCOL.md, "Commands"): each verb of common/schema/commands.json in a file of its own, which
 * has a function command_VERB. What a broadcaster says of a viewer is believed, but looked at again: the role by the
 * table, the device by who has the address now.
 */
#pragma once

#include "alias_store.h"
#include "command_message.h"
#include "config.h"
#include "ct_table.h"
#include "device.h"
#include "ending.h"
#include "model.h"
#include "result.h"

/* Of all together; more are refused. */
#define COMMANDS_A_SECOND 200

/* What became of a message, for the log. */
struct commands_outcome {
	struct command_message
	    message;	 /* as much as was understood; one that is answered later has no arguments */
	bool has_sender; /* a role and an address are in it */
	bool discreet;	 /* that is not for the log: who asked, or is spoken of, wants not to be seen */
	bool later;	 /* the answer comes by commands.answer */
	enum command_fault fault;
	char did[RESULT_DID_MAX]; /* as in struct result */
};

struct commands {
	/* the owner's, all borrowed */
	struct devices *devices;
	struct alias_store *aliases;
	struct model *model; /* that devices are of */
	struct ct_table *table;
	struct ending *ending;
	const struct config_list *allow; /* verbs */
	struct frame_epoch epoch;	 /* of the row ids */
	/* The device is seen in this way from now on, by its holder's choice or another's. False: there is no memory for
	 * it. data is handed over. */
	bool (*set_wish)(void *data, struct device *device, enum wish wish, bool by_holder);
	/* As commands_do does, on the loop, for what has taken a while. */
	void (*answer)(void *data, const char *reply, size_t length, const struct commands_outcome *outcome);
	void *data;
	/* our own */
	uint64_t second;
	unsigned in_second;
	uint64_t ending_us;	      /* that ending took, in that second */
	struct command_message flush; /* under way */
	size_t flushed;		      /* entries */
};

/* One that is being done. */
struct command_call {
	const struct command_message *message;
	struct device *own; /* who has the viewer's address now; NULL: nobody who is known */
	struct text rest;   /* arguments that were not taken yet */
	bool more;	    /* there are some, be they empty */
	bool later;	    /* the verb's: it is answered when it is done, by commands_finish */
};

/* Does what the message says, and writes the answer. Its length; 0: there is nobody to answer, or not yet. */
size_t commands_do(struct commands *c, const char *text, size_t length, char reply[COMMAND_REPLY_MAX],
		   struct commands_outcome *ret);

/* Is it among those that are allowed? */
bool commands_allow(const struct commands *c, enum command command);
/* As of config_option.check. */
const char *commands_check_verb(const char *value);

/* Its holder may choose how it is seen, and is asked to in a room: not where it is the router, or others may be
 * behind it, or one of the three verbs is not allowed. */
bool commands_has_choice(const struct commands *c, const struct device *device);
/* For the verbs: are the row ids among the arguments those of another run of the collector, which may be others' by now? */
bool commands_is_outdated(const struct commands *c, const struct command_call *call);
/* Takes a row id off the arguments. */
bool commands_take_id(struct command_call *call, uint32_t *ret);
/* Takes all that is left, what a person wrote, without blanks at its ends, into ret (of size bytes). */
enum command_fault commands_take_text(struct command_call *call, char *ret, size_t size);
/* Who asks may do it to any device. */
bool commands_lead(const struct command_call *call);
/* Takes a device off the arguments: its row id; "me" for the viewer's own; or, where the role may do it to
 * any, one of its addresses, for one that is left out has no row. The viewer's role may do something to this device, and
 * ret is set, or a fault comes back. */
enum command_fault commands_take_device(const struct commands *c, struct command_call *call,
					struct device **ret);

/* The same of a conversation's: ret is set, and its device is one to which the role may do something. */
enum command_fault commands_take_conversation(const struct commands *c, struct command_call *call,
					      struct conversation **ret);
/* Answers one that was to be answered later. */
void commands_finish(struct commands *c, const struct command_message *m, enum command_fault fault,
		     struct result *r);
/* The same for the verbs that say how a device is seen, and does it. done: for the log. */
enum command_fault commands_wish(struct commands *c, struct command_call *call, enum wish wish,
				 const char *done, struct result *r);
/* What is told of a device to whoever may do something to it: its row id and alias, null without, and how it is seen. */
void commands_tell_device(const struct device *device, struct result *r);

#define COMMANDS_DECLARE(upper, lower, ...)                                                                  \
	enum command_fault command_##lower(struct commands *c, struct command_call *call, struct result *r);
COMMANDS_EACH(COMMANDS_DECLARE)
#undef COMMANDS_DECLARE
