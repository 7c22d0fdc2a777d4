/* SPDX-License-Identifier: MIT */
/* Whatever a file holds: it is taken, and then every value is within its limits; or it is refused, which is said. */
#include "config.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct settings {
	bool on;
	int64_t interval;
	char name[CONFIG_TEXT_MAX];
	int level;
	struct config_networks home;
	struct config_list files, hosts;
};

#define CONFIG_SETTINGS struct settings
#include "config_table.h"

enum { FILES_MAX = 5, HOSTS_MAX = 3 };

static const char *check_path(const char *value)
{
	return *value == '/' ? NULL : "an absolute path";
}

static const struct config_option table[] = {
    {"a", "on", BOOL(on), .fallback = "yes", .help = "On."},
    {"a", "interval", NUMBER(interval, -5, 100), .fallback = "7", .help = "Interval."},
    {"a", "name", TEXT(name), .fallback = "", .help = "Name."},
    {"a", "level", CHOICE(level, config_log_levels), .fallback = "info", .help = "Level."},
    {"b", "home", NETWORKS(home), .fallback = "", .help = "Home."},
    {"b", "files", LIST(files, FILES_MAX), .fallback = "", .help = "Files.", .check = check_path},
    {"b", "hosts", WORDS(hosts, 1, HOSTS_MAX), .fallback = "x", .help = "Hosts."},
    {0},
};

static void check_list(const struct config_list *list, size_t least, size_t most, const char *separators)
{
	if (list->n < least || list->n > most)
		abort();
	for (size_t i = 0; i < list->n; i++) {
		if (!list->items[i][0] || strpbrk(list->items[i], separators))
			abort();
		for (size_t k = 0; k < i; k++)
			if (!strcmp(list->items[i], list->items[k]))
				abort();
	}
}

static void check_settings(const struct settings *s)
{
	if (s->interval < -5 || s->interval > 100 || s->level < 3 || s->level > 7)
		abort();
	if (strnlen(s->name, sizeof(s->name)) == sizeof(s->name) || s->home.n > CONFIG_NETWORKS_MAX)
		abort();
	check_list(&s->files, 0, FILES_MAX, ",\n");
	check_list(&s->hosts, 1, HOSTS_MAX, ", \t\n");
	for (size_t i = 0; i < s->files.n; i++)
		if (s->files.items[i][0] != '/')
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct config_program program = {
	    .name = "fuzz", .summary = "", .version = "1", .options = table};
	char path[32], *argv[] = {(char *)"fuzz", (char *)"--config", path, NULL}, *said = NULL;
	int fd = memfd_create("config", MFD_CLOEXEC), r;
	FILE *terminal = stderr;
	enum config_action action;
	struct settings s = {};
	size_t length = 0;

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	stderr = open_memstream(&said, &length);
	if (!stderr)
		abort();
	r = config_load(&program, &s, 3, argv, &action);
	fclose(stderr);
	stderr = terminal;
	if (r == 0)
		check_settings(&s);
	else if (r != -EINVAL || s.files.n || s.hosts.n)
		abort();
	if ((r == 0) != (length == 0))
		abort();
	config_free(&program, &s);
	free(said);
	close(fd);
	return 0;
}
