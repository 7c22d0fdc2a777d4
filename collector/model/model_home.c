/* SPDX-License-Identifier: MIT */
/* What is home is another network now. */
#include "model.h"

static void forget_outside(struct model *m)
{
	for (struct device *device = NULL; (device = devices_next(&m->devices, device));)
		for (struct device_address *a = device->addresses; a; a = a->next)
			if (m->home.mode != HOME_ROUTER || !home_is_inside(&m->home, &a->address))
				a->neighbour = false;
}

static void name_self(struct model *m)
{
	int64_t now = model_now(m);

	for (size_t i = 0; i < m->home.n_own; i++)
		if (m->home.mode == HOME_MACHINE && home_is_inside(&m->home, &m->home.own[i]))
			devices_get(&m->devices, &m->home.own[i], true, now);
}

void model_set_home(struct model *m, const struct home *home)
{
	m->home = *home;
	site_set_home(&m->site, home);
	m->devices.without_self = home->mode == HOME_ROUTER && !home->show_router;
	forget_outside(m);
	name_self(m);
}
