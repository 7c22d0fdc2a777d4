/* SPDX-License-Identifier: MIT */
/* What devices look up, and which conversations get a name by it. */
#include "category.h"
#include "model.h"
#include "util.h"

/* The home's device at this address; NULL when the address is none of a device, or there is no room. */
static struct device *client_of(struct model *m, const struct dns_event *e, int64_t now)
{
	const struct address *a = &e->client;
	bool own, machine = m->home.mode == HOME_MACHINE;

	if (!e->has_client)
		return NULL;
	own = address_is_loopback(a) || home_is_own(&m->home, a);
	if (own && machine)
		return m->devices.self;
	if (own || machine || !home_is_inside(&m->home, a))
		return NULL;
	return devices_get(&m->devices, a, false, now);
}

/* Milliseconds on the collector's clock. */
static int64_t time_of(const struct dns_event *e, int64_t now)
{
	int64_t age = e->time ? (int64_t)(clock_unix_ms() - e->time) : 0;

	return (int64_t)now - (age > 0 ? age : 0);
}

static void asked(struct model *m, struct device *device, const struct dns_event *e, int64_t when)
{
	uint64_t before = m->lookups.total;
	struct lookup *lookup = device ? lookups_ask(&m->lookups, device, e->name, e->type, when) : NULL;

	if (!lookup)
		return;
	device_looked_up(&m->devices, device, when);
	/* Not one that goes along with the one before. */
	if (m->lookups.total != before)
		model_tell_lookup(m, device, lookup->name, when, model_now(m));
}

static void answered(struct model *m, struct device *device, const struct dns_event *e, int64_t when,
		     int64_t now)
{
	struct lookup *lookup = device ? lookups_find(&m->lookups, device, e->name) : NULL;
	struct answered *answered;
	struct remote *remote;
	bool latest;

	if (lookup)
		lookup_set_result(&m->lookups, lookup, DNS_RESULT_ANSWERED);
	answered = answers_note(&m->answers, &e->address, device, e->name, lookup ? lookup->row.id : 0, when,
				&latest);
	if (!answered)
		return;
	remote = answered->remote ? answered->remote : remotes_find(&m->remotes, &e->address);
	if (!remote)
		return;
	latest |= remote_answered(&m->remotes, remote, answered);
	if (!latest)
		return;
	conversations_rename(&m->conversations, remote, now);
	if (category_is_ignored(answered->name->category))
		model_refresh(m, MODEL_CONNECTIONS);
}

/* Nothing of it may be taken in: it is of somebody who is left out or has not chosen, or of who knows whom while somebody
 * is; or it tells of a device that does not want to be seen. */
static bool is_private(struct model *m, const struct dns_event *e)
{
	enum privacy asks = e->has_client ? model_privacy(m, &e->client) : PRIVACY_UNKNOWN;

	if (!m->devices.wishes)
		return false;
	if (asks >= PRIVACY_QUIET || model_is_private_name(m, e->name))
		return true;
	return e->kind == DNS_ADDRESS && model_privacy(m, &e->address) != PRIVACY_NONE;
}

void model_dns(struct model *m, const struct dns_event *e)
{
	int64_t now = model_now(m);
	struct device *device;
	struct lookup *lookup;
	int64_t when = time_of(e, now);

	if (e->kind == DNS_LOST) {
		m->lookup_losses += e->count;
		return;
	}
	if (when < (int64_t)now - (int64_t)m->names_keep || is_private(m, e))
		return;
	device = client_of(m, e, now);
	/* Its holder had not chosen yet. */
	if (device && e->time && e->time / 1000 <= device->told_since)
		return;
	switch (e->kind) {
	case DNS_ASKED:
		return asked(m, device, e, when);
	case DNS_ADDRESS:
		return answered(m, device, e, when, now);
	case DNS_RESULT:
		lookup = device ? lookups_find(&m->lookups, device, e->name) : NULL;
		if (!lookup)
			return;
		lookup_set_result(&m->lookups, lookup, e->result);
		return model_tell_result(m, device, lookup, e->result);
	case DNS_LOST:
		return;
	}
}

void model_forget_old_names(struct model *m)
{
	int64_t before = (int64_t)model_now(m) - (int64_t)m->names_keep;

	lookups_expire(&m->lookups, before);
	answers_expire(&m->answers, before);
}

bool model_is_ignored(const struct model *m, const struct selection *s)
{
	const struct device_address *known = devices_find_address(&m->devices, &s->device);
	/* What another device looked up there says nothing of what this one does. */
	const struct answer *answer = known ? answers_latest(&m->answers, &s->remote, known->device) : NULL;

	if (m->ignores && m->ignores(m->ignores_data, &s->remote))
		return true;
	return answer && category_is_ignored(answer->name->category);
}
