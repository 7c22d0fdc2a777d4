/* SPDX-License-Identifier: MIT */
#include "domain.h"

#include <errno.h>
#include <libpsl.h>
#include <stdbool.h>
#include <stdlib.h>

struct domain {
	psl_ctx_t *own; /* NULL: libpsl's own list */
};

/* Any text can be read as rules: a real list has the suffix com, and not by the rule for those that are in
 * none. */
static bool is_list(const psl_ctx_t *own)
{
	return psl_is_public_suffix2(own, "com", PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE);
}

int domain_new(struct domain **ret, FILE *file)
{
	struct domain *d = calloc(1, sizeof(*d));

	if (!d)
		return -ENOMEM;
	if (file) {
		d->own = psl_load_fp(file);
		if (!d->own || !is_list(d->own)) {
			domain_free(d);
			return -EBADMSG;
		}
	}
	*ret = d;
	return 0;
}

struct domain *domain_free(struct domain *d)
{
	if (!d)
		return NULL;
	psl_free(d->own);
	free(d);
	return NULL;
}

static const psl_ctx_t *list_of(const struct domain *d)
{
	return d->own ? d->own : psl_builtin();
}

const char *domain_of(const struct domain *d, const char *name)
{
	return psl_registrable_domain(list_of(d), name);
}

size_t domain_count(const struct domain *d)
{
	int n = psl_suffix_count(list_of(d));

	return n > 0 ? (size_t)n : 0;
}

uint64_t domain_built(const struct domain *d)
{
	time_t time = d->own ? 0 : psl_builtin_file_time();

	return time > 0 ? (uint64_t)time : 0;
}
