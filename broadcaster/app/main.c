/* SPDX-License-Identifier: MIT */
#include <ev.h>
#include <libwebsockets.h>
#include <signal.h>
#include <stdlib.h>

#include "broadcaster.h"
#include "log.h"

int main(int argc, char **argv)
{
	struct broadcaster_options options = {0};
	enum config_action action;
	struct ev_loop *loop;
	struct broadcaster *b;

	if (config_load(&broadcaster_options_program, &options, argc, argv, &action) < 0)
		return EXIT_FAILURE;
	if (action != CONFIG_RUN)
		return EXIT_SUCCESS;
	log_open(broadcaster_options_program.name, options.debug ? LOG_LEVEL_DEBUG : LOG_LEVEL_INFO);
	lws_set_log_level(options.debug ? LLL_ERR | LLL_WARN : 0, NULL);
	signal(SIGPIPE, SIG_IGN);
	loop = ev_default_loop(EVFLAG_AUTO);
	if (!loop) {
		log_error("The kernel gives no way to wait for events.");
		return EXIT_FAILURE;
	}
	if (broadcaster_new(&b, loop, &options) < 0) {
		ev_loop_destroy(loop);
		return EXIT_FAILURE;
	}
	broadcaster_run(b);
	broadcaster_free(b);
	ev_loop_destroy(loop);
	return EXIT_SUCCESS;
}
