/* SPDX-License-Identifier: MIT */
/* Who may have anything answered but a refusal. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

#include "http_headers.h"
#include "http_private.h"
#include "log.h"
#include "util.h"
#include "wrong_host.h"

/* why: its first line is said. */
static void log_refusal(const struct http *http, struct lws *wsi, int status, const char *why)
{
	struct access_client client;
	char text[ADDRESS_TEXT_MAX];

	if (!log_is_on(LOG_LEVEL_DEBUG))
		return;
	log_debug("Refused a request from %s with %d: %.*s",
		  http_headers_client(&client, http->rules, wsi) < 0 ? "somebody"
								     : address_format(&client.address, text),
		  status, (int)strcspn(why, "\n"), why);
}

/* Answers with a sentence of plain text. */
int http_refuse(struct http *http, struct http_session *session, struct lws *wsi, int status,
		const char *phrase, const char *format, ...)
{
	struct http_answer a = {
	    .status = status,
	    .phrase = phrase,
	    .type = "text/plain; charset=utf-8",
	    .close = status != 404,
	};
	char *text;
	va_list args;
	int n;

	va_start(args, format);
	n = vasprintf(&text, format, args);
	va_end(args);
	http->stats.refused++;
	if (n < 0)
		return -1;
	log_refusal(http, wsi, status, text);
	return http_answer_send_blob(session, wsi, &a, blob_new(text, (size_t)n));
}

/* How the daemon does. What the collectors count is added for who may know of the home. */
bool http_is_status(const char *path)
{
	return !strcmp(path, "/healthz") || !strcmp(path, "/metrics");
}

/* A program of this host asks how the daemon does. */
static bool is_local_check(const struct access_client *client, struct lws *wsi, const char *path)
{
	return http_is_status(path) && access_client_is_local(client) &&
	       lws_hdr_total_length(wsi, WSI_TOKEN_X_FORWARDED_FOR) == 0;
}

/* Who asked without TLS, as for an address typed without a scheme, is sent to the page: host is one of our names. For
 * now only: the next time there may be no certificate. */
static int send_to_tls(struct http_session *session, struct lws *wsi, const char *host)
{
	char more[HTTP_HEADER_MAX + 64];
	struct http_answer a = {.status = 307, .phrase = "Temporary Redirect", .more = more, .close = true};

	snprintf(more, sizeof(more), "Location: https://%s/\r\nCache-Control: no-store\r\n", host);
	return http_answer_send(session, wsi, &a);
}

static int refuse_stranger(struct http *http, struct http_session *session, struct lws *wsi,
			   const struct address *address)
{
	char text[ADDRESS_TEXT_MAX];

	return http_refuse(http, session, wsi, 403, "Forbidden",
			   "connvis shows a home network to the people in it, and this device is not in it.\n"
			   "Its address is %s. Join the home's Wi-Fi or network and open this page again.\n"
			   "(If it is in it: the option access.networks says who may watch.)\n",
			   address_format(address, text));
}

void http_know(struct http *http, struct lws *wsi, struct http_caller *caller)
{
	char token[TOKEN_MAX];

	caller->secure = http_headers_secure(&caller->client, wsi);
	caller->pass = NULL;
	if (access_client_known(&caller->client) &&
	    http_headers_token(token, wsi, http->port, caller->secure))
		caller->pass = gate_find(http->gate, token, caller->secure, clock_ms());
	OPENSSL_cleanse(token, sizeof(token));
}

/* Does it come by a link, as it seems, and is there any? Then it gets the page that exchanges it, which says nothing of the
 * home. */
static bool is_joining(const struct http *http, const struct http_caller *caller, const char *path)
{
	static const char *const paths[] = {"/join", "/join.css", "/join.js", HTTP_PATH_LINK};

	size_t i = 0;

	while (i < ELEMENTS_OF(paths) && strcmp(path, paths[i]) != 0)
		i++;
	if (i == ELEMENTS_OF(paths) || !http->links || !access_client_known(&caller->client))
		return false;
	/* it may have been made just now */
	join_links_look(http->links, clock_unix_ms() / 1000);
	return join_links_any(http->links);
}

/* May it be here: from home, by a pass, or as a program of this host that asks how the daemon does? */
static bool may_watch(struct http *http, struct lws *wsi, const struct http_caller *caller, const char *path)
{
	if (access_client_allowed(http->rules, &caller->client) || is_local_check(&caller->client, wsi, path))
		return true;
	if (caller->pass || is_joining(http, caller, path)) {
		if (http->admitted)
			http->admitted(wsi, caller->pass != NULL);
		return true;
	}
	http->listener->refresh_homes(http->data);
	return access_client_allowed(http->rules, &caller->client);
}

int http_check_access(struct http *http, struct http_session *session, struct lws *wsi, const char *path,
		      struct http_caller *ret)
{
	struct access_client *client = &ret->client;
	char host[HTTP_HEADER_MAX], text[ADDRESS_TEXT_MAX];

	if (http_headers_client(client, http->rules, wsi) < 0)
		return http_refuse(http, session, wsi, 400, "Bad Request",
				   "The X-Forwarded-For header cannot be read.\n");
	session->isolated = client->forwarded || access_client_is_local(client) || http_headers_tls(wsi);
	session->hsts_days = http_headers_tls(wsi) ? http->hsts_days : 0;
	if (client->stray)
		return http_refuse(
		    http, session, wsi, 403, "Forbidden",
		    "This came through a proxy that connvis does not know, so it cannot tell who is watching.\n"
		    "Add the proxy's address, %s, to the option access.proxies, and have it send X-Forwarded-For.\n",
		    address_format(&client->address, text));
	/* at loopback that is a proxy, too, it might be anybody's request without its header */
	session->home = access_client_allowed(http->rules, client) || !client->proxy;
	if (client->proxy && !is_local_check(client, wsi, path))
		return http_refuse(
		    http, session, wsi, 403, "Forbidden",
		    "This came through a proxy that does not say for whom: have it send X-Forwarded-For.\n");
	http_know(http, wsi, ret);
	/* how the daemon does is for who runs this host, whatever the role */
	session->is_check = is_local_check(client, wsi, path);
	session->role = access_role(http->rules, client, ret->pass ? &ret->pass->role : NULL);
	if (!may_watch(http, wsi, ret, path))
		return refuse_stranger(http, session, wsi, &client->address);
	if (!http_headers_copy(wsi, WSI_TOKEN_HOST, host) || !access_host_allowed(http->rules, host)) {
		http->stats.refused++;
		log_refusal(http, wsi, 421, WRONG_HOST);
		return wrong_host_send(session, wsi, !client->forwarded, http->tls);
	}
	/* behind a proxy, and for a check on this host, nothing of it is on a network */
	if (http->tls && !http_headers_tls(wsi) && !client->forwarded && !is_local_check(client, wsi, path))
		return send_to_tls(session, wsi, host);
	return 1;
}

bool http_is_own_page(struct lws *wsi)
{
	char host[HTTP_HEADER_MAX], origin[HTTP_HEADER_MAX];

	return http_headers_copy(wsi, WSI_TOKEN_HOST, host) &&
	       http_headers_copy(wsi, WSI_TOKEN_ORIGIN, origin) &&
	       access_origin_matches(origin, host, http_headers_tls(wsi));
}
