/* SPDX-License-Identifier: MIT */
#include "publisher.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <hiredis/sds.h>

#include "log.h"
#include "redis_link.h"
#include "util.h"

#define IN_FLIGHT_MAX 1024 /* frames that Redis has not acknowledged */
#define CHANNELS 2	   /* that are listened to */
#define LIMIT_MS 5000	/* between two questions for Redis' limit, which may be set while we are connected */
#define ANSWER_MS 10000 /* Redis is given up when it neither takes nor answers anything for so long */

struct in_flight {
	uint64_t number;
	uint64_t end; /* in bytes that were ever queued */
	size_t bytes;
	unsigned topic;
};

struct publisher {
	struct publisher_options options;
	struct publisher_listener listener;
	void *data;
	struct redis_link *frames, *asks;
	bool ready;
	uint64_t losses;      /* times that it was, and then was not */
	bool asks_limit;      /* the answer is on its way, or there will never be one */
	uint64_t limit_asked; /* ms */
	unsigned subscribed;  /* to so many channels of CHANNELS */
	uint64_t heard; /* when a message last came on the ask channel: our own come every few seconds */
	/* Redis answers in the order of the commands. */
	struct in_flight in_flight[IN_FLIGHT_MAX];
	size_t first, n;
	size_t bytes;
	uint64_t queued;	 /* bytes that were ever given to the connection for frames */
	uint64_t written, moved; /* what of that was gone at the last look, and when it last got more */
};

static void forget_in_flight(struct publisher *p)
{
	p->first = p->n = p->bytes = 0;
}

/* How much of what was queued is out of our hands. */
static uint64_t written(const struct publisher *p)
{
	const redisAsyncContext *context = redis_link_context(p->frames);

	return context ? p->queued - sdslen(context->c.obuf) : p->queued;
}

/* Bytes that hiredis adds to its output for a command (the Redis protocol, "Arrays" and "Bulk strings"). */
static size_t encoded_length(const size_t lengths[], size_t n)
{
	size_t all = (size_t)snprintf(NULL, 0, "*%zu\r\n", n);

	for (size_t i = 0; i < n; i++)
		all += (size_t)snprintf(NULL, 0, "$%zu\r\n", lengths[i]) + lengths[i] + 2;
	return all;
}

static void check_ready(struct publisher *p)
{
	if (p->ready || p->subscribed < CHANNELS || !redis_link_context(p->frames))
		return;
	p->ready = true;
	p->listener.ready(p->data);
}

/* "normal 0 0 0 slave … pubsub HARD SOFT SECONDS" (redis.conf, client-output-buffer-limit). */
static void parse_limit(struct publisher *p, const char *text)
{
	const char *found = strstr(text, "pubsub ");

	if (found)
		p->listener.limit(p->data, strtoull(found + strlen("pubsub "), NULL, 10));
}

/* It refuses whatever we say, not this command alone. */
static bool is_refusal(const char *error)
{
	static const char *const refusals[] = {"NOAUTH", "DENIED", "ERR max number of clients"};

	for (size_t i = 0; i < ELEMENTS_OF(refusals); i++)
		if (!strncmp(error, refusals[i], strlen(refusals[i])))
			return true;
	return false;
}

static void on_limit(redisAsyncContext *context, void *reply, void *data)
{
	const redisReply *r = reply;
	struct publisher *p = data;

	if (!context->data || !r)
		return;
	if (r->type == REDIS_REPLY_ERROR && is_refusal(r->str)) {
		redis_link_drop(p->frames, r->str);
		return;
	}
	redis_link_works(p->frames);
	/* A server that forbids CONFIG answers with an error: the configured limit stays, and it is not asked again. */
	p->asks_limit = r->type == REDIS_REPLY_ERROR;
	if (context->data && r && r->type == REDIS_REPLY_ARRAY && r->elements == 2 &&
	    r->element[1]->type == REDIS_REPLY_STRING)
		parse_limit(p, r->element[1]->str);
}

static void ask_limit(struct publisher *p)
{
	p->asks_limit = true;
	p->limit_asked = clock_ms();
	redisAsyncCommand(redis_link_context(p->frames), on_limit, p,
			  "CONFIG GET client-output-buffer-limit");
}

static void on_frames_up(void *data)
{
	struct publisher *p = data;

	forget_in_flight(p);
	p->moved = clock_ms();
	ask_limit(p);
	check_ready(p);
}

static void lose(struct publisher *p, const char *why)
{
	p->losses += p->ready;
	p->ready = false;
	p->listener.lost(p->data, why);
}

static void on_frames_down(void *data, const char *why)
{
	struct publisher *p = data;

	forget_in_flight(p);
	lose(p, why);
}

static void hear(struct publisher *p, const redisReply *channel, const redisReply *message)
{
	size_t length = (size_t)message->len;

	if (channel->type != REDIS_REPLY_STRING)
		return;
	if (!strcmp(channel->str, p->options.ask_channel))
		p->listener.asked(p->data, message->str, length);
	else if (!strcmp(channel->str, p->options.command_channel))
		p->listener.commanded(p->data, message->str, length);
}

static void on_message(redisAsyncContext *context, void *reply, void *data)
{
	struct publisher *p = data;
	const redisReply *r = reply;

	if (!context->data || !r)
		return;
	if (r->type == REDIS_REPLY_ERROR) {
		redis_link_drop(p->asks, r->str);
		return;
	}
	if (r->type != REDIS_REPLY_ARRAY || r->elements < 3 || r->element[0]->type != REDIS_REPLY_STRING)
		return;
	p->heard = clock_ms();
	redis_link_works(p->asks);
	if (!strcasecmp(r->element[0]->str, "subscribe")) {
		p->subscribed++;
		check_ready(p);
	} else if (!strcasecmp(r->element[0]->str, "message") && r->element[2]->type == REDIS_REPLY_STRING) {
		hear(p, r->element[1], r->element[2]);
	}
}

static void on_asks_up(void *data)
{
	struct publisher *p = data;

	p->heard = clock_ms();
	redisAsyncCommand(redis_link_context(p->asks), on_message, p, "SUBSCRIBE %s %s",
			  p->options.ask_channel, p->options.command_channel);
}

static void on_asks_down(void *data, const char *why)
{
	struct publisher *p = data;

	p->subscribed = 0;
	/* What was asked meanwhile is not known: ready again, it starts anew. */
	lose(p, why);
}

int publisher_new(struct publisher **ret, sd_event *event, const struct publisher_options *options,
		  const struct publisher_listener *listener, void *data)
{
	static const struct redis_link_listener frames = {on_frames_up, on_frames_down};
	static const struct redis_link_listener asks = {on_asks_up, on_asks_down};
	struct publisher *p = calloc(1, sizeof(*p));
	int r;

	if (!p)
		return -ENOMEM;
	p->options = *options;
	p->listener = *listener;
	p->data = data;
	r = redis_link_new(&p->asks, event, &p->options.endpoint, &asks, p);
	if (r >= 0)
		r = redis_link_new(&p->frames, event, &p->options.endpoint, &frames, p);
	if (r < 0) {
		publisher_free(p);
		return r;
	}
	*ret = p;
	return 0;
}

struct publisher *publisher_free(struct publisher *p)
{
	if (!p)
		return NULL;
	redis_link_free(p->frames);
	redis_link_free(p->asks);
	free(p);
	return NULL;
}

static void on_published(redisAsyncContext *context, void *reply, void *data)
{
	struct publisher *p = data;
	const redisReply *r = reply;
	struct in_flight f;

	/* A connection that goes answers all that was under way with nothing: that was counted off before. */
	if (!context->data || !r || !p->n)
		return;
	p->moved = clock_ms();
	f = p->in_flight[p->first];
	p->first = (p->first + 1) % IN_FLIGHT_MAX;
	p->n--;
	p->bytes -= f.bytes;
	if (f.topic != PUBLISHER_NO_TOPIC)
		p->listener.received(p->data, f.topic, f.number,
				     r->type == REDIS_REPLY_INTEGER ? r->integer : -1);
}

int publisher_send(struct publisher *p, const char *channel, const void *bytes, size_t length, unsigned topic,
		   uint64_t number)
{
	const char *words[] = {"PUBLISH", channel, bytes};
	const size_t lengths[] = {strlen("PUBLISH"), strlen(channel), length};
	redisAsyncContext *context = redis_link_context(p->frames);

	if (!p->ready || !context)
		return -ENOTCONN;
	if (p->n == IN_FLIGHT_MAX || (p->n && p->bytes + length > p->options.unacknowledged_max)) {
		log_debug("Redis has not acknowledged %zu frames (%zu bytes): dropping %zu bytes for %s.",
			  p->n, p->bytes, length, channel);
		return -ENOBUFS;
	}
	if (redisAsyncCommandArgv(context, on_published, p, ELEMENTS_OF(words), words, lengths) != REDIS_OK)
		return -ENOTCONN;
	if (!p->n)
		p->moved = clock_ms();
	p->queued += encoded_length(lengths, ELEMENTS_OF(lengths));
	p->in_flight[(p->first + p->n) % IN_FLIGHT_MAX] = (struct in_flight){
	    .number = number,
	    .end = p->queued,
	    .bytes = length,
	    .topic = topic,
	};
	p->n++;
	p->bytes += length;
	return 0;
}

bool publisher_has_written(const struct publisher *p, unsigned topic, uint64_t number)
{
	uint64_t done = written(p);

	for (size_t i = 0; i < p->n; i++) {
		const struct in_flight *f = &p->in_flight[(p->first + i) % IN_FLIGHT_MAX];

		if (f->topic == topic && f->number == number)
			return f->end <= done;
	}
	return true;
}

bool publisher_change(struct publisher *p, const struct redis_endpoint *endpoint, size_t unacknowledged_max)
{
	p->options.unacknowledged_max = unacknowledged_max;
	if (!redis_link_is_new(p->frames, endpoint))
		return false;
	p->options.endpoint = *endpoint;
	p->ready = false;
	p->subscribed = 0;
	forget_in_flight(p);
	redis_link_renew(p->asks);
	redis_link_renew(p->frames);
	return true;
}

/* A large keyframe takes its time: as long as some of it goes, the connection lives. */
static bool is_stuck(struct publisher *p, uint64_t now)
{
	uint64_t done = written(p);

	if (done > p->written)
		p->moved = now;
	p->written = done;
	return p->n && now - p->moved > ANSWER_MS;
}

void publisher_tick(struct publisher *p)
{
	uint64_t now = clock_ms();

	if (is_stuck(p, now))
		redis_link_drop(p->frames, "it did not answer for 10 seconds");
	if (p->ready && now - p->heard > ANSWER_MS)
		redis_link_drop(p->asks, "nothing came on the ask channel for 10 seconds");
	if (p->ready && !p->asks_limit && now - p->limit_asked > LIMIT_MS)
		ask_limit(p);
}

bool publisher_is_ready(const struct publisher *p)
{
	return p->ready;
}

uint64_t publisher_losses(const struct publisher *p)
{
	return p->losses;
}

size_t publisher_unacknowledged(const struct publisher *p)
{
	return p->bytes;
}
