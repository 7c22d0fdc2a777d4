/* SPDX-License-Identifier: MIT */
/* What the viewer's own device looked up. */
#include "category.h"
#include "commands.h"
#include "util.h"

#define BESIDE_NAME 128 /* bytes of an item, at most, without its name */

static void tell(const struct lookup *l, int64_t now, struct result *r)
{
	const struct name *name = l->name;

	result_item_list(r);
	result_item(r, name->text);
	result_item_number(r, now > l->asked ? (uint64_t)(now - l->asked) : 0);
	result_item_number(r, l->count);
	result_item(r, lookup_result_word((enum dns_result)l->result));
	if (name->company)
		result_item_number(r, name->company->row.id);
	else
		result_item(r, NULL);
	result_item(r, category_word(name->category));
	result_list_end(r);
}

enum command_fault command_asked(struct commands *c, struct command_call *call, struct result *r)
{
	const struct chain *all, *link;
	uint32_t skip = 0;

	if (call->more && (!commands_take_id(call, &skip) || call->more))
		return COMMAND_FAULT_NOT_UNDERSTOOD;
	if (!call->own)
		return COMMAND_FAULT_NO_DEVICE;
	if (wish_is_out(call->own->wish))
		return COMMAND_FAULT_LEFT_OUT;
	/* they would be the others' as well */
	if (device_is_many(call->own))
		return COMMAND_FAULT_MANY_BEHIND;
	all = &call->own->lookups;
	link = all->previous;
	for (; skip && link != all; skip--)
		link = link->previous;
	result_number(r, "device", call->own->row.id);
	result_list(r, "lookups");
	for (; link != all; link = link->previous) {
		const struct lookup *l = CONTAINER_OF(link, struct lookup, of_device);

		/* each byte of a name may need an escape */
		if (result_room(r) < 2 * strlen(l->name->text) + BESIDE_NAME)
			break;
		tell(l, model_now(c->model), r);
	}
	result_list_end(r);
	result_flag(r, "more", link != all);
	return COMMAND_FAULT_NONE;
}
