/* SPDX-License-Identifier: MIT */
/* Each kind of event is caused, and its neighbouring condition in which there is none. */
#include "category.h"
#include "past.h"

#define SECOND 1000

static struct event *event_at(const struct past *p, unsigned n)
{
	const struct chain *link = p->history.events.by_time.next;

	for (; n && link != &p->history.events.by_time; n--)
		link = link->next;
	return link == &p->history.events.by_time ? NULL : EVENT_OF(link);
}

static unsigned count(const struct past *p, enum event_kind kind)
{
	const struct event *e;
	unsigned n = 0;

	for (unsigned i = 0; (e = event_at(p, i)); i++)
		n += e->kind == kind;
	return n;
}

static const struct event *last(const struct past *p)
{
	assert_true(p->history.events.table.count > 0);
	return event_at(p, p->history.events.table.count - 1);
}

/* Looks each second; each ten, as the collector does, at who is here. */
static void pass(struct past *p, int64_t ms)
{
	for (; ms > 0; ms -= SECOND) {
		history_tick(&p->history, p->now += SECOND);
		if (p->now / SECOND % 10 == 0)
			news_look(&p->history, p->now);
	}
}

static void move(struct past *p, unsigned device, const struct party_facts *facts, uint64_t up, uint64_t down)
{
	const struct cell_amounts amounts = {.up = up, .down = down};

	p->devices[device].active = p->now;
	history_count(&p->history, &p->devices[device], facts, &amounts);
}

static void talk(struct past *p, unsigned device, const char *company)
{
	const struct party_facts facts = past_company(company);

	move(p, device, &facts, 1, 1);
}

/* One device that is known for long, and no news of it. */
static void open_settled(struct past *p)
{
	past_open(p, NULL);
	talk(p, 0, "Known");
	pass(p, NEWS_SETTLE + NEWS_DEVICE_SETTLE);
	talk(p, 0, "Known");
	pass(p, 10 * SECOND);
	assert_int_equal(p->history.events.table.count, 0);
}

static void test_joined_left_and_back(void **state)
{
	struct past p;

	(void)state;
	open_settled(&p);
	talk(&p, 1, "Known");
	pass(&p, 10 * SECOND);
	assert_int_equal(last(&p)->kind, EVENT_JOINED);
	assert_string_equal(last(&p)->device->alias, "Device 1");
	/* it says something now and then */
	for (unsigned i = 0; i < 3; i++) {
		pass(&p, NEWS_LEFT - MINUTE);
		talk(&p, 1, "Known");
		talk(&p, 0, "Known");
	}
	pass(&p, NEWS_LEFT - MINUTE);
	assert_int_equal(p.history.events.table.count, 1);
	talk(&p, 0, "Known");
	pass(&p, 2 * MINUTE);
	assert_int_equal(count(&p, EVENT_LEFT), 1);
	/* since it moved last */
	assert_int_equal(last(&p)->at, p.devices[1].active + BASE);
	talk(&p, 1, "Known");
	pass(&p, 10 * SECOND);
	assert_int_equal(last(&p)->kind, EVENT_BACK);
	assert_int_equal(p.history.events.table.count, 3);
	past_close(&p);
}

static void test_contacts(void **state)
{
	const struct party_facts tracker = {
	    .whom = WHOM_COMPANY, .text = "Ads", .category = category_of("advertising"), .country = "FI"};
	const struct party_facts abroad = {
	    .whom = WHOM_COMPANY, .text = "Known", .category = 3, .country = "SE"};
	const struct party_facts lookup = {.whom = WHOM_NAME, .text = "shop.test"};
	struct past p;

	(void)state;
	open_settled(&p);
	talk(&p, 0, "Other");
	assert_int_equal(last(&p)->kind, EVENT_COMPANY);
	assert_true(last(&p)->first);
	assert_string_equal(last(&p)->party->facts.text, "Other");
	pass(&p, MINUTE);
	move(&p, 0, &tracker, 1, 1);
	assert_int_equal(last(&p)->kind, EVENT_TRACKER);
	pass(&p, MINUTE);
	move(&p, 0, &abroad, 1, 1);
	assert_int_equal(last(&p)->kind, EVENT_COUNTRY);
	assert_string_equal(last(&p)->party->facts.country, "SE");
	pass(&p, MINUTE);
	/* all of it again, and a name that is nobody's */
	move(&p, 0, &tracker, 1, 1);
	move(&p, 0, &abroad, 1, 1);
	move(&p, 0, &lookup, 1, 1);
	assert_int_equal(p.history.events.table.count, 3);
	past_close(&p);
}

/* What others here have met is no news of one that has just come, but later it is. */
static void test_contacts_of_one_that_came(void **state)
{
	struct past p;

	(void)state;
	open_settled(&p);
	talk(&p, 0, "Other");
	talk(&p, 1, "Known");
	pass(&p, MINUTE);
	talk(&p, 1, "Other");
	assert_int_equal(count(&p, EVENT_COMPANY), 1);
	pass(&p, NEWS_DEVICE_SETTLE);
	talk(&p, 0, "Third");
	pass(&p, MINUTE);
	talk(&p, 1, "Third");
	assert_int_equal(count(&p, EVENT_COMPANY), 3);
	assert_false(last(&p)->first);
	past_close(&p);
}

/* In a minute one event stands for all that a device meets: the weightiest. */
static void test_pace(void **state)
{
	const struct party_facts tracker = {
	    .whom = WHOM_COMPANY, .text = "Ads", .category = category_of("analytics")};
	char company[16];
	struct past p;

	(void)state;
	open_settled(&p);
	for (unsigned i = 0; i < 12; i++) {
		snprintf(company, sizeof(company), "Company %u", i);
		talk(&p, 0, company);
	}
	assert_int_equal(p.history.events.table.count, 1);
	assert_int_equal(last(&p)->more, 11);
	move(&p, 0, &tracker, 1, 1);
	assert_int_equal(p.history.events.table.count, 1);
	assert_int_equal(last(&p)->kind, EVENT_TRACKER);
	assert_int_equal(last(&p)->more, 12);
	pass(&p, MINUTE);
	talk(&p, 0, "Later");
	assert_int_equal(p.history.events.table.count, 2);
	past_close(&p);
}

static void test_transfers(void **state)
{
	const struct party_facts f = past_company("Known");
	struct past p;

	(void)state;
	open_settled(&p);
	past_next_minute(&p);
	move(&p, 0, &f, NEWS_UPLOAD - 1, NEWS_DOWNLOAD - 1);
	past_next_minute(&p);
	assert_int_equal(p.history.events.table.count, 0);
	move(&p, 0, &f, NEWS_UPLOAD, 0);
	past_next_minute(&p);
	assert_int_equal(last(&p)->kind, EVENT_UPLOAD);
	assert_int_equal(last(&p)->amount, NEWS_UPLOAD);
	/* a slower minute does not end it */
	move(&p, 0, &f, NEWS_UPLOAD / NEWS_OVER, 0);
	past_next_minute(&p);
	assert_int_equal(p.history.events.table.count, 1);
	move(&p, 0, &f, 5, NEWS_DOWNLOAD);
	past_next_minute(&p);
	assert_int_equal(count(&p, EVENT_UPLOAD_ENDED), 1);
	assert_int_equal(count(&p, EVENT_DOWNLOAD), 1);
	past_next_minute(&p);
	assert_int_equal(last(&p)->kind, EVENT_DOWNLOAD_ENDED);
	assert_int_equal(last(&p)->amount, NEWS_DOWNLOAD);
	past_close(&p);
}

static void call_for(struct past *p, int64_t ms, const char *category)
{
	struct party_facts f = past_company("Known");

	f.category = category_of(category);
	for (; ms > 0; ms -= 10 * SECOND) {
		news_call(&p->history, &p->devices[0], &f, p->now);
		pass(p, 10 * SECOND);
	}
}

static void call(struct past *p, int64_t ms)
{
	call_for(p, ms, NULL);
}

static void test_calls(void **state)
{
	int64_t began;
	struct past p;

	(void)state;
	open_settled(&p);
	/* what looks like one for a moment is none */
	call(&p, NEWS_CALL_SURE);
	pass(&p, NEWS_CALL_OVER);
	assert_int_equal(p.history.events.table.count, 0);
	/* neither is a game */
	call_for(&p, 5 * MINUTE, "games");
	assert_int_equal(p.history.events.table.count, 0);
	began = p.now;
	call(&p, 5 * MINUTE);
	assert_int_equal(last(&p)->kind, EVENT_CALL);
	assert_int_equal(last(&p)->at, began + BASE);
	/* it may look like something else for a while */
	pass(&p, NEWS_CALL_OVER - 20 * SECOND);
	call(&p, MINUTE);
	assert_int_equal(p.history.events.table.count, 1);
	pass(&p, NEWS_CALL_OVER);
	assert_int_equal(last(&p)->kind, EVENT_CALL_ENDED);
	assert_in_range(last(&p)->amount, 5 * MINUTE, 8 * MINUTE);
	past_close(&p);
}

static void test_refused(void **state)
{
	const struct party_facts f = past_company("Known");
	struct past p;

	(void)state;
	open_settled(&p);
	past_next_minute(&p);
	talk(&p, 0, "Known");
	for (unsigned i = 1; i < NEWS_REFUSED; i++)
		news_refused(&p.history, &p.devices[0], &f, false);
	past_next_minute(&p);
	assert_int_equal(p.history.events.table.count, 0);
	for (unsigned minute = 0; minute < 70; minute++) {
		for (unsigned i = 0; i < 2 * NEWS_REFUSED; i++)
			news_refused(&p.history, &p.devices[0], &f, false);
		/* it rests for an hour */
		assert_int_equal(count(&p, EVENT_BLOCKED), minute <= 60 ? 1 : 2);
		talk(&p, 0, "Known");
		past_next_minute(&p);
	}
	for (unsigned i = 0; i < NEWS_REFUSED; i++)
		news_refused(&p.history, &p.devices[0], &f, true);
	assert_int_equal(count(&p, EVENT_FAILED), 1);
	assert_int_equal(last(&p)->amount, NEWS_REFUSED);
	past_close(&p);
}

static void test_gap_and_room(void **state)
{
	struct past p;

	(void)state;
	open_settled(&p);
	p.now += 10 * MINUTE;
	history_tick(&p.history, p.now);
	assert_int_equal(last(&p)->kind, EVENT_GAP);
	assert_int_equal(last(&p)->amount, 10 * MINUTE);
	for (unsigned i = 0; i < 5; i++)
		news_note(&p.history, EVENT_MARKED, "A mark", p.now);
	assert_int_equal(count(&p, EVENT_MARKED), 5);
	assert_string_equal(last(&p)->text, "A mark");
	past_close(&p);
}

/* Nothing of who hides, and nothing after a new session began. */
static void test_forgotten(void **state)
{
	struct past p;

	(void)state;
	open_settled(&p);
	talk(&p, 0, "Other");
	talk(&p, 1, "Third");
	pass(&p, 10 * SECOND);
	assert_int_equal(p.history.events.table.count, 3);
	history_forget_device(&p.history, &p.devices[1]);
	assert_int_equal(p.history.events.table.count, 1);
	/* it had met it for nobody: who meets it now is the first */
	pass(&p, MINUTE);
	talk(&p, 0, "Third");
	assert_true(last(&p)->first);
	history_clear(&p.history, p.now);
	assert_int_equal(p.history.events.table.count, 0);
	talk(&p, 0, "Other");
	pass(&p, MINUTE);
	assert_int_equal(p.history.events.table.count, 0);
	past_close(&p);
}

/* Fifty a second do no harm. */
static void test_many(void **state)
{
	char company[32];
	struct past p;

	(void)state;
	open_settled(&p);
	for (unsigned second = 0; second < 600; second++) {
		for (unsigned i = 0; i < 50; i++) {
			snprintf(company, sizeof(company), "Company %u %u", second, i);
			talk(&p, i % 8, company);
		}
		pass(&p, SECOND);
	}
	/* 8 devices, one of contacts a minute, and that each has come; more companies than find a place are none */
	assert_in_range(p.history.events.table.count, 8, 8 * 12);
	assert_true(p.history.full > 0);
	for (unsigned i = 0; i < 2 * EVENTS_MAX; i++)
		news_note(&p.history, EVENT_MARKED, "A mark", p.now);
	assert_int_equal(p.history.events.table.count, EVENTS_MAX);
	past_close(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_joined_left_and_back),
	    cmocka_unit_test(test_contacts),
	    cmocka_unit_test(test_contacts_of_one_that_came),
	    cmocka_unit_test(test_pace),
	    cmocka_unit_test(test_transfers),
	    cmocka_unit_test(test_calls),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_gap_and_room),
	    cmocka_unit_test(test_forgotten),
	    cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
