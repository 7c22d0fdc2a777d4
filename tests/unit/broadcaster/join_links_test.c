/* SPDX-License-Identifier: MIT */
#include "join_links.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"
#include "util.h"

static char folder[] = "/tmp/connvis-join-links-XXXXXX";
static char path[128];
static struct gate gate;
static struct join_links links;
static unsigned ended;

static void on_ended(void *data, const struct gate_pass *pass, enum gate_end why)
{
	(void)data;
	assert_true(pass->of_link);
	assert_int_equal(why, GATE_END_LINK);
	ended++;
}

static const struct gate_listener listener = {on_ended};

static int set_up(void **state)
{
	(void)state;
	memcpy(strrchr(folder, '-') + 1, "XXXXXX", 6);
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/links", folder);
	gate = (struct gate){.longest_ms = 1000, .idle_ms = 1000};
	gate_init(&gate, &listener, NULL);
	links = (struct join_links){};
	join_links_init(&links, &gate, path);
	ended = 0;
	return 0;
}

static int tear_down(void **state)
{
	char command[256];

	(void)state;
	gate_done(&gate);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

static uint64_t now_s(void)
{
	return clock_unix_ms() / 1000;
}

/* Makes one: its id. */
static const char *make(const char *text, char token[TOKEN_MAX])
{
	struct join_link_wish wish;
	const struct join_link *link;

	assert_int_equal(join_link_wish_read(&wish, text), 0);
	assert_int_equal(join_links_make(&links, &wish, now_s(), token, &link), 0);
	return link->id;
}

static enum join_links_use use(const char *token, bool secure, char cookie[TOKEN_MAX])
{
	const struct join_link *link;

	return join_links_use(&links, token, secure, now_s(), cookie, &link);
}

static struct gate_pass *pass_of(const char *cookie, bool secure)
{
	return gate_find(&gate, cookie, secure, 5);
}

static void test_many(void **state)
{
	char token[TOKEN_MAX], plain[TOKEN_MAX], tls[TOKEN_MAX], again[TOKEN_MAX];
	struct gate_pass *pass;

	(void)state;
	assert_false(join_links_any(NULL) || join_links_any(&links));
	make("display", token);
	assert_true(join_links_any(&links));
	assert_int_equal(use(token, false, plain), JOIN_LINKS_GOOD);
	assert_int_equal(use(token, true, tls), JOIN_LINKS_GOOD);
	assert_int_equal(use(token, false, again), JOIN_LINKS_GOOD);
	assert_string_equal(plain, again);
	pass = gate_hold(pass_of(plain, false));
	assert_int_equal(pass->role, ROLE_DISPLAY);
	assert_ptr_equal(join_links_of(&links, pass), &links.all[0].link);
	assert_non_null(pass_of(tls, true));
	assert_null(pass_of(plain, true));
	assert_null(pass_of(tls, false));
	assert_int_equal(join_links_viewers(&links.all[0]), 1);
	/* no time ends it, and no signing out */
	gate_tick(&gate, UINT64_MAX / 2);
	gate_end_all(&gate, GATE_END_ALL);
	assert_false(pass->ended);
	gate_release(&gate, pass, 6);
	token[0] = token[0] == 'A' ? 'B' : 'A';
	assert_int_equal(use(token, false, plain), JOIN_LINKS_UNKNOWN);
}

static void test_once(void **state)
{
	char token[TOKEN_MAX], cookie[TOKEN_MAX], derived[TOKEN_MAX];
	struct join_links after = {};

	(void)state;
	make("guest once", token);
	/* whoever has the link but has not used it, has no cookie, whatever he knows */
	join_link_cookie(&links.all[0].link, token, false, derived);
	assert_null(pass_of(derived, false));
	assert_int_equal(use(token, true, cookie), JOIN_LINKS_GOOD);
	assert_int_equal(pass_of(cookie, true)->role, ROLE_GUEST);
	assert_int_equal(use(token, true, derived), JOIN_LINKS_USED);
	assert_int_equal(use(token, false, derived), JOIN_LINKS_USED);
	join_link_cookie(&links.all[0].link, token, false, derived);
	assert_null(pass_of(derived, false));
	/* also after a restart */
	gate_done(&gate);
	gate = (struct gate){};
	gate_init(&gate, &listener, NULL);
	join_links_init(&after, &gate, path);
	links = after;
	join_links_look(&links, now_s());
	assert_int_equal(links.n, 1);
	assert_int_equal(use(token, true, derived), JOIN_LINKS_USED);
	assert_non_null(pass_of(cookie, true));
}

static void test_revoke(void **state)
{
	char token[TOKEN_MAX], other[TOKEN_MAX], cookie[TOKEN_MAX], id[JOIN_LINK_ID_MAX];

	(void)state;
	snprintf(id, sizeof(id), "%s", make("display", token));
	make("guest", other);
	assert_int_equal(use(token, false, cookie), JOIN_LINKS_GOOD);
	assert_int_equal(join_links_revoke(&links, "00000000"), -ENOENT);
	assert_int_equal(join_links_revoke(&links, id), 0);
	assert_int_equal(ended, 2);
	assert_null(pass_of(cookie, false));
	assert_int_equal(use(token, false, cookie), JOIN_LINKS_UNKNOWN);
	assert_int_equal(use(other, false, cookie), JOIN_LINKS_GOOD);
	assert_int_equal(join_links_revoke(&links, id), -ENOENT);
	join_links_look(&links, now_s());
	assert_int_equal(links.n, 1);
}

static void test_time(void **state)
{
	char token[TOKEN_MAX], cookie[TOKEN_MAX];

	(void)state;
	make("guest 1", token);
	assert_int_equal(use(token, false, cookie), JOIN_LINKS_GOOD);
	join_links_look(&links, now_s() + 3500);
	assert_non_null(pass_of(cookie, false));
	join_links_look(&links, now_s() + 3601);
	assert_null(pass_of(cookie, false));
	assert_int_equal(links.n, 0);
	/* its file, too */
	links.looked = false;
	join_links_look(&links, now_s());
	assert_int_equal(links.n, 0);
}

/* What a command, another broadcaster, or somebody by hand does in the folder. */
static void test_folder(void **state)
{
	static const char *const names[] = {"0000000a", "0000000b", "notes", "0000000c.new"};
	struct join_links other = {};
	char token[TOKEN_MAX], cookie[TOKEN_MAX], file[256];
	struct join_link_wish wish = {.role = ROLE_GUEST, .once = true};
	struct join_link link;

	(void)state;
	join_links_look(&links, now_s());
	assert_int_equal(join_link_make(&link, &wish, now_s(), token), 0);
	assert_int_equal(join_links_save(path, &link), 0);
	join_links_look(&links, now_s());
	assert_int_equal(links.n, 1);
	/* used there, and so it is here */
	assert_int_equal(use(token, false, cookie), JOIN_LINKS_GOOD);
	join_links_init(&other, &gate, path);
	link.used = JOIN_LINK_USED_PLAIN;
	join_links_look(&links, now_s());
	assert_int_equal(use(token, false, cookie), JOIN_LINKS_USED);
	for (size_t i = 0; i < ELEMENTS_OF(names); i++) {
		snprintf(file, sizeof(file), "%s/%s", path, names[i]);
		assert_int_equal(file_replace(file, "nothing", 7), 0);
	}
	join_links_look(&links, now_s());
	join_links_look(&links, now_s());
	assert_int_equal(links.broken, 2);
	assert_int_equal(links.n, 1);
	snprintf(file, sizeof(file), "%s/%s", path, link.id);
	assert_int_equal(unlink(file), 0);
	join_links_look(&links, now_s());
	assert_int_equal(links.n, 0);
	assert_int_equal(ended, 1);
}

static void test_full(void **state)
{
	struct join_link_wish wish = {.role = ROLE_DISPLAY};
	const struct join_link *link;
	char token[TOKEN_MAX];

	(void)state;
	for (size_t i = 0; i < JOIN_LINKS_MAX; i++)
		make("display", token);
	assert_int_equal(join_links_make(&links, &wish, now_s(), token, &link), -ENOSPC);
	join_links_look(&links, now_s());
	assert_int_equal(links.n, JOIN_LINKS_MAX);
	assert_int_equal(links.broken, 0);
	assert_int_equal(join_links_revoke(&links, links.all[7].link.id), 0);
	make("display", token);
}

static void test_cannot_be_kept(void **state)
{
	struct join_link_wish wish = {.role = ROLE_DISPLAY};
	const struct join_link *link;
	char token[TOKEN_MAX];

	(void)state;
	assert_int_equal(file_replace(path, "", 0), 0);
	assert_int_equal(join_links_make(&links, &wish, now_s(), token, &link), -ENOTDIR);
	assert_int_equal(links.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_many, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_once, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_revoke, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_time, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_folder, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_full, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_cannot_be_kept, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
