/* SPDX-License-Identifier: MIT */
#include "plan.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS_MAX 10

/* How each temper talks; a plan's last field changes single numbers. */
static const struct {
	const char *name;
	uint32_t up, down, rate, every, exchanges, pause;
} tempers[] = {
    {"request", 700, 24000, 0, 1000, 1, 4000},
    {"download", 400, 4000000, 200000, 1000, 1, 12000},
    {"upload", 3000000, 200, 100000, 1000, 1, 14000},
    {"stream", 500, 500000, 400000, 4000, 0, 1000},
    {"beacon", 180, 90, 0, 1000, 1, 15000},
    {"quiet", 60, 60, 0, 30000, 0, 1000},
    {"call", 200, 200, 0, 50, 0, 1000},
};

/* Cuts line at its bars into fields without blanks around them. */
static size_t split(char *line, char *fields[FIELDS_MAX])
{
	size_t n = 0;

	while (line && n < FIELDS_MAX) {
		char *field = strsep(&line, "|"), *end;

		while (isspace((unsigned char)*field))
			field++;
		end = field + strlen(field);
		while (end > field && isspace((unsigned char)end[-1]))
			*--end = 0;
		fields[n++] = field;
	}
	return n;
}

/* Calls parse with the fields of each line that is neither empty nor a comment. */
static int read_lines(struct plan *plan, const char *path,
		      const char *(*parse)(struct plan *, char **fields, size_t n))
{
	char line[1024], *fields[FIELDS_MAX];
	FILE *f = fopen(path, "re");
	int r = 0, number = 0;

	if (!f) {
		r = -errno;
		fprintf(stderr, "%s: %s\n", path, strerror(-r));
		return r;
	}
	while (r == 0 && fgets(line, sizeof(line), f)) {
		const char *problem;
		size_t n;

		number++;
		if (line[0] == '#')
			continue;
		n = split(line, fields);
		if (n == 1 && !fields[0][0])
			continue;
		problem = parse(plan, fields, n);
		if (problem) {
			fprintf(stderr, "%s:%d: %s\n", path, number, problem);
			r = -EINVAL;
		}
	}
	fclose(f);
	return r;
}

static const char *parse_host(struct plan *plan, char **fields, size_t n)
{
	struct plan_host *host = &plan->hosts[plan->n_hosts];

	if (plan->n_hosts == PLAN_HOSTS_MAX)
		return "there are too many hosts";
	if (n < 3 || strlen(fields[0]) >= sizeof(host->name))
		return "a host needs a short name, an IPv4 and an IPv6 address";
	if (inet_pton(AF_INET, fields[1], &host->ipv4) != 1)
		return "the second field is no IPv4 address";
	host->has_ipv6 = strcmp(fields[2], "-") != 0;
	if (host->has_ipv6 && inet_pton(AF_INET6, fields[2], &host->ipv6) != 1)
		return "the third field is neither an IPv6 address nor -";
	strcpy(host->name, fields[0]);
	plan->n_hosts++;
	return NULL;
}

int plan_read_hosts(struct plan *plan, const char *path)
{
	return read_lines(plan, path, parse_host);
}

static const char *parse_target(const struct plan *plan, const struct plan_flow *flow,
				struct plan_target *ret, const char *name)
{
	size_t i = 0;

	if (strchr(name, '.')) {
		if (strlen(name) >= sizeof(ret->domain))
			return "that name is too long";
		if (flow->inbound)
			return "a host that begins must be one of the hosts";
		ret->is_domain = true;
		strcpy(ret->domain, name);
		return NULL;
	}
	while (i < plan->n_hosts && strcmp(plan->hosts[i].name, name) != 0)
		i++;
	if (i == plan->n_hosts)
		return "there is no such host";
	if (flow->ipv6 && !plan->hosts[i].has_ipv6)
		return "that host has no IPv6 address";
	ret->host = i;
	return NULL;
}

static const char *parse_targets(const struct plan *plan, struct plan_flow *flow, char *text)
{
	bool any = strcmp(text, "*") == 0;
	const char *problem = NULL;
	char *name;

	flow->targets = calloc(PLAN_TARGETS_MAX, sizeof(*flow->targets));
	if (!flow->targets)
		return strerror(ENOMEM);
	for (size_t i = 0; any && i < plan->n_hosts; i++)
		if (!flow->ipv6 || plan->hosts[i].has_ipv6)
			flow->targets[flow->n_targets++].host = i;
	while (!any && !problem && (name = strsep(&text, ","))) {
		if (flow->n_targets == PLAN_TARGETS_MAX)
			return "there are too many targets";
		problem = parse_target(plan, flow, &flow->targets[flow->n_targets++], name);
	}
	return problem;
}

static const char *parse_protocol(struct plan_flow *flow, const char *text)
{
	static const struct {
		const char *name;
		bool udp, ipv6, inbound;
	} protocols[] = {
	    {"tcp", false, false, false}, {"tcp6", false, true, false},	  {"udp", true, false, false},
	    {"udp6", true, true, false},  {"tcp-in", false, false, true}, {"udp-in", true, false, true},
	};

	for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++)
		if (strcmp(text, protocols[i].name) == 0) {
			flow->udp = protocols[i].udp;
			flow->ipv6 = protocols[i].ipv6;
			flow->inbound = protocols[i].inbound;
			return NULL;
		}
	return "the protocol must be tcp, tcp6, udp, udp6, tcp-in or udp-in";
}

static const char *parse_temper(struct plan_flow *flow, const char *text)
{
	for (size_t i = 0; i < sizeof(tempers) / sizeof(tempers[0]); i++)
		if (strcmp(text, tempers[i].name) == 0) {
			flow->up = tempers[i].up;
			flow->down = tempers[i].down;
			flow->rate = tempers[i].rate;
			flow->every = tempers[i].every;
			flow->exchanges = tempers[i].exchanges;
			flow->pause = tempers[i].pause;
			return NULL;
		}
	return "there is no such temper";
}

static uint32_t bounded(double value, uint32_t maximum)
{
	return value < 0 ? 0 : value > maximum ? maximum : (uint32_t)value;
}

/* "every=0.5 down=20k": seconds and bytes. */
static const char *parse_numbers(struct plan_flow *flow, char *text)
{
	char *word;

	while ((word = strsep(&text, " "))) {
		char *value = strchr(word, '='), *end;
		double number;

		if (!*word)
			continue;
		if (!value)
			return "the last field must look like every=0.5 down=20k";
		*value++ = 0;
		number = strtod(value, &end);
		if (end == value || (*end && strcmp(end, "k") != 0))
			return "a number must look like 0.5 or 20k";
		if (*end)
			number *= 1000;
		if (strcmp(word, "up") == 0)
			flow->up = bounded(number, 1 << 30);
		else if (strcmp(word, "down") == 0)
			flow->down = bounded(number, 1 << 30);
		else if (strcmp(word, "rate") == 0)
			flow->rate = bounded(number, 1 << 24);
		else if (strcmp(word, "every") == 0)
			flow->every = bounded(number * 1000, 3600000);
		else if (strcmp(word, "pause") == 0)
			flow->pause = bounded(number * 1000, 3600000);
		else if (strcmp(word, "exchanges") == 0)
			flow->exchanges = bounded(number, 1000000);
		else if (strcmp(word, "serve") == 0)
			flow->serve = (uint16_t)bounded(number, 65535);
		else
			return "the numbers are up, down, rate, every, pause, exchanges and serve";
	}
	return NULL;
}

static const char *parse_flow(struct plan *plan, char **fields, size_t n)
{
	struct plan_flow *flow = &plan->flows[plan->n_flows];
	const char *problem;
	int port;

	if (plan->n_flows == PLAN_FLOWS_MAX)
		return "the plan is too long";
	if (n != 6 || strlen(fields[0]) >= sizeof(flow->device))
		return "a line is: device | targets | protocol | port | temper | numbers";
	strcpy(flow->device, fields[0]);
	port = atoi(fields[3]);
	if (port < 1 || port > 65535)
		return "the port must be 1 to 65535";
	flow->port = flow->serve = (uint16_t)port;
	problem = parse_protocol(flow, fields[2]);
	if (!problem)
		problem = parse_targets(plan, flow, fields[1]);
	if (!problem)
		problem = parse_temper(flow, fields[4]);
	if (!problem)
		problem = parse_numbers(flow, fields[5]);
	/* counted even so: plan_done frees its targets */
	plan->n_flows++;
	return problem;
}

int plan_read_flows(struct plan *plan, const char *path)
{
	return read_lines(plan, path, parse_flow);
}

void plan_done(struct plan *plan)
{
	for (size_t i = 0; i < plan->n_flows; i++)
		free(plan->flows[i].targets);
}
