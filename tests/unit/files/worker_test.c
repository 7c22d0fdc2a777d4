/* SPDX-License-Identifier: MIT */
#include "worker.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "util.h"

struct task {
	struct worker_job job;
	char name;
	pthread_t thread;
};

static char ran[16], came_back[16], dropped[16];
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER; /* closed while the test holds it */

static void note(char *text, char name)
{
	size_t length = strlen(text);

	text[length] = name;
	text[length + 1] = '\0';
}

static void run(struct worker_job *job, const struct worker *w)
{
	struct task *t = (struct task *)job;

	(void)w;
	pthread_mutex_lock(&gate);
	note(ran, t->name);
	t->thread = pthread_self();
	pthread_mutex_unlock(&gate);
}

static void run_until_ending(struct worker_job *job, const struct worker *w)
{
	(void)job;
	note(ran, '*');
	while (!worker_is_ending(w))
		usleep(1000);
}

static void done(struct worker_job *job)
{
	note(came_back, ((struct task *)job)->name);
}

static void drop(struct worker_job *job)
{
	note(dropped, ((struct task *)job)->name);
}

static struct task task(char name)
{
	return (struct task){.job = {.run = run, .done = done, .drop = drop}, .name = name};
}

static int set_up(void **state)
{
	static sd_event *event;

	ran[0] = came_back[0] = dropped[0] = '\0';
	*state = &event;
	return sd_event_new(&event);
}

static int take_down(void **state)
{
	sd_event_unref(*(sd_event **)*state);
	return 0;
}

static void test_in_turn_in_a_thread(void **state)
{
	sd_event *event = *(sd_event **)*state;
	struct task tasks[] = {task('a'), task('b'), task('c')};
	struct worker *w;

	assert_int_equal(worker_new(&w, event), 0);
	for (size_t i = 0; i < ELEMENTS_OF(tasks); i++)
		assert_int_equal(worker_do(w, &tasks[i].job), 0);
	for (int i = 0; i < 100 && strlen(came_back) < 3; i++)
		assert_true(sd_event_run(event, 100000) >= 0);
	assert_string_equal(came_back, "abc");
	assert_false(pthread_equal(tasks[0].thread, pthread_self()));
	/* A job may be handed over again. */
	assert_int_equal(worker_do(w, &tasks[1].job), 0);
	for (int i = 0; i < 100 && strlen(came_back) < 4; i++)
		assert_true(sd_event_run(event, 100000) >= 0);
	assert_string_equal(came_back, "abcb");
	worker_free(w, false, 1000);
	assert_string_equal(dropped, "");
}

static void test_the_loop_goes_on(void **state)
{
	sd_event *event = *(sd_event **)*state;
	struct task slow = task('s');
	struct worker *w;
	uint64_t before = clock_ms();

	assert_int_equal(worker_new(&w, event), 0);
	pthread_mutex_lock(&gate);
	assert_int_equal(worker_do(w, &slow.job), 0);
	assert_int_equal(sd_event_run(event, 20000), 0);
	assert_true(clock_ms() - before < 5000);
	assert_string_equal(came_back, "");
	pthread_mutex_unlock(&gate);
	worker_free(w, true, 10000);
	assert_string_equal(ran, "s");
	assert_string_equal(dropped, "s");
}

static void test_flush_and_drop(void **state)
{
	sd_event *event = *(sd_event **)*state;
	struct task first = task('1'), second = task('2');
	struct worker *w;

	assert_int_equal(worker_new(&w, event), 0);
	assert_int_equal(worker_do(w, &first.job), 0);
	assert_int_equal(worker_do(w, &second.job), 0);
	worker_free(w, true, 10000);
	assert_string_equal(ran, "12");
	assert_string_equal(came_back, "");
	assert_string_equal(dropped, "12");

	/* Without flushing, what waits is left, and what runs hears of it. */
	first.job.run = run_until_ending;
	assert_int_equal(worker_new(&w, event), 0);
	assert_int_equal(worker_do(w, &first.job), 0);
	assert_int_equal(worker_do(w, &second.job), 0);
	worker_free(w, false, 10000);
	assert_null(strchr(ran + 2, '2'));
	assert_int_equal(strlen(dropped), 4);
}

/* The thread is stuck: the program ends all the same. */
static void test_a_thread_that_hangs(void **state)
{
	sd_event *event = *(sd_event **)*state;
	static struct task stuck;
	struct worker *w;
	uint64_t before = clock_ms();

	stuck = task('x');
	assert_int_equal(worker_new(&w, event), 0);
	pthread_mutex_lock(&gate);
	assert_int_equal(worker_do(w, &stuck.job), 0);
	worker_free(w, true, 50);
	assert_in_range(clock_ms() - before, 49, 5000);
	assert_string_equal(dropped, "");
	pthread_mutex_unlock(&gate);
	/* It uses its worker's memory to its end, which nobody can wait for. */
	usleep(100000);
}

/* Several, for a sanitizer may find one of them by chance in what is left on the stack. */
static bool hand_over(struct worker *w)
{
	for (int i = 0; i < 8; i++) {
		struct task *left = malloc(sizeof(*left));

		*left = task('x');
		if (worker_do(w, &left->job) < 0)
			return false;
	}
	return true;
}

/* What it was doing is lost on purpose: a sanitizer does not call it a leak, and the program ends as it was told. */
static void test_a_thread_that_is_left(void **state)
{
	int status;
	pid_t child = fork();

	(void)state;
	assert_true(child >= 0);
	if (child == 0) {
		sd_event *event; /* another process may not use its parent's */
		struct worker *w;

		pthread_mutex_lock(&gate);
		if (sd_event_new(&event) < 0 || worker_new(&w, event) < 0 || !hand_over(w))
			_exit(1);
		worker_free(w, true, 50);
		sd_event_unref(event);
		pthread_mutex_unlock(&gate);
		usleep(100000);
		exit(7);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 7);
}

static void test_nothing_to_do(void **state)
{
	sd_event *event = *(sd_event **)*state;
	struct worker *w;

	assert_int_equal(worker_new(&w, event), 0);
	assert_null(worker_free(w, true, 0));
	assert_null(worker_free(NULL, true, 0));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, take_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_in_turn_in_a_thread), TEST(test_the_loop_goes_on),    TEST(test_flush_and_drop),
	    TEST(test_nothing_to_do),	    TEST(test_a_thread_that_hangs), TEST(test_a_thread_that_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
