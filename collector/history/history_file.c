/* SPDX-License-Identifier: MIT */
#include "history_file.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "category.h"
#include "siphash.h"
#include "special.h"
#include "text.h"
#include "util.h"

#define VERSION 1
#define MINUTE_MS 60000
#define LATEST (INT64_MAX / 4) /* ms: nothing begins later */

static const char *const whom_words[] = {
    [WHOM_UNKNOWN] = "-",
    [WHOM_COMPANY] = "company",
    [WHOM_NAME] = "name",
    [WHOM_NETWORK] = "network",
};

/* What has been read of a block. */
struct block {
	uint32_t n_devices, n_parties, n_lines;
	bool has_span;
	const struct history_reader *reader;
	void *data;
};

static bool take_mac(struct text *line, struct past_device *ret)
{
	struct text word = text_take_word(line);

	ret->has_mac = text_mac(word, ret->mac);
	return ret->has_mac || text_is(word, "-");
}

static bool take_address(struct text *line, struct past_device *ret)
{
	struct text word = text_take_word(line);

	ret->has_address = text_address(word, &ret->address);
	return ret->has_address || text_is(word, "-");
}

static bool read_device(struct block *b, struct text line)
{
	struct past_device device = {};
	uint32_t number;

	if (!text_take_word_u32(&line, UINT32_MAX, &number) || number != b->n_devices + 1 ||
	    !take_mac(&line, &device) || !take_address(&line, &device) || !line.length ||
	    line.length >= sizeof(device.alias) ||
	    !text_copy(device.alias, sizeof(device.alias), line.at, line.length))
		return false;
	b->n_devices++;
	if (b->reader && b->reader->device)
		b->reader->device(b->data, &device);
	return true;
}

/* A word of another version is no reason to forget the rest. */
static uint8_t take_category(struct text *line)
{
	struct text word = text_take_word(line);
	char category[32];

	snprintf(category, sizeof(category), "%.*s", (int)(word.length < sizeof(category) ? word.length : 0),
		 word.at);
	return category_of(category);
}

static enum special take_special(struct text *line)
{
	struct text word = text_take_word(line);

	for (int i = 1; i < SPECIALS; i++)
		if (text_is(word, special_word((enum special)i)))
			return (enum special)i;
	return SPECIAL_NONE;
}

static bool take_whom(struct text *line, struct party_facts *ret)
{
	struct text word = text_take_word(line);

	for (unsigned i = 0; i < ELEMENTS_OF(whom_words); i++)
		if (text_is(word, whom_words[i])) {
			ret->whom = (enum whom)i;
			return i != WHOM_NETWORK || text_take_word_u32(line, UINT32_MAX, &ret->asn);
		}
	return false;
}

static bool read_party(struct block *b, struct text line)
{
	struct party_facts party = {};
	char text[PARTY_TEXT_MAX];
	uint32_t number;

	if (!text_take_word_u32(&line, UINT32_MAX, &number) || number != b->n_parties + 1 ||
	    !text_country(text_take_word(&line), party.country))
		return false;
	party.category = take_category(&line);
	party.special = take_special(&line);
	if (!take_whom(&line, &party) || line.length >= sizeof(text) ||
	    !text_copy(text, sizeof(text), line.at, line.length))
		return false;
	if (!line.length != (party.whom == WHOM_UNKNOWN) && party.whom != WHOM_NETWORK)
		return false;
	party.text = text;
	b->n_parties++;
	if (b->reader && b->reader->party)
		b->reader->party(b->data, &party);
	return true;
}

static bool read_span(struct block *b, struct text line)
{
	struct history_file_span span;
	uint64_t at;

	if (!text_take_word_number(&line, LATEST, &at) || !text_take_word_u32(&line, 60, &span.minutes) ||
	    (span.minutes != 1 && span.minutes != 15 && span.minutes != 60) ||
	    at % (span.minutes * MINUTE_MS) ||
	    !text_take_word_u32(&line, span.minutes * MINUTE_MS, &span.watched) || line.length)
		return false;
	span.at = (int64_t)at;
	b->has_span = true;
	if (b->reader && b->reader->span)
		b->reader->span(b->data, &span);
	return true;
}

static bool read_cell(struct block *b, struct text line)
{
	struct history_file_cell cell;

	if (!b->has_span || !text_take_word_u32(&line, b->n_devices, &cell.device) ||
	    !text_take_word_u32(&line, b->n_parties, &cell.party) ||
	    !text_take_word_number(&line, UINT64_MAX, &cell.amounts.up) ||
	    !text_take_word_number(&line, UINT64_MAX, &cell.amounts.down) ||
	    !text_take_word_u32(&line, UINT32_MAX, &cell.amounts.connections) ||
	    !text_take_word_u32(&line, UINT32_MAX, &cell.amounts.lookups) || line.length)
		return false;
	if (b->reader && b->reader->cell)
		b->reader->cell(b->data, &cell);
	return true;
}

static bool read_event(struct block *b, struct text line)
{
	struct history_file_event e = {};
	uint64_t at;
	uint32_t first;

	e.event.kind = event_kind_of(text_take_word(&line));
	if (!text_take_word_number(&line, LATEST, &at) ||
	    !text_take_word_u32(&line, b->n_devices, &e.device) ||
	    !text_take_word_u32(&line, b->n_parties, &e.party) ||
	    !text_take_word_number(&line, UINT64_MAX, &e.event.amount) ||
	    !text_take_word_u32(&line, 1, &first) || !text_take_word_u32(&line, UINT32_MAX, &e.event.more) ||
	    line.length >= sizeof(e.event.text) ||
	    !text_copy(e.event.text, sizeof(e.event.text), line.at, line.length))
		return false;
	e.event.at = (int64_t)at;
	e.event.first = first;
	/* A word of another version is no reason to forget the rest. */
	if (b->reader && b->reader->event && e.event.kind < EVENT_KINDS)
		b->reader->event(b->data, &e);
	return true;
}

static bool read_line(struct block *b, struct text line)
{
	static const struct {
		const char *word;
		bool (*read)(struct block *b, struct text line);
	} kinds[] = {
	    {"cell ", read_cell},   {"span ", read_span},     {"event ", read_event},
	    {"party ", read_party}, {"device ", read_device},
	};

	for (size_t i = 0; i < ELEMENTS_OF(kinds); i++)
		if (text_take(&line, kinds[i].word))
			return kinds[i].read(b, line);
	return false;
}

static uint64_t checksum(const char *bytes, size_t length)
{
	static const struct siphash_secret none;

	return siphash(&none, bytes, length);
}

static bool is_end(struct text line, const struct block *b, const char *lines, size_t length)
{
	char wanted[64];

	snprintf(wanted, sizeof(wanted), "%" PRIu32 " %016" PRIx64, b->n_lines, checksum(lines, length));
	return text_is(line, wanted);
}

/* Takes a block off the front, if it is whole. */
static bool take_block(struct text *file, const struct history_reader *reader, void *data)
{
	struct block b = {.reader = reader, .data = data};
	struct text rest = *file, line;
	const char *lines;

	if (!text_take(&rest, "block\n"))
		return false;
	if (reader && reader->block)
		reader->block(data);
	for (lines = rest.at; text_take_line(&rest, &line); b.n_lines++) {
		if (text_take(&line, "end ")) {
			/* "end " stands before it. */
			if (!is_end(line, &b, lines, (size_t)(line.at - 4 - lines)))
				return false;
			*file = rest;
			return true;
		}
		if (!read_line(&b, line))
			return false;
	}
	return false;
}

/* Is there a whole block somewhere in it? */
static bool has_block(struct text file)
{
	struct text line;

	do {
		struct text block = file;

		if (take_block(&block, NULL, NULL))
			return true;
	} while (text_take_line(&file, &line));
	return false;
}

static int read_head(struct text *file)
{
	struct text line;
	uint64_t version;

	if (!text_take_line(file, &line) || !text_take(&line, "connvis-history ") ||
	    !text_take_word_number(&line, UINT32_MAX, &version) || line.length)
		return -EBADMSG;
	return version > VERSION ? -EPROTO : version ? 0 : -EBADMSG;
}

int history_file_read(const char *text, size_t length, const struct history_reader *reader, void *data)
{
	struct text file = {text, length}, checked;
	int r = read_head(&file);

	if (r < 0)
		return r;
	checked = file;
	while (take_block(&checked, NULL, NULL))
		;
	if (checked.at == file.at || has_block(checked))
		return -EBADMSG;
	file.length -= checked.length;
	while (reader && take_block(&file, reader, data))
		;
	return checked.length ? 1 : 0;
}

void history_file_head(FILE *f)
{
	fprintf(f, "connvis-history %d\n", VERSION);
}

void history_file_begin(FILE *f)
{
	fputs("block\n", f);
}

static const char *or_dash(const char *word)
{
	return word && word[0] ? word : "-";
}

void history_file_device(FILE *f, uint32_t number, const struct past_device *d)
{
	char mac[MAC_TEXT_MAX], address[ADDRESS_TEXT_MAX];

	fprintf(f, "device %" PRIu32 " %s %s %s\n", number, d->has_mac ? mac_format(d->mac, mac) : "-",
		d->has_address ? address_format(&d->address, address) : "-", or_dash(d->alias));
}

void history_file_party(FILE *f, uint32_t number, const struct party_facts *p)
{
	fprintf(f, "party %" PRIu32 " %s %s %s %s", number, or_dash(p->country),
		or_dash(category_word(p->category)), or_dash(special_word(p->special)), whom_words[p->whom]);
	if (p->whom == WHOM_NETWORK)
		fprintf(f, " %" PRIu32, p->asn);
	fprintf(f, "%s%s\n", p->text ? " " : "", p->text ? p->text : "");
}

void history_file_span(FILE *f, const struct history_file_span *s)
{
	fprintf(f, "span %" PRId64 " %" PRIu32 " %" PRIu32 "\n", s->at, s->minutes, s->watched);
}

void history_file_cell(FILE *f, const struct history_file_cell *c)
{
	fprintf(f, "cell %" PRIu32 " %" PRIu32 " %" PRIu64 " %" PRIu64 " %" PRIu32 " %" PRIu32 "\n",
		c->device, c->party, c->amounts.up, c->amounts.down, c->amounts.connections,
		c->amounts.lookups);
}

void history_file_event(FILE *f, const struct history_file_event *e)
{
	const struct event *event = &e->event;

	fprintf(f, "event %s %" PRId64 " %" PRIu32 " %" PRIu32 " %" PRIu64 " %d %" PRIu32 "%s%s\n",
		event_word(event->kind), event->at, e->device, e->party, event->amount, event->first,
		event->more, event->text[0] ? " " : "", event->text);
}

void history_file_end(FILE *f, const char *lines, size_t length, size_t n)
{
	fprintf(f, "end %zu %016" PRIx64 "\n", n, checksum(lines, length));
}
