/* SPDX-License-Identifier: MIT */
/*
 * One viewer: a WebSocket, what it watches, and the writing of spans of the topics' logs to it.
 *
 * Spans go to the socket with send(2) straight from the log. Only the rest of a WebSocket frame that the
 * socket did not take is handed to libwebsockets, which copies it and sends it before any control frame: so a
 * viewer who stops reading costs one fragment.
 */
#pragma once

#include <libwebsockets.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "chain.h"
#include "command_request.h"
#include "peers.h"
#include "relay_topic.h"
#include "watch_message.h"

#define VIEWER_WATCHES_MAX 64
#define VIEWER_PING_S 20   /* silent for that long: ping */
#define VIEWER_HANGUP_S 30 /* silent, and took nothing, for that long: gone */

enum viewer_close {
	VIEWER_CLOSE_AWAY = 1001,
	VIEWER_CLOSE_RULE = 1008,
	VIEWER_CLOSE_FULL = 1013,
	VIEWER_CLOSE_ENDED = 4000, /* what it was let in by has ended: it may come again as somebody else */
};

struct viewer_stats {
	uint64_t joined, refused;
	uint64_t bytes;	 /* sent */
	uint64_t sends;	 /* calls of send(2) */
	uint64_t blocks; /* times that a socket did not take everything */
	uint64_t hangups;
	uint64_t broken_rules;
};

struct viewer;

struct viewer_listener {
	/* The topic, or NULL when it is not relayed. */
	struct relay_topic *(*topic)(void *data, const char *site, const char *name);
	/* May the viewer watch it? */
	bool (*allowed)(void *data, const struct viewer *v, const struct relay_topic *topic);
	/* Somebody watches the topic now. */
	void (*wanted)(void *data, struct relay_topic *topic);
	/* A viewer begins the topic anew: perhaps it could not apply what the log holds. */
	void (*lost)(void *data, struct relay_topic *topic);
	/* Writes the hello's text for the viewer into buffer; its length. */
	size_t (*hello)(void *data, const struct viewer *v, char *buffer, size_t size);
	/* The viewer asks for something; fault: of command_request_read. */
	void (*command)(void *data, struct viewer *v, const struct command_request *request,
			enum command_fault fault);
	/* It has gone, and does not wait for the answers to its commands any more. */
	void (*left)(void *data, struct viewer *v);
};

/* All viewers. */
struct viewer_set {
	const struct viewer_listener *listener; /* borrowed */
	void *data;
	size_t maximum, maximum_per_address;
	struct chain viewers;
	size_t n;
	struct viewer_stats stats;
};

struct viewer {
	/* what a pass over all viewers touches comes first, in one line of the cache */
	struct lws *wsi; /* borrowed */
	struct viewer_set *set;
	int fd;
	unsigned due; /* enum viewer_due, what to send beside frames */
	uint8_t n_watches, turn, n_unknown;
	bool gone;   /* nothing more is to be written */
	bool tls;    /* what is written goes through libwebsockets */
	bool pinged; /* since it was heard */
	uint32_t heard_s;
	struct watch *watches[VIEWER_WATCHES_MAX];
	uint32_t window_s;
	unsigned window_messages;
	uint64_t acknowledged, received; /* bytes, by the peer's TCP and from it, when last looked at */
	uint16_t close_code;
	const char *close_reason; /* a literal */
	struct peer *peer;	  /* owned by the server */
	struct chain of_set;	  /* next: NULL once it has left */
	size_t message_length;
	char *message; /* a message that comes in pieces */
	struct address address;
	struct watch_message *unknown; /* asked for, but not relayed or not allowed: to be told; or NULL */
	enum role role;
	const char *sign_in;			    /* a literal, for the hello: may one sign in there */
	struct viewer_text *answers, **answers_end; /* to commands, to be sent */
	unsigned n_answers;
	/* errands.c's own: how many commands of it are under way, the last one's number, and how many came lately */
	unsigned errands;
	uint32_t command_number, command_s;
	unsigned commands_in_s;
};

/* A zeroed viewer begins on an established WebSocket. peer (borrowed) counts the viewers of its address. */
void viewer_begin(struct viewer *v, struct viewer_set *set, struct lws *wsi, struct peer *peer,
		  const struct address *address, enum role role);
/* Leaves its topics; nothing more is written. May be called twice. */
void viewer_end(struct viewer *v);

/* A piece of a message came. last: it ends the message. */
void viewer_receive(struct viewer *v, const char *bytes, size_t length, bool binary, bool last);
/* A sign of life came. */
void viewer_heard(struct viewer *v, uint32_t now_s);

/* Writes what is due as far as the socket takes it. -1 when the connection is to be closed now; only for
 * callbacks. */
int viewer_writeable(struct viewer *v);
/* Same, from anywhere. */
void viewer_flush(struct viewer *v);
/* Same, for all who watch the topic. */
void viewers_flush(struct relay_topic *topic);

/* Sends it a text, which is copied, as soon as it can be. One that does not take its answers is closed. */
void viewer_answer(struct viewer *v, const char *text, size_t length);

/* Closes with a code and a reason (a literal) as soon as the socket takes it. */
void viewer_close(struct viewer *v, enum viewer_close code, const char *reason);
/* Ends the connection without another word: it is of no more use. */
void viewer_hang_up(struct viewer *v);
void viewer_ping(struct viewer *v);
/* Once a second: pings the silent, hangs up on the dead, and closes who sends without end. */
void viewer_check(struct viewer *v, uint32_t now_s);
