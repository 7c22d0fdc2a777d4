/* SPDX-License-Identifier: MIT */
#include "geo.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "describe.h"
#include "util.h"

static char folder[64];

struct fixture {
	struct row_watch watch;
	struct row_table sources;
	sd_event *event;
	struct worker *worker;
	struct geo *geo;
	unsigned reports, changes;
	char detail[sizeof(((struct source *)0)->detail)];
};

static const char *path_of(const char *name)
{
	static char paths[4][128];
	static unsigned next;
	char *path = paths[next++ % 4];

	snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
	return path;
}

static void write_mmdb(const char *kind, const char *name, const char *city)
{
	char command[512];

	snprintf(command, sizeof(command), "perl %s/make-mmdb.pl %s %s %s", TEST_FOLDER, kind, path_of(name),
		 city);
	assert_int_equal(system(command), 0);
}

static void copy_part(const char *from, const char *to, size_t length)
{
	_cleanup_(cleanup_fclose) FILE *in = fopen(path_of(from), "r"), *out = fopen(path_of(to), "w");
	int c;

	assert_non_null(in);
	assert_non_null(out);
	while (length-- && (c = fgetc(in)) != EOF)
		fputc(c, out);
}

static void report(void *data, const struct source *source, const char *good)
{
	struct fixture *f = data;

	assert_true(good[0]);
	f->reports++;
	strcpy(f->detail, source->detail);
}

static void on_changed(void *data)
{
	((struct fixture *)data)->changes++;
}

static void turn(struct fixture *f)
{
	geo_check(f->geo);
	assert_true(sd_event_run(f->event, 20000) >= 0);
}

/* Looks until n files were reported. True when answers may differ from now on. */
static bool changes(struct fixture *f, unsigned n)
{
	unsigned reports = f->reports + n, before = f->changes;

	for (unsigned i = 0; i < 500 && f->reports < reports; i++)
		turn(f);
	assert_int_equal(f->reports, reports);
	return f->changes > before;
}

static void assert_quiet(struct fixture *f)
{
	unsigned reports = f->reports;

	for (unsigned i = 0; i < 5; i++)
		turn(f);
	assert_int_equal(f->reports, reports);
}

static void open_with(struct fixture *f, const struct geo_options *options, int wanted)
{
	*f = (struct fixture){};
	row_table_init(&f->sources, &f->watch);
	assert_int_equal(sd_event_new(&f->event), 0);
	assert_int_equal(worker_new(&f->worker, f->event), 0);
	assert_int_equal(geo_new(&f->geo, f->event, f->worker, &f->sources, options, report, on_changed, f),
			 wanted);
}

static void open_files(struct fixture *f, const struct config_list *city, const struct config_list *asn)
{
	const struct geo_options options = {
	    .city = city, .asn = asn, .attribution = "By Example", .copy_folder = folder};

	open_with(f, &options, 0);
}

/* One file of each kind; empty: none. */
static void open_geo(struct fixture *f, const char *city, const char *asn)
{
	const struct config_list cities = {.n = *city != '\0', .items = &city},
				 asns = {.n = *asn != '\0', .items = &asn};

	open_files(f, &cities, &asns);
}

static void close_geo(struct fixture *f)
{
	geo_free(f->geo);
	assert_int_equal(f->sources.count, 0);
	row_table_done(&f->sources);
	worker_free(f->worker, false, 10000);
	sd_event_unref(f->event);
}

static struct remote_facts look_up(struct fixture *f, const char *text)
{
	struct remote_facts facts = {};
	struct address a;

	assert_int_equal(address_parse(&a, text), 0);
	geo_look_up(f->geo, &a, &facts);
	return facts;
}

static const struct source *first_source(struct fixture *f)
{
	return (const struct source *)f->sources.clean.next;
}

static void test_nested(void **state)
{
	struct fixture f;
	struct remote_facts facts;

	(void)state;
	open_geo(&f, path_of("nested.mmdb"), path_of("asn.mmdb"));
	assert_true(changes(&f, 2));
	assert_quiet(&f);
	facts = look_up(&f, "203.0.113.9");
	assert_true(facts.has_place && facts.place.has_position);
	assert_string_equal(facts.place.country, "FI");
	assert_string_equal(facts.place.city, "Turku");
	assert_string_equal(facts.place.region, "Southwest Finland");
	assert_float_equal(facts.place.latitude, 60.45, 1e-9);
	assert_int_equal(facts.network.asn, 64496);
	assert_string_equal(facts.network.name, "Example Oy");
	/* Known to the country only; a number without a name. */
	facts = look_up(&f, "2001:db8:5::1");
	assert_string_equal(facts.place.country, "SE");
	assert_false(facts.place.has_position);
	assert_string_equal(facts.network.name, "AS64497");
	/* Latitude 0 is a latitude. */
	facts = look_up(&f, "198.51.100.1");
	assert_true(facts.place.has_position);
	assert_float_equal(facts.place.longitude, 109.33, 1e-9);
	/* No country of three letters, and so nothing at all; no entry. */
	assert_false(look_up(&f, "192.0.2.1").has_place);
	assert_false(look_up(&f, "8.8.8.8").has_place);
	assert_string_equal(first_source(&f)->state, "ok");
	assert_string_equal(first_source(&f)->type, "Test-nested");
	assert_string_equal(first_source(&f)->attribution, "By Example");
	assert_true(first_source(&f)->built > 1000000000);
	close_geo(&f);
}

static void test_flat_in_two_files(void **state)
{
	const char *both[] = {path_of("flat4.mmdb"), path_of("flat6.mmdb")};
	const struct config_list city = {.n = 2, .items = both}, none = {};
	struct fixture f;

	(void)state;
	open_files(&f, &city, &none);
	assert_true(changes(&f, 2));
	assert_string_equal(look_up(&f, "203.0.113.9").place.city, "Shibuya");
	assert_string_equal(look_up(&f, "2001:db8:5::1").place.city, "Minato");
	assert_float_equal(look_up(&f, "2001:db8:5::1").place.longitude, 139.5, 1e-6);
	assert_string_equal(look_up(&f, "203.0.113.9").place.region, "Tokyo");
	assert_false(look_up(&f, "203.0.113.9").has_network);
	close_geo(&f);
}

/* Numbers that are written as text. */
static void test_flat_as_text(void **state)
{
	struct fixture f;
	struct remote_facts facts;

	(void)state;
	open_geo(&f, path_of("text.mmdb"), path_of("text.mmdb"));
	assert_true(changes(&f, 2));
	facts = look_up(&f, "203.0.113.9");
	assert_true(facts.place.has_position);
	assert_float_equal(facts.place.latitude, 35.5, 1e-9);
	assert_float_equal(facts.place.longitude, -139.25, 1e-9);
	assert_int_equal(facts.network.asn, 64499);
	assert_string_equal(facts.network.name, "Text Oy");
	/* Left out, and no numbers: the rest counts. */
	facts = look_up(&f, "198.51.100.1");
	assert_string_equal(facts.place.city, "Nara");
	assert_false(facts.place.has_position);
	assert_int_equal(facts.network.asn, 0);
	assert_false(look_up(&f, "192.0.2.1").place.has_position);
	close_geo(&f);
}

static void test_missing_then_there(void **state)
{
	struct fixture f;

	(void)state;
	unlink(path_of("later.mmdb"));
	open_geo(&f, path_of("later.mmdb"), "");
	assert_false(changes(&f, 1));
	assert_string_equal(first_source(&f)->state, "missing");
	assert_int_equal(f.reports, 1);
	assert_non_null(strstr(f.detail, "later.mmdb"));
	/* Said once. */
	assert_quiet(&f);
	assert_int_equal(f.reports, 1);
	write_mmdb("nested", "later.mmdb", "Oulu");
	assert_true(changes(&f, 1));
	assert_string_equal(look_up(&f, "203.0.113.9").place.city, "Oulu");
	/* Gone again, what was known stays. */
	unlink(path_of("later.mmdb"));
	assert_false(changes(&f, 1));
	assert_string_equal(look_up(&f, "203.0.113.9").place.city, "Oulu");
	close_geo(&f);
}

static void test_bad_files(void **state)
{
	static const char *const names[] = {"cut.mmdb", "noise.mmdb", "empty.mmdb", "asn.mmdb", "other.mmdb"};
	struct stat whole;
	FILE *noise;

	(void)state;
	assert_int_equal(stat(path_of("nested.mmdb"), &whole), 0);
	copy_part("nested.mmdb", "cut.mmdb", (size_t)whole.st_size / 2);
	copy_part("nested.mmdb", "empty.mmdb", 0);
	noise = fopen(path_of("noise.mmdb"), "w");
	assert_non_null(noise);
	for (unsigned i = 0; i < 10000; i++)
		fputc((int)(i * 2654435761u >> 24), noise);
	fclose(noise);
	write_mmdb("noise", "other.mmdb", "");
	for (size_t i = 0; i < ELEMENTS_OF(names); i++) {
		struct fixture f;

		open_geo(&f, path_of(names[i]), "");
		assert_false(changes(&f, 1));
		assert_string_equal(first_source(&f)->state, "broken");
		assert_int_equal(f.reports, 1);
		assert_false(look_up(&f, "203.0.113.9").has_place);
		close_geo(&f);
	}
}

static void test_replaced_while_running(void **state)
{
	struct fixture f;

	(void)state;
	write_mmdb("nested", "live.mmdb", "Vaasa");
	open_geo(&f, path_of("live.mmdb"), "");
	assert_true(changes(&f, 1));
	write_mmdb("nested", "live.mmdb", "Kemi");
	assert_true(changes(&f, 1));
	assert_string_equal(look_up(&f, "203.0.113.9").place.city, "Kemi");
	/* Cut off in place, under our hands: no SIGBUS, and the good one stays in use. */
	assert_int_equal(truncate(path_of("live.mmdb"), 100), 0);
	assert_string_equal(look_up(&f, "203.0.113.9").place.city, "Kemi");
	assert_false(changes(&f, 1));
	assert_string_equal(first_source(&f)->state, "ok");
	assert_non_null(strstr(f.detail, "stays in use"));
	assert_string_equal(look_up(&f, "203.0.113.9").place.city, "Kemi");
	write_mmdb("nested", "live.mmdb", "Salo");
	assert_true(changes(&f, 1));
	assert_string_equal(look_up(&f, "203.0.113.9").place.city, "Salo");
	close_geo(&f);
}

static void test_no_folder_for_copies(void **state)
{
	const char *path = path_of("nested.mmdb");
	const struct config_list none = {}, city = {.n = 1, .items = &path};
	const struct geo_options options = {
	    .city = &city, .asn = &none, .attribution = "", .copy_folder = "/proc"};
	struct fixture f;

	(void)state;
	open_with(&f, &options, 0);
	assert_true(changes(&f, 1));
	assert_string_equal(look_up(&f, "203.0.113.9").place.city, "Turku");
	/* It is in use, but what that costs is said. */
	assert_string_equal(first_source(&f)->state, "ok");
	assert_non_null(strstr(f.detail, "MB of memory"));
	assert_non_null(strstr(f.detail, "geo.copy_folder"));
	close_geo(&f);
}

static void test_documentation_addresses_are_looked_up(void **state)
{
	struct home home = {.mode = HOME_ROUTER};
	struct remote_facts facts;
	struct address a;
	struct fixture f;

	(void)state;
	open_geo(&f, path_of("nested.mmdb"), path_of("asn.mmdb"));
	assert_true(changes(&f, 2));
	assert_int_equal(address_parse(&a, "203.0.113.9"), 0);
	describe_remote(&home, f.geo, &a, &facts);
	assert_true(facts.has_place && facts.has_network);
	assert_int_equal(facts.special, SPECIAL_NONE);
	assert_int_equal(address_parse(&a, "192.0.2.77"), 0);
	describe_remote(&home, f.geo, &a, &facts);
	assert_int_equal(facts.special, SPECIAL_DOCUMENTATION);
	close_geo(&f);
}

static void test_too_many_files(void **state)
{
	const struct config_list none = {}, city = {
						.n = 5,
						.items = (const char *[]){"a", "b", "c", "d", "e"},
					    };
	const struct geo_options options = {
	    .city = &city, .asn = &none, .attribution = "", .copy_folder = folder};
	struct fixture f;

	(void)state;
	open_with(&f, &options, -EINVAL);
	close_geo(&f);
}

static int set_up(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/connvis-geo-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	write_mmdb("nested", "nested.mmdb", "Turku");
	write_mmdb("asn", "asn.mmdb", "");
	write_mmdb("flat4", "flat4.mmdb", "Shibuya");
	write_mmdb("flat6", "flat6.mmdb", "Minato");
	write_mmdb("text", "text.mmdb", "Nara");
	return 0;
}

static int tear_down(void **state)
{
	static const char *const names[] = {"nested.mmdb", "asn.mmdb",	 "flat4.mmdb", "flat6.mmdb",
					    "cut.mmdb",	   "noise.mmdb", "empty.mmdb", "other.mmdb",
					    "live.mmdb",   "later.mmdb", "text.mmdb"};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(names); i++)
		unlink(path_of(names[i]));
	/* Empty: the copies had no names. */
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_nested),
	    cmocka_unit_test(test_flat_in_two_files),
	    cmocka_unit_test(test_flat_as_text),
	    cmocka_unit_test(test_missing_then_there),
	    cmocka_unit_test(test_bad_files),
	    cmocka_unit_test(test_replaced_while_running),
	    cmocka_unit_test(test_no_folder_for_copies),
	    cmocka_unit_test(test_documentation_addresses_are_looked_up),
	    cmocka_unit_test(test_too_many_files),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
