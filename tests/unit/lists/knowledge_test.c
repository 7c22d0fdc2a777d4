/* SPDX-License-Identifier: MIT */
#include "knowledge.h"

#include <stdio.h>
#include <string.h>

#include "category.h"
#include "cmocka_all.h"
#include "known.h"

struct fixture {
	sd_event *event;
	struct worker *worker;
	struct row_watch watch;
	struct row_table sources;
	struct knowledge *knowledge;
};

static void on_report(void *data, const struct source *source, const char *path)
{
	(void)data;
	(void)source;
	(void)path;
}

static void on_changed(void *data)
{
	(void)data;
}

static int set_up(void **state)
{
	static const struct config_list none;
	static struct fixture f;
	const struct knowledge_options options = {.lists = &none, .cloud = &none, .suffixes = ""};

	f = (struct fixture){};
	row_table_init(&f.sources, &f.watch);
	assert_int_equal(sd_event_new(&f.event), 0);
	assert_int_equal(worker_new(&f.worker, f.event), 0);
	assert_int_equal(
	    knowledge_new(&f.knowledge, f.event, f.worker, &f.sources, &options, on_report, on_changed, NULL),
	    0);
	*state = &f;
	return 0;
}

static int take_down(void **state)
{
	struct fixture *f = *state;

	knowledge_free(f->knowledge);
	assert_int_equal(f->sources.count, 0);
	row_table_done(&f->sources);
	worker_free(f->worker, false, 10000);
	sd_event_unref(f->event);
	return 0;
}

static struct verdict of_name(const struct fixture *f, const char *name)
{
	struct verdict v;

	knowledge_of_name(f->knowledge, name, &v);
	return v;
}

static struct verdict of_address(const struct fixture *f, const char *text)
{
	struct address a;
	struct verdict v;

	assert_int_equal(address_parse(&a, text), 0);
	knowledge_of_address(f->knowledge, &a, &v);
	return v;
}

static void test_one_company_whatever_the_domain(void **state)
{
	const struct fixture *f = *state;

	assert_string_equal(of_name(f, "www.google.com").company, "Google");
	assert_string_equal(of_name(f, "rr3---sn-ab.googlevideo.com").company, "Google");
	assert_string_equal(of_name(f, "rr3---sn-ab.googlevideo.com").category, "video");
	assert_string_equal(of_name(f, "scontent.cdninstagram.com").company, "Meta");
	assert_string_equal(of_name(f, "an.facebook.com").category, "advertising");
	assert_string_equal(of_name(f, "www.facebook.com").category, "social");
	assert_string_equal(of_name(f, "www.google.com").category, "search");
	assert_string_equal(of_name(f, "www.facebook.com").source->kind, "companies");
	assert_null(of_name(f, "www.notgoogle.com").company);
	assert_null(of_name(f, "www.example.org").source);
}

static void assert_is(const struct fixture *f, const char *name, const char *company, const char *category)
{
	struct verdict v = of_name(f, name);

	assert_non_null(v.company);
	assert_string_equal(v.company, company);
	assert_string_equal(v.category, category);
}

static void test_owners_and_purposes(void **state)
{
	const struct fixture *f = *state;

	/* A main site is what the company is, whatever third-party-web calls it. */
	assert_is(f, "www.linkedin.com", "Microsoft", "social");
	if (THIRD_PARTIES)
		assert_is(f, "px.ads.linkedin.com", "Microsoft", "advertising");
	assert_is(f, "graph.facebook.com", "Meta", "social");
	assert_is(f, "www.google.no", "Google", "search");
	assert_is(f, "www.amazon.co.jp", "Amazon", "shopping");
	assert_is(f, "supla.fi", "Sanoma", "music");
	assert_is(f, "oikotie.fi", "Vend", "shopping");
	assert_is(f, "bandcamp.com", "Bandcamp", "music");
	assert_is(f, "vrk.fi", "Finnish state services", "other");
	assert_is(f, "honor.com", "Honor", "system");
	assert_is(f, "hihonor.com", "Honor", "system");
	assert_is(f, "techcrunch.com", "TechCrunch", "news");
	assert_is(f, "www.aftonbladet.se", "Schibsted Media", "news");
	assert_is(f, "smartscreen-prod.microsoft.com", "Microsoft", "security");
	assert_is(f, "atv-ext-eu.amazon.com", "Amazon", "video");
	assert_is(f, "wilma.espoo.fi", "Espoon kaupunki", "education");
	assert_is(f, "www.espoo.fi", "Espoon kaupunki", "other");
}

static void assert_purpose(const char *company, const char *category)
{
	const char *purpose = knowledge_purpose(company);

	assert_non_null(purpose);
	assert_string_equal(purpose, category);
}

/* Not what one of its names is for: the first line of our tables says it. */
static void test_what_a_company_is_for(void **state)
{
	(void)state;
	assert_purpose("Google", "search");
	assert_purpose("Amazon", "shopping");
	assert_purpose("Yle", "news");
	assert_purpose("Cloudflare", "cdn");
	if (THIRD_PARTIES)
		assert_purpose("Hubspot", "advertising");
	assert_null(knowledge_purpose("Nobody"));
	assert_null(knowledge_purpose(""));
	for (size_t i = 0; i < known_n_owners; i++)
		assert_non_null(knowledge_purpose(known_owners[i].company));
}

static void test_services_that_hide_lookups(void **state)
{
	const struct fixture *f = *state;
	static const char *const names[] = {"dns.google",      "cloudflare-dns.com",
					    "dns.quad9.net",   "abc123.dns.nextdns.io",
					    "mask.icloud.com", "de-fra-wg-001.mullvad.net"};
	static const char *const addresses[] = {
	    "1.1.1.1",	    "8.8.8.8",	      "9.9.9.9",      "2606:4700:4700::1111", "45.90.28.77",
	    "162.159.61.4", "104.16.248.249", "162.159.36.1", "2803:f800:53::4"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_true(category_hides(category_of(of_name(f, names[i]).category)));
	for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++)
		assert_true(category_hides(category_of(of_address(f, addresses[i]).category)));
	assert_false(category_hides(category_of(of_name(f, "www.icloud.com").category)));
	assert_null(of_address(f, "192.0.2.1").source);
}

static void test_networks(void **state)
{
	const struct fixture *f = *state;
	struct verdict v;

	knowledge_of_network(f->knowledge, 32934, &v);
	assert_string_equal(v.company, "Meta");
	knowledge_of_network(f->knowledge, 36183, &v);
	assert_string_equal(v.company, "Akamai");
	knowledge_of_network(f->knowledge, 31108, &v);
	assert_string_equal(v.company, "Akamai");
	knowledge_of_network(f->knowledge, 24429, &v);
	assert_string_equal(v.company, "Alibaba");
	knowledge_of_network(f->knowledge, 64496, &v);
	assert_null(v.company);
	for (size_t i = 1; i < known_n_asns; i++)
		assert_true(known_asns[i - 1].asn < known_asns[i].asn);
}

static void assert_named(const struct fixture *f, uint32_t asn, const char *from, const char *to)
{
	struct network_facts network = {.asn = asn};

	snprintf(network.name, sizeof(network.name), "%s", from);
	knowledge_name_network(f->knowledge, &network);
	assert_string_equal(network.name, to);
}

static void test_networks_without_a_name(void **state)
{
	const struct fixture *f = *state;

	assert_named(f, 719, "AS719", "Elisa");
	assert_named(f, 719, "Elisa Oyj", "Elisa Oyj");
	assert_named(f, 64496, "AS64496", "AS64496");
	assert_named(f, 3333, "AS3333", "RIPE NCC");
}

static bool is_anycast(const struct fixture *f, const char *text, uint32_t asn)
{
	struct address a;

	assert_int_equal(address_parse(&a, text), 0);
	return knowledge_is_anycast(f->knowledge, &a, asn);
}

static void test_served_from_many_places(void **state)
{
	const struct fixture *f = *state;
	static const char *const many[] = {
	    "1.1.1.1",	   "8.8.8.8",	   "9.9.9.9",	     "104.16.1.1",
	    "151.101.1.1", "2606:4700::1", "2a04:4e42::200", "2001:4860:4860::8888"};

	for (size_t i = 0; i < sizeof(many) / sizeof(many[0]); i++)
		assert_true(is_anycast(f, many[i], 0));
	assert_true(is_anycast(f, "192.0.2.1", 13335));
	assert_true(is_anycast(f, "192.0.2.1", 54113));
	assert_false(is_anycast(f, "192.0.2.1", 0));
	assert_false(is_anycast(f, "192.0.2.1", 719));
	assert_false(is_anycast(f, "8.8.9.8", 15169));
}

static void test_third_parties(void **state)
{
	const struct fixture *f = *state;
	const struct source *source = of_name(f, "google.com").source;

	if (!known_third_parties[0]) {
		assert_non_null(strstr(source->detail, "CONNVIS_THIRD_PARTIES"));
		assert_string_equal(knowledge_notice(), "");
		return;
	}
	assert_string_equal(of_name(f, "cdn.emailretargeting.com").company, "Criteo");
	assert_string_equal(of_name(f, "cdn.emailretargeting.com").category, "advertising");
	/* One company is one destination: they call it Twitter. */
	assert_string_equal(of_name(f, "www.vine.co").company, "X");
	/* What we say ourselves wins, even where they differ. */
	assert_string_equal(of_name(f, "x.llnwd.net").company, "Edgio");
	assert_non_null(strstr(source->attribution, "Patrick Hulce"));
	assert_non_null(strstr(knowledge_notice(), "Permission is hereby granted"));
}

static void test_registrable_domains(void **state)
{
	const struct fixture *f = *state;

	assert_string_equal(knowledge_domain(f->knowledge, "www.bbc.co.uk"), "bbc.co.uk");
	assert_string_equal(knowledge_domain(f->knowledge, "a.b.example.org"), "example.org");
	/* The list's private section. */
	assert_string_equal(knowledge_domain(f->knowledge, "me.github.io"), "me.github.io");
	assert_null(knowledge_domain(f->knowledge, "co.uk"));
	assert_null(knowledge_domain(f->knowledge, "org"));
}

static void test_the_tables_are_large_enough(void **state)
{
	const struct fixture *f = *state;
	size_t companies = 0;

	(void)f;
	for (size_t i = 0; i < known_n_owners; i++) {
		bool before = false;

		for (size_t k = 0; k < i; k++)
			before |= !strcmp(known_owners[k].company, known_owners[i].company);
		companies += !before;
	}
	assert_true(companies >= 150);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_one_company_whatever_the_domain, set_up, take_down),
	    cmocka_unit_test_setup_teardown(test_owners_and_purposes, set_up, take_down),
	    cmocka_unit_test(test_what_a_company_is_for),
	    cmocka_unit_test_setup_teardown(test_services_that_hide_lookups, set_up, take_down),
	    cmocka_unit_test_setup_teardown(test_networks, set_up, take_down),
	    cmocka_unit_test_setup_teardown(test_networks_without_a_name, set_up, take_down),
	    cmocka_unit_test_setup_teardown(test_served_from_many_places, set_up, take_down),
	    cmocka_unit_test_setup_teardown(test_third_parties, set_up, take_down),
	    cmocka_unit_test_setup_teardown(test_registrable_domains, set_up, take_down),
	    cmocka_unit_test_setup_teardown(test_the_tables_are_large_enough, set_up, take_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
