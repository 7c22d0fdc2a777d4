/* SPDX-License-Identifier: MIT */
#include "history_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "category.h"
#include "cmocka_all.h"
#include "util.h"

#define HEAD "connvis-history 1\n"
#define FIRST                                                                                                \
	"block\n"                                                                                            \
	"device 1 02:1a:ff:00:99:10 192.0.2.5 Mila's phone\n"                                                \
	"device 2 - 2001:db8::5 Äiti\n"                                                                     \
	"device 3 02:1a:ff:00:99:11 - -\n"                                                                   \
	"party 1 FI video - company Example Clouds\n"                                                        \
	"party 2 - - private -\n"                                                                            \
	"party 3 SE - - name shop.test\n"                                                                    \
	"party 4 - - - network 64496 Example Networks\n"                                                     \
	"party 5 - - - network 64497\n"                                                                      \
	"span 1764262800000 15 900000\n"                                                                     \
	"cell 1 1 18446744073709551615 2000 1 0\n"                                                           \
	"cell 0 2 5 6 4294967295 8\n"                                                                        \
	"span 1764263700000 1 31000\n"                                                                       \
	"event company 1764263710000 1 3 0 1 12\n"                                                           \
	"event mark 1764263720000 0 0 0 0 0 Everybody opened a page\n"                                       \
	"event gap 1764263730000 0 0 60000 0 0\n"
#define SECOND                                                                                               \
	"block\n"                                                                                            \
	"span 1764263760000 1 60000\n"

/* Writes what it reads. */
struct copy {
	char *text;
	size_t length, begin, n;
	FILE *f;
	uint32_t devices, parties;
};

static void end_block(struct copy *c)
{
	fflush(c->f);
	if (c->begin)
		history_file_end(c->f, c->text + c->begin, c->length - c->begin, c->n);
}

static void on_block(void *data)
{
	struct copy *c = data;

	end_block(c);
	history_file_begin(c->f);
	fflush(c->f);
	c->begin = c->length;
	c->n = c->devices = c->parties = 0;
}

static void on_device(void *data, const struct past_device *device)
{
	struct copy *c = data;

	c->n++;
	history_file_device(c->f, ++c->devices, device);
}

static void on_party(void *data, const struct party_facts *party)
{
	struct party_facts facts = *party;
	struct copy *c = data;

	c->n++;
	if (!facts.text[0])
		facts.text = NULL;
	history_file_party(c->f, ++c->parties, &facts);
}

static void on_span(void *data, const struct history_file_span *span)
{
	struct copy *c = data;

	c->n++;
	history_file_span(c->f, span);
}

static void on_cell(void *data, const struct history_file_cell *cell)
{
	struct copy *c = data;

	c->n++;
	history_file_cell(c->f, cell);
}

static void on_event(void *data, const struct history_file_event *event)
{
	struct copy *c = data;

	c->n++;
	history_file_event(c->f, event);
}

static const struct history_reader copier = {on_block, on_device, on_party, on_span, on_cell, on_event};

/* Reads it, and gives what was read as text. */
static int copy(const char *text, size_t length, char **ret)
{
	struct copy c = {};
	int r;

	c.f = open_memstream(&c.text, &c.length);
	assert_non_null(c.f);
	history_file_head(c.f);
	r = history_file_read(text, length, &copier, &c);
	end_block(&c);
	fclose(c.f);
	*ret = c.text;
	return r;
}

/* With the ends that belong to its blocks. */
static char *make(const char *first, const char *second)
{
	char *text, *ret;
	size_t length;
	FILE *f = open_memstream(&text, &length);
	const char *blocks[] = {first, second};

	assert_non_null(f);
	fputs(HEAD, f);
	for (size_t i = 0; i < 2 && blocks[i]; i++) {
		const char *lines = strchr(blocks[i], '\n') + 1;
		size_t n = 0;

		for (const char *at = lines; *at; at++)
			n += *at == '\n';
		fputs(blocks[i], f);
		history_file_end(f, lines, strlen(lines), n);
	}
	fclose(f);
	ret = strdup(text);
	free(text);
	return ret;
}

static void test_reads_what_it_writes(void **state)
{
	char *text = make(FIRST, SECOND), *again;

	(void)state;
	assert_int_equal(copy(text, strlen(text), &again), 0);
	assert_string_equal(again, text);
	free(again);
	free(text);
}

/* A power cut leaves some of the last block, or zeros in its place: the rest is there all the same. */
static void test_torn(void **state)
{
	char *text = make(FIRST, SECOND), *first = make(FIRST, NULL), *again;

	(void)state;
	for (size_t length = strlen(first) + 1; length < strlen(text); length++) {
		assert_int_equal(copy(text, length, &again), 1);
		assert_string_equal(again, first);
		free(again);
	}
	memset(text + strlen(first), 0, strlen(text) - strlen(first));
	assert_int_equal(copy(text, strlen(first) + 50, &again), 1);
	assert_string_equal(again, first);
	free(again);
	free(first);
	free(text);
}

/* In its middle, or from the beginning on: nobody is told anything of it. */
static void test_spoilt(void **state)
{
	char *text = make(FIRST, SECOND), *first = make(FIRST, NULL), *again;
	size_t length = strlen(text), end = strlen(first);

	(void)state;
	for (size_t i = 0; i < end; i++) {
		char byte = text[i];

		text[i] ^= 1;
		assert_true(copy(text, length, &again) < 0);
		assert_string_equal(again, HEAD);
		free(again);
		text[i] = byte;
	}
	for (size_t i = 0; i < end; i++)
		assert_int_equal(history_file_read(text, i, NULL, NULL), -EBADMSG);
	free(first);
	free(text);
}

static void test_other_versions(void **state)
{
	(void)state;
	assert_int_equal(history_file_read("connvis-history 2\nwhatever\n", 27, NULL, NULL), -EPROTO);
	assert_int_equal(history_file_read("connvis-history 0\n", 18, NULL, NULL), -EBADMSG);
	assert_int_equal(history_file_read("connvis-session 1\n", 18, NULL, NULL), -EBADMSG);
	assert_int_equal(history_file_read("", 0, NULL, NULL), -EBADMSG);
}

/* Lines that are wrong in themselves, with an end that is right. */
static void test_wrong_lines(void **state)
{
	static const char *const wrong[] = {
	    "block\nwhatever\n",
	    "block\ndevice 2 - - Mila\n",
	    "block\ndevice 1 02:1a:ff:00:99 - Mila\n",
	    "block\ndevice 1 - 192.0.2 Mila\n",
	    "block\ndevice 1 - - \n",
	    "block\ndevice 1 - - a name that is longer than any name of a device may be\n",
	    "block\ndevice 1 - - \xff\n",
	    "block\nparty 1 fi - - -\n",
	    "block\nparty 1 FIN - - -\n",
	    "block\nparty 1 - - - company\n",
	    "block\nparty 1 - - - whatever x\n",
	    "block\nparty 1 - - - network\n",
	    "block\nparty 1 - - - -  x\n",
	    "block\ncell 0 0 1 1 1 1\n",
	    "block\nspan 1764262800000 1 60000\ncell 1 0 1 1 1 1\n",
	    "block\nspan 1764262800000 1 60000\ncell 0 0 1 1 1 4294967296\n",
	    "block\nspan 1764262800000 1 60000\ncell 0 0 1 1 1 1 1\n",
	    "block\nspan 1764262800001 1 60000\n",
	    "block\nspan 1764262860000 15 60000\n",
	    "block\nspan 1764262800000 2 60000\n",
	    "block\nspan 1764262800000 1 60001\n",
	    "block\nspan 9223372036854775807 1 60000\n",
	    "block\nspan -60000 1 60000\n",
	    "block\nevent mark 1 1 0 0 0 0\n",
	    "block\nevent mark 1 0 1 0 0 0\n",
	    "block\nevent mark 1 0 0 0 2 0\n",
	    "block\nevent mark 1 0 0 0 0\n",
	};

	(void)state;
	for (size_t i = 0; i < ELEMENTS_OF(wrong); i++) {
		char *text = make(wrong[i], NULL);

		assert_int_equal(history_file_read(text, strlen(text), NULL, NULL), -EBADMSG);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reads_what_it_writes),
	    cmocka_unit_test(test_torn),
	    cmocka_unit_test(test_spoilt),
	    cmocka_unit_test(test_other_versions),
	    cmocka_unit_test(test_wrong_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
