/* SPDX-License-Identifier: MIT */
#include "command_reply.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Can stand in a message to a viewer. */
static void assert_clean(struct text s)
{
	uint32_t code;
	size_t n;

	for (; s.length; s = text_cut(s, n)) {
		n = text_decode(s.at, s.length, &code);
		assert(n && code >= 0x20 && code != 0x7f);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct command_reply r;

	if (command_reply_read(&r, (const char *)data, size) < 0)
		return 0;
	assert(r.request.at == (const char *)data);
	if (r.done) {
		assert(r.result.length >= 2 && r.result.at[0] == '{');
		assert(r.result.at[r.result.length - 1] == '}');
		assert_clean(r.result);
	} else {
		assert(r.code.length && r.code.length <= 32);
		assert_clean(r.code);
		assert_clean(r.sentence);
		assert(!memchr(r.sentence.at, '"', r.sentence.length));
	}
	return 0;
}
