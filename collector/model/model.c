/* SPDX-License-Identifier: MIT */
#include "model.h"

#include <errno.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <netinet/in.h>
#include <stdlib.h>

#include "util.h"

/*
 * What a connection's model_conversation holds: the conversation's slot, with what the connection counts as in it
 * (PHASE_SHIFT) and whether something of what it moved counts elsewhere (HANDED): for the device that had its address
 * before, or in what the session was before; or, instead of a slot, LEFT_OUT and the kind of selection, with SECRET and
 * INBOUND.
 */
#define PHASE_SHIFT 30
#define HANDED 0x20000000u
#define SLOT 0x1fffffffu
#define LEFT_OUT 0x1fffff00u
#define INBOUND 0x40u
#define SECRET 0x80u
#define KIND 0x3fu

/* Unix time in ms at 0 of the collector's clock. */
static int64_t unix_base(const struct model *m)
{
	return (int64_t)clock_unix_ms() - model_now(m);
}

int model_new(struct model **ret, struct row_watch *watch, const struct model_options *options)
{
	static const struct history_limits history = HISTORY_LIMITS;
	struct model *m = calloc(1, sizeof(*m));
	int r;

	if (!m)
		return -ENOMEM;
	m->watch = watch;
	m->clock_base = options->clock_base;
	m->names_keep = options->names_keep;
	site_init(&m->site, watch, options->site);
	row_table_init(&m->sources, watch);
	shared_init(&m->shared, watch, options->purpose);
	m->ignores = options->ignores;
	m->tells = options->tells;
	m->ignores_data = m->tells_data = options->data;
	names_init(&m->names, watch, &m->shared, options->describe_name, options->data);
	lookups_init(&m->lookups, watch, &m->names, options->max_lookups);
	answers_init(&m->answers, &m->names, options->max_answers);
	devices_init(&m->devices, watch, options->max_devices, options->namer, options->data);
	m->devices.wisher = options->wisher;
	m->devices.leaves = model_device_leaves;
	m->devices.leaves_data = m;
	remotes_init(&m->remotes, watch, &m->shared, &m->answers, options->max_remotes, options->describe,
		     options->data);
	conversations_init(&m->conversations, watch, &m->devices, &m->remotes, &m->answers, &m->history,
			   &options->conversations);
	room_init(&m->room, watch, &m->shared);
	m->old_connections = UINT32_MAX;
	r = history_init(&m->history, watch, &history, unix_base(m));
	if (r < 0) {
		model_free(m);
		return r;
	}
	*ret = m;
	return 0;
}

struct model *model_free(struct model *m)
{
	if (!m)
		return NULL;
	conversations_done(&m->conversations);
	history_done(&m->history);
	remotes_done(&m->remotes);
	lookups_done(&m->lookups);
	answers_done(&m->answers);
	names_done(&m->names);
	devices_done(&m->devices);
	room_done(&m->room);
	shared_done(&m->shared);
	row_table_done(&m->sources);
	site_done(&m->site);
	session_forget(&m->session);
	free(m);
	return NULL;
}

int64_t model_now(const struct model *m)
{
	return (int64_t)(clock_ms() - m->clock_base);
}

static enum conversation_phase phase_of(const struct ct_connection *c)
{
	if (c->protocol != IPPROTO_TCP || c->state == TCP_CONNTRACK_ESTABLISHED)
		return PHASE_OPEN;
	switch (c->state) {
	case TCP_CONNTRACK_FIN_WAIT:
	case TCP_CONNTRACK_CLOSE_WAIT:
	case TCP_CONNTRACK_LAST_ACK:
	case TCP_CONNTRACK_TIME_WAIT:
	case TCP_CONNTRACK_CLOSE:
		return PHASE_CLOSING;
	default:
		return PHASE_CONNECTING;
	}
}

enum conversation_phase model_phase_of(const struct ct_connection *c)
{
	return (enum conversation_phase)(c->model_conversation >> PHASE_SHIFT);
}

static struct traffic as_seen(bool inbound, const uint64_t bytes[CT_DIRECTIONS],
			      const uint64_t packets[CT_DIRECTIONS])
{
	enum ct_direction up = inbound ? CT_REPLY : CT_ORIG;
	enum ct_direction down = inbound ? CT_ORIG : CT_REPLY;

	return (struct traffic){bytes[up], bytes[down], packets[up], packets[down]};
}

struct conversation *model_conversation_of(const struct model *m, const struct ct_connection *c)
{
	uint32_t slot = c->model_conversation & SLOT;

	return slot && slot < LEFT_OUT ? conversations_at(&m->conversations, slot) : NULL;
}

static bool is_left_out(const struct ct_connection *c)
{
	return (c->model_conversation & SLOT) >= LEFT_OUT;
}

static bool is_apart(const struct ct_connection *c)
{
	uint32_t kind = c->model_conversation & KIND;

	return is_left_out(c) && (kind == SELECTION_APART || kind == SELECTION_UNKNOWN);
}

static bool is_inbound(const struct model *m, const struct ct_connection *c)
{
	return is_left_out(c) ? c->model_conversation & INBOUND : model_conversation_of(m, c)->inbound;
}

bool model_is_secret(const struct ct_connection *c)
{
	return is_left_out(c) && c->model_conversation & SECRET;
}

bool model_counts(const struct model *m, const struct ct_connection *c)
{
	return is_apart(c) || model_conversation_of(m, c);
}

static uint32_t left_out_as(const struct selection *s)
{
	return LEFT_OUT | s->kind | (s->inbound ? INBOUND : 0) | (s->secret ? SECRET : 0);
}

/* What c moved, but for what an earlier run has counted. */
static struct traffic take_moved(struct model *m, struct ct_connection *c)
{
	bool inbound = is_inbound(m, c);
	struct traffic t = as_seen(inbound, c->bytes, c->packets);
	const struct session_connection *before = session_take(&m->session, c);

	if (before) {
		const struct traffic counted = as_seen(inbound, before->bytes, before->packets);

		c->model_conversation |= HANDED;
		traffic_subtract(&t, &counted);
	}
	return t;
}

/* The history needs not know what it has moved: nobody knows when that was. Else all of it moves now. */
static const struct conversation_told told_all = {UINT64_MAX, UINT64_MAX, 1}, told_none;

/* It was there before anybody watched. */
static bool is_old(const struct model *m, const struct ct_connection *c)
{
	return c->row <= m->old_connections;
}

/* handed: what c moved until now counts elsewhere. told: what of that the history knows, or needs not know. */
static void attach(struct model *m, struct ct_connection *c, const struct selection *s, int64_t now,
		   bool handed, const struct conversation_told *told)
{
	struct conversation *conversation = NULL;
	enum conversation_phase phase = phase_of(c);
	int64_t active = ct_connection_active(c, (uint64_t)now);
	struct traffic t = {};

	c->model_masked = s->masked;
	if (s->kind == SELECTION_SHOWN)
		conversation = conversations_get(&m->conversations, s, c->protocol, now);
	if (conversation) {
		c->model_conversation = conversation->slot | (uint32_t)phase << PHASE_SHIFT;
		m->shown++;
		conversation_begin(&m->conversations, conversation, phase, active);
	} else {
		c->model_conversation = left_out_as(s);
		m->left_out[s->kind]++;
	}
	if (handed)
		c->model_conversation |= HANDED;
	if (!handed && model_counts(m, c))
		t = take_moved(m, c);
	if (!conversation) {
		traffic_add(&m->apart, &t);
		return;
	}
	conversation_count(&m->conversations, conversation, &t, false, active);
	conversation_note_told(conversation, told, &t);
}

static void detach(struct model *m, struct ct_connection *c)
{
	struct conversation *conversation = model_conversation_of(m, c);

	if (conversation) {
		m->shown--;
		conversation_end(&m->conversations, conversation, model_phase_of(c));
	} else {
		m->left_out[c->model_conversation & KIND]--;
	}
	c->model_conversation = 0;
}

/*
 * It goes on elsewhere and counts there alone. What it moved goes along where that is known: not of one of which
 * something counts elsewhere, nor what it moved before somebody set its counters to zero.
 */
static struct conversation_told take_along(struct model *m, const struct ct_connection *c)
{
	struct conversation *conversation = model_conversation_of(m, c);
	struct traffic t = as_seen(is_inbound(m, c), c->bytes, c->packets);
	bool whole = !(c->model_conversation & HANDED);

	if (conversation && whole)
		conversation_count(&m->conversations, conversation, &t, true, conversation->active);
	else if (whole)
		traffic_subtract(&m->apart, &t);
	if (!conversation)
		return is_old(m, c) ? told_all : told_none;
	conversation_uncount(&m->conversations, conversation);
	return conversation_take_told(conversation);
}

static void decide(struct selection *ret, const struct model *m, const struct ct_connection *c)
{
	selection_decide(ret, &m->home, c->tuple, c->protocol, c->has_ports);
	if (m->devices.wishes)
		model_heed_wishes(m, ret, c->tuple);
	if (ret->kind == SELECTION_SHOWN && model_is_ignored(m, ret))
		ret->kind = SELECTION_IGNORED;
}

void model_connection_added(struct model *m, struct ct_connection *c)
{
	struct selection s;

	decide(&s, m, c);
	attach(m, c, &s, model_now(m), false, is_old(m, c) ? &told_all : &told_none);
}

static void count(struct model *m, const struct ct_connection *c, const struct ct_change *change)
{
	struct conversation *conversation = model_conversation_of(m, c);
	struct traffic t;
	int64_t now;

	if (!conversation && !is_apart(c))
		return;
	t = as_seen(is_inbound(m, c), change->bytes, change->packets);
	now = model_now(m);
	if (!conversation)
		traffic_add(&m->apart, &t);
	else if (traffic_moved(&t))
		conversation_count(&m->conversations, conversation, &t, false, now);
	else if (change->active)
		conversation_touch(&m->conversations, conversation, now);
}

void model_connection_changed(struct model *m, struct ct_connection *c, const struct ct_change *change)
{
	struct conversation *conversation = model_conversation_of(m, c);
	enum conversation_phase before = model_phase_of(c), phase = phase_of(c);

	m->zeroed += change->zeroed;
	count(m, c, change);
	if (!conversation || phase == before)
		return;
	c->model_conversation ^= (uint32_t)(before ^ phase) << PHASE_SHIFT;
	conversation_turn(&m->conversations, conversation, before, phase);
}

void model_connection_ended(struct model *m, struct ct_connection *c, const struct ct_change *change)
{
	m->zeroed += change->zeroed;
	count(m, c, change);
	detach(m, c);
}

static bool stays(const struct model *m, const struct ct_connection *c, const struct selection *s)
{
	const struct conversation *conversation = model_conversation_of(m, c);

	if (c->model_masked != s->masked)
		return false;
	if (conversation)
		return s->kind == SELECTION_SHOWN &&
		       conversation_is(&m->conversations, conversation, s, c->protocol);
	return s->kind != SELECTION_SHOWN && (c->model_conversation & ~HANDED) == left_out_as(s);
}

/*
 * Its address is another device's now: what it moved stays with the one that had the address. Not so of a device
 * without a MAC, which turned out to be the same, nor of a repeater's, which stood for those behind it, nor of nobody
 * who is known.
 */
static bool has_changed_hands(const struct model *m, const struct ct_connection *c, const struct selection *s)
{
	const struct conversation *conversation = model_conversation_of(m, c);
	const struct device_address *known = devices_find_address(&m->devices, &s->device);

	if (is_left_out(c))
		return (c->model_conversation & KIND) == SELECTION_APART;
	return (s->kind == SELECTION_SHOWN || s->kind == SELECTION_APART) &&
	       !(known && known->device == conversation->device) && conversation->device->has_mac &&
	       !conversation->device->shared;
}

bool model_reclassify(struct model *m, struct ct_connection *c, int64_t now)
{
	bool counted = model_counts(m, c), was = model_conversation_of(m, c) || c->model_masked;
	bool handed = c->model_conversation & HANDED;
	struct conversation_told told = told_all;
	struct selection s;

	decide(&s, m, c);
	if (stays(m, c, &s))
		return false;
	if (has_changed_hands(m, c, &s))
		handed = true;
	else if (counted)
		told = take_along(m, c);
	detach(m, c);
	attach(m, c, &s, now, handed, &told);
	/* One that still does not fit is where it was. */
	return was || model_conversation_of(m, c) || c->model_masked;
}

void model_release(struct model *m, struct ct_connection *c)
{
	detach(m, c);
}

void model_settle(struct model *m, struct ct_connection *c, int64_t now)
{
	struct selection s;

	decide(&s, m, c);
	attach(m, c, &s, now, true, &told_all);
}

void model_connection_hand(struct ct_connection *c)
{
	c->model_conversation |= HANDED;
}

bool model_has_room(const struct model *m)
{
	return m->left_out[SELECTION_SHOWN] && conversations_have_room(&m->conversations) &&
	       devices_have_room(&m->devices);
}
