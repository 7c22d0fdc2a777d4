/* SPDX-License-Identifier: MIT */
/* Any bytes as the kernel's answers: read within their bounds, and no answer counts twice. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <linux/netlink.h>

#include "ending_answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ending_answers a = {.first = 100, .last = 200}, none = {.first = 1};
	char *copy = malloc(size ? size : 1); /* of just that size: the sanitizer sees what is behind */

	if (!copy)
		return 0;
	memcpy(copy, data, size);
	(void)ending_answers_take(&a, copy, size);
	(void)ending_answers_take(&none, copy, size);
	free(copy);
	if (a.good + a.gone + a.busy > size / NLMSG_LENGTH(sizeof(int)))
		abort();
	if (a.error > 0 || (a.error && (a.error_sequence < a.first || a.error_sequence > a.last)))
		abort();
	/* last is below first: nothing is an answer */
	if (none.good || none.gone || none.busy || none.error)
		abort();
	return 0;
}
