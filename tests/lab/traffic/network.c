/* SPDX-License-Identifier: MIT */
#include "network.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define MEMBERS_MAX 64
#define BATCH 64

struct member {
	char name[32];
	int fd;
};

struct network {
	const char *lab;
	int epoll_fd;
	struct member members[MEMBERS_MAX];
	size_t n_members;
	/* those being called now, so that one which is taken away is not called after that */
	struct epoll_event batch[BATCH];
	int n_batch;
};

/* The descriptor of a member's namespace (ip-netns(8) keeps them in /run/netns). */
static int member_fd(struct network *n, const char *name)
{
	struct member *m;
	char path[128];
	int fd;

	for (size_t i = 0; i < n->n_members; i++)
		if (strcmp(n->members[i].name, name) == 0)
			return n->members[i].fd;
	if (n->n_members == MEMBERS_MAX || strlen(name) >= sizeof(m->name))
		return -E2BIG;
	snprintf(path, sizeof(path), "/run/netns/connvis-%s-%s", n->lab, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	m = &n->members[n->n_members++];
	strcpy(m->name, name);
	m->fd = fd;
	return fd;
}

int network_new(struct network **ret, const char *lab)
{
	struct network *n = calloc(1, sizeof(*n));
	int fd, r;

	if (!n)
		return -ENOMEM;
	n->lab = lab;
	n->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	r = n->epoll_fd < 0 ? -errno : 0;
	if (r == 0) {
		fd = member_fd(n, "world");
		r = fd < 0 ? fd : setns(fd, CLONE_NEWNET) < 0 ? -errno : 0;
	}
	if (r < 0) {
		network_free(n);
		return r;
	}
	*ret = n;
	return 0;
}

struct network *network_free(struct network *n)
{
	if (!n)
		return NULL;
	for (size_t i = 0; i < n->n_members; i++)
		close(n->members[i].fd);
	if (n->epoll_fd >= 0)
		close(n->epoll_fd);
	free(n);
	return NULL;
}

int network_socket(struct network *n, const char *member, int family, int type)
{
	int fd = member_fd(n, member), made, r;

	if (fd < 0)
		return fd;
	if (setns(fd, CLONE_NEWNET) < 0)
		return -errno;
	made = socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	r = made < 0 ? -errno : made;
	if (setns(n->members[0].fd, CLONE_NEWNET) < 0) {
		perror("going back into the world's namespace");
		abort();
	}
	return r;
}

int network_watch(struct network *n, struct watch *w, uint32_t events)
{
	struct epoll_event event = {.events = events, .data.ptr = w};

	return epoll_ctl(n->epoll_fd, EPOLL_CTL_ADD, w->fd, &event) < 0 ? -errno : 0;
}

void network_unwatch(struct network *n, struct watch *w)
{
	if (w->fd < 0)
		return;
	for (int i = 0; i < n->n_batch; i++)
		if (n->batch[i].data.ptr == w)
			n->batch[i].data.ptr = NULL;
	close(w->fd);
	w->fd = -1;
}

int network_wait(struct network *n, int timeout)
{
	n->n_batch = epoll_wait(n->epoll_fd, n->batch, BATCH, timeout);
	if (n->n_batch < 0) {
		n->n_batch = 0;
		return errno == EINTR ? 0 : -errno;
	}
	for (int i = 0; i < n->n_batch; i++) {
		struct watch *w = n->batch[i].data.ptr;

		if (w)
			w->ready(w, n->batch[i].events);
	}
	n->n_batch = 0;
	return 0;
}

union network_address network_ipv4(struct in_addr address, uint16_t port)
{
	return (union network_address){
	    .ipv4 = {.sin_family = AF_INET, .sin_addr = address, .sin_port = htons(port)}};
}

union network_address network_ipv6(struct in6_addr address, uint16_t port)
{
	return (union network_address){
	    .ipv6 = {.sin6_family = AF_INET6, .sin6_addr = address, .sin6_port = htons(port)}};
}

socklen_t network_address_size(const union network_address *address)
{
	return address->any.sa_family == AF_INET ? sizeof(address->ipv4) : sizeof(address->ipv6);
}
