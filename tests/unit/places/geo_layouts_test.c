/* SPDX-License-Identifier: MIT */
/* What files of other publishers say, and what they do not know. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "geo.h"
#include "geo_record.h"
#include "mmdb.h"
#include "util.h"

static char folder[64];
static struct worker *worker;
static sd_event *event;

static void write_mmdb(const char *kind, char path[128])
{
	char command[512];

	snprintf(path, 128, "%s/%s.mmdb", folder, kind);
	snprintf(command, sizeof(command), "perl %s/make-mmdb.pl %s %s", TEST_FOLDER, kind, path);
	assert_int_equal(system(command), 0);
}

static int open_kind(struct mmdb **ret, const char *kind, enum mmdb_kind wanted)
{
	_cleanup_(cleanup_close) int fd = -1;
	struct stat stat;
	char path[128];
	int r;

	write_mmdb(kind, path);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &stat), 0);
	r = mmdb_read(ret, fd, &stat, wanted, folder, worker);
	unlink(path);
	return r;
}

static struct mmdb *opened(const char *kind, enum mmdb_kind wanted)
{
	struct mmdb *m = NULL;

	assert_int_equal(open_kind(&m, kind, wanted), 0);
	return m;
}

static MMDB_entry_s record(const struct mmdb *m, const char *text)
{
	struct address a;
	MMDB_entry_s entry;

	assert_int_equal(address_parse(&a, text), 0);
	assert_true(geo_record_find(mmdb_handle(m), &a, &entry));
	return entry;
}

static bool place_of(const struct mmdb *m, const char *text, struct place_facts *ret)
{
	MMDB_entry_s entry = record(m, text);

	*ret = (struct place_facts){};
	return geo_record_place(&entry, ret);
}

static bool network_of(const struct mmdb *m, const char *text, struct network_facts *ret)
{
	MMDB_entry_s entry = record(m, text);

	*ret = (struct network_facts){};
	return geo_record_network(&entry, ret);
}

static bool anycast_of(const struct mmdb *m, const char *text)
{
	MMDB_entry_s entry = record(m, text);

	return geo_record_anycast(&entry);
}

static void test_ipinfo(void **state)
{
	struct mmdb *m = opened("ipinfo", MMDB_CITY);
	struct network_facts network;
	struct place_facts place;

	(void)state;
	assert_true(network_of(m, "203.0.113.9", &network));
	assert_int_equal(network.asn, 64496);
	assert_string_equal(network.name, "Example Oy");
	assert_true(place_of(m, "198.51.100.1", &place));
	assert_string_equal(place.country, "JP");
	assert_string_equal(place.city, "Nara");
	assert_true(place.has_position);
	assert_float_equal(place.latitude, 34.68, 1e-9);
	assert_float_equal(place.longitude, 135.8, 1e-9);
	assert_true(place_of(m, "192.0.2.1", &place));
	assert_string_equal(place.country, "AU");
	assert_true(network_of(m, "192.0.2.1", &network));
	assert_int_equal(network.asn, 64497);
	assert_string_equal(network.name, "Many Ltd");
	assert_true(anycast_of(m, "192.0.2.1"));
	assert_false(anycast_of(m, "2001:db8:5::1"));
	assert_false(anycast_of(m, "198.51.100.1"));
	assert_false(network_of(m, "192.0.2.200", &network));
	assert_true(place_of(m, "192.0.2.200", &place));
	assert_string_equal(place.country, "CN");
	mmdb_free(m);
	m = opened("ipinfo", MMDB_ASN);
	mmdb_free(m);
}

/* What of both files is told of an address: one without a place is not looked for in the next. */
static void test_anycast(void **state)
{
	struct mmdb *m = opened("traits", MMDB_ASN);
	char paths[2][128];
	const char *items[] = {paths[0], paths[1]};
	const struct config_list none = {0}, city = {.n = 2, .items = items};
	const struct geo_options options = {
	    .city = &city, .asn = &none, .attribution = "", .copy_folder = folder};
	struct remote_facts many = {}, one = {};
	struct row_watch watch = {};
	struct row_table sources;
	struct address a, b;
	struct geo *geo;

	(void)state;
	assert_true(anycast_of(m, "203.0.113.1"));
	assert_false(anycast_of(m, "198.51.100.1"));
	mmdb_free(m);
	for (size_t i = 0; i < ELEMENTS_OF(paths); i++)
		write_mmdb(i ? "nested" : "traits", paths[i]);
	row_table_init(&sources, &watch);
	assert_int_equal(geo_new(&geo, event, worker, &sources, &options, NULL, NULL, NULL), 0);
	assert_int_equal(address_parse(&a, "203.0.113.1"), 0);
	assert_int_equal(address_parse(&b, "198.51.100.1"), 0);
	for (unsigned i = 0; i < 500 && !(many.anycast && one.has_place); i++) {
		geo_check(geo);
		assert_true(sd_event_run(event, 20000) >= 0);
		many = one = (struct remote_facts){};
		geo_look_up(geo, &a, &many);
		geo_look_up(geo, &b, &one);
	}
	assert_true(many.anycast && !many.has_place);
	assert_true(one.has_place && !one.anycast);
	assert_string_equal(one.place.city, "Newark");
	geo_free(geo);
	row_table_done(&sources);
	for (size_t i = 0; i < ELEMENTS_OF(paths); i++)
		unlink(paths[i]);
}

static void test_unknown(void **state)
{
	struct mmdb *m = opened("ip2location", MMDB_CITY);
	struct place_facts place;

	(void)state;
	assert_false(place_of(m, "192.0.2.1", &place));
	assert_false(place_of(m, "2001:db8:5::1", &place));
	assert_true(place_of(m, "203.0.113.1", &place));
	assert_string_equal(place.city, "Moscow");
	assert_true(place.has_position);
	/* Namibia, though its code looks like "not available"; 0/0 is not in it. */
	assert_true(place_of(m, "198.51.100.1", &place));
	assert_string_equal(place.country, "NA");
	assert_false(place.has_position);
	mmdb_free(m);
}

static void test_a_file_that_says_nothing(void **state)
{
	struct mmdb *m = NULL;

	(void)state;
	assert_int_equal(open_kind(&m, "unknown", MMDB_CITY), -EMEDIUMTYPE);
	assert_int_equal(open_kind(&m, "unknown", MMDB_ASN), -EMEDIUMTYPE);
	assert_int_equal(open_kind(&m, "noise", MMDB_ASN), -EMEDIUMTYPE);
	assert_null(m);
}

static void test_registries_and_private_holders(void **state)
{
	struct mmdb *m = opened("registry", MMDB_ASN);
	struct network_facts network;

	(void)state;
	assert_true(network_of(m, "203.0.113.1", &network));
	assert_int_equal(network.asn, 719);
	assert_string_equal(network.name, "AS719");
	assert_false(network_of(m, "198.51.100.1", &network));
	assert_true(network_of(m, "192.0.2.1", &network));
	assert_string_equal(network.name, "AS64496");
	mmdb_free(m);
}

static int set_up(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/connvis-layouts-XXXXXX");
	if (!mkdtemp(folder) || sd_event_new(&event) < 0)
		return -1;
	return worker_new(&worker, event);
}

static int tear_down(void **state)
{
	(void)state;
	worker_free(worker, false, 10000);
	sd_event_unref(event);
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_ipinfo),
	    cmocka_unit_test(test_anycast),
	    cmocka_unit_test(test_unknown),
	    cmocka_unit_test(test_a_file_that_says_nothing),
	    cmocka_unit_test(test_registries_and_private_holders),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
