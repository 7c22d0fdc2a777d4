/* SPDX-License-Identifier: MIT */
#include "domain.h"

#include <errno.h>
#include <libpsl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "list_date.h"

struct domain {
	psl_ctx_t *own; /* NULL: libpsl's own list */
	uint64_t built; /* of own, as it says; 0: it does not say */
};

/* Any text can be read as rules: a real list has the suffix com, and not by the rule for those that are in
 * none. */
static bool is_list(const psl_ctx_t *own)
{
	return psl_is_public_suffix2(own, "com", PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE);
}

/* Reads the date at the list's head, and goes back to its beginning. */
static uint64_t read_date(FILE *file)
{
	uint64_t date = 0;
	char line[256];

	for (unsigned i = 0; i < LIST_DATE_LINES && !date && fgets(line, sizeof(line), file); i++)
		date = list_date_read(line, strcspn(line, "\r\n"));
	rewind(file);
	return date;
}

int domain_new(struct domain **ret, FILE *file)
{
	struct domain *d = calloc(1, sizeof(*d));

	if (!d)
		return -ENOMEM;
	if (file) {
		d->built = read_date(file);
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
	time_t time = psl_builtin_file_time();

	if (d->own)
		return d->built;
	return time > 0 ? (uint64_t)time : 0;
}
