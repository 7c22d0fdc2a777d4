/* SPDX-License-Identifier: MIT */
#include <linux/neighbour.h>
#include <stdlib.h>
#include <string.h>

#include "app_state.h"
#include "log.h"
#include "special.h"
#include "util.h"

static bool reads_one(const char *path)
{
	_cleanup_(cleanup_fclose) FILE *f = fopen(path, "re");

	/* 2 is for routers that take router advertisements themselves (ip-sysctl.rst). */
	return f && strchr("12", fgetc(f));
}

bool app_home_forwarding(void)
{
	return reads_one("/proc/sys/net/ipv4/ip_forward") ||
	       reads_one("/proc/sys/net/ipv6/conf/all/forwarding");
}

static void on_moved(void *data, struct ct_connection *c)
{
	struct app *app = data;

	connections_moved(app->connections, c);
}

void app_home_reclassify(struct app *app)
{
	app->reclassify = false;
	model_reclassify(app->model, app->table, on_moved, app);
}

static bool same_home(const struct home *a, const struct home *b)
{
	return a->mode == b->mode && a->n_networks == b->n_networks && a->n_own == b->n_own &&
	       !memcmp(a->networks, b->networks, a->n_networks * sizeof(a->networks[0])) &&
	       !memcmp(a->own, b->own, a->n_own * sizeof(a->own[0]));
}

static enum interfaces_mode mode_of(const char *word)
{
	return !strcmp(word, "router")	  ? INTERFACES_ROUTER
	       : !strcmp(word, "machine") ? INTERFACES_MACHINE
					  : INTERFACES_AUTO;
}

void app_home_update(struct app *app, const struct interfaces *interfaces)
{
	const struct settings *s = &app->settings;
	struct home home = {
	    .show_router = s->show_router,
	    .show_dns = s->show_dns,
	    .show_inside = s->show_inside,
	};

	app->forwarding = app_home_forwarding();
	interfaces_derive(interfaces, mode_of(s->mode), s->home.items, s->home.n, app->forwarding, &home);
	if (app->home_known && same_home(&home, &app->model->home))
		return;
	app->home_known = true;
	model_set_home(app->model, &home);
	/* What is home is part of what is said of a remote. */
	remotes_describe_all(&app->model->remotes);
	app->reclassify = true;
	app_report_home(&home, interfaces);
}

static void on_interfaces(void *data, const struct interfaces *interfaces)
{
	struct app *app = data;
	const uint8_t *mac = interfaces_own_mac(interfaces);

	app_home_update(app, interfaces);
	if (mac)
		devices_set_self_mac(&app->model->devices, mac);
}

/* The upstream router is nobody's device, though its link-local address looks like those at home. */
static bool is_at_home(const struct app *app, const struct rtnl_message *m)
{
	const struct home *home = &app->model->home;
	const struct interface *link = interfaces_find(rtnl_interfaces(app->rtnl), m->interface);

	if (home->mode != HOME_ROUTER || !home_is_inside(home, &m->address) || home_is_own(home, &m->address))
		return false;
	return !(link && link->upstream && special_of(&m->address) == SPECIAL_LINK_LOCAL);
}

static void on_neighbour(void *data, const struct rtnl_message *m)
{
	const uint16_t valid = NUD_PERMANENT | NUD_REACHABLE | NUD_PROBE | NUD_STALE | NUD_DELAY;
	struct app *app = data;
	struct devices *devices = &app->model->devices;

	if (!app->home_known)
		return;
	if (m->removed || !(m->state & valid) || !m->has_mac)
		devices_neighbour_gone(devices, &m->address);
	else if (is_at_home(app, m))
		app->reclassify |= devices_neighbour(devices, &m->address, m->mac, model_now(app->model));
}

static void on_settled(void *data)
{
	struct app *app = data;

	if (app->reclassify)
		app_home_reclassify(app);
	if (app->home_known)
		app_start_source(app);
}

static void on_failed(void *data, int error)
{
	static const struct interfaces none;
	struct app *app = data;

	log_error(
	    "The machine's interfaces and neighbours cannot be followed (%s): devices are known by their "
	    "addresses only; set networks.home where the home networks are not right.",
	    strerror(-error));
	if (!app->home_known) {
		app_home_update(app, &none);
		app_start_source(app);
	}
}

const struct rtnl_listener app_home_listener = {
    .interfaces = on_interfaces,
    .neighbour = on_neighbour,
    .settled = on_settled,
    .failed = on_failed,
};
