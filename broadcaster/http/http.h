/* SPDX-License-Identifier: MIT */
/* What is answered over plain HTTP: the page, /healthz, /metrics, and refusals. And who may upgrade to a
 * WebSocket. */
#pragma once

#include <libwebsockets.h>
#include <stdbool.h>
#include <stdio.h>

#include "access.h"
#include "gate.h"
#include "http_answer.h"
#include "join_links.h"
#include "log_pace.h"
#include "sign_in.h"

#define HTTP_SUBPROTOCOL "connvis.v1" /* of the WebSocket */

struct http_listener {
	/* The topic, or NULL when it is not relayed; empty names mean the first. */
	struct relay_topic *(*topic)(void *data, const char *site, const char *name);
	/* Somebody wants the topic now. */
	void (*wanted)(void *data, struct relay_topic *topic);
	/* May this role have its state? */
	bool (*allowed)(void *data, enum role role, const struct relay_topic *topic);
	/* The metrics as Prometheus text. home: with what the collectors count; role: with the topics that it may watch, or
	 * NULL, with all. */
	void (*metrics)(void *data, bool home, const enum role *role, FILE *out);
	/* A JSON object about the daemon's health; true when all is well. */
	bool (*health)(void *data, FILE *out);
	/* The networks that count as home may have changed. */
	void (*refresh_homes)(void *data);
	/* All who have signed in are to be signed out, at every broadcaster. */
	void (*sign_out_all)(void *data);
};

struct state_worker;

struct http_stats {
	uint64_t requests, refused;
	uint64_t sign_ins[SIGN_IN_RESULTS]; /* what became of attempts */
	uint64_t sign_ins_in_clear;	    /* refused, for there was no TLS */
	uint64_t link_uses[JOIN_LINKS_USES];
	uint64_t links_made, links_revoked;
};

/* Shared by all requests. */
struct http {
	const struct access_rules *rules;     /* borrowed */
	const struct http_listener *listener; /* borrowed */
	void *data;
	struct gate *gate;	  /* borrowed */
	struct sign_in *sign_in;  /* borrowed */
	struct join_links *links; /* borrowed */
	/* Who is not at home may be here all the same, or (not known) has this one question; NULL: nobody counts those who
	 * are not. */
	void (*admitted)(struct lws *wsi, bool known);
	struct log_burst said;	      /* of those who were refused */
	struct state_worker *states;  /* borrowed */
	struct http_session *waiting; /* for a topic's state */
	int port;		      /* that cookies are called after */
	bool tls;		      /* new connections are by TLS; to old ones it is said where */
	int64_t hsts_days;	      /* for which a browser is to ask by TLS alone; 0: that is not said */
	struct http_stats stats;
};

/* These return what the libwebsockets callback is to return. */
int http_request(struct http *http, struct http_session *session, struct lws *wsi, const char *path);
int http_writeable(struct http *http, struct http_session *session, struct lws *wsi);
/* http_post.c: a piece of a request's body has come, and its end. */
int http_post_take(struct http_session *session, const char *bytes, size_t length);
int http_post_done(struct http_session *session);
/* LWS_CALLBACK_HTTP_CONFIRM_UPGRADE. */
int http_upgrade(struct http *http, struct lws *wsi);

/* May somebody at this client sign in: "yes", or why not: "no-passphrase", "no-tls". */
const char *http_sign_in_word(const struct http *http, const struct access_client *client, bool secure);

/* Answers those whose wait is over. To be called in each turn of the loop. */
void http_look(struct http *http);
