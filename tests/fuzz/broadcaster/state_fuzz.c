/* SPDX-License-Identifier: MIT */
/* Payloads: the first byte halves the rest into a keyframe's and a delta's. */
#include <stdlib.h>

#include "state.h"
#include "state_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct state *state;
	size_t keyframe;
	struct json_buffer out = {.limit = 1 << 20};

	if (size < 1 || state_new(&state, NULL) < 0)
		return 0;
	keyframe = (size - 1) * data[0] / 255;
	if (state_keyframe(state, data + 1, keyframe) == 0 &&
	    state_delta(state, data + 1 + keyframe, size - 1 - keyframe, 1000) == 0) {
		state_json_write_tables(&out, state);
		free(out.bytes);
	}
	state_free(state);
	return 0;
}
