/* SPDX-License-Identifier: MIT */
#include "wrong_host.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "access.h"

#define URL_MAX 88
#define WAY_MAX (2 * URL_MAX + 64) /* what stands around the URL, and it twice */

/* The address of the page, or an empty text. Link-local IPv6 addresses need a zone, which browsers do not take. */
static void url_format(char url[URL_MAX], const struct sockaddr_storage *own, const char *scheme)
{
	struct access_request request = {};
	char text[ADDRESS_TEXT_MAX];
	unsigned port;

	url[0] = '\0';
	if (!own || access_request_from(&request, own) < 0)
		return;
	port = ntohs(own->ss_family == AF_INET ? ((const struct sockaddr_in *)own)->sin_port
					       : ((const struct sockaddr_in6 *)own)->sin6_port);
	address_format(&request.peer, text);
	if (address_is_ipv4(&request.peer))
		snprintf(url, URL_MAX, "%s://%s:%u/", scheme, text, port);
	else if (!address_is_link_local(&request.peer))
		snprintf(url, URL_MAX, "%s://[%s]:%u/", scheme, text, port);
}

/* What to do instead. url: of the page, or empty. */
static void way_format(char way[WAY_MAX], const char *url, bool html)
{
	if (!url[0])
		snprintf(way, WAY_MAX, "Open it by its address.");
	else if (html)
		snprintf(way, WAY_MAX, "Open <a href=\"%s\">%s</a> instead.", url, url);
	else
		snprintf(way, WAY_MAX, "Open %s instead.", url);
}

char *wrong_host_answer(const struct sockaddr_storage *own, bool tls, bool html)
{
	static const char why[] =
	    "connvis answers only to names that it knows, so that no other site can look at this network through\n"
	    "your browser. To use this name, add it to the option access.hosts.\n";
	char url[URL_MAX], way[WAY_MAX], *text = NULL;
	int n;

	url_format(url, own, tls ? "https" : "http");
	way_format(way, url, html);
	if (html)
		n = asprintf(&text,
			     "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">"
			     "<meta name=\"viewport\" content=\"width=device-width\"><title>connvis</title>\n"
			     "<h1>" WRONG_HOST "</h1>\n<p>%s</p>\n<p>%s</p>\n</html>\n",
			     way, why);
	else
		n = asprintf(&text, WRONG_HOST "\n%s\n%s", way, why);
	return n < 0 ? NULL : text;
}

int wrong_host_send(struct http_session *session, struct lws *wsi, bool direct, bool tls)
{
	struct sockaddr_storage own;
	socklen_t length = sizeof(own);
	char accept[512];
	bool known = direct && getsockname(lws_get_socket_fd(wsi), (struct sockaddr *)&own, &length) == 0;
	bool html = lws_hdr_copy(wsi, accept, sizeof(accept), WSI_TOKEN_HTTP_ACCEPT) > 0 &&
		    strstr(accept, "text/html");
	char *text = wrong_host_answer(known ? &own : NULL, tls, html);
	struct http_answer a = {
	    .status = 421,
	    .phrase = "Misdirected Request",
	    .type = html ? "text/html; charset=utf-8" : "text/plain; charset=utf-8",
	    .close = true,
	};

	return text ? http_answer_send_blob(session, wsi, &a, blob_new(text, strlen(text))) : -1;
}
