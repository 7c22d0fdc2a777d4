/* SPDX-License-Identifier: MIT */
#include "redis_guard.h"

#include <hiredis/hiredis.h>
#include <string.h>
#include <strings.h>

#if HIREDIS_MAJOR >= 1
typedef size_t elements_type;
#else
typedef int elements_type;
#endif

static redisReplyObjectFunctions usual; /* hiredis' own */

static bool fail(struct redis_guard *g)
{
	g->broken = true;
	return false;
}

/* An answer begins that is not an error, which hiredis takes at any time. */
static bool may_begin(struct redis_guard *g, const redisReadTask *task, elements_type elements)
{
	bool subscribed = g->context->c.flags & REDIS_SUBSCRIBED;

	g->unsubscribes = false;
	if (subscribed && task->type == REDIS_REPLY_ARRAY)
		return elements >= 3 || fail(g);
	return subscribed || g->context->replies.head || fail(g);
}

/* A part of a message: two texts, and a number where it says that a subscription has ended. */
static bool may_have(struct redis_guard *g, const redisReadTask *task, int type)
{
	const redisReadTask *parent = task->parent;

	if (parent->parent || !(g->context->c.flags & REDIS_SUBSCRIBED))
		return true;
	if (task->idx < 2)
		return type == REDIS_REPLY_STRING || fail(g);
	return task->idx > 2 || !g->unsubscribes || type == REDIS_REPLY_INTEGER || fail(g);
}

/* type: what it will be; the task of a nil has that of what it might have been. */
static bool may(const redisReadTask *task, int type, elements_type elements)
{
	struct redis_guard *g = task->privdata;

	return task->parent ? may_have(g, task, type) : may_begin(g, task, elements);
}

static void *create_string(const redisReadTask *task, char *text, size_t length)
{
	static const char word[] = "unsubscribe";
	struct redis_guard *g = task->privdata;

	if (!(task->type == REDIS_REPLY_ERROR && !task->parent) && !may(task, task->type, 0))
		return NULL;
	if (task->parent && !task->parent->parent && task->idx == 0)
		g->unsubscribes = (length == sizeof(word) - 1 && !strncasecmp(text, word, length)) ||
				  (length == sizeof(word) && !strncasecmp(text + 1, word, length - 1));
	return usual.createString(task, text, length);
}

static void *create_array(const redisReadTask *task, elements_type elements)
{
	return may(task, task->type, elements) ? usual.createArray(task, elements) : NULL;
}

static void *create_integer(const redisReadTask *task, long long value)
{
	return may(task, task->type, 0) ? usual.createInteger(task, value) : NULL;
}

static void *create_nil(const redisReadTask *task)
{
	return may(task, REDIS_REPLY_NIL, 0) ? usual.createNil(task) : NULL;
}

#if HIREDIS_MAJOR >= 1
static void *create_double(const redisReadTask *task, double value, char *text, size_t length)
{
	return may(task, task->type, 0) ? usual.createDouble(task, value, text, length) : NULL;
}

static void *create_bool(const redisReadTask *task, int value)
{
	return may(task, task->type, 0) ? usual.createBool(task, value) : NULL;
}
#endif

void redis_guard_watch(struct redis_guard *guard, redisAsyncContext *context)
{
	static redisReplyObjectFunctions guarded;

	*guard = (struct redis_guard){.context = context};
	if (!guarded.createString) {
		guarded = usual = *context->c.reader->fn;
		guarded.createString = create_string;
		guarded.createArray = create_array;
		guarded.createInteger = create_integer;
		guarded.createNil = create_nil;
#if HIREDIS_MAJOR >= 1
		guarded.createDouble = create_double;
		guarded.createBool = create_bool;
#endif
	}
	context->c.reader->fn = &guarded;
	context->c.reader->privdata = guard;
}

const char *redis_guard_why(const struct redis_guard *guard, const redisAsyncContext *context)
{
	if (guard->broken)
		return REDIS_GUARD_BROKEN;
	return context->errstr && context->errstr[0] ? context->errstr : "the connection was closed";
}
