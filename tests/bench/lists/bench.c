/* SPDX-License-Identifier: MIT */
/*
 * What large lists cost: connvis-bench-lists [ENTRIES [CLOUD.json…]]
 * Loads a hosts file of ENTRIES (1,000,000) made-up names, and a list of as many addresses, as the
 * collector's thread does; then looks names and addresses up. Files of cloud ranges are loaded as well. CPU
 * time, medians of five.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "cloud_file.h"
#include "list_file.h"

#define RUNS 5
#define LOOKUPS 1000000

static double cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(double *values)
{
	qsort(values, RUNS, sizeof(*values), by_size);
	return values[RUNS / 2];
}

/* Resident bytes. */
static size_t resident(void)
{
	size_t pages = 0, ignored;
	FILE *f = fopen("/proc/self/statm", "r");

	if (!f || fscanf(f, "%zu %zu", &ignored, &pages) != 2)
		pages = 0;
	if (f)
		fclose(f);
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* Names of about 20 bytes, as blocklists have them on average. */
static void make_name(char *buffer, size_t size, uint32_t i)
{
	static const char *const words[] = {"ads", "track", "metrics", "pixel",
					    "cdn", "stats", "click",   "beacon"};
	uint32_t mixed = i * 2654435761u;

	snprintf(buffer, size, "%s%x.%s%u.example", words[mixed >> 29], i, words[mixed >> 13 & 7],
		 mixed % 5000);
}

static int make_file(uint32_t n, int addresses)
{
	int fd = memfd_create("list", MFD_CLOEXEC), copy = fd < 0 ? -1 : dup(fd);
	FILE *f = copy < 0 ? NULL : fdopen(copy, "w");

	if (!f) {
		perror("memfd_create");
		exit(1);
	}
	for (uint32_t i = 0; i < n; i++) {
		uint32_t a = i * 2654435761u;
		char name[64];

		make_name(name, sizeof(name), i);
		if (addresses)
			fprintf(f, "%u.%u.%u.%u\n", (a >> 24) | 1, a >> 16 & 255, a >> 8 & 255, a & 255);
		else
			fprintf(f, "0.0.0.0 %s\n", name);
	}
	fclose(f);
	return fd;
}

static struct list_file *load(int fd, const char *what)
{
	struct list_file *f = NULL;
	double seconds[RUNS];
	size_t before = 0, bytes;

	for (int i = 0; i < RUNS; i++) {
		double start;

		list_file_free(f);
		malloc_trim(0);
		before = resident();
		lseek(fd, 0, SEEK_SET);
		start = cpu_seconds();
		if (list_file_read(&f, fd) < 0) {
			fprintf(stderr, "The list could not be read.\n");
			exit(1);
		}
		seconds[i] = cpu_seconds() - start;
	}
	malloc_trim(0);
	bytes = suffix_table_bytes(f->names) + prefix_table_bytes(f->networks);
	printf("%s: %zu entries in %.2f s, %.1f bytes each (%.1f resident)\n", what, f->entries,
	       median(seconds), (double)bytes / (double)f->entries,
	       (double)(resident() - before) / (double)f->entries);
	return f;
}

static void look_up_names(const struct list_file *f, uint32_t n, const char *before, uint32_t offset)
{
	double seconds[RUNS];
	uint32_t found = 0;

	for (int run = 0; run < RUNS; run++) {
		static char names[LOOKUPS][64];
		double start;
		size_t length;

		for (uint32_t i = 0; i < LOOKUPS; i++) {
			size_t used = (size_t)snprintf(names[i], sizeof(names[i]), "%s", before);

			make_name(names[i] + used, sizeof(names[i]) - used, offset + i * 7919u % n);
		}
		found = 0;
		start = cpu_seconds();
		for (uint32_t i = 0; i < LOOKUPS; i++)
			found += list_file_has_name(f, names[i], &length);
		seconds[run] = cpu_seconds() - start;
	}
	printf("names, %2.0f%% found: %.0f ns a lookup\n", found * 100.0 / LOOKUPS,
	       median(seconds) * 1e9 / LOOKUPS);
}

static void look_up_addresses(const struct list_file *f)
{
	double seconds[RUNS];
	uint32_t found = 0;

	for (int run = 0; run < RUNS; run++) {
		double start = cpu_seconds();

		found = 0;
		for (uint32_t i = 0; i < LOOKUPS; i++) {
			uint32_t bytes = i * 2246822519u;
			struct address a = address_from_ipv4(&bytes);
			unsigned length;

			found += list_file_has_address(f, &a, &length);
		}
		seconds[run] = cpu_seconds() - start;
	}
	printf("addresses, %.1f%% found: %.0f ns a lookup\n", found * 100.0 / LOOKUPS,
	       median(seconds) * 1e9 / LOOKUPS);
}

static void load_cloud(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	off_t size = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
	char *bytes = size <= 0 ? NULL : mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fd, 0);
	struct cloud_file *f;
	double start;

	if (!bytes || bytes == MAP_FAILED) {
		perror(path);
		exit(1);
	}
	start = cpu_seconds();
	if (cloud_file_read(&f, bytes, (size_t)size) < 0) {
		printf("%s: not known\n", path);
	} else {
		printf("%s: %s, %zu ranges, %zu areas, %zu without a place, %zu broken, %.3f s, %zu KiB\n",
		       path, f->company, prefix_table_count(f->ranges), f->n_areas, f->placeless, f->broken,
		       cpu_seconds() - start, prefix_table_bytes(f->ranges) >> 10);
		for (size_t i = 0; i < f->n_areas; i++)
			if (!f->areas[i].region)
				printf("  no place: %s\n", f->areas[i].label);
		cloud_file_free(f);
	}
	munmap(bytes, (size_t)size);
	close(fd);
}

int main(int argc, char **argv)
{
	uint32_t n = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1000000;
	struct list_file *names, *addresses;
	int fd;

	fd = make_file(n, 0);
	names = load(fd, "hosts file");
	close(fd);
	look_up_names(names, n, "", 0);
	look_up_names(names, n, "a.b.", 0);
	look_up_names(names, n, "a.b.", n);
	list_file_free(names);
	fd = make_file(n, 1);
	addresses = load(fd, "addresses");
	close(fd);
	look_up_addresses(addresses);
	list_file_free(addresses);
	for (int i = 2; i < argc; i++)
		load_cloud(argv[i]);
	return 0;
}
