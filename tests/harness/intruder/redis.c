/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "intruder.h"

/* A connection that has logged in as the broadcaster does, or -1. */
static int log_in(const struct intruder *in)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	char password[256] = "", line[512], reply[64] = "";
	FILE *file = fopen(in->password, "r");
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", in->redis);
	if (!file || !fgets(password, sizeof(password), file) || fd < 0 ||
	    connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		return -1;
	password[strcspn(password, "\n")] = '\0';
	snprintf(line, sizeof(line), "AUTH broadcaster \"%s\"\r\n", password);
	if (write(fd, line, strlen(line)) < 0 || read(fd, reply, sizeof(reply) - 1) <= 0 || reply[0] != '+')
		return -1;
	return fd;
}

/* Does one command, as it is typed; what is refused is EACCES, and anything else is told. */
static bool command(const struct intruder *in, const char *what)
{
	char line[256], reply[256] = "";
	int fd = log_in(in);

	snprintf(line, sizeof(line), "%s\r\n", what);
	if (fd < 0 || write(fd, line, strlen(line)) < 0 || read(fd, reply, sizeof(reply) - 1) <= 0)
		printf("Redis does not answer: ");
	else if (!strncmp(reply, "-NOPERM", 7) || !strncmp(reply, "-WRONGPASS", 10) ||
		 (!strncmp(reply, "-ERR", 4) && strstr(reply, " command not allowed"))) {
		errno = EACCES;
		return false;
	}
	printf("%.*s: ", (int)strcspn(reply, "\r\n"), reply);
	fflush(stdout);
	return true;
}

void intruder_redis(const struct intruder *in)
{
	static const char *const may[] = {"PING", "PUBLISH connvis:ask:nobody x",
					  "SUBSCRIBE connvis:feed:home:overview"};
	static const char *const may_not[] = {
	    "PUBLISH connvis:feed:home:overview x",
	    "PUBLISH connvis:reply:home x",
	    "PUBLISH connvis:metrics:home x",
	    "PUBLISH other x",
	    "SUBSCRIBE connvis:command:home",
	    "SUBSCRIBE connvis:ask:home",
	    "SUBSCRIBE __keyspace@0__:x",
	    "PSUBSCRIBE *",
	    "SSUBSCRIBE connvis:feed:home:overview",
	    "SPUBLISH connvis:command:home x",
	    "CONFIG GET dir",
	    "CONFIG SET dir /tmp",
	    "CONFIG SET requirepass x",
	    "CONFIG REWRITE",
	    "DEBUG SLEEP 1",
	    "DEBUG SEGFAULT",
	    "EVAL \"return 1\" 0",
	    "SCRIPT FLUSH",
	    "FUNCTION LIST",
	    "SET connvis:x 1",
	    "GET connvis:x",
	    "DEL connvis:x",
	    "KEYS *",
	    "SCAN 0",
	    "FLUSHALL",
	    "SAVE",
	    "BGREWRITEAOF",
	    "ACL LIST",
	    "ACL WHOAMI",
	    "ACL SETUSER broadcaster +@all",
	    "CLIENT LIST",
	    "CLIENT KILL TYPE pubsub",
	    "CLIENT PAUSE 1000",
	    "MULTI",
	    "MONITOR",
	    "INFO",
	    "PUBSUB CHANNELS",
	    "SLOWLOG GET",
	    "LATENCY DOCTOR",
	    "MEMORY PURGE",
	    "MIGRATE 127.0.0.1 1 x 0 1",
	    "REPLICAOF 127.0.0.1 1",
	    "MODULE LOAD /tmp/x.so",
	    "SHUTDOWN NOSAVE",
	    "AUTH collector guess",
	    "AUTH default \"\"",
	};

	for (size_t i = 0; i < sizeof(may) / sizeof(*may); i++)
		if (!command(in, may[i])) {
			intruder_done++;
			printf("It may not do what the broadcaster does: %s\n", may[i]);
		} else
			printf("as the broadcaster: %s\n", may[i]);
	for (size_t i = 0; i < sizeof(may_not) / sizeof(*may_not); i++)
		intruder_attempt(in, command, "", may_not[i]);
}
