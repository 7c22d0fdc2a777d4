/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <errno.h>
#include <string.h>

#include "util.h"
#include "written_text.h"

/* Of one device in a while: nobody's hand does more. */
#define DEVICE_MOST 20
#define DEVICE_WHILE_S 10

typedef enum command_fault (*doer)(struct commands *c, struct command_call *call, struct result *r);

#define DOER(upper, lower, ...) [COMMAND_##upper] = command_##lower,
static const doer doers[COMMANDS] = {COMMANDS_EACH(DOER)};

#define WORD(upper, lower, verb, ...) " " verb

bool commands_allow(const struct commands *c, enum command command)
{
	for (size_t i = 0; i < c->allow->n; i++)
		if (!strcmp(c->allow->items[i], command_rows[command].verb))
			return true;
	return false;
}

const char *commands_check_verb(const char *value)
{
	return command_find((struct text){value, strlen(value)}) < 0
		   ? "one of the commands" COMMANDS_EACH(WORD)
		   : NULL;
}

bool commands_lead(const struct command_call *call)
{
	return command_rows[call->message->command].may[call->message->role] == COMMAND_MAY_ANY;
}

bool commands_is_outdated(const struct commands *c, const struct command_call *call)
{
	const struct frame_epoch *epoch = &call->message->epoch;

	return (epoch->start || epoch->random) && frame_epoch_compare(epoch, &c->epoch) != 0;
}

bool commands_take_id(struct command_call *call, uint32_t *ret)
{
	struct text word = text_take_until(&call->rest, ' ');
	uint64_t id;

	call->more = call->rest.at > word.at + word.length;
	if (!word.length || word.at[0] == '0' || !text_take_number(&word, UINT32_MAX, &id) || word.length)
		return false;
	*ret = (uint32_t)id;
	return true;
}

enum command_fault commands_take_text(struct command_call *call, char *ret, size_t size)
{
	static const enum command_fault faults[] = {
	    [WRITTEN_TEXT_GOOD] = COMMAND_FAULT_NONE,	    [WRITTEN_TEXT_EMPTY] = COMMAND_FAULT_TEXT_EMPTY,
	    [WRITTEN_TEXT_LONG] = COMMAND_FAULT_TOO_LONG,   [WRITTEN_TEXT_UNSEEN] = COMMAND_FAULT_TEXT_UNSEEN,
	    [WRITTEN_TEXT_BROKEN] = COMMAND_FAULT_NOT_TEXT,
	};
	char text[COMMAND_BYTES_MAX + 1] = "";

	if (call->rest.length)
		memcpy(text, call->rest.at, call->rest.length);
	return faults[written_text_take(ret, size, text)];
}

static bool is_left_out_by_address(const struct commands *c, const struct address *a)
{
	enum wish wish = devices_wish_at(c->devices, a);

	return wish == WISH_LEFT_OUT ||
	       (wish == WISH_UNCHOSEN_OUT && model_privacy(c->model, a) == PRIVACY_APART);
}

/* Who has this address; one that is left out and known by it alone is remembered for that. */
static struct device *find_holder(const struct commands *c, const struct address *a)
{
	struct device *device = devices_holder(c->devices, a);

	if (!device && !devices_find_address(c->devices, a) && is_left_out_by_address(c, a))
		device = devices_get(c->devices, a, false, 0);
	return device;
}

static enum command_fault take_any(const struct commands *c, const struct command_call *call,
				   struct text word, struct device **ret)
{
	char text[ADDRESS_TEXT_MAX] = "";
	struct text number = word;
	struct address a;
	uint64_t id;

	if (word.at[0] != '0' && text_take_number(&number, UINT32_MAX, &id) && !number.length) {
		*ret = commands_is_outdated(c, call) ? NULL : devices_find_id(c->devices, (uint32_t)id);
		return *ret ? COMMAND_FAULT_NONE : COMMAND_FAULT_DEVICE_GONE;
	}
	if (word.length < sizeof(text))
		memcpy(text, word.at, word.length);
	if (address_parse(&a, text) < 0)
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	*ret = find_holder(c, &a);
	return *ret ? COMMAND_FAULT_NONE : COMMAND_FAULT_DEVICE_GONE;
}

enum command_fault commands_take_device(const struct commands *c, struct command_call *call,
					struct device **ret)
{
	struct text word = text_take_until(&call->rest, ' '), number = word;
	uint64_t id = 0;
	bool me = text_is(word, "me");

	call->more = call->rest.at > word.at + word.length;
	if (!word.length)
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	if (!me && commands_lead(call))
		return take_any(c, call, word, ret);
	if (!me && (word.at[0] == '0' || !text_take_number(&number, UINT32_MAX, &id) || number.length))
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	if (!call->own)
		return COMMAND_FAULT_NO_DEVICE;
	if (!me && commands_is_outdated(c, call))
		return COMMAND_FAULT_DEVICE_GONE;
	/* What was meant, and who asks, are the same one: else one of them has another address by now. */
	if (!me && (wish_is_out(call->own->wish) || call->own->row.id != id))
		return COMMAND_FAULT_OTHER_DEVICE;
	*ret = call->own;
	return COMMAND_FAULT_NONE;
}

enum command_fault commands_take_conversation(const struct commands *c, struct command_call *call,
					      struct conversation **ret)
{
	struct conversation *conversation;
	uint32_t id;

	if (!commands_take_id(call, &id))
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	if (!commands_lead(call) && !call->own)
		return COMMAND_FAULT_NO_DEVICE;
	conversation =
	    commands_is_outdated(c, call) ? NULL : conversations_find_id(&c->model->conversations, id);
	if (!conversation)
		return COMMAND_FAULT_CONVERSATION_GONE;
	if (!commands_lead(call) && conversation->device != call->own)
		return COMMAND_FAULT_OTHER_DEVICE;
	*ret = conversation;
	return COMMAND_FAULT_NONE;
}

void commands_tell_device(const struct device *device, struct result *r)
{
	bool left_out = wish_is_out(device->wish);

	if (left_out)
		result_null(r, "device");
	else
		result_number(r, "device", device->row.id);
	result_text(r, "alias", left_out ? NULL : device->alias);
	result_text(r, "wish", wish_word(device->wish));
}

bool commands_has_choice(const struct commands *c, const struct device *device)
{
	return alias_store_is_room(c->aliases) && !device->self && !device_is_many(device) &&
	       commands_allow(c, COMMAND_SHOW) && commands_allow(c, COMMAND_HIDE) &&
	       commands_allow(c, COMMAND_LEAVE_OUT);
}

enum command_fault commands_wish(struct commands *c, struct command_call *call, enum wish wish,
				 const char *done, struct result *r)
{
	struct device *device;
	enum command_fault fault = commands_take_device(c, call, &device);
	bool by_holder, chooses;

	if (fault)
		return fault;
	by_holder = device == call->own;
	chooses = by_holder && !device->self && alias_store_asks(c->aliases, device);
	if (call->more)
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	if (device->self && wish != WISH_SHOWN)
		return COMMAND_FAULT_ROUTER;
	/* One cannot choose for the others. */
	if (device_is_many(device) && (wish != WISH_SHOWN || chooses))
		return COMMAND_FAULT_MANY_BEHIND;
	/* Whoever is hidden and asks again gets another name. */
	if (device->wish != wish || wish == WISH_HIDDEN || chooses) {
		if (!c->set_wish(c->data, device, wish, by_holder))
			return COMMAND_FAULT_NO_ANSWER;
		snprintf(r->did, sizeof(r->did), "%s", done);
	}
	commands_tell_device(device, r);
	return COMMAND_FAULT_NONE;
}

static bool is_too_much(struct commands *c, uint64_t second)
{
	if (c->second != second)
		c->in_second = 0, c->ending_us = 0;
	c->second = second;
	return ++c->in_second > COMMANDS_A_SECOND;
}

static bool is_too_fast(struct device *device, uint64_t second)
{
	if (!device)
		return false;
	if (second - device->asked_s >= DEVICE_WHILE_S) {
		device->asked_s = second;
		device->asked = 0;
	}
	if (device->asked == DEVICE_MOST)
		return true;
	device->asked++;
	return false;
}

static bool is_discreet(const struct command_message *m, const struct device *own)
{
	/* when it came, beside the counts, would tell of a vote whose it was */
	return m->command == COMMAND_VOTE || m->command == COMMAND_HIDE || m->command == COMMAND_LEAVE_OUT ||
	       m->command == COMMAND_SHOW || (own && own->wish != WISH_SHOWN);
}

static enum command_fault carry_out(struct commands *c, const struct command_message *m, struct result *r,
				    struct commands_outcome *ret)
{
	struct command_call call = {
	    .message = m,
	    .own = find_holder(c, &m->address),
	    .rest = m->arguments,
	    .more = m->arguments.length > 0,
	};
	uint64_t second = clock_ms() / 1000;
	enum command_fault fault;

	ret->discreet = is_discreet(m, call.own);
	if (is_too_much(c, second))
		return COMMAND_FAULT_BUSY;
	if (is_too_fast(call.own, second))
		return COMMAND_FAULT_TOO_FAST;
	if (!commands_allow(c, m->command))
		return COMMAND_FAULT_NOT_ALLOWED;
	fault = doers[m->command](c, &call, r);
	ret->later = call.later;
	return fault;
}

/* The answer, whose length it gives; what it says goes into o, too. */
static size_t write_answer(char reply[COMMAND_REPLY_MAX], struct commands_outcome *o, struct result *r)
{
	const char *json = NULL;

	memcpy(o->did, r->did, sizeof(o->did));
	if (!o->fault) {
		json = result_end(r);
		/* what is said does not fit, though it was done */
		o->fault = json ? COMMAND_FAULT_NONE : COMMAND_FAULT_NO_ANSWER;
	}
	return o->fault ? command_reply_write_fault(reply, o->message.request, o->fault)
			: command_reply_write(reply, o->message.request, json);
}

void commands_finish(struct commands *c, const struct command_message *m, enum command_fault fault,
		     struct result *r)
{
	struct commands_outcome o = {.message = *m, .has_sender = true, .fault = fault};
	char reply[COMMAND_REPLY_MAX];
	size_t n;

	o.discreet = is_discreet(m, find_holder(c, &m->address));
	n = write_answer(reply, &o, r);
	c->answer(c->data, reply, n, &o);
}

size_t commands_do(struct commands *c, const char *text, size_t length, char reply[COMMAND_REPLY_MAX],
		   struct commands_outcome *ret)
{
	struct result result = {};
	struct commands_outcome o = {};
	int r = command_message_read(&o.message, text, length);

	if (r < 0)
		return 0;
	o.fault = (enum command_fault)r;
	o.has_sender = o.fault != COMMAND_FAULT_NOT_UNDERSTOOD;
	if (!o.fault)
		o.fault = carry_out(c, &o.message, &result, &o);
	*ret = o;
	if (o.later)
		return 0;
	return write_answer(reply, ret, &result);
}
