/* SPDX-License-Identifier: MIT */
#include <errno.h>

#include <openssl/ssl.h>

#include "server_private.h"

/* A browser says hello: it is shown the certificate of now. */
static int on_hello(SSL *ssl, void *data)
{
	const struct server *server = data;

	return server->certificate && certificate_show(server->certificate, ssl) == 0;
}

void server_tls_prepare(struct server *server, SSL_CTX *context)
{
	SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
	SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
	/* 34 KB less for each viewer who waits */
	SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
	/* There is one certificate, whatever name is asked for: libwebsockets would look for a vhost of that name. */
	SSL_CTX_set_tlsext_servername_callback(context, NULL);
	SSL_CTX_set_cert_cb(context, on_hello, server);
}

int server_show(struct server *server, struct certificate *certificate)
{
	struct lws_context_creation_info info = server->info;

	if (certificate && !server->tls) {
		info.vhost_name = "tls";
		info.options |= LWS_SERVER_OPTION_CREATE_VHOST_SSL_CTX;
		/* what is not TLS is told the right address */
		info.options |= LWS_SERVER_OPTION_ALLOW_NON_SSL_ON_SSL_PORT |
				LWS_SERVER_OPTION_ALLOW_HTTP_ON_HTTPS_LISTENER;
		server->tls = lws_create_vhost(server->context, &info);
		if (!server->tls) {
			certificate_free(certificate);
			return -ENOTSUP;
		}
	}
	certificate_free(server->certificate);
	server->certificate = certificate;
	server->http->tls = certificate != NULL;
	return 0;
}

const struct certificate *server_certificate(const struct server *server)
{
	return server->certificate;
}
