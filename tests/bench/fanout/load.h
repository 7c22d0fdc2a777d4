/* SPDX-License-Identifier: MIT */
/* Many viewers in one process, who count messages and how long each was on its way. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct load;

/* Connects n viewers to 127.0.0.1 and lets them watch. They count messages of message bytes alone. */
struct load *load_new(int port, size_t n, size_t message);
void load_free(struct load *load);

/* Reads what has come, waiting for up to that long. */
void load_read(struct load *load, int wait_ms);
/* Messages that came to all of them together, since load_reset. */
uint64_t load_messages(const struct load *load);
void load_reset(struct load *load);
/* The share's (0 to 1) latency in microseconds. */
uint32_t load_latency_us(const struct load *load, double share);
