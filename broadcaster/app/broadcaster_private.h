/* SPDX-License-Identifier: MIT */
/* Everything that the broadcaster owns: shared by the app's own files alone. */
#pragma once

#include "access_message.h"
#include "broadcaster.h"
#include "file.h"
#include "gate.h"
#include "home_networks.h"
#include "home_watch.h"
#include "loop_turns.h"
#include "relay.h"
#include "server.h"
#include "service.h"
#include "sign_in.h"
#include "state_worker.h"
#include "status.h"
#include "topic_rules.h"

#define TLS_FILES 2 /* the certificate's and the key's */

struct broadcaster {
	struct ev_loop *loop;
	struct loop_turns turns;
	struct broadcaster_options *options;
	int argc; /* where the options are from */
	char **argv;
	const char *site;
	struct config_list sites; /* that are relayed; borrowed from the options */
	struct relay *relay;
	struct state_worker *states;
	struct home_networks homes;
	struct home_watch *home_watch; /* NULL: it cannot be watched, so it is looked at again and again */
	uint64_t homes_ms;
	char own_name[HOME_NAME_MAX];
	struct access_rules rules;
	struct topic_rules topics;
	uint32_t allowed[ROLES]; /* by topic_rules_allowed, when the viewers were told */
	struct gate gate;
	uint64_t ended[GATE_ENDS]; /* passes, by why */
	struct sign_in *sign_in;
	struct join_links links;
	char sender[ACCESS_SENDER_MAX]; /* its own name among broadcasters */
	struct file_stamp passphrase_seen;
	bool passphrase_looked;
	struct http http;
	struct viewer_set viewers;
	struct server *server;
	struct service service;
	ev_timer tick;
	ev_prepare look;
	ev_signal terminate, interrupt, hangup;
	ev_timer farewell;
	struct status_socket status; /* where --status asks */
	ev_io asked;
	struct file_stamp tls_seen[TLS_FILES],
	    tls_tried[TLS_FILES]; /* when last looked at, and when last read */
	uint64_t tls_looked_ms;
	uint64_t started_ms;	   /* clock_ms() */
	bool leaving, handed_over; /* the listening socket was */
};

/* broadcaster_reload.c: SIGHUP reads the options again. */
void broadcaster_on_hangup(struct ev_loop *loop, ev_signal *signal, int events);
/* Notes which topics each role may watch; who has been told otherwise is closed, and comes back. */
void broadcaster_settle_topics(struct broadcaster *b);
/* Says which networks may watch that the sandbox of the service may keep out. */
void broadcaster_say_networks(const struct broadcaster *b);
/* How many connections one address may have: its viewers', and those that load the page. */
size_t broadcaster_connections_per_address(const struct broadcaster_options *options);

#define BROADCASTER_HEALTHY_AGE_MS 5000 /* of the last frame */

#define BROADCASTER_PLACE_MAX (CONFIG_TEXT_MAX + 32)

/* broadcaster_listen.c: where the page is served. */
const char *broadcaster_place(const struct broadcaster *b, char place[BROADCASTER_PLACE_MAX]);
/* Says in the log why it cannot be served there; r: of server_new or service_socket, as which it is given back. */
int broadcaster_listen_fault(const struct broadcaster_options *o, int r);

/* broadcaster_report.c: as of http_listener. */
void broadcaster_write_metrics(void *data, bool home, const enum role *role, FILE *out);
bool broadcaster_write_health(void *data, FILE *out);

/*
 * broadcaster_tls.c: reads the certificate that the options name, and shows it from now on. 0; -errno after saying in
 * the log what is wrong: then all stays as it was.
 */
int broadcaster_tls_show(struct broadcaster *b);
/* Once a second: sees that the files are others. */
void broadcaster_tls_tick(struct broadcaster *b);
void broadcaster_tls_status(const struct broadcaster *b, struct status *s);

/* broadcaster_access.c: who may sign in. 0; -errno. The server may be there or not. */
int broadcaster_access_start(struct broadcaster *b);
/* The server has gone. Takes what never was started. */
void broadcaster_access_stop(struct broadcaster *b);
/* Once a second: looks whether the passphrase is another one, and whose time is over. */
void broadcaster_access_tick(struct broadcaster *b);
void broadcaster_access_reload(struct broadcaster *b);
/* As of relay_options and http_listener. */
void broadcaster_access_told(void *data, const char *text, size_t length);
void broadcaster_sign_out_all(void *data);

/* broadcaster_status.c: answers --status. */
void broadcaster_status_start(struct broadcaster *b);
void broadcaster_status_stop(struct broadcaster *b);
