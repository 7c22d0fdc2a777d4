/* SPDX-License-Identifier: MIT */
/* Words of which names are made that are nobody's own: "Blue fox". */
#pragma once

enum alias_language {
	ALIAS_ENGLISH,
	ALIAS_FINNISH,
	ALIAS_LANGUAGES,
};

struct alias_words {
	const char *const *first;  /* how it is, with a capital */
	const char *const *second; /* what it is */
	unsigned n_first, n_second;
};

extern const struct alias_words alias_words[ALIAS_LANGUAGES];
