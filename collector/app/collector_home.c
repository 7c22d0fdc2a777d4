/* SPDX-License-Identifier: MIT */
#include <linux/neighbour.h>
#include <string.h>

#include "collector_private.h"
#include "log.h"
#include "special.h"
#include "text.h"
#include "util.h"

static bool same_home(const struct home *a, const struct home *b)
{
	return a->mode == b->mode && a->n_networks == b->n_networks && a->n_own == b->n_own &&
	       a->n_linked == b->n_linked && a->left_out == b->left_out && a->show_router == b->show_router &&
	       a->show_dns == b->show_dns && a->show_inside == b->show_inside &&
	       !memcmp(a->networks, b->networks, a->n_networks * sizeof(a->networks[0])) &&
	       !memcmp(a->linked, b->linked, a->n_linked * sizeof(a->linked[0])) &&
	       !memcmp(a->own, b->own, a->n_own * sizeof(a->own[0]));
}

void collector_home_update(struct collector *collector, const struct interfaces *interfaces)
{
	const struct collector_options *o = &collector->options;
	struct home home = {
	    .show_router = o->show_router,
	    .show_dns = o->show_dns,
	    .show_inside = o->show_inside,
	};

	home_find(&home, interfaces, (enum home_wish)o->mode, o->home.items, o->home.n);
	if (collector->home_known && same_home(&home, &collector->model->home))
		return;
	collector->home_known = true;
	model_set_home(collector->model, &home);
	/* What is home is part of what is said of a remote. */
	collector_refresh(collector, MODEL_REMOTES | MODEL_CONNECTIONS);
	collector_report_home(&home);
}

static void on_interfaces(void *data, const struct interfaces *interfaces)
{
	struct collector *collector = data;
	const uint8_t *mac = interfaces_own_mac(interfaces);

	collector_home_update(collector, interfaces);
	if (mac)
		devices_set_self_mac(&collector->model->devices, mac);
	devices_neighbours_begin(&collector->model->devices);
}

static void on_neighbours_told(void *data)
{
	struct collector *collector = data;

	devices_neighbours_end(&collector->model->devices);
}

/* The upstream router is nobody's device, though its link-local address looks like those at home. */
static bool is_at_home(const struct collector *collector, const struct rtnl_message *m)
{
	const struct home *home = &collector->model->home;
	const struct interfaces *i = rtnl_interfaces(collector->rtnl);
	const struct interface *link = interfaces_find(i, m->interface);

	if (home->mode != HOME_ROUTER || !home_is_inside(home, &m->address) || home_is_own(home, &m->address))
		return false;
	return !(link && !interfaces_is_inner(i, link) && special_of(&m->address) == SPECIAL_LINK_LOCAL);
}

static void log_neighbour(const struct collector *collector, const struct rtnl_message *m)
{
	const struct device *device = devices_find_mac(&collector->model->devices, m->mac);
	char address[ADDRESS_TEXT_MAX], mac[MAC_TEXT_MAX];

	if (device && device->wish != WISH_SHOWN)
		return;
	log_debug("The address %s now belongs to the device %s.", address_format(&m->address, address),
		  mac_format(m->mac, mac));
}

static void on_neighbour(void *data, const struct rtnl_message *m)
{
	const uint16_t valid = NUD_PERMANENT | NUD_REACHABLE | NUD_PROBE | NUD_STALE | NUD_DELAY;
	struct collector *collector = data;
	struct devices *devices = &collector->model->devices;

	if (!collector->home_known)
		return;
	if (m->removed || !(m->state & valid) || !m->has_mac) {
		devices_neighbour_gone(devices, &m->address);
	} else if (is_at_home(collector, m)) {
		/* Who it is was waited for. */
		bool again = devices->wishes && !devices_find_address(devices, &m->address);

		again |= devices_neighbour(devices, &m->address, m->mac, model_now(collector->model));
		collector_wishes_settle(collector);
		if (!again)
			return;
		log_neighbour(collector, m);
		collector_refresh(collector, MODEL_CONNECTIONS);
	}
}

static void on_settled(void *data)
{
	struct collector *collector = data;

	collector->turns.part = PART_HOME;
	if (collector->home_known)
		collector_start_source(collector);
}

static void on_failed(void *data, int error)
{
	static const struct interfaces none;
	struct collector *collector = data;

	log_warning(
	    "The machine's interfaces and neighbours cannot be followed (%s): this is tried again; until then what was known stays, and new devices are known by their addresses only.",
	    strerror(-error));
	if (!collector->home_known) {
		collector_home_update(collector, &none);
		collector_start_source(collector);
	}
}

static void on_recovered(void *data)
{
	(void)data;
	log_info("The machine's interfaces and neighbours are followed again.");
}

const struct rtnl_listener collector_home_listener = {
    .interfaces = on_interfaces,
    .neighbour = on_neighbour,
    .neighbours_told = on_neighbours_told,
    .settled = on_settled,
    .failed = on_failed,
    .recovered = on_recovered,
};
