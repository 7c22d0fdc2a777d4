/* SPDX-License-Identifier: MIT */
/*
 * Publishes frames to Redis and hears what is asked and commanded, over two connections (RESP2 wants one of
 * its own for SUBSCRIBE). hiredis' output has no bound, so what Redis has not acknowledged is counted, and
 * above a limit frames are refused.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <systemd/sd-event.h>

#include "channel.h"

struct publisher;

struct publisher_options {
	struct redis_endpoint endpoint;
	const char *ask_channel, *command_channel; /* borrowed */
	size_t unacknowledged_max; /* bytes; a single frame may be larger when nothing else is on its way */
};

struct publisher_listener {
	/* Redis takes frames and delivers what is asked: at first, and after each interruption. */
	void (*ready)(void *data);
	/* Redis is away; why: a few words. Told for each attempt that fails. */
	void (*lost)(void *data, const char *why);
	/* A message of the ask channel; bytes from outside, borrowed. */
	void (*asked)(void *data, const char *text, size_t length);
	/* The same of the command channel. */
	void (*commanded)(void *data, const char *text, size_t length);
	/* The frame that was published as number went to so many receivers; -1: Redis refused it. */
	void (*received)(void *data, unsigned topic, uint64_t number, long long receivers);
	/* What Redis allows a subscriber to be behind: bytes, 0 for no limit. */
	void (*limit)(void *data, uint64_t bytes);
};

/* event, data: borrowed; options copied. 0 or -errno. */
int publisher_new(struct publisher **ret, sd_event *event, const struct publisher_options *options,
		  const struct publisher_listener *listener, void *data);
/* Tells nobody. */
struct publisher *publisher_free(struct publisher *p);

/*
 * Publishes bytes (copied) on a channel. topic and number come back with the answer; topic may be
 * PUBLISHER_NO_TOPIC: nobody is told. 0; -ENOTCONN; -ENOBUFS when too much is unacknowledged.
 */
#define PUBLISHER_NO_TOPIC 255
int publisher_send(struct publisher *p, const char *channel, const void *bytes, size_t length, unsigned topic,
		   uint64_t number);

/* True unless a part of the topic's frame of this number is still to be written to Redis. */
bool publisher_has_written(const struct publisher *p, unsigned topic, uint64_t number);

/*
 * What may be unacknowledged from now on, and where Redis is (copied, as of publisher_options). Where that, the user or
 * his password is another than before, it connects anew: true, and nobody is told that Redis was away.
 */
bool publisher_change(struct publisher *p, const struct redis_endpoint *endpoint, size_t unacknowledged_max);

/* To be called each second: gives up connections on which nothing moves. */
void publisher_tick(struct publisher *p);
bool publisher_is_ready(const struct publisher *p);
/* How often Redis was there, and then was not. */
uint64_t publisher_losses(const struct publisher *p);
size_t publisher_unacknowledged(const struct publisher *p);
