/* SPDX-License-Identifier: MIT */
#include "ending.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>

#include "ct_netlink.h"
#include "ending_answer.h"
#include "ending_delete.h"
#include "ending_table.h"
#include "util.h"
#include "worker.h"

/* A while longer than what is in it. Each packet is looked at as long as it is there, and who saves all rules to a file
 * saves it, too. */
#ifndef ENDING_KEPT_MS
#define ENDING_KEPT_MS (3 * ENDING_REFUSED_S * 1000ull)
#endif

/* For the answers to a batch, of which each takes the kernel less than 1 KiB. */
#define RECEIVE_BUFFER (2 * ENDING_BATCH * 1024)
#define ANSWER_BYTES 8192

#define PATIENCE_MS 100 /* at the end, for a flush */

_Static_assert(ENDING_BATCH *ENDING_DELETE_BYTES <= ENDING_BATCH_BYTES, "a batch fits into the buffer");

struct ending {
	int fd; /* owns the table; -1 until it is needed */
	bool made;
	uint32_t sequence; /* of the last request */
	sd_event_source *unused;
	struct worker *worker;
	struct flush *flush; /* under way */
	char requests[ENDING_BATCH_BYTES] __attribute__((aligned(NLMSG_ALIGNTO)));
	char answers[ANSWER_BYTES] __attribute__((aligned(NLMSG_ALIGNTO)));
};

static int open_socket(struct ending *e)
{
	int yes = 1;

	if (e->fd >= 0)
		return 0;
	e->fd = ct_netlink_open(0);
	if (e->fd < 0)
		return e->fd;
	/* answers without the request that they are to */
	(void)setsockopt(e->fd, SOL_NETLINK, NETLINK_CAP_ACK, &yes, sizeof(yes));
	ct_netlink_set_buffer(e->fd, RECEIVE_BUFFER);
	return 0;
}

/* With the socket goes the table. */
static void close_socket(struct ending *e)
{
	if (e->fd >= 0)
		close(e->fd);
	e->fd = -1;
	e->made = false;
}

/* Sends what is in e->requests and reads what the kernel says to it, which it has said when the sending returns. */
static int ask(struct ending *e, size_t length, struct ending_answers *a)
{
	struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
	ssize_t n;

	if (sendto(e->fd, e->requests, length, MSG_NOSIGNAL, (struct sockaddr *)&kernel, sizeof(kernel)) < 0)
		return -errno;
	while ((n = recv(e->fd, e->answers, sizeof(e->answers), 0)) > 0)
		(void)ending_answers_take(a, e->answers, (size_t)n);
	return n < 0 && errno != EAGAIN ? -errno : 0;
}

/* What the kernel does all of or nothing. ret_refused: the request that failed, counted from 0,
 * where there is one. */
static int ask_batch(struct ending *e, struct ending_batch *b, uint32_t *ret_refused)
{
	struct ending_answers a = {.first = e->sequence + 1};
	int r;

	*ret_refused = UINT32_MAX;
	ending_batch_end(b);
	a.last = b->sequence;
	r = ask(e, b->used, &a);
	e->sequence = b->sequence;
	if (r < 0)
		return r;
	if (a.error) {
		*ret_refused = a.error_sequence - a.first - 1;
		return a.error;
	}
	if (a.gone)
		return -ENOENT;
	return a.good == b->requests ? 0 : -EIO;
}

static int make_table(struct ending *e)
{
	struct ending_batch b;
	uint32_t refused;
	int r = open_socket(e);

	if (r < 0 || e->made)
		return r;
	ending_batch_begin(&b, e->requests, e->sequence);
	ending_table_put_make(&b);
	r = ask_batch(e, &b, &refused);
	e->made = r == 0;
	if (r == 0)
		return 0;
	close_socket(e);
	/* a table that has another owner cannot even be asked for */
	if (refused == 0 && (r == -EPERM || r == -EEXIST))
		return -EEXIST;
	/* an expression, a kind of chain or a flag that this kernel does not have */
	return r == -ENOENT || r == -EINVAL ? -EOPNOTSUPP : r;
}

static int refuse(struct ending *e, const struct ct_connection *const *connections, size_t n)
{
	struct ending_batch b;
	uint32_t refused;
	int r = make_table(e);

	for (bool again = false; r == 0; again = true) {
		ending_batch_begin(&b, e->requests, e->sequence);
		ending_table_put_flows(&b, connections, n);
		r = ask_batch(e, &b, &refused);
		if (r != -ENOENT || again)
			break;
		/* somebody has taken the table away */
		e->made = false;
		r = make_table(e);
	}
	if (r == 0)
		r = sd_event_source_set_time_relative(e->unused, ENDING_KEPT_MS * 1000ull);
	if (r >= 0)
		r = sd_event_source_set_enabled(e->unused, SD_EVENT_ONESHOT);
	return r < 0 ? r : 0;
}

static int delete_entries(struct ending *e, const struct ct_connection *const *connections, size_t n,
			  struct ending_result *ret)
{
	struct ending_answers a = {.first = e->sequence + 1};
	size_t used = 0;
	int r;

	for (size_t i = 0; i < n; i++)
		used += ending_delete_put(e->requests + used, connections[i], ++e->sequence)->nlmsg_len;
	a.last = e->sequence;
	r = ask(e, used, &a);
	ret->ended += a.good;
	ret->gone += a.gone;
	ret->kept += a.busy;
	return r < 0 ? r : a.error;
}

int ending_end(struct ending *e, const struct ct_connection *const *connections, size_t n,
	       struct ending_result *ret)
{
	int r = 0;

	*ret = (struct ending_result){};
	for (size_t at = 0, some; r == 0 && at < n; at += some) {
		some = n - at < ENDING_BATCH ? n - at : ENDING_BATCH;
		r = refuse(e, connections + at, some);
		if (r == 0)
			r = delete_entries(e, connections + at, some, ret);
	}
	return r;
}

struct flush {
	struct worker_job job;
	struct ending *ending;
	ending_flushed done;
	void *data;
	int error;
};

/* It takes the kernel some 3 us an entry, seconds for a large table: so in a thread, by a socket of its own. */
static int flush_now(void)
{
	_cleanup_(cleanup_close) int fd = ct_netlink_open(0);
	struct ending_answers a = {.first = 1, .last = 1};
	char answer[ANSWER_BYTES];
	ssize_t n;
	int r;

	if (fd < 0)
		return fd;
	r = ct_netlink_request(fd, IPCTNL_MSG_CT_DELETE, NLM_F_ACK, 1);
	if (r < 0)
		return r;
	n = recv(fd, answer, sizeof(answer), 0);
	if (n < 0)
		return -errno;
	(void)ending_answers_take(&a, answer, (size_t)n);
	if (a.good == 1)
		return 0;
	/* nfnetlink without ctnetlink */
	return a.error == -EINVAL ? -EPROTONOSUPPORT : a.error ? a.error : -EIO;
}

static void flush_run(struct worker_job *job, const struct worker *w)
{
	(void)w;
	((struct flush *)job)->error = flush_now();
}

static void flush_done(struct worker_job *job)
{
	struct flush *f = (struct flush *)job;

	f->ending->flush = NULL;
	f->done(f->data, f->error);
	free(f);
}

static void flush_drop(struct worker_job *job)
{
	free(job);
}

int ending_flush(struct ending *e, ending_flushed done, void *data)
{
	struct flush *f;
	int r;

	if (e->flush)
		return -EALREADY;
	f = calloc(1, sizeof(*f));
	if (!f)
		return -ENOMEM;
	*f = (struct flush){{NULL, flush_run, flush_done, flush_drop}, e, done, data, 0};
	r = worker_do(e->worker, &f->job);
	if (r < 0)
		free(f);
	else
		e->flush = f;
	return r;
}

/* The socket stays open: to close it waits for what the kernel still has to free. */
static int on_unused(sd_event_source *s, uint64_t usec, void *data)
{
	struct ending *e = data;
	struct ending_batch b;
	uint32_t refused;

	(void)s;
	(void)usec;
	if (!e->made)
		return 0;
	ending_batch_begin(&b, e->requests, e->sequence);
	ending_table_put_remove(&b);
	if (ask_batch(e, &b, &refused) < 0)
		close_socket(e);
	e->made = false;
	return 0;
}

int ending_new(struct ending **ret, sd_event *event)
{
	struct ending *e = calloc(1, sizeof(*e));
	int r;

	if (!e)
		return -ENOMEM;
	e->fd = -1;
	r = sd_event_add_time_relative(event, &e->unused, CLOCK_MONOTONIC, 0, 0, on_unused, e);
	if (r >= 0)
		r = sd_event_source_set_enabled(e->unused, SD_EVENT_OFF);
	if (r >= 0)
		r = worker_new(&e->worker, event);
	if (r < 0) {
		ending_free(e);
		return r;
	}
	*ret = e;
	return 0;
}

struct ending *ending_free(struct ending *e)
{
	if (!e)
		return NULL;
	worker_free(e->worker, false, PATIENCE_MS);
	sd_event_source_disable_unref(e->unused);
	close_socket(e);
	free(e);
	return NULL;
}
