/* SPDX-License-Identifier: MIT */
#include "redis_fault.h"

#include <stdio.h>
#include <string.h>

#include "redis_guard.h"
#include "redis_login.h"
#include "util.h"

#define SAY_MS 5000

struct redis_fault redis_fault_of(const char *why)
{
	static const struct {
		const char *prefix;
		struct redis_fault fault;
	} faults[] = {
	    {"NOAUTH",
	     {"refuses us",
	      "It wants a password: name the file that has it in redis.password_file, and its user in redis.user."}},
	    {"WRONGPASS",
	     {"refuses us",
	      "It does not know this user with this password: are redis.user and redis.password_file right?"}},
	    {"ERR AUTH",
	     {"takes no password",
	      "It has none set: leave redis.user and redis.password_file empty, or set one there."}},
	    {"DENIED",
	     {"refuses us",
	      "It is in protected mode: have it listen at a socket, or bind it to an address that only friends reach and set \"protected-mode no\"."}},
	    {"ERR max number of clients",
	     {"refuses us", "It has as many clients as it may: raise maxclients in Redis."}},
	    {"NOPERM",
	     {"refuses us",
	      "Its ACL forbids what connvis needs: allow +subscribe +unsubscribe +publish +ping and the channels connvis:*."}},
	    {REDIS_LOGIN_UNREADABLE,
	     {"is not asked", "Is redis.password_file right, and may the user of this program read it?"}},
	    {"LOADING", {"is not ready", "It is reading its data: this goes by."}},
	    {"Protocol error",
	     {"is no Redis", "What answers there does not speak Redis' protocol: is redis.server right?"}},
	    {REDIS_GUARD_BROKEN,
	     {"is no Redis", "What answers there does not speak Redis' protocol: is redis.server right?"}},
	    {"Out of memory", {"cannot be used", "It is this program that has no memory left."}},
	    {"Server closed the connection",
	     {"is not there", "Is it running? Where a tunnel leads to it: is its far end up?"}},
	    {"Connection reset by peer",
	     {"is not there", "Is it running? Where a tunnel leads to it: is its far end up?"}},
	};

	for (size_t i = 0; i < ELEMENTS_OF(faults); i++)
		if (!strncmp(why, faults[i].prefix, strlen(faults[i].prefix)))
			return faults[i].fault;
	return (struct redis_fault){"is not there", "Is it running, and is redis.server right?"};
}

bool redis_fault_say(struct redis_said *said, const char *why, uint64_t now, struct redis_fault *ret)
{
	*ret = redis_fault_of(why);
	snprintf(said->why, sizeof(said->why), "%s", why);
	if (said->ms && now - said->ms < SAY_MS)
		return false;
	if (said->said == REDIS_SAID_AWAY && said->state == ret->state)
		return false;
	said->said = REDIS_SAID_AWAY;
	said->state = ret->state;
	said->ms = now;
	return true;
}

bool redis_fault_is_over(struct redis_said *said)
{
	bool news = said->said != REDIS_SAID_THERE;

	said->said = REDIS_SAID_THERE;
	said->why[0] = '\0';
	return news;
}

void redis_fault_status(const struct redis_said *said, const char *server, bool there, struct status *s)
{
	struct redis_fault fault = redis_fault_of(said->why);

	if (there)
		status_say(s, "Redis at %s is there.", server);
	else
		status_wrong(s, "Redis at %s %s (%s). %s", server, fault.state,
			     *said->why ? said->why : "it has not answered yet", fault.advice);
}
