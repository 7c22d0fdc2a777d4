/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <ev.h>
#include <libwebsockets.h>
#include <signal.h>
#include <string.h>

#include "broadcaster.h"
#include "log.h"
#include "print_link.h"
#include "set_passphrase.h"
#include "status.h"

static void on_websockets_log(int level, const char *line)
{
	(void)level;
	log_debug("libwebsockets: %.*s", (int)strcspn(line, "\n"), line);
}

static int run(struct broadcaster_options *options, int argc, char **argv)
{
	struct ev_loop *loop;
	struct broadcaster *b;

	log_open("connvis-broadcaster", (enum log_level)options->log_level);
	/* which of it is said is decided by our own level, which a reload may change */
	lws_set_log_level(LLL_ERR | LLL_WARN, on_websockets_log);
	signal(SIGPIPE, SIG_IGN);
	/* until the loop turns */
	signal(SIGHUP, SIG_IGN);
	loop = ev_default_loop(EVFLAG_AUTO);
	if (!loop) {
		log_error("The kernel gives no way to wait for events.");
		return CONFIG_STATUS_FAILED;
	}
	if (broadcaster_new(&b, loop, options, argc, argv) < 0) {
		ev_loop_destroy(loop);
		return CONFIG_STATUS_FAILED;
	}
	broadcaster_run(b);
	broadcaster_free(b);
	ev_loop_destroy(loop);
	return CONFIG_STATUS_GOOD;
}

int main(int argc, char **argv)
{
	struct broadcaster_options options = {};
	enum config_action action;
	int r = broadcaster_options_load(&options, argc, argv, &action);

	if (r < 0)
		return r == -EINVAL ? CONFIG_STATUS_WRONG : CONFIG_STATUS_FAILED;
	if (action == CONFIG_ASK)
		r = status_ask("connvis-broadcaster", options.status_socket, stdout);
	else if ((enum broadcaster_task)action == BROADCASTER_SET_PASSPHRASE)
		r = set_passphrase(&options);
	else if ((enum broadcaster_task)action == BROADCASTER_LINK)
		r = print_link(&options);
	else
		r = action == CONFIG_RUN ? run(&options, argc, argv) : CONFIG_STATUS_GOOD;
	broadcaster_options_done(&options);
	return r;
}
