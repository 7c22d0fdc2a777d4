/* SPDX-License-Identifier: MIT */
#include "status.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../cmocka_all.h"
#include "util.h"

static char folder[] = "/tmp/connvis-status-test-XXXXXX";
static char path[64];

/* What is printed to who asks, and the exit status. */
static int ask(char **ret_text)
{
	size_t length;
	FILE *out = open_memstream(ret_text, &length);
	int r = status_ask("connvis-test", path, out);

	fclose(out);
	return r;
}

/* A child asks while at is answered by s, or by bytes where these are not NULL. */
static int ask_beside(struct status_socket *at, struct status *s, const void *bytes, size_t length,
		      char text[4096])
{
	int pipes[2], status, asker;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(pipes), 0);
	pid = fork();
	if (pid == 0) {
		char *said;
		int r = ask(&said);

		(void)!write(pipes[1], said, strlen(said));
		free(said);
		_exit(r);
	}
	close(pipes[1]);
	if (s) {
		struct pollfd asked = {.fd = at->fd, .events = POLLIN};

		assert_int_equal(poll(&asked, 1, 10000), 1);
		status_answer(at, s);
	} else if (bytes) {
		while ((asker = accept(at->fd, NULL, NULL)) < 0)
			usleep(1000);
		(void)!send(asker, bytes, length, MSG_NOSIGNAL);
		close(asker);
	}
	n = read(pipes[0], text, 4095);
	text[n < 0 ? 0 : n] = '\0';
	close(pipes[0]);
	waitpid(pid, &status, 0);
	return WEXITSTATUS(status);
}

static void what_is_good_and_what_is_wrong(void **state)
{
	struct status_socket at;
	struct status s;
	struct stat st;
	char text[4096];

	(void)state;
	assert_int_equal(status_listen(&at, path), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	status_begin(&s);
	status_say(&s, "It sees %d devices.", 3);
	assert_int_equal(ask_beside(&at, &s, NULL, 0, text), 0);
	assert_string_equal(text, "It sees 3 devices.\nNothing is wrong.\n");
	status_begin(&s);
	status_say(&s, "It sees %d devices.", 3);
	status_wrong(&s, "Redis is %s.", "away");
	assert_int_equal(ask_beside(&at, &s, NULL, 0, text), 1);
	assert_string_equal(text, "It sees 3 devices.\nWRONG: Redis is away.\n");
	/* Nobody asks. */
	status_begin(&s);
	status_answer(&at, &s);
	status_close(&at, path);
	assert_int_equal(access(path, F_OK), -1);
}

static void what_answers_is_not_believed(void **state)
{
	static const char bytes[] = "good\n\x1b[2Jx\x7f\ty\xc2\x9b"
				    "2J\x9b"
				    "2J\xc3\xa4\n";
	struct status_socket at;
	char text[4096];

	(void)state;
	assert_int_equal(status_listen(&at, path), 0);
	assert_int_equal(ask_beside(&at, NULL, bytes, sizeof(bytes) - 1, text), 0);
	assert_string_equal(text, "?[2Jx??y?2J?2J\xc3\xa4\nNothing is wrong.\n");
	assert_int_equal(ask_beside(&at, NULL, "goo", 3, text), 1);
	assert_non_null(strstr(text, "is not connvis-test.\n"));
	assert_int_equal(ask_beside(&at, NULL, "", 0, text), 1);
	assert_non_null(strstr(text, "is not connvis-test.\n"));
	status_close(&at, path);
}

static void why_nobody_answers(void **state)
{
	struct status_socket at, other;
	char *text, nobody[4096];

	(void)state;
	assert_int_equal(ask(&text), 1);
	assert_non_null(strstr(text, "WRONG: connvis-test does not run, or"));
	assert_non_null(strstr(text, "\"systemctl start connvis-test\""));
	free(text);
	/* It was killed, so its socket is still there. */
	assert_int_equal(status_listen(&at, path), 0);
	close(at.fd);
	close(at.spare);
	assert_int_equal(ask(&text), 1);
	assert_non_null(strstr(text, "WRONG: connvis-test does not run, or"));
	free(text);
	/* The next one takes its place, but nobody else's. */
	assert_int_equal(status_listen(&at, path), 0);
	assert_int_equal(status_listen(&other, path), -EADDRINUSE);
	assert_true(other.fd < 0);
	status_close(&other, path);
	assert_int_equal(access(path, F_OK), 0);
	/* It stands still. */
	assert_int_equal(ask_beside(&at, NULL, NULL, 0, nobody), 1);
	assert_string_equal(nobody, "WRONG: connvis-test stands still: it has not answered for 3 seconds.\n");
	status_close(&at, path);
}

static void without_descriptors_it_still_answers(void **state)
{
	const struct timeval patience = {.tv_sec = 5};
	struct rlimit before, few;
	struct status_socket at;
	struct status s;
	char text[4096];
	int last;

	(void)state;
	assert_int_equal(status_listen(&at, path), 0);
	for (int i = 0; i < 2; i++) {
		int asker = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
		struct sockaddr_un to = {.sun_family = AF_UNIX};

		setsockopt(asker, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
		strcpy(to.sun_path, path);
		assert_int_equal(connect(asker, (struct sockaddr *)&to, sizeof(to)), 0);
		assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
		last = dup(0);
		close(last);
		few = (struct rlimit){.rlim_cur = (rlim_t)last, .rlim_max = before.rlim_max};
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
		status_begin(&s);
		status_wrong(&s, "No descriptors are left.");
		status_answer(&at, &s);
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
		memset(text, 0, sizeof(text));
		assert_true(recv(asker, text, sizeof(text) - 1, MSG_WAITALL) > 0);
		assert_string_equal(text, "wrong\nWRONG: No descriptors are left.\n");
		close(asker);
		assert_true(at.spare >= 0);
	}
	status_close(&at, path);
}

static void a_file_is_left_alone(void **state)
{
	FILE *f = fopen(path, "w");
	struct status_socket at;
	char said[STATUS_FAULT_MAX];

	(void)state;
	assert_non_null(f);
	fclose(f);
	assert_int_equal(status_listen(&at, path), -EADDRINUSE);
	assert_int_equal(status_listen_fault(said, -EADDRINUSE, "connvis-test", "/run/x"), LOG_LEVEL_WARNING);
	assert_string_equal(
	    said, "Something else is at /run/x, so \"connvis-test --status\" does not ask this one.");
	assert_int_equal(access(path, F_OK), 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(status_listen(&at, "/nonexistent/x"), -ENOENT);
	assert_int_equal(status_listen_fault(said, -ENOENT, "connvis-test", "/nonexistent/x"),
			 LOG_LEVEL_DEBUG);
	assert_string_equal(said, "Nobody can ask at /nonexistent/x: No such file or directory.");
}

static void times_and_options(void **state)
{
	char buffer[32];

	(void)state;
	assert_string_equal(status_time(buffer, 0), "0 seconds");
	assert_string_equal(status_time(buffer, 1999), "1 second");
	assert_string_equal(status_time(buffer, 119000), "1 minute");
	assert_string_equal(status_time(buffer, 7200000), "2 hours");
	assert_string_equal(status_time(buffer, 3 * 86400000ull), "3 days");
	assert_null(status_check(""));
	assert_null(status_check("/run/x"));
	assert_non_null(status_check("x"));
	assert_non_null(
	    status_check("/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"));
}

static int setup(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/status", folder);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_good_and_what_is_wrong),
	    cmocka_unit_test(what_answers_is_not_believed),
	    cmocka_unit_test(why_nobody_answers),
	    cmocka_unit_test(without_descriptors_it_still_answers),
	    cmocka_unit_test(a_file_is_left_alone),
	    cmocka_unit_test(times_and_options),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
