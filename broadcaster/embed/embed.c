/* SPDX-License-Identifier: MIT */
/*
 * A tool of the build: embed FOLDER OUTPUT.c writes the files in FOLDER, gzipped, as the table of page.h.
 * The same files give the same output.
 */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zopfli/zopfli.h>

#define FILES_MAX 1000
#define PATH_LENGTH 1024

struct file {
	char path[PATH_LENGTH]; /* below the folder, with a slash first */
	uint64_t hash;
	size_t length, gzip_length;
};

static struct file files[FILES_MAX];
static size_t n_files;

static void die(const char *what)
{
	fprintf(stderr, "embed: %s: %s\n", what, errno ? strerror(errno) : "failed");
	exit(1);
}

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t n)
{
	/* FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/ */
	for (const uint8_t *p = bytes; n; n--, p++)
		hash = (hash ^ *p) * 0x100000001b3u;
	return hash;
}

static void collect(const char *folder, const char *below)
{
	char path[2 * PATH_LENGTH];
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), "%s%s", folder, below);
	dir = opendir(path);
	if (!dir)
		die(path);
	while ((errno = 0, entry = readdir(dir))) {
		char name[PATH_LENGTH];
		struct stat status;

		if (entry->d_name[0] == '.')
			continue;
		if ((size_t)snprintf(name, sizeof(name), "%s/%s", below, entry->d_name) >= sizeof(name))
			die("a path is too long");
		snprintf(path, sizeof(path), "%s%s", folder, name);
		if (stat(path, &status) < 0)
			die(path);
		if (S_ISDIR(status.st_mode)) {
			collect(folder, name);
		} else {
			if (n_files == FILES_MAX)
				die("too many files");
			memcpy(files[n_files++].path, name, sizeof(name));
		}
	}
	if (errno) /* the end has none */
		die(path);
	closedir(dir);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->path, ((const struct file *)b)->path);
}

static uint8_t *read_file(const char *path, size_t *ret_length)
{
	FILE *f = fopen(path, "rb");
	uint8_t *bytes;
	long end = -1;

	if (!f || fseek(f, 0, SEEK_END) || (end = ftell(f)) < 0)
		die(path);
	rewind(f);
	bytes = malloc((size_t)end + 1);
	if (!bytes || fread(bytes, 1, (size_t)end, f) != (size_t)end)
		die(path);
	fclose(f);
	*ret_length = (size_t)end;
	return bytes;
}

/* A page is built once and fetched often: zopfli takes its time, and leaves 4 % less than zlib. It ends the program where
 * memory ends. */
static uint8_t *gzip(const uint8_t *bytes, size_t length, size_t *ret_length)
{
	ZopfliOptions options;
	uint8_t *out = NULL;

	ZopfliInitOptions(&options);
	*ret_length = 0;
	ZopfliCompress(&options, ZOPFLI_FORMAT_GZIP, bytes, length, &out, ret_length);
	return out;
}

static const char *media_type(const char *path)
{
	static const char *const types[][2] = {
	    {".html", "text/html; charset=utf-8"},
	    {".js", "text/javascript; charset=utf-8"},
	    {".mjs", "text/javascript; charset=utf-8"},
	    {".css", "text/css; charset=utf-8"},
	    {".json", "application/json"},
	    {".webmanifest", "application/manifest+json"},
	    {".svg", "image/svg+xml"},
	    {".png", "image/png"},
	    {".ico", "image/x-icon"},
	    {".woff2", "font/woff2"},
	    {".txt", "text/plain; charset=utf-8"},
	};
	const char *end = strrchr(path, '.');

	for (size_t i = 0; end && i < sizeof(types) / sizeof(types[0]); i++)
		if (!strcmp(end, types[i][0]))
			return types[i][1];
	return "application/octet-stream";
}

static void write_bytes(FILE *out, size_t i, const uint8_t *bytes, size_t n)
{
	fprintf(out, "static const uint8_t file_%zu[] = {", i);
	for (size_t k = 0; k < n; k++)
		fprintf(out, "%s%u,", k % 32 ? "" : "\n", bytes[k]);
	fprintf(out, "\n};\n");
}

int main(int argc, char **argv)
{
	uint64_t build = 0xcbf29ce484222325u;
	bool page = false;
	FILE *out = argc == 3 ? fopen(argv[2], "w") : NULL;

	if (!out)
		die(argc == 3 ? argv[2] : "expected FOLDER OUTPUT.c");
	collect(argv[1], "");
	qsort(files, n_files, sizeof(files[0]), by_path);
	fprintf(out, "/* Made by embed from the page's files. */\n#include \"page.h\"\n\n");
	for (size_t i = 0; i < n_files; i++) {
		struct file *f = &files[i];
		char path[2 * PATH_LENGTH];
		uint8_t *bytes, *packed;

		if (snprintf(path, sizeof(path), "%s%s", argv[1], f->path) >= (int)sizeof(path))
			die("the folder's path is too long");
		bytes = read_file(path, &f->length);
		page |= f->length && !strcmp(f->path, "/index.html");
		f->hash = hash_bytes(0xcbf29ce484222325u, bytes, f->length);
		build = hash_bytes(build, f->path, strlen(f->path) + 1);
		build = hash_bytes(build, &f->hash, sizeof(f->hash));
		packed = gzip(bytes, f->length, &f->gzip_length);
		write_bytes(out, i, packed, f->gzip_length);
		free(packed);
		free(bytes);
	}
	errno = 0;
	if (!page)
		die("there is no index.html, or it is empty");
	fprintf(out, "\nconst struct page_file page_files[] = {\n");
	for (size_t i = 0; i < n_files; i++) {
		const struct file *f = &files[i];
		bool immutable = !strncmp(f->path, "/assets/", 8);

		fprintf(out, "\t{\"%s\", \"%s\", \"\\\"%016llx\\\"\", %s, %zu, file_%zu, %zu},\n", f->path,
			media_type(f->path), (unsigned long long)f->hash, immutable ? "true" : "false",
			f->length, i, f->gzip_length);
	}
	fprintf(out, "\t{0},\n};\n\nconst char page_build[] = \"%016llx\";\n", (unsigned long long)build);
	if (fclose(out))
		die(argv[2]);
	return 0;
}
