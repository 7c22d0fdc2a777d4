/* SPDX-License-Identifier: MIT */
/* The limit: a server that does nothing but send(2) each frame, with its WebSocket header, to each client. */
#pragma once

/* Serves at the port of 127.0.0.1 until the process is stopped. Frames come from input: a length (uint32_t),
 * then bytes. */
__attribute__((noreturn)) void raw_serve(int port, int input);
