/* SPDX-License-Identifier: MIT */
/*
 * The cookie by which a browser is known again (RFC 6265): a token and nothing else. Over TLS it has a name of its own
 * that no page without TLS can set (__Host-, RFC 6265bis), and neither of the two is taken for the other. Browsers send
 * cookies to all ports of a host, so that it is called after the port: there may be several broadcasters. Pure.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "token.h"

#define COOKIE_LINE_MAX 192

/* Finds ours in a Cookie header. secure: it came by TLS. */
bool cookie_find(char ret[TOKEN_MAX], const char *header, int port, bool secure);
/* The header line, with its end, that gives a browser this one for so long; token NULL: that takes it away. */
void cookie_write(char line[COOKIE_LINE_MAX], const char *token, int port, bool secure, int64_t seconds);
