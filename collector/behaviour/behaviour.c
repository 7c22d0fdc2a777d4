/* SPDX-License-Identifier: MIT */
#include "behaviour.h"

#include <stddef.h>

#define LOOK_LEAST 500	 /* ms between two looks that count */
#define LOOK_MOST 8000	 /* after a longer gap the rates begin anew */
#define SMOOTH 5000	 /* ms over which rates are smoothed */
#define BULK_RATE 20000	 /* bytes a second: a download or an upload */
#define EVEN_RATE 400000 /* bytes a second: an even stream is slower */
#define PORTION 32000	 /* bytes in a second: a portion of a stream */
#define STEADY 4000	 /* bytes in a second: an even stream has that much each second */
#define EXCHANGE 16000	 /* bytes: a beacon's exchange is smaller */
#define CALL_PACKETS 12	 /* a second, in each direction */
#define QUIET 15000	 /* ms without packets: idle */
#define BURST_GAP 3500	 /* ms without packets, after which the next ones are a new burst */
#define BEACON_EVEN 3	 /* even intervals: four exchanges */
#define HALF_A_MINUTE 32 /* seconds, one bit each */
#define HOLD_LOOKS 3

const char *behaviour_word(enum behaviour_kind kind)
{
	static const char *const words[BEHAVIOUR_KINDS] = {
	    [BEHAVIOUR_DOWNLOAD] = "download", [BEHAVIOUR_UPLOAD] = "upload", [BEHAVIOUR_STREAM] = "stream",
	    [BEHAVIOUR_CALL] = "call",	       [BEHAVIOUR_BEACON] = "beacon", [BEHAVIOUR_IDLE] = "idle",
	};

	return kind < BEHAVIOUR_KINDS ? words[kind] : NULL;
}

static uint32_t smooth(uint32_t before, uint64_t amount, uint32_t ms)
{
	uint64_t now = amount * 1000 / ms;
	uint32_t weight = ms < SMOOTH ? ms : SMOOTH;
	uint64_t mixed = ((uint64_t)before * (SMOOTH - weight) + now * weight) / SMOOTH;

	return mixed > UINT32_MAX ? UINT32_MAX : (uint32_t)mixed;
}

/* Within a half, or a second and a half: programs that call home do so with some scatter. */
static bool is_about(uint32_t interval, uint32_t usual)
{
	uint32_t difference = interval > usual ? interval - usual : usual - interval;

	return difference <= usual / 2 || difference <= 15;
}

static void begin_burst(struct behaviour *b, uint32_t now)
{
	uint32_t interval = (now - b->began) / 100;
	bool even = b->interval && is_about(interval, b->interval);

	if (interval > UINT16_MAX)
		interval = UINT16_MAX;
	if (!even || b->burst > EXCHANGE || !b->began)
		b->even = 0;
	else if (b->even < UINT8_MAX)
		b->even++;
	b->interval = (uint16_t)(b->even ? (3u * b->interval + interval) / 4 : interval);
	b->began = now;
	b->burst = 0;
}

static unsigned bursts_of(uint32_t portions)
{
	/* Each run of ones begins where a one follows a zero. */
	return (unsigned)__builtin_popcount(portions & ~(portions << 1));
}

static bool is_stream(const struct behaviour *b)
{
	unsigned busy = (unsigned)__builtin_popcount(b->portions);

	if (b->seconds < HALF_A_MINUTE || b->up_rate > b->down_rate)
		return false;
	if (__builtin_popcount(b->steady) >= HALF_A_MINUTE - 1)
		return b->down_rate <= EVEN_RATE;
	return bursts_of(b->portions) >= 3 && busy <= 24;
}

static bool is_call(const struct behaviour *b)
{
	return b->up_frequency >= CALL_PACKETS * 16 && b->down_frequency >= CALL_PACKETS * 16 &&
	       b->up_rate <= b->down_rate * 4 && b->down_rate <= b->up_rate * 4;
}

static enum behaviour_kind decide(const struct behaviour *b, uint32_t now)
{
	uint32_t quiet = now - b->active;

	if (b->even >= BEACON_EVEN && quiet / 100 <= 2u * b->interval)
		return BEHAVIOUR_BEACON;
	if (quiet >= QUIET)
		return BEHAVIOUR_IDLE;
	if (is_call(b))
		return BEHAVIOUR_CALL;
	if (b->up_rate >= BULK_RATE && b->up_rate / 3 >= b->down_rate)
		return BEHAVIOUR_UPLOAD;
	if (is_stream(b))
		return BEHAVIOUR_STREAM;
	if (b->down_rate >= BULK_RATE && b->down_rate / 3 >= b->up_rate)
		return BEHAVIOUR_DOWNLOAD;
	return BEHAVIOUR_NONE;
}

static bool settle(struct behaviour *b, enum behaviour_kind found)
{
	if (found != b->next)
		b->looks = 1;
	else if (b->looks < UINT8_MAX)
		b->looks++;
	b->next = (uint8_t)found;
	if (b->looks < HOLD_LOOKS || b->kind == found)
		return false;
	b->kind = (uint8_t)found;
	return true;
}

bool behaviour_look(struct behaviour *b, uint64_t up_bytes, uint64_t down_bytes, uint64_t up_packets,
		    uint64_t down_packets, uint32_t now)
{
	uint32_t up = (uint32_t)up_bytes - b->up_bytes, down = (uint32_t)down_bytes - b->down_bytes;
	uint32_t packets_up = (uint32_t)up_packets - b->up_packets;
	uint32_t packets_down = (uint32_t)down_packets - b->down_packets;
	uint32_t ms = now - b->at;
	bool first = !b->begun, back = (packets_up | packets_down) > UINT32_MAX / 2;

	if (!first && ms < LOOK_LEAST)
		return false;
	b->up_bytes = (uint32_t)up_bytes;
	b->down_bytes = (uint32_t)down_bytes;
	b->up_packets = (uint32_t)up_packets;
	b->down_packets = (uint32_t)down_packets;
	b->at = now;
	b->begun = true;
	if (first)
		b->active = now;
	if (first || back)
		return false;
	if (ms > LOOK_MOST) {
		b->seconds = 0;
		b->portions = b->steady = 0;
	}
	b->up_rate = smooth(b->up_rate, up, ms);
	b->down_rate = smooth(b->down_rate, down, ms);
	b->up_frequency = smooth(b->up_frequency, (uint64_t)packets_up * 16, ms);
	b->down_frequency = smooth(b->down_frequency, (uint64_t)packets_down * 16, ms);
	for (uint32_t passed = (ms + 500) / 1000; passed; passed--) {
		b->portions = b->portions << 1 | ((uint64_t)down * 1000 / ms >= PORTION);
		b->steady = b->steady << 1 | ((uint64_t)down * 1000 / ms >= STEADY);
		if (b->seconds < HALF_A_MINUTE)
			b->seconds++;
	}
	if (packets_up || packets_down) {
		if (now - b->active >= BURST_GAP)
			begin_burst(b, now);
		b->active = now;
		b->burst = b->burst + up + down < b->burst ? UINT32_MAX : b->burst + up + down;
	}
	return settle(b, decide(b, now));
}
