/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>
#include <systemd/sd-daemon.h>

#include "collector_private.h"
#include "log.h"
#include "special.h"
#include "util.h"

#define STATUS_TICKS 5	/* seconds between two status lines for systemd */
#define LOSSES_TICKS 10 /* seconds between two sentences about lost events */

void collector_report_file(void *data, const struct source *source, const char *good)
{
	struct collector *collector = data;

	collector->turns.part = PART_FILES;
	if (source->detail[0])
		log_warning("%s", source->detail);
	else
		log_info("%s", good);
}

void collector_report_home(const struct home *home)
{
	char text[1024] = "";
	size_t used = 0;

	for (size_t i = 0; i < home->n_networks && used < sizeof(text) - ADDRESS_TEXT_MAX - 2; i++) {
		char one[ADDRESS_TEXT_MAX];

		if (special_of(&home->networks[i].base) == SPECIAL_LINK_LOCAL)
			continue;
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s", used ? ", " : "",
					 network_format(&home->networks[i], one));
	}
	if (home->mode == HOME_MACHINE)
		log_info(
		    "This machine forwards for no home network: it is the one device that is watched. Set networks.home where that is wrong.");
	else
		log_info("The home networks are %s.", used ? text : "none");
	if (home->left_out)
		log_warning(
		    "This machine has more interfaces, addresses or networks than the collector holds: %zu were left out. Set networks.home to the networks that matter.",
		    home->left_out);
}

static void report_accounting(struct collector *collector, const struct ct_source_status *status)
{
	bool off = !status->accounting;

	if (!status->accounting_known && !collector->said_hidden)
		log_warning(
		    "/proc/sys/net/netfilter/nf_conntrack_acct cannot be read (ProcSubset=pid in a systemd unit hides it): whether the kernel counts is told from its entries.");
	collector->said_hidden |= !status->accounting_known;
	if (off && !collector->said_accounting)
		log_warning(
		    "The kernel does not count packets and bytes, so they are unknown. Turn it on with \"sysctl net.netfilter.nf_conntrack_acct=1\": connections that begin after that are counted.");
	if (!off && collector->said_accounting)
		log_info("The kernel counts packets and bytes now.");
	collector->said_accounting = off;
}

void collector_report_source(struct collector *collector)
{
	struct site *site = &collector->model->site;
	struct ct_source_status status;

	ct_source_get_status(collector->source, &status);
	site_set(site, SITE_ACCOUNTING, status.accounting);
	site_set(site, SITE_INTERVAL, status.interval);
	site_set(site, SITE_IDLE, (uint64_t)collector->options.idle * 1000);
	site_set(site, SITE_DUMP_COST, status.dump_cost);
	site_set(site, SITE_EVENTS, collector->options.events);
	site_set(site, SITE_EVENT_LOSSES, status.event_losses);
	report_accounting(collector, &status);
}

static void report_losses(struct collector *collector)
{
	struct ct_source_status status;

	if (!collector->source || collector->ticks % LOSSES_TICKS)
		return;
	ct_source_get_status(collector->source, &status);
	if (status.event_losses > collector->said_losses)
		log_warning(
		    "The kernel lost events %" PRIu64
		    " times, because they came faster than they were read; a dump found all but what had begun and ended meanwhile. A larger conntrack.receive_buffer helps.",
		    status.event_losses - collector->said_losses);
	collector->said_losses = status.event_losses;
}

static void report_limits(struct collector *collector, const struct feed_status *feed)
{
	const uint64_t *values = collector->model->site.values;
	uint64_t full = values[SITE_FULL_CONNECTIONS] + values[SITE_FULL_DEVICES] +
			values[SITE_FULL_REMOTES] + values[SITE_FULL_CONVERSATIONS];
	bool say_full = settled_look(&collector->full, full);
	bool say_unlisted = settled_look(&collector->unlisted, values[SITE_UNLISTED]);
	bool large = feed_is_near_limit(feed);

	if (say_full && !collector->said_full)
		log_warning("Not everything fits any more (connections %" PRIu64 ", devices %" PRIu64
			    ", remotes %" PRIu64 ", conversations %" PRIu64
			    " left out): raise the options in [limits].",
			    values[SITE_FULL_CONNECTIONS], values[SITE_FULL_DEVICES],
			    values[SITE_FULL_REMOTES], values[SITE_FULL_CONVERSATIONS]);
	if (large && !collector->said_keyframe)
		log_warning(COLLECTOR_NEAR_LIMIT, feed->keyframe_bytes, feed->keyframe_limit);
	if (feed->oversized && !collector->said_too_large)
		log_error(COLLECTOR_OVERSIZED, FRAME_INFLATED_MAX >> 20);
	if (say_unlisted && !collector->said_unlisted)
		log_warning(
		    "There are more connections than fit into a frame: the topic of connections leaves the %" PRIu64
		    " oldest out. All else counts them.",
		    values[SITE_UNLISTED]);
	collector->said_unlisted |= say_unlisted;
	collector->said_too_large |= feed->oversized;
	collector->said_full = full && (collector->said_full || say_full);
	collector->said_keyframe = large;
}

static void notify(struct collector *collector, const struct feed_status *feed)
{
	if (collector->ticks % STATUS_TICKS)
		return;
	sd_notifyf(0, "STATUS=%zu connections, %zu devices, %zu remotes; Redis is %s.",
		   ct_table_count(collector->table), collector->model->devices.table.count,
		   collector->model->remotes.table.count, feed->ready ? "there" : "away");
}

static void report_turns(struct collector *collector)
{
	struct site *site = &collector->model->site;
	const struct turn_record *r = &collector->turns.meter.whole;
	struct turn_worst minute = turn_record_minute(r, clock_us());

	site_set(site, SITE_LONGEST_TURN, minute.us);
	site_set(site, SITE_LONGEST_TURN_EVER, r->ever.us);
	site_set_turns_of(site, minute.us ? collector_part_name((enum collector_part)minute.part) : NULL,
			  r->ever.us ? collector_part_name((enum collector_part)r->ever.part) : NULL);
}

void collector_report_tick(struct collector *collector)
{
	struct feed_status feed;

	feed_get_status(collector->feed, &feed);
	report_losses(collector);
	report_limits(collector, &feed);
	report_turns(collector);
	notify(collector, &feed);
}

static void on_prepare(void *data)
{
	struct collector *collector = data;
	struct site *site = &collector->model->site;
	struct feed_status feed;

	collector->turns.part = PART_FRAMES;
	feed_get_status(collector->feed, &feed);
	site_set(site, SITE_DROPPED_FRAMES, feed.dropped_frames);
	site_set(site, SITE_KEYFRAME_BYTES, feed.keyframe_bytes);
	site_set(site, SITE_KEYFRAME_LIMIT, feed.keyframe_limit);
	site_set(site, SITE_UNLISTED, connections_left_out(collector->connections));
	model_update_site(collector->model, collector->table);
	collector->watch.pending = false;
}

static void on_redis_ready(void *data)
{
	struct collector *collector = data;

	if (redis_fault_is_over(&collector->said_redis))
		log_info("Redis at %s is there.", collector->options.redis);
}

static void on_redis_lost(void *data, const char *why)
{
	struct collector *collector = data;
	struct redis_fault fault;

	if (redis_fault_say(&collector->said_redis, why, clock_ms(), &fault))
		log_warning(
		    "Redis at %s %s (%s): the collector keeps watching, and publishes as soon as it can. %s",
		    collector->options.redis, fault.state, why, fault.advice);
}

static void on_rivals(void *data, bool any)
{
	struct collector *collector = data;

	site_set(&collector->model->site, SITE_RIVALS, any);
	if (any)
		log_error(COLLECTOR_HAS_RIVAL, collector->options.site);
	else
		log_info("No other collector uses the site's name %s any more.", collector->options.site);
}

const struct feed_listener collector_report_listener = {
    .prepare = on_prepare,
    .redis_ready = on_redis_ready,
    .redis_lost = on_redis_lost,
    .rivals = on_rivals,
    .commanded = collector_commands_take,
};
