/* SPDX-License-Identifier: MIT */
#include "fake_lws.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "cmocka_all.h"
#include "ws_frame.h"

#define TEXT 1
#define PING 9

int __wrap_lws_get_socket_fd(struct lws *wsi);
SSL *__wrap_lws_get_ssl(struct lws *wsi);
int __wrap_lws_callback_on_writable(struct lws *wsi);
int __wrap_lws_partial_buffered(struct lws *wsi);
int __wrap_lws_write(struct lws *wsi, unsigned char *bytes, size_t length, enum lws_write_protocol protocol);
void __wrap_lws_set_timeout(struct lws *wsi, enum pending_timeout reason, int seconds);
void __wrap_lws_close_reason(struct lws *wsi, enum lws_close_status status, unsigned char *reason,
			     size_t length);

static struct fake_lws *of(struct lws *wsi)
{
	return (struct fake_lws *)(void *)wsi;
}

struct lws *fake_lws_wsi(struct fake_lws *lws)
{
	return (struct lws *)(void *)lws;
}

void fake_lws_init(struct fake_lws *lws, int fd)
{
	*lws = (struct fake_lws){.fd = fd};
}

void fake_lws_done(struct fake_lws *lws)
{
	free(lws->kept);
	lws->kept = NULL;
}

static void send_kept(struct fake_lws *lws)
{
	ssize_t n = send(lws->fd, lws->kept, lws->n_kept, MSG_DONTWAIT | MSG_NOSIGNAL);

	if (n <= 0)
		return;
	lws->n_kept -= (size_t)n;
	memmove(lws->kept, lws->kept + n, lws->n_kept);
}

static void keep(struct fake_lws *lws, const uint8_t *bytes, size_t length)
{
	lws->kept = realloc(lws->kept, lws->n_kept + length);
	memcpy(lws->kept + lws->n_kept, bytes, length);
	lws->n_kept += length;
}

int __wrap_lws_get_socket_fd(struct lws *wsi)
{
	return of(wsi)->fd;
}

SSL *__wrap_lws_get_ssl(struct lws *wsi)
{
	/* only whether there is one is looked at */
	return of(wsi)->tls ? (SSL *)(void *)wsi : NULL;
}

int __wrap_lws_callback_on_writable(struct lws *wsi)
{
	of(wsi)->wants = true;
	return 1;
}

int __wrap_lws_partial_buffered(struct lws *wsi)
{
	return of(wsi)->n_kept != 0;
}

int __wrap_lws_write(struct lws *wsi, unsigned char *bytes, size_t length, enum lws_write_protocol protocol)
{
	struct fake_lws *lws = of(wsi);
	uint8_t header[WS_FRAME_HEADER_MAX];
	size_t n;

	/* the real one would send it between the pieces of what it keeps */
	assert_int_equal(lws->n_kept, 0);
	if (protocol == LWS_WRITE_TEXT || protocol == LWS_WRITE_PING) {
		n = ws_frame_header_encode(header, true, WS_BINARY, length);
		header[0] = (uint8_t)(0x80 | (protocol == LWS_WRITE_TEXT ? TEXT : PING));
		keep(lws, header, n);
	} else {
		assert_int_equal(protocol, LWS_WRITE_RAW);
	}
	keep(lws, bytes, length);
	send_kept(lws);
	/* when that is out, it calls back unasked */
	lws->wants = lws->wants || lws->n_kept;
	if (lws->n_kept > lws->most_kept)
		lws->most_kept = lws->n_kept;
	return (int)length;
}

void __wrap_lws_set_timeout(struct lws *wsi, enum pending_timeout reason, int seconds)
{
	(void)reason;
	of(wsi)->killed = seconds == LWS_TO_KILL_ASYNC;
}

void __wrap_lws_close_reason(struct lws *wsi, enum lws_close_status status, unsigned char *reason,
			     size_t length)
{
	struct fake_lws *lws = of(wsi);

	lws->code = status;
	snprintf(lws->reason, sizeof(lws->reason), "%.*s", (int)length, reason);
}

void fake_lws_turn(struct fake_lws *lws, struct viewer *v)
{
	if (lws->n_kept)
		send_kept(lws);
	if (lws->n_kept || !lws->wants || lws->closed)
		return;
	lws->wants = false;
	lws->closed = viewer_writeable(v) < 0;
}
