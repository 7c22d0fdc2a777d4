/* SPDX-License-Identifier: MIT */
#include "http_headers.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "cookie.h"
#include "util.h"

#define COOKIES_MAX 4096 /* of all who serve pages under this host's name, at any port */

/* A request and its headers. */
struct asked {
	struct access_request request;
	char forwarded_for[HTTP_HEADER_MAX], real_ip[HTTP_HEADER_MAX], forwarded[HTTP_HEADER_MAX],
	    host[HTTP_HEADER_MAX];
};

bool http_headers_copy(struct lws *wsi, enum lws_token_indexes token, char value[HTTP_HEADER_MAX])
{
	int n = lws_hdr_total_length(wsi, token);

	return n > 0 && n < HTTP_HEADER_MAX && lws_hdr_copy(wsi, value, HTTP_HEADER_MAX, token) > 0;
}

bool http_headers_tls(struct lws *wsi)
{
	return lws_get_ssl(wsi) != NULL;
}

/* Takes a header, if there is one. False when it cannot be one that we want. */
static bool take(const char **ret, struct lws *wsi, enum lws_token_indexes token, char value[HTTP_HEADER_MAX])
{
	if (lws_hdr_total_length(wsi, token) == 0)
		return true;
	*ret = value;
	return http_headers_copy(wsi, token, value);
}

/* Takes what the headers say of proxies. False when one of them cannot be one. */
static bool take_proxy_headers(struct asked *asked, struct lws *wsi)
{
	static const char forwarded[] = "forwarded:";
	static const char *const others[] = {"x-forwarded-host:", "x-forwarded-proto:", "x-forwarded-server:",
					     "cf-connecting-ip:", "true-client-ip:",	"x-client-ip:"};
	struct access_request *request = &asked->request;

	if (!take(&request->forwarded_for, wsi, WSI_TOKEN_X_FORWARDED_FOR, asked->forwarded_for) ||
	    !take(&request->real_ip, wsi, WSI_TOKEN_HTTP_X_REAL_IP, asked->real_ip))
		return false;
	if (lws_hdr_custom_length(wsi, forwarded, sizeof(forwarded) - 1) >= 0) {
		if (lws_hdr_custom_copy(wsi, asked->forwarded, HTTP_HEADER_MAX, forwarded,
					sizeof(forwarded) - 1) < 0)
			return false;
		request->forwarded = asked->forwarded;
	}
	request->relayed = lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_VIA) > 0;
	for (size_t i = 0; i < ELEMENTS_OF(others); i++)
		request->relayed |= lws_hdr_custom_length(wsi, others[i], (int)strlen(others[i])) >= 0;
	return true;
}

/* 0 or -EBADMSG. */
static int ask(struct asked *asked, struct lws *wsi)
{
	struct sockaddr_storage from;
	socklen_t length = sizeof(from);

	asked->request = (struct access_request){};
	if (getpeername(lws_get_socket_fd(wsi), (struct sockaddr *)&from, &length) < 0 ||
	    access_request_from(&asked->request, &from) < 0 || !take_proxy_headers(asked, wsi))
		return -EBADMSG;
	return 0;
}

int http_headers_client(struct access_client *ret, const struct access_rules *rules, struct lws *wsi)
{
	struct asked asked;
	int r = ask(&asked, wsi);

	return r < 0 ? r : access_client_resolve(ret, rules, &asked.request);
}

bool http_headers_secure(const struct access_client *client, struct lws *wsi)
{
	static const char name[] = "x-forwarded-proto:";
	char value[HTTP_HEADER_MAX];

	if (http_headers_tls(wsi))
		return true;
	return client->forwarded &&
	       lws_hdr_custom_copy(wsi, value, sizeof(value), name, sizeof(name) - 1) > 0 &&
	       !strcasecmp(value, "https");
}

bool http_headers_token(char ret[TOKEN_MAX], struct lws *wsi, int port, bool secure)
{
	char cookies[COOKIES_MAX];
	int n = lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_COOKIE);

	return n > 0 && n < COOKIES_MAX &&
	       lws_hdr_copy(wsi, cookies, COOKIES_MAX, WSI_TOKEN_HTTP_COOKIE) > 0 &&
	       cookie_find(ret, cookies, port, secure);
}

int http_headers_keep(struct access_request **ret, struct lws *wsi)
{
	struct asked asked;
	int r = ask(&asked, wsi);

	if (r < 0)
		return r;
	if (!http_headers_copy(wsi, WSI_TOKEN_HOST, asked.host))
		return -EBADMSG;
	asked.request.host = asked.host;
	*ret = access_request_keep(&asked.request);
	return *ret ? 0 : -ENOMEM;
}
