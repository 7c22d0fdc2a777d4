/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <stdio.h>

static enum command_fault take_company(const struct commands *c, struct command_call *call,
				       struct company **ret)
{
	uint32_t id;

	if (!commands_take_id(call, &id))
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	*ret = commands_is_outdated(c, call) ? NULL : shared_find_company(&c->model->shared, id);
	return *ret ? COMMAND_FAULT_NONE : COMMAND_FAULT_COMPANY_GONE;
}

enum command_fault command_spotlight(struct commands *c, struct command_call *call, struct result *r)
{
	struct text kind = text_take_until(&call->rest, ' ');
	struct device *device = NULL;
	struct company *company = NULL;
	enum command_fault fault = COMMAND_FAULT_NONE;

	if (text_is(kind, "device"))
		fault = commands_take_device(c, call, &device);
	else if (text_is(kind, "company"))
		fault = take_company(c, call, &company);
	else if (!text_is(kind, "nothing"))
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	if (fault)
		return fault;
	if (call->rest.length)
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	room_spotlight(&c->model->room, device, company);
	if (device)
		snprintf(r->did, sizeof(r->did), "put the device \"%s\" into the spotlight", device->alias);
	else if (company)
		snprintf(r->did, sizeof(r->did), "put the company %.200s into the spotlight", company->name);
	else
		snprintf(r->did, sizeof(r->did), "put out the spotlight");
	return COMMAND_FAULT_NONE;
}
