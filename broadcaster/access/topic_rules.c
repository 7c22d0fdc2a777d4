/* SPDX-License-Identifier: MIT */
#include "topic_rules.h"

#include <string.h>

#define NOBODY "nobody"

static int find_role(const char *word)
{
	return command_find_role((struct text){word, strlen(word)});
}

const char *topic_rules_check(const char *word)
{
	return find_role(word) >= 0 || !strcmp(word, NOBODY)
		   ? NULL
		   : "participant, facilitator, display, guest or " NOBODY;
}

/* Those that the configuration names; NULL: it names none. */
static const struct config_list *named(const struct topic_rules *rules, const char *topic)
{
	const struct config_list *roles = NULL;

	if (!strcmp(topic, "identities"))
		roles = rules->identities;
	else if (!strcmp(topic, "lookups"))
		roles = rules->lookups;
	else if (!strcmp(topic, "history"))
		/* there are names in it that devices asked for */
		roles = rules->history->n ? rules->history : rules->lookups;
	else if (!strcmp(topic, "connections"))
		roles = rules->connections;
	return roles && roles->n ? roles : NULL;
}

bool topic_rules_allow(const struct topic_rules *rules, const char *topic, enum role role)
{
	const struct config_list *roles = named(rules, topic);

	/* what everybody may see */
	if (!strcmp(topic, "overview"))
		return true;
	for (size_t i = 0; roles && i < roles->n; i++)
		if (find_role(roles->items[i]) == (int)role)
			return true;
	if (roles)
		return false;
	return role == ROLE_FACILITATOR || (role == ROLE_PARTICIPANT && *rules->privacy == ROOM_PRIVACY_HOME);
}

uint32_t topic_rules_allowed(const struct topic_rules *rules, const struct config_list *topics,
			     enum role role)
{
	uint32_t allowed = 0;

	for (size_t i = 0; i < topics->n && i < TOPIC_RULES_TOPICS_MAX; i++)
		if (topic_rules_allow(rules, topics->items[i], role))
			allowed |= UINT32_C(1) << i;
	return allowed;
}
