/* SPDX-License-Identifier: MIT */
#include "errands.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/random.h>

#include "channel.h"
#include "command_answer.h"
#include "command_message.h"
#include "log.h"
#include "log_pace.h"
#include "loop_turns.h"
#include "redis_feed.h"
#include "util.h"
#include "viewer.h"

/* Lines of the log about those who are refused, who could fill it. */
#define SAY_WHILE_MS 10000
#define SAY_MOST 60
#define COMPLAIN_INTERVAL_MS 60000

#define NAME_MAX_HEX 17 /* of our names what is before the serial, with a NUL */

struct errand {
	struct viewer *viewer;
	const char *site;
	uint32_t number; /* the viewer's */
	uint32_t serial; /* ours */
	uint32_t token;	 /* redis_feed's */
	uint64_t until_ms;
};

struct errands {
	struct ev_loop *loop;
	struct redis_feed *feed;
	const struct config_list *sites;
	struct loop_turns *turns;
	ev_timer patience; /* of the one that has waited longest */
	char name[NAME_MAX_HEX];
	uint32_t serial;
	size_t n;
	struct errand waiting[ERRANDS_MAX]; /* the oldest first */
	struct errand_stats stats;
	struct log_burst said;
	struct log_pace complaints;
};

static void count(struct errands *e, enum command_fault fault)
{
	if (fault)
		e->stats.refused[fault]++;
	else
		e->stats.done++;
}

static void answer_fault(struct errands *e, struct viewer *v, uint32_t number, enum command_fault fault)
{
	char text[COMMAND_ANSWER_MAX];

	count(e, fault);
	viewer_answer(v, text, command_answer_write_fault(text, number, fault));
}

static void wait_for_oldest(struct errands *e)
{
	uint64_t now = clock_ms();
	uint64_t left = e->n && e->waiting[0].until_ms > now ? e->waiting[0].until_ms - now : 0;

	ev_timer_stop(e->loop, &e->patience);
	if (!e->n)
		return;
	ev_timer_set(&e->patience, (double)left / 1000, 0.);
	ev_timer_start(e->loop, &e->patience);
}

/* It waits no more. What is left is asked for anew by wait_for_oldest. */
static struct errand take_out(struct errands *e, size_t i)
{
	struct errand errand = e->waiting[i];

	errand.viewer->errands--;
	memmove(e->waiting + i, e->waiting + i + 1, (--e->n - i) * sizeof(*e->waiting));
	return errand;
}

static void end_with(struct errands *e, size_t i, enum command_fault fault)
{
	struct errand errand = take_out(e, i);

	answer_fault(e, errand.viewer, errand.number, fault);
}

static void on_patience(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct errands *e = timer->data;
	uint64_t begun = clock_us(), now = clock_ms();

	(void)loop;
	(void)events;
	while (e->n && e->waiting[0].until_ms <= now)
		end_with(e, 0, COMMAND_FAULT_NO_ANSWER);
	wait_for_oldest(e);
	loop_turns_add(e->turns, LOOP_TIMER, begun);
}

int errands_new(struct errands **ret, struct ev_loop *loop, struct redis_feed *feed,
		const struct config_list *sites, struct loop_turns *turns)
{
	struct errands *e = calloc(1, sizeof(*e));
	uint64_t random;
	int r;

	if (!e)
		return -ENOMEM;
	if (getrandom(&random, sizeof(random), 0) != sizeof(random)) {
		r = -errno;
		free(e);
		return r;
	}
	snprintf(e->name, sizeof(e->name), "%016" PRIx64, random);
	e->loop = loop;
	e->feed = feed;
	e->sites = sites;
	e->turns = turns;
	ev_timer_init(&e->patience, on_patience, 0., 0.);
	e->patience.data = e;
	*ret = e;
	return 0;
}

struct errands *errands_free(struct errands *e)
{
	if (!e)
		return NULL;
	ev_timer_stop(e->loop, &e->patience);
	free(e);
	return NULL;
}

/* As the options have it; NULL: it is none of ours. */
static const char *find_site(const struct errands *e, const char *name)
{
	for (size_t i = 0; i < e->sites->n; i++)
		if (!strcmp(e->sites->items[i], name))
			return e->sites->items[i];
	return NULL;
}

static bool is_too_fast(struct viewer *v)
{
	uint32_t now_s = (uint32_t)(clock_ms() / 1000);

	if (v->command_s != now_s)
		v->commands_in_s = 0;
	v->command_s = now_s;
	if (v->commands_in_s == ERRANDS_IN_SECOND)
		return true;
	v->commands_in_s++;
	return false;
}

/* Numbers of one viewer go up, so that none comes twice. */
static bool is_repeated(struct viewer *v, uint32_t number)
{
	if (number <= v->command_number)
		return true;
	v->command_number = number;
	return false;
}

static enum command_fault send_out(struct errands *e, struct viewer *v, const struct address *address,
				   const struct command_request *request)
{
	const char *site = find_site(e, request->site);
	struct command_message m = {
	    .role = v->role,
	    .address = *address,
	    .epoch = request->epoch,
	    .command = request->command,
	    .arguments = request->arguments,
	};
	char channel[CHANNEL_MAX], text[COMMAND_MESSAGE_MAX];
	uint32_t token;
	size_t n;

	if (!site)
		return COMMAND_FAULT_NO_SITE;
	if (v->errands == ERRANDS_OF_VIEWER || e->n == ERRANDS_MAX)
		return COMMAND_FAULT_BUSY;
	e->serial++;
	snprintf(m.request, sizeof(m.request), "%s-%" PRIx32, e->name, e->serial);
	n = command_message_write(&m, text);
	if (redis_feed_publish(e->feed, channel_command(channel, site), text, n, &token) < 0)
		return COMMAND_FAULT_NO_REDIS;
	v->errands++;
	e->waiting[e->n++] = (struct errand){
	    .viewer = v,
	    .site = site,
	    .number = request->number,
	    .serial = e->serial,
	    .token = token,
	    .until_ms = clock_ms() + ERRANDS_PATIENCE_MS,
	};
	if (e->n == 1)
		wait_for_oldest(e);
	return COMMAND_FAULT_NONE;
}

static void say_refused(struct errands *e, const struct viewer *v, const struct address *address,
			const struct command_request *request, enum command_fault fault)
{
	bool known = fault != COMMAND_FAULT_UNKNOWN_COMMAND;
	char text[ADDRESS_TEXT_MAX];
	uint64_t unsaid;

	if (!log_burst_allows(&e->said, SAY_MOST, SAY_WHILE_MS, clock_ms(), &unsaid))
		return;
	if (unsaid)
		log_info("Commands were refused %" PRIu64 " more times shortly before.", unsaid);
	log_info("The %s at %s was refused %s%s for the site %s: %s", command_role_name(v->role),
		 address_format(address, text), known ? "the command " : "a command",
		 known ? command_rows[request->command].verb : "", request->site,
		 command_fault_sentence(fault));
}

void errands_take(struct errands *e, struct viewer *v, const struct address *address,
		  const struct command_request *request, enum command_fault fault)
{
	if (is_too_fast(v))
		fault = COMMAND_FAULT_TOO_FAST;
	else if (is_repeated(v, request->number))
		fault = COMMAND_FAULT_REPEATED;
	if (!fault)
		fault = send_out(e, v, address, request);
	if (!fault)
		return;
	say_refused(e, v, address, request, fault);
	answer_fault(e, v, request->number, fault);
}

void errands_forget(struct errands *e, struct viewer *v)
{
	for (size_t i = e->n; i-- > 0 && v->errands;)
		if (e->waiting[i].viewer == v)
			take_out(e, i);
	wait_for_oldest(e);
}

/* Where it waits; -ENOENT. */
static int find_waiting(const struct errands *e, struct text request, const char *site)
{
	char name[COMMAND_REQUEST_MAX];

	for (size_t i = 0; i < e->n; i++) {
		snprintf(name, sizeof(name), "%s-%" PRIx32, e->name, e->waiting[i].serial);
		if (text_is(request, name) && !strcmp(e->waiting[i].site, site))
			return (int)i;
	}
	return -ENOENT;
}

void errands_reply(struct errands *e, const char *site, const char *text, size_t length)
{
	char answer[COMMAND_ANSWER_MAX];
	struct command_reply reply;
	struct errand errand;
	int i, fault;

	if (command_reply_read(&reply, text, length) < 0) {
		log_debug("%s: an answer to a command cannot be read: %zu bytes.", site, length);
		return;
	}
	/* it is another broadcaster's */
	if (!text_begins(reply.request, e->name))
		return;
	i = find_waiting(e, reply.request, site);
	if (i < 0) {
		e->stats.late++;
		log_debug("%s: nobody waits for an answer that has come.", site);
		return;
	}
	errand = take_out(e, (size_t)i);
	wait_for_oldest(e);
	fault = reply.done ? COMMAND_FAULT_NONE : command_find_fault(reply.code);
	if (fault < 0)
		e->stats.refused_otherwise++;
	else
		count(e, (enum command_fault)fault);
	viewer_answer(errand.viewer, answer, command_answer_write(answer, errand.number, &reply));
}

void errands_published(struct errands *e, uint32_t token, long long receivers)
{
	uint64_t unsaid;
	size_t i = 0;

	while (i < e->n && e->waiting[i].token != token)
		i++;
	if (i == e->n || receivers > 0)
		return;
	if (receivers < 0 && log_pace_allows(&e->complaints, COMPLAIN_INTERVAL_MS, clock_ms(), &unsaid))
		log_warning(
		    "This user of Redis may not publish to connvis:command:%s, so viewers may not do anything: allow the channels connvis:* in its ACL.",
		    e->waiting[i].site);
	end_with(e, i, receivers < 0 ? COMMAND_FAULT_NO_REDIS : COMMAND_FAULT_NO_COLLECTOR);
	wait_for_oldest(e);
}

void errands_lost(struct errands *e)
{
	while (e->n)
		end_with(e, 0, COMMAND_FAULT_NO_ANSWER);
	wait_for_oldest(e);
}

const struct errand_stats *errands_stats(const struct errands *e)
{
	return &e->stats;
}
