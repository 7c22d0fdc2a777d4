/* SPDX-License-Identifier: MIT */
/* Linked with embed.c: no folder can be read to its end, as where the kernel fails. */
#include <dirent.h>
#include <errno.h>
#include <stddef.h>

struct dirent *__wrap_readdir(DIR *dir);
struct dirent64 *__wrap_readdir64(DIR *dir);
struct dirent64 *__real_readdir64(DIR *dir);

struct dirent64 *__wrap_readdir64(DIR *dir)
{
	struct dirent64 *entry = __real_readdir64(dir);

	if (!entry)
		errno = EIO;
	return entry;
}

/* Without 64-bit offsets, which the build asks for. */
struct dirent *__wrap_readdir(DIR *dir)
{
	(void)dir;
	errno = EOVERFLOW;
	return NULL;
}
