/* SPDX-License-Identifier: MIT */
/* The file with the hash of the passphrase, and a passphrase itself. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "passphrase.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char hash[PASSPHRASE_HASH_MAX], passphrase[1024];

	/* what is taken has no blank, no end of a line, and its four parts */
	if (passphrase_parse(hash, (const char *)data, size) == 0 &&
	    (strpbrk(hash, " \n") || strlen(strrchr(hash, '$')) != 44))
		abort();
	if (size >= sizeof(passphrase))
		return 0;
	memcpy(passphrase, data, size);
	passphrase[size] = '\0';
	if (!passphrase_fault(passphrase) && strlen(passphrase) > PASSPHRASE_MOST)
		abort();
	return 0;
}
