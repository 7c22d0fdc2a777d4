/* SPDX-License-Identifier: MIT */
#include "dns_stamp.h"

#include "util.h"

void dns_stamp_look(struct dns_stamp_now *ret)
{
	uint64_t boottime = clock_ns(CLOCK_BOOTTIME) / 1000;

	ret->real = clock_ns(CLOCK_REALTIME) / 1000;
	ret->monotonic = clock_us();
	ret->suspended = boottime > ret->monotonic ? boottime - ret->monotonic : 0;
}

static uint64_t ago(const struct dns_stamp_now *now, uint64_t age)
{
	return age < now->real ? now->real - age : 0;
}

uint64_t dns_stamp_time(const struct dns_stamp_now *now, const struct dns_stamp *s)
{
	uint64_t age = s->real < now->real ? now->real - s->real : 0, least;

	if (s->boot == DNS_STAMP_THIS_BOOT && s->monotonic <= now->monotonic) {
		/* the monotonic clock stands still while the machine sleeps */
		least = now->monotonic - s->monotonic;
		if (age < least)
			return ago(now, least);
		return age > least + now->suspended ? ago(now, least + now->suspended) : s->real;
	}
	if (s->boot == DNS_STAMP_BEFORE && age < now->monotonic + now->suspended)
		return ago(now, now->monotonic + now->suspended);
	return s->real;
}
