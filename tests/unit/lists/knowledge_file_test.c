/* SPDX-License-Identifier: MIT */
/* The user's files, through the loop and the thread that reads them. */
/* Over 400 lines: one fixture serves all its tests. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "knowledge.h"

#define STEP 20000   /* microseconds of one turn of the loop */
#define PATIENCE 500 /* turns until a test gives up: 10 s */

struct fixture {
	sd_event *event;
	struct worker *worker;
	struct row_watch watch;
	struct row_table sources;
	struct knowledge *knowledge;
	char folder[64], list[128], other[128], cloud[128], suffixes[128];
	int reports, changes;
};

static void on_report(void *data, const struct source *source, const char *path)
{
	struct fixture *f = data;

	(void)source;
	(void)path;
	f->reports++;
}

static void on_changed(void *data)
{
	((struct fixture *)data)->changes++;
}

static int set_up(void **state)
{
	static struct fixture f;

	f = (struct fixture){.folder = "/tmp/knowledge-XXXXXX"};
	assert_non_null(mkdtemp(f.folder));
	snprintf(f.list, sizeof(f.list), "%s/list", f.folder);
	snprintf(f.other, sizeof(f.other), "%s/other", f.folder);
	snprintf(f.cloud, sizeof(f.cloud), "%s/cloud.json", f.folder);
	snprintf(f.suffixes, sizeof(f.suffixes), "%s/suffixes", f.folder);
	row_table_init(&f.sources, &f.watch);
	assert_int_equal(sd_event_new(&f.event), 0);
	assert_int_equal(worker_new(&f.worker, f.event), 0);
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
	unlink(f->list);
	unlink(f->other);
	unlink(f->cloud);
	unlink(f->suffixes);
	return rmdir(f->folder);
}

static void open_all(struct fixture *f)
{
	char ours[160], ignored[160];
	const struct config_list lists = {.n = 2, .items = (const char *[]){ours, ignored}},
				 clouds = {.n = 1, .items = (const char *[]){f->cloud}};
	struct knowledge_options options = {.lists = &lists, .cloud = &clouds, .suffixes = f->suffixes};

	snprintf(ours, sizeof(ours), "%s=advertising:Our list", f->list);
	snprintf(ignored, sizeof(ignored), "%s=ignored", f->other);
	assert_int_equal(knowledge_new(&f->knowledge, f->event, f->worker, &f->sources, &options, on_report,
				       on_changed, f),
			 0);
}

/* As if it had been written a while ago. */
static void write_file(const char *path, const char *text)
{
	struct timespec times[2] = {{.tv_sec = time(NULL) - 60}, {.tv_sec = time(NULL) - 60}};
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void wait_for_reports(struct fixture *f, int n)
{
	for (int i = 0; f->reports < n && i < PATIENCE; i++) {
		knowledge_check(f->knowledge);
		assert_true(sd_event_run(f->event, STEP) >= 0);
	}
	assert_int_equal(f->reports, n);
}

static const struct source *source_of(struct fixture *f, const char *kind, const char *name)
{
	struct chain *heads[] = {&f->sources.dirty, &f->sources.clean};

	for (size_t i = 0; i < 2; i++) {
		ROW_FOR_EACH(r, heads[i]) {
			const struct source *s = (const struct source *)r;

			if (!strcmp(s->kind, kind) && (!name || !strcmp(s->name, name)))
				return s;
		}
	}
	fail_msg("there is no source %s", kind);
	return NULL;
}

static struct verdict of_name(const struct fixture *f, const char *name)
{
	struct verdict v;

	knowledge_of_name(f->knowledge, name, &v);
	return v;
}

static void test_lists_beside_what_is_built_in(void **state)
{
	struct fixture *f = *state;
	struct address a;
	struct verdict v;

	write_file(f->list, "0.0.0.0 tracker.example\nwhatsapp.com\n1.1.1.0/24\n8.8.8.8\nbroken line\n");
	write_file(f->other, "quiet.example\ngoogle.com\n");
	open_all(f);
	wait_for_reports(f, 4);
	assert_int_equal(f->changes, 2);
	v = of_name(f, "a.tracker.example");
	assert_null(v.company);
	assert_string_equal(v.category, "advertising");
	assert_string_equal(v.source->name, "Our list");
	/* Of equals the user's comes first; the company is known all the same. */
	v = of_name(f, "www.whatsapp.com");
	assert_string_equal(v.company, "Meta");
	assert_string_equal(v.category, "advertising");
	/* What is to be ignored wins over longer names that are built in. */
	assert_string_equal(of_name(f, "mail.google.com").category, "ignored");
	assert_string_equal(of_name(f, "mail.google.com").source->name, "other");
	/* The longest network wins. */
	assert_int_equal(address_parse(&a, "1.1.1.1"), 0);
	knowledge_of_address(f->knowledge, &a, &v);
	assert_string_equal(v.category, "encrypted-dns");
	assert_int_equal(address_parse(&a, "8.8.8.8"), 0);
	knowledge_of_address(f->knowledge, &a, &v);
	assert_string_equal(v.category, "advertising");
	assert_string_equal(v.company, "Google");
	assert_int_equal(source_of(f, "list", "Our list")->entries, 4);
	assert_int_equal(source_of(f, "list", "Our list")->broken, 1);
	assert_non_null(strstr(source_of(f, "list", "Our list")->detail, "line 5"));
}

static void test_what_is_missing_is_said(void **state)
{
	struct fixture *f = *state;

	open_all(f);
	wait_for_reports(f, 4);
	assert_int_equal(f->changes, 0);
	assert_string_equal(source_of(f, "list", "Our list")->state, "missing");
	assert_non_null(strstr(source_of(f, "list", "Our list")->detail, "advertising"));
	assert_string_equal(source_of(f, "cloud", NULL)->state, "missing");
	assert_non_null(strstr(source_of(f, "cloud", NULL)->detail, "which region"));
	assert_string_equal(source_of(f, "suffixes", NULL)->state, "missing");
	/* It is said once. */
	for (int i = 0; i < 5; i++)
		knowledge_check(f->knowledge);
	assert_int_equal(f->reports, 4);
	write_file(f->list, "tracker.example\n");
	wait_for_reports(f, 5);
	assert_string_equal(source_of(f, "list", "Our list")->state, "ok");
	assert_string_equal(source_of(f, "list", "Our list")->detail, "");
	assert_string_equal(of_name(f, "tracker.example").category, "advertising");
}

static void test_a_list_that_changes_and_goes(void **state)
{
	struct fixture *f = *state;

	write_file(f->list, "first.example\n");
	open_all(f);
	wait_for_reports(f, 4);
	assert_non_null(of_name(f, "first.example").source);
	write_file(f->list, "first.example\nsecond.example\n");
	wait_for_reports(f, 5);
	assert_non_null(of_name(f, "second.example").source);
	/* What is no list leaves the old one, and so does nothing at all. */
	write_file(f->list, "<html>\n<h1>It is not here, sorry</h1>\n");
	wait_for_reports(f, 6);
	assert_non_null(of_name(f, "second.example").source);
	assert_string_equal(source_of(f, "list", "Our list")->state, "ok");
	assert_non_null(strstr(source_of(f, "list", "Our list")->detail, "stays in use"));
	assert_int_equal(unlink(f->list), 0);
	wait_for_reports(f, 7);
	assert_non_null(of_name(f, "second.example").source);
	write_file(f->list, "third.example\n");
	wait_for_reports(f, 8);
	assert_null(of_name(f, "second.example").source);
	assert_non_null(of_name(f, "third.example").source);
	assert_int_equal(f->changes, 3);
}

/* It is not read while it grows, however often one looks. */
static void test_a_file_that_is_being_written(void **state)
{
	struct fixture *f = *state;
	FILE *file;

	open_all(f);
	wait_for_reports(f, 4);
	file = fopen(f->list, "w");
	assert_non_null(file);
	for (int i = 0; i < 20; i++) {
		fprintf(file, "part%d.example\n", i);
		assert_int_equal(fflush(file), 0);
		knowledge_check(f->knowledge);
		assert_true(sd_event_run(f->event, 1000) >= 0);
		assert_int_equal(f->reports, 4);
	}
	fclose(file);
	wait_for_reports(f, 5);
	assert_non_null(of_name(f, "part0.example").source);
	assert_non_null(of_name(f, "part19.example").source);
}

static void test_clouds_and_suffixes(void **state)
{
	struct fixture *f = *state;
	struct cloud_verdict cloud;
	struct address a;

	write_file(f->cloud,
		   "{\"syncToken\":\"1753388594\",\"prefixes\":[{\"ip_prefix\":\"192.0.2.0/24\","
		   "\"region\":\"eu-north-1\"},{\"ip_prefix\":\"198.51.100.0/24\",\"region\":\"GLOBAL\"}],"
		   "\"ipv6_prefixes\":[]}");
	write_file(f->suffixes, "// ===BEGIN ICANN DOMAINS===\ncom\nexample\nshared.example\n");
	open_all(f);
	wait_for_reports(f, 4);
	assert_int_equal(address_parse(&a, "192.0.2.1"), 0);
	knowledge_of_cloud(f->knowledge, &a, &cloud);
	assert_string_equal(cloud.label, "Amazon eu-north-1");
	assert_string_equal(cloud.company, "Amazon");
	assert_true(cloud.has_place && cloud.place.has_position);
	assert_string_equal(cloud.place.city, "Stockholm");
	assert_string_equal(cloud.place.country, "SE");
	assert_int_equal(address_parse(&a, "198.51.100.1"), 0);
	knowledge_of_cloud(f->knowledge, &a, &cloud);
	assert_string_equal(cloud.label, "Amazon");
	assert_false(cloud.has_place);
	assert_int_equal(address_parse(&a, "203.0.113.1"), 0);
	knowledge_of_cloud(f->knowledge, &a, &cloud);
	assert_null(cloud.label);
	assert_string_equal(source_of(f, "cloud", "Amazon")->state, "ok");
	assert_int_equal(source_of(f, "cloud", "Amazon")->built, 1753388594);
	assert_string_equal(knowledge_domain(f->knowledge, "a.b.shared.example"), "b.shared.example");
	write_file(f->suffixes, "nothing of the sort\n");
	wait_for_reports(f, 5);
	assert_string_equal(knowledge_domain(f->knowledge, "a.b.shared.example"), "b.shared.example");
}

/* Of the list: one rule for less than whole names; of the cloud: regions without a place, and records that cannot be
 * read. */
static void check_counts(struct fixture *f, size_t n, const char *list, const char *cloud)
{
	char text[512] = "{\"syncToken\":\"1753388594\",\"prefixes\":[", *end = text + strlen(text);

	for (size_t i = 0; i < n; i++)
		end += sprintf(
		    end, "{\"ip_prefix\":\"192.0.2.%zu/32\",\"region\":\"atlantis-%zu\"},{\"ip_prefix\":7},",
		    i, i);
	sprintf(end, "{\"ip_prefix\":\"198.51.100.0/24\",\"region\":\"GLOBAL\"}],\"ipv6_prefixes\":[]}");
	write_file(f->cloud, text);
	write_file(f->list, n == 1 ? "tracker.example\n/ads?/\n" : "tracker.example\n/ads?/\n/more?/\n");
	f->reports = 0;
	if (!f->knowledge)
		open_all(f);
	wait_for_reports(f, n == 1 ? 4 : 2);
	assert_string_equal(source_of(f, "list", "Our list")->detail, list);
	assert_string_equal(source_of(f, "cloud", "Amazon")->detail, cloud);
}

static void test_one_is_not_called_many(void **state)
{
	struct fixture *f = *state;

	check_counts(f, 1, "One of its rules is for less than whole names and has no effect here.",
		     "One record of the address ranges of Amazon cannot be read. "
		     "It is not known here where one of the regions of Amazon is.");
	check_counts(f, 2, "2 of its rules are for less than whole names and have no effect here.",
		     "2 records of the address ranges of Amazon cannot be read. "
		     "It is not known here where 2 of the regions of Amazon are.");
}

static void set_time(const char *path, time_t seconds, long fraction)
{
	struct timespec times[2] = {{seconds, fraction}, {seconds, fraction}};

	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

/* What a file itself says goes before the time that somebody gave it; the time of writing is no date. */
static void test_when_data_was_made(void **state)
{
	struct fixture *f = *state;

	write_file(f->list, "# Date: 12 March 2026 11:04:19 (UTC)\ntracker.example\n");
	set_time(f->list, 1700000000, 0);
	write_file(f->other, "tracker.example\n");
	set_time(f->other, 1700000000, 0);
	write_file(f->cloud, "{\"prefixes\":[{\"ip_prefix\":\"192.0.2.0/24\"}]}");
	set_time(f->cloud, 1700000000, 5);
	write_file(f->suffixes, "// VERSION: 2026-03-12_11-04-19_UTC\n// ===BEGIN ICANN DOMAINS===\ncom\n");
	open_all(f);
	wait_for_reports(f, 4);
	assert_int_equal(source_of(f, "list", "Our list")->built, 1773313459);
	assert_int_equal(source_of(f, "list", "other")->built, 1700000000);
	assert_int_equal(source_of(f, "cloud", NULL)->built, 0);
	assert_int_equal(source_of(f, "suffixes", NULL)->built, 1773313459);
}

static void test_no_pipe_holds_it_up(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(mkfifo(f->list, 0600), 0);
	assert_int_equal(mkfifo(f->suffixes, 0600), 0);
	open_all(f);
	wait_for_reports(f, 4);
	assert_string_equal(source_of(f, "list", "Our list")->state, "broken");
	assert_string_equal(source_of(f, "suffixes", NULL)->state, "broken");
}

static void test_it_ends_while_it_reads(void **state)
{
	struct fixture *f = *state;

	write_file(f->list, "tracker.example\n");
	open_all(f);
	knowledge_check(f->knowledge);
	/* The thread is at it; what is not there needed none. */
	assert_int_equal(f->reports, 3);
}

static void test_nothing_configured(void **state)
{
	struct fixture *f = *state;
	const struct config_list none = {};
	const struct knowledge_options options = {.lists = &none, .cloud = &none, .suffixes = ""};

	assert_int_equal(knowledge_new(&f->knowledge, f->event, f->worker, &f->sources, &options, on_report,
				       on_changed, f),
			 0);
	knowledge_check(f->knowledge);
	assert_int_equal(f->reports, 0);
	assert_string_equal(source_of(f, "list", NULL)->state, "off");
	assert_string_equal(source_of(f, "cloud", NULL)->state, "off");
	assert_true(source_of(f, "list", NULL)->detail[0]);
	assert_string_equal(source_of(f, "suffixes", NULL)->state, "ok");
	assert_in_range(source_of(f, "suffixes", NULL)->entries, 5000, 50000);
	assert_string_equal(source_of(f, "companies", NULL)->state, "ok");
}

static void test_options_that_cannot_be_read(void **state)
{
	struct fixture *f = *state;
	const struct config_list none = {};
	const char *lists[KNOWLEDGE_FILES_MAX + 1] = {"/x=nonsense"};
	struct config_list list = {.n = 1, .items = lists};
	struct knowledge_options options = {.lists = &list, .cloud = &none, .suffixes = ""};

	assert_int_equal(knowledge_new(&f->knowledge, f->event, f->worker, &f->sources, &options, on_report,
				       on_changed, f),
			 -EINVAL);
	assert_int_equal(f->sources.count, 0);
	for (list.n = 0; list.n < KNOWLEDGE_FILES_MAX + 1; list.n++)
		lists[list.n] = "/x=advertising";
	assert_int_equal(knowledge_new(&f->knowledge, f->event, f->worker, &f->sources, &options, on_report,
				       on_changed, f),
			 -EINVAL);
	assert_int_equal(f->sources.count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, take_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_lists_beside_what_is_built_in), TEST(test_what_is_missing_is_said),
	    TEST(test_a_list_that_changes_and_goes),  TEST(test_a_file_that_is_being_written),
	    TEST(test_clouds_and_suffixes),	      TEST(test_one_is_not_called_many),
	    TEST(test_no_pipe_holds_it_up),	      TEST(test_when_data_was_made),
	    TEST(test_it_ends_while_it_reads),	      TEST(test_nothing_configured),
	    TEST(test_options_that_cannot_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
