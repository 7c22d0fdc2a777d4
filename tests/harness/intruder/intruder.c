/* SPDX-License-Identifier: MIT */
#include "intruder.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

unsigned intruder_tried, intruder_done;

void intruder_attempt(const struct intruder *in, intruder_try try, const char *verb, const char *what)
{
	pid_t child;
	int status;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		errno = 0;
		_exit(try(in, what) ? 0 : errno ? errno : 255);
	}
	intruder_tried++;
	if (child < 0 || waitpid(child, &status, 0) != child || (WIFEXITED(status) && !WEXITSTATUS(status))) {
		intruder_done++;
		printf("DONE: %s%s\n", verb, what);
	} else if (WIFSIGNALED(status))
		printf("refused (killed by %s): %s%s\n", strsignal(WTERMSIG(status)), verb, what);
	else
		printf("refused (%s): %s%s\n",
		       WEXITSTATUS(status) == 255 ? "no" : strerror(WEXITSTATUS(status)), verb, what);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*all)(const struct intruder *in);
	} groups[] = {
	    {"redis", intruder_redis},	       {"files", intruder_files},
	    {"processes", intruder_processes}, {"capabilities", intruder_capabilities},
	    {"sandbox", intruder_sandbox},
	};
	struct intruder in;
	unsigned known = 0;

	if (argc < 4) {
		fputs("Usage: connvis-intruder GROUP[,GROUP…] SOCKET PASSWORD [FILE…]\n", stderr);
		return 2;
	}
	in = (struct intruder){.redis = argv[2], .password = argv[3], .others = argv + 4};
	for (const char *name = strtok(argv[1], ","); name; name = strtok(NULL, ","))
		for (size_t i = 0; i < sizeof(groups) / sizeof(*groups); i++)
			if (!strcmp(name, groups[i].name)) {
				known++;
				groups[i].all(&in);
			}
	printf("%u attempts, %u done\n", intruder_tried, intruder_done);
	return !known || intruder_done;
}
