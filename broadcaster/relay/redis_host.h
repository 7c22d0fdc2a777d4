/* SPDX-License-Identifier: MIT */
/* The addresses that Redis' host name stands for, one after another, without making the loop wait. */
#pragma once

#include <ev.h>
#include <stdbool.h>
#include <stddef.h>

#include "resolver.h"

struct redis_host {
	struct ev_loop *loop; /* borrowed */
	const char *name;     /* borrowed */
	/* All addresses are known (NULL), or why there is none. */
	void (*answered)(void *data, const char *fault);
	void *data;
	struct resolver *resolver; /* NULL unless it is asked */
	ev_io readable;
	struct resolver_answer answer;
	size_t used;
};

/* name and loop are borrowed. */
void redis_host_init(struct redis_host *h, struct ev_loop *loop, const char *name,
		     void (*answered)(void *data, const char *fault), void *data);
void redis_host_stop(struct redis_host *h);

/* Looks the name up; answered() is called later, from the loop. 0; -errno. */
int redis_host_ask(struct redis_host *h);
bool redis_host_asking(const struct redis_host *h);
/* The next address of the answer, each once; NULL: there is none left. */
const char *redis_host_next(struct redis_host *h);
bool redis_host_has_more(const struct redis_host *h);
/* From now on the name may stand for other addresses. */
void redis_host_forget(struct redis_host *h);
