/* SPDX-License-Identifier: MIT */
/* Runs a fuzzer's entry point over the files of its corpus, for the ordinary tests: replay FOLDER… */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *folder, const char *name)
{
	char path[4096];
	uint8_t *data = NULL;
	size_t size;
	long end;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "rb");
	if (!f || fseek(f, 0, SEEK_END) || (end = ftell(f)) < 0) {
		perror(path);
		exit(1);
	}
	rewind(f);
	/* exactly as large as the file, so that a read past its end is seen */
	size = (size_t)end;
	data = malloc(size ? size : 1);
	if (!data || fread(data, 1, size, f) != size) {
		perror(path);
		exit(1);
	}
	fclose(f);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
	return 1;
}

int main(int argc, char **argv)
{
	int n = 0;

	for (int i = 1; i < argc; i++) {
		struct dirent *entry;
		DIR *folder = opendir(argv[i]);

		if (!folder) {
			perror(argv[i]);
			return 1;
		}
		while ((entry = readdir(folder)))
			if (entry->d_name[0] != '.')
				n += replay_file(argv[i], entry->d_name);
		closedir(folder);
	}
	printf("%d inputs replayed\n", n);
	return n ? 0 : 1;
}
