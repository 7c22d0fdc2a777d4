/* SPDX-License-Identifier: MIT */
#include "session_file.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "category.h"
#include "special.h"
#include "text.h"
#include "util.h"

#define VERSION 3

static const char *const whom_words[] = {
    [SESSION_WITH_UNKNOWN] = "-",
    [SESSION_WITH_COMPANY] = "company",
    [SESSION_WITH_NAME] = "name",
    [SESSION_WITH_NETWORK] = "network",
};

static const char *const note_words[SESSION_NOTES] = {
    [SESSION_ROUND] = "round",	   [SESSION_FROZEN] = "frozen", [SESSION_DEVICE] = "device",
    [SESSION_COMPANY] = "company", [SESSION_VIEW] = "view",	[SESSION_NAMES_LOCKED] = "names-locked",
    [SESSION_MARK] = "mark",	   [SESSION_PLAY] = "play",	[SESSION_CHOICE] = "choice",
    [SESSION_VOTED] = "voted",
};

static bool take_traffic(struct text *line, struct traffic *ret)
{
	return text_take_word_number(line, UINT64_MAX, &ret->up_bytes) &&
	       text_take_word_number(line, UINT64_MAX, &ret->down_bytes) &&
	       text_take_word_number(line, UINT64_MAX, &ret->up_packets) &&
	       text_take_word_number(line, UINT64_MAX, &ret->down_packets);
}

static bool read_mac(struct text word, struct session_device *ret)
{
	char text[MAC_TEXT_MAX];

	if (text_is(word, "-"))
		return true;
	ret->has_mac = text_mac(word, ret->mac);
	/* As it is written, in small letters. */
	return ret->has_mac && text_is(word, mac_format(ret->mac, text));
}

static bool read_device(struct text line, struct session_device *ret)
{
	uint64_t self;

	if (!read_mac(text_take_word(&line), ret) || !text_take_word_number(&line, 1, &self))
		return false;
	ret->self = self;
	return take_traffic(&line, &ret->traffic) && text_take_word_u32(&line, UINT32_MAX, &ret->total) &&
	       text_take_word_u32(&line, UINT32_MAX, &ret->unseen) &&
	       text_take_word_number(&line, INT64_MAX, &ret->seen) &&
	       text_take_word_number(&line, INT64_MAX, &ret->active) &&
	       text_take_word_number(&line, INT64_MAX, &ret->looked_up) &&
	       text_take_word_number(&line, INT64_MAX, &ret->hidden_dns) &&
	       /* not there in files of the first version */
	       (!line.length || text_take_word_number(&line, INT64_MAX, &ret->clear_dns)) && !line.length;
}

static bool read_category(struct text word, uint8_t *ret)
{
	char category[32];

	if (text_is(word, "-"))
		return true;
	if (word.length >= sizeof(category))
		return false;
	snprintf(category, sizeof(category), "%.*s", (int)word.length, word.at);
	*ret = category_of(category);
	/* A word of another version is no reason to forget the rest. */
	return true;
}

static bool read_special(struct text word, enum special *ret)
{
	for (int i = 1; i < SPECIALS; i++)
		if (text_is(word, special_word((enum special)i)))
			*ret = (enum special)i;
	return *ret || text_is(word, "-");
}

static bool read_whom(struct text line, struct session_sum *ret, char buffer[SESSION_TEXT_MAX])
{
	struct text word = text_take_word(&line);
	bool known = false;

	for (unsigned i = 0; i < ELEMENTS_OF(whom_words); i++)
		if (text_is(word, whom_words[i])) {
			ret->whom = (enum session_whom)i;
			known = true;
		}
	if (!known ||
	    (ret->whom == SESSION_WITH_NETWORK && !text_take_word_u32(&line, UINT32_MAX, &ret->asn)))
		return false;
	ret->text = buffer;
	return line.length < SESSION_TEXT_MAX && text_copy(buffer, SESSION_TEXT_MAX, line.at, line.length) &&
	       (line.length || ret->whom == SESSION_WITH_UNKNOWN || ret->whom == SESSION_WITH_NETWORK);
}

static bool read_sum(struct text line, struct session_sum *ret, char buffer[SESSION_TEXT_MAX])
{
	return take_traffic(&line, &ret->traffic) &&
	       text_take_word_u32(&line, UINT32_MAX, &ret->conversations) &&
	       text_take_word_u32(&line, UINT32_MAX, &ret->total) &&
	       text_take_word_number(&line, INT64_MAX, &ret->seen) &&
	       text_take_word_number(&line, INT64_MAX, &ret->active) &&
	       text_country(text_take_word(&line), ret->country) &&
	       read_category(text_take_word(&line), &ret->category) &&
	       read_special(text_take_word(&line), &ret->special) && read_whom(line, ret, buffer);
}

static bool read_connection(struct text line, struct session_connection *ret)
{
	return text_take_word_number(&line, UINT64_MAX, &ret->key) &&
	       text_take_word_number(&line, UINT64_MAX, &ret->bytes[CT_ORIG]) &&
	       text_take_word_number(&line, UINT64_MAX, &ret->bytes[CT_REPLY]) &&
	       text_take_word_number(&line, UINT64_MAX, &ret->packets[CT_ORIG]) &&
	       text_take_word_number(&line, UINT64_MAX, &ret->packets[CT_REPLY]) && !line.length;
}

static bool read_room(struct text line, struct session_room *ret)
{
	struct text word = text_take_word(&line);
	bool known = false;

	for (unsigned i = 0; i < SESSION_NOTES; i++)
		if (text_is(word, note_words[i])) {
			ret->note = (enum session_note)i;
			known = true;
		}
	return known && text_take_word_number(&line, INT64_MAX, &ret->at) &&
	       text_take_word_number(&line, INT64_MAX, &ret->timer) && line.length < SESSION_TEXT_MAX &&
	       text_copy(ret->text, SESSION_TEXT_MAX, line.at, line.length);
}

static bool read_apart(struct text line, struct traffic *ret)
{
	return text_take_word_number(&line, UINT64_MAX, &ret->up_bytes) &&
	       text_take_word_number(&line, UINT64_MAX, &ret->down_bytes) && !line.length;
}

static bool read_time(struct text line, struct session_time *ret)
{
	return text_take_word_number(&line, INT64_MAX, &ret->began) &&
	       text_take_word_number(&line, INT64_MAX, &ret->saved) && !line.length;
}

static bool read_secret(struct text line, struct siphash_secret *ret)
{
	return text_take_word_number(&line, UINT64_MAX, &ret->k0) &&
	       text_take_word_number(&line, UINT64_MAX, &ret->k1) && !line.length;
}

/* Tells reader what stands in one line. */
static bool read_line(struct text line, const struct session_reader *reader, void *data)
{
	union {
		struct session_device device;
		struct session_sum sum;
		struct session_connection connection;
		struct session_room room;
		struct traffic apart;
		struct session_time time;
		struct siphash_secret secret;
		struct address address;
	} is = {};
	char buffer[SESSION_TEXT_MAX];

#define LINE(what, good)                                                                                     \
	if (text_take(&line, #what " ")) {                                                                   \
		if (!(good))                                                                                 \
			return false;                                                                        \
		if (reader->what)                                                                            \
			reader->what(data, &is.what);                                                        \
		return true;                                                                                 \
	}
	LINE(connection, read_connection(line, &is.connection))
	LINE(sum, read_sum(line, &is.sum, buffer))
	LINE(address, text_address(line, &is.address))
	LINE(device, read_device(line, &is.device))
	LINE(apart, read_apart(line, &is.apart))
	LINE(room, read_room(line, &is.room))
	LINE(time, read_time(line, &is.time))
	LINE(secret, read_secret(line, &is.secret))
#undef LINE
	return false;
}

static int read_head(struct text *file)
{
	struct text line;
	uint64_t version;

	if (!text_take_line(file, &line) || !text_take(&line, "connvis-session ") ||
	    !text_take_word_number(&line, UINT32_MAX, &version))
		return -EBADMSG;
	return version > VERSION ? -EPROTO : version ? 0 : -EBADMSG;
}

/* The lines after the head, up to the end. */
static int read_lines(struct text file, const struct session_reader *reader, void *data)
{
	struct text line;
	uint64_t n = 0, told;

	while (text_take_line(&file, &line)) {
		if (text_take(&line, "end "))
			return text_take_word_number(&line, UINT64_MAX, &told) && told == n ? 0 : -EBADMSG;
		if (!read_line(line, reader, data))
			return -EBADMSG;
		n++;
	}
	return -EBADMSG;
}

int session_file_read(const char *text, size_t length, const struct session_reader *reader, void *data)
{
	static const struct session_reader only_check = {};
	struct text file = {text, length};
	int r = read_head(&file);

	if (r == 0)
		r = read_lines(file, &only_check, NULL);
	if (r == 0 && reader)
		r = read_lines(file, reader, data);
	return r;
}

static void write_traffic(FILE *f, const struct traffic *t)
{
	fprintf(f, "%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64, t->up_bytes, t->down_bytes, t->up_packets,
		t->down_packets);
}

void session_file_head(FILE *f, const struct session_time *time, const struct siphash_secret *secret)
{
	fprintf(f, "connvis-session %d\ntime %" PRIu64 " %" PRIu64 "\nsecret %" PRIu64 " %" PRIu64 "\n",
		VERSION, time->began, time->saved, secret->k0, secret->k1);
}

void session_file_device(FILE *f, const struct session_device *d)
{
	char mac[MAC_TEXT_MAX];

	fprintf(f, "device %s", d->has_mac ? mac_format(d->mac, mac) : "-");
	fprintf(f, " %d ", d->self);
	write_traffic(f, &d->traffic);
	fprintf(f, " %" PRIu32 " %" PRIu32 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n",
		d->total, d->unseen, d->seen, d->active, d->looked_up, d->hidden_dns, d->clear_dns);
}

void session_file_address(FILE *f, const struct address *address)
{
	char text[ADDRESS_TEXT_MAX];

	fprintf(f, "address %s\n", address_format(address, text));
}

static const char *or_dash(const char *word)
{
	return word && word[0] ? word : "-";
}

void session_file_sum(FILE *f, const struct session_sum *s)
{
	fputs("sum ", f);
	write_traffic(f, &s->traffic);
	fprintf(f, " %" PRIu32 " %" PRIu32 " %" PRIu64 " %" PRIu64 " %s %s %s %s", s->conversations, s->total,
		s->seen, s->active, or_dash(s->country), or_dash(category_word(s->category)),
		or_dash(special_word(s->special)), whom_words[s->whom]);
	if (s->whom == SESSION_WITH_NETWORK)
		fprintf(f, " %" PRIu32, s->asn);
	if (s->whom != SESSION_WITH_UNKNOWN)
		fprintf(f, " %s", s->text);
	fputc('\n', f);
}

void session_file_connection(FILE *f, const struct session_connection *c)
{
	fprintf(f, "connection %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", c->key,
		c->bytes[CT_ORIG], c->bytes[CT_REPLY], c->packets[CT_ORIG], c->packets[CT_REPLY]);
}

void session_file_room(FILE *f, const struct session_room *r)
{
	fprintf(f, "room %s %" PRIu64 " %" PRIu64 "%s%s\n", note_words[r->note], r->at, r->timer,
		r->text[0] ? " " : "", r->text);
}

void session_file_apart(FILE *f, const struct traffic *bytes)
{
	fprintf(f, "apart %" PRIu64 " %" PRIu64 "\n", bytes->up_bytes, bytes->down_bytes);
}

void session_file_end(FILE *f, size_t n_lines)
{
	fprintf(f, "end %zu\n", n_lines);
}
