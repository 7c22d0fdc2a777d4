/* SPDX-License-Identifier: MIT */
/* Payloads: the first byte halves the rest into a keyframe's and a delta's. */
#include <stdio.h>

#include "state.h"
#include "state_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct state *state;
	size_t keyframe;
	FILE *out;

	if (size < 1 || state_new(&state) < 0)
		return 0;
	keyframe = (size - 1) * data[0] / 255;
	if (state_keyframe(state, data + 1, keyframe) == 0 &&
	    state_delta(state, data + 1 + keyframe, size - 1 - keyframe, 1000) == 0) {
		out = fopen("/dev/null", "w");
		if (out) {
			state_json_write_tables(out, state);
			fclose(out);
		}
	}
	state_free(state);
	return 0;
}
