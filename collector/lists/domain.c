/* SPDX-License-Identifier: MIT */
#include "domain.h"

#include <errno.h>
#include <libpsl.h>
#include <stdlib.h>

struct domain {
	psl_ctx_t *own; /* NULL: libpsl's own list */
};

int domain_new(struct domain **ret, const char *path)
{
	struct domain *d = calloc(1, sizeof(*d));
	int r = 0;

	if (!d)
		return -ENOMEM;
	if (path[0]) {
		d->own = psl_load_file(path);
		if (!d->own)
			r = -ENOENT;
		else if (psl_suffix_count(d->own) < 1) {
			psl_free(d->own);
			d->own = NULL;
			r = -EINVAL;
		}
	}
	*ret = d;
	return r;
}

struct domain *domain_free(struct domain *d)
{
	if (!d)
		return NULL;
	psl_free(d->own);
	free(d);
	return NULL;
}

const char *domain_of(const struct domain *d, const char *name)
{
	return psl_registrable_domain(d->own ? d->own : psl_builtin(), name);
}
