/* Bytes of one input by line or by block, counted and digested on the way. */
#include "source/reader.h"

#include <string.h>

#include "source/ahead.h"
#include "source/ledger.h"
#include "source/wide.h"

#define BLOCK (256U << 10) /* what is read at once */
#define LONG (8U << 20) /* bytes: a shorter input is not worth a thread */

struct reader {
	struct bytes *bytes;
	struct source_info *info;
	struct digest *digest;
	struct ahead *ahead; /* NULL: none, or not yet; else it adds to DIGEST */
	struct wide *wide; /* NULL: the input is not UTF-16 */
	char *buffer;
	size_t start, end, room; /* unread bytes are BUFFER[START..END), and END < ROOM */
	uint64_t number; /* lines read */
	uint64_t taken; /* bytes read */
	bool apart; /* INFO is told of them only at the end */
	bool begun, ended, skipping; /* SKIPPING: up to the end of a line that was cut */
	bool failed; /* ERROR is to be told when the bytes before it are used up */
	struct err error;
	const struct reader_feed *feed; /* NULL: the lines are those of BYTES */
	char *carry; /* a line of FEED of which a block took a part */
	size_t carry_at, carry_length;
};

struct reader *reader_new(TALLOC_CTX *mem, struct bytes *bytes, struct source_info *info)
{
	struct reader *reader = mem_new(mem, struct reader);

	reader->bytes = bytes;
	reader->info = info;
	reader->digest = digest_new(reader);
	return reader;
}

struct reader *reader_over(
	TALLOC_CTX *mem, const struct reader_feed *feed, struct source_info *info)
{
	struct reader *reader = mem_new(mem, struct reader);

	reader->feed = feed;
	reader->info = info;
	return reader;
}

bool reader_is_long(const struct reader *reader)
{
	return reader->bytes->regular && reader->bytes->size >= LONG;
}

uint64_t reader_bytes(const struct reader *reader)
{
	return reader->taken;
}

void reader_apart(struct reader *reader, bool apart)
{
	reader->apart = apart;
}

int64_t reader_date(const struct reader *reader)
{
	return reader->bytes->date;
}

/* Room for another block behind END: by moving what is unread to the front, else by growing. */
static void make_room(struct reader *reader)
{
	size_t used = reader->end - reader->start;
	size_t wanted = used + BLOCK + 1;

	if (reader->start > 0)
		memmove(reader->buffer, reader->buffer + reader->start, used);
	reader->start = 0;
	reader->end = used;
	if (wanted <= reader->room)
		return;
	reader->room = wanted > 2 * reader->room ? wanted : 2 * reader->room;
	reader->buffer = mem_check(talloc_realloc(reader, reader->buffer, char, reader->room));
}

/* The marks at the very beginning that say how the text is encoded are no part of it. */
static void begin(struct reader *reader)
{
	const char *head = reader->buffer + reader->start;
	size_t length = reader->end - reader->start;

	reader->begun = true;
	if (length >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0)
		reader->start += 3;
	reader->wide = wide_new(reader, head, length);
	if (reader->wide != NULL) {
		ledger_note(reader->info, "the text is UTF-16 and was read as such");
		reader->end =
			reader->start + wide_convert(reader->wide, reader->buffer + reader->start,
						length, reader->room - reader->start);
	}
}

/* As bytes_read, digested too. */
static ssize_t read_digested(struct reader *reader, char *out, size_t size)
{
	ssize_t got;

	if (reader->ahead == NULL && reader->begun && reader_is_long(reader))
		reader->ahead = ahead_new(reader, reader->bytes, reader->digest);
	if (reader->ahead != NULL)
		return ahead_read(reader->ahead, out, size, &reader->error);
	got = bytes_read(reader->bytes, out, size, &reader->error);
	if (got > 0)
		digest_add(reader->digest, out, (size_t)got);
	return got;
}

/* More bytes into OUT; 0: there are no more, for good. */
static ssize_t receive(struct reader *reader, char *out, size_t size)
{
	ssize_t got;

	if (reader->ended)
		return 0;
	got = read_digested(reader, out, size);
	reader->ended = got <= 0;
	reader->failed = got < 0;
	if (got <= 0)
		return 0;
	reader->taken += (uint64_t)got;
	if (!reader->apart)
		reader->info->bytes = reader->taken;
	return got;
}

/* 1: there is more in the buffer. 0: there is no more, for good. */
static int refill(struct reader *reader)
{
	size_t half = BLOCK;
	ssize_t got;

	if (reader->ended)
		return 0;
	if (reader->room - reader->end < BLOCK + 1)
		make_room(reader);
	if (!reader->begun || reader->wide != NULL)
		half = BLOCK / 2; /* UTF-16 grows by half at most when it becomes UTF-8 */
	got = receive(reader, reader->buffer + reader->end, half);
	if (got == 0)
		return 0;
	if (reader->wide != NULL)
		got = (ssize_t)wide_convert(reader->wide, reader->buffer + reader->end, (size_t)got,
			reader->room - reader->end);
	reader->end += (size_t)got;
	if (!reader->begun)
		begin(reader);
	return 1;
}

/* At the end: 0, or -1 where the end is a failure; told once. */
static int ending(struct reader *reader, struct err *err)
{
	if (!reader->failed)
		return 0;
	reader->failed = false;
	*err = reader->error;
	ledger_cut(reader->info, "reading broke off after %llu bytes: %s",
		(unsigned long long)reader->taken, err->text);
	return -1;
}

const char *reader_sample(struct reader *reader, size_t *length)
{
	if (reader->feed != NULL)
		return reader->feed->sample(reader->feed->context, length);
	while (reader->end - reader->start < FORMAT_SAMPLE && refill(reader) > 0)
		;
	*length = reader->end - reader->start;
	if (*length > FORMAT_SAMPLE)
		*length = FORMAT_SAMPLE;
	return reader->buffer != NULL ? reader->buffer + reader->start : "";
}

/* The rest of a line that was cut. */
static void skip_line(struct reader *reader)
{
	while (reader->skipping) {
		char *begin_at = reader->buffer + reader->start;
		char *newline = memchr(begin_at, '\n', reader->end - reader->start);

		reader->skipping = newline == NULL;
		reader->start =
			newline != NULL ? (size_t)(newline + 1 - reader->buffer) : reader->end;
		if (newline == NULL && refill(reader) == 0)
			reader->skipping = false;
	}
}

/* The bytes up to the next newline, without it; where there is none, all there are. */
static size_t find_end(struct reader *reader, bool *complete)
{
	size_t seen = 0;

	*complete = true;
	for (;;) {
		size_t length = reader->end - reader->start;
		char *from = reader->buffer + reader->start;
		char *newline = length > seen ? memchr(from + seen, '\n', length - seen) : NULL;

		if (newline != NULL)
			return (size_t)(newline - from);
		seen = length;
		if (length > SOURCE_LINE_MAX || refill(reader) == 0)
			break;
	}
	*complete = false;
	return seen;
}

int reader_line(
	struct reader *reader, char **line, size_t *length, uint64_t *number, struct err *err)
{
	bool complete;
	size_t found;
	char *text;

	if (reader->feed != NULL)
		return reader->feed->line(reader->feed->context, line, length, number, err);
	if (reader->skipping)
		skip_line(reader);
	found = find_end(reader, &complete);
	if (found == 0 && !complete)
		return ending(reader, err);
	text = reader->buffer + reader->start;
	*number = ++reader->number;
	if (found > SOURCE_LINE_MAX) {
		ledger_cut(reader->info, "line %llu is longer than 1 MiB and was cut there",
			(unsigned long long)reader->number);
		reader->skipping = !complete;
		reader->start += found + complete;
		found = SOURCE_LINE_MAX;
	} else {
		reader->start += found + complete;
		if (found > 0 && text[found - 1] == '\r')
			found--;
	}
	text[found] = '\0';
	*line = text;
	*length = found;
	return 1;
}

/* As reader_block, of lines that somebody else has. */
static ssize_t feed_block(struct reader *reader, char *bytes, size_t size, struct err *err)
{
	size_t left = reader->carry_length - reader->carry_at;
	uint64_t number;
	char *line;
	int got;

	if (left == 0) {
		got = reader_line(reader, &line, &left, &number, err);
		if (got <= 0)
			return got;
		talloc_free(reader->carry);
		reader->carry = mem_array(reader, char, left + 1);
		memcpy(reader->carry, line, left);
		reader->carry[left++] = '\n';
		reader->carry_length = left;
		reader->carry_at = 0;
	}
	if (size > left)
		size = left;
	memcpy(bytes, reader->carry + reader->carry_at, size);
	reader->carry_at += size;
	return (ssize_t)size;
}

ssize_t reader_block(struct reader *reader, char *bytes, size_t size, struct err *err)
{
	size_t left = reader->end - reader->start;
	ssize_t got;

	if (reader->feed != NULL)
		return feed_block(reader, bytes, size, err);
	/* what needs no look at, and nothing of which waits in the buffer, takes no way around */
	if (left == 0 && reader->begun && reader->wide == NULL) {
		got = receive(reader, bytes, size);
		return got > 0 ? got : ending(reader, err);
	}
	if (left == 0 && refill(reader) == 0)
		return ending(reader, err);
	left = reader->end - reader->start;
	if (size > left)
		size = left;
	memcpy(bytes, reader->buffer + reader->start, size);
	reader->start += size;
	return (ssize_t)size;
}

/* As reader_rest, of lines that somebody else has. */
static int feed_rest(TALLOC_CTX *mem, struct reader *reader, size_t limit, char **out,
	size_t *length, struct err *err)
{
	char block[4096];
	ssize_t got;

	*out = mem_strdup(mem, "");
	*length = 0;
	while ((got = feed_block(reader, block, sizeof(block), err)) > 0) {
		if (*length + (size_t)got > limit)
			return err_set(err, ERR_LIMIT, "longer than %zu bytes", limit);
		*out = mem_check(talloc_realloc(mem, *out, char, *length + (size_t)got + 1));
		memcpy(*out + *length, block, (size_t)got);
		*length += (size_t)got;
		(*out)[*length] = '\0';
	}
	return (int)got;
}

int reader_rest(TALLOC_CTX *mem, struct reader *reader, size_t limit, char **out, size_t *length,
	struct err *err)
{
	if (reader->feed != NULL)
		return feed_rest(mem, reader, limit, out, length, err);
	while (reader->end - reader->start <= limit && refill(reader) > 0)
		;
	if (ending(reader, err) < 0)
		return -1;
	*length = reader->end - reader->start;
	if (*length > limit)
		return err_set(err, ERR_LIMIT, "longer than %zu bytes", limit);
	*out = mem_strndup(
		mem, reader->buffer != NULL ? reader->buffer + reader->start : "", *length);
	reader->start = reader->end;
	return 0;
}

int reader_finish(struct reader *reader, struct err *err)
{
	reader->apart = false;
	reader->info->bytes = reader->taken;
	do
		reader->start = reader->end;
	while (refill(reader) > 0);
	digest_end(reader->digest, reader->info->sha256);
	return ending(reader, err);
}
