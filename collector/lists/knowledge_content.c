/* SPDX-License-Identifier: MIT */
#include "knowledge_content.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "file.h"
#include "util.h"

#define LIST_SIZE_MAX (256ll << 20) /* bytes of a file */
#define SUFFIXES_SIZE_MAX (8ll << 20)

void knowledge_content_free(void *content)
{
	struct knowledge_content *c = content;

	if (!c)
		return;
	list_file_free(c->list);
	cloud_file_free(c->cloud);
	domain_free(c->domain);
	free(c);
}

/* A list without a single entry in all its lines is something else: a page that says "not found", say. */
static int read_list(struct knowledge_content *c, const struct watched_input *input)
{
	int r = list_file_read(&c->list, input->fd);

	return r < 0 ? r : !c->list->entries && c->list->broken ? -EBADMSG : 0;
}

static int read_cloud(struct knowledge_content *c, const struct watched_input *input)
{
	size_t size = (size_t)input->stat.st_size, used = 0;
	_cleanup_(cleanup_free) char *bytes = malloc(size + 1);
	ssize_t n = 1;

	if (!bytes)
		return -ENOMEM;
	while (n > 0 && used < size) {
		n = read(input->fd, bytes + used, size - used);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n < 0)
			return -errno;
		else
			used += (size_t)n;
	}
	return cloud_file_read(&c->cloud, bytes, used);
}

static int read_suffixes(struct knowledge_content *c, const struct watched_input *input)
{
	int copy = fcntl(input->fd, F_DUPFD_CLOEXEC, 0);
	FILE *file = copy < 0 ? NULL : fdopen(copy, "r");
	int r;

	if (!file) {
		r = -errno;
		if (copy >= 0)
			close(copy);
		return r;
	}
	r = domain_new(&c->domain, file);
	fclose(file);
	return r;
}

static int read_as(void **ret, const struct watched_input *input,
		   int (*read_it)(struct knowledge_content *c, const struct watched_input *input))
{
	struct knowledge_content *c = calloc(1, sizeof(*c));
	int r;

	if (!c)
		return -ENOMEM;
	c->dated = file_dated(&input->stat);
	r = read_it(c, input);
	if (r < 0) {
		knowledge_content_free(c);
		return r;
	}
	*ret = c;
	return 0;
}

static int list(void **ret, const struct watched_input *input, const void *options, const struct worker *w)
{
	(void)options;
	(void)w;
	return read_as(ret, input, read_list);
}

static int cloud(void **ret, const struct watched_input *input, const void *options, const struct worker *w)
{
	(void)options;
	(void)w;
	return read_as(ret, input, read_cloud);
}

static int suffixes(void **ret, const struct watched_input *input, const void *options,
		    const struct worker *w)
{
	(void)options;
	(void)w;
	return read_as(ret, input, read_suffixes);
}

const struct watched_file_kind knowledge_kinds[KNOWLEDGE_KINDS] = {
    [KNOWLEDGE_LIST] = {.read = list, .free = knowledge_content_free, .most = LIST_SIZE_MAX},
    [KNOWLEDGE_CLOUD] = {.read = cloud, .free = knowledge_content_free, .most = CLOUD_FILE_MAX},
    [KNOWLEDGE_SUFFIXES] = {.read = suffixes, .free = knowledge_content_free, .most = SUFFIXES_SIZE_MAX},
};
