/* Lines that one step of a parser made, to be yielded one at a time. */
#include "source/transcript/transcript.h"

#include <string.h>

struct piece {
	size_t begin, length; /* in TEXT */
	uint64_t line;
	struct test *test;
	int64_t time;
	bool printed, failing;
};

struct queue {
	struct piece *pieces;
	size_t count, next;
	char *text;
	size_t used;
	bool printed, failing; /* what is added now */
};

struct queue *queue_new(TALLOC_CTX *mem)
{
	return mem_new(mem, struct queue);
}

void queue_printed(struct queue *queue, bool printed)
{
	queue->printed = printed;
}

void queue_failing(struct queue *queue, bool failing)
{
	queue->failing = failing;
}

static size_t keep(struct queue *queue, const char *text, size_t length)
{
	size_t room = queue->text == NULL ? 0 : talloc_get_size(queue->text);
	size_t begin = queue->used;

	if (room - queue->used < length) {
		room = room * 2 < queue->used + length ? queue->used + length + 4096 : room * 2;
		queue->text = mem_check(talloc_realloc(queue, queue->text, char, room));
	}
	if (length > 0)
		memcpy(queue->text + begin, text, length);
	queue->used += length;
	return begin;
}

void queue_entry(struct queue *queue, const char *text, size_t length, uint64_t line,
	struct test *test, int64_t time)
{
	size_t begin;

	if (length > SOURCE_LINE_MAX)
		length = SOURCE_LINE_MAX;
	begin = keep(queue, text, length);
	queue->pieces = mem_grow(queue, queue->pieces, queue->count, sizeof(struct piece));
	queue->pieces[queue->count++] = (struct piece){
		.begin = begin,
		.length = length,
		.line = line,
		.test = test,
		.time = time,
		.printed = queue->printed,
		.failing = queue->failing,
	};
}

static bool is_empty(const char *text, size_t length)
{
	line_trim(&text, &length);
	return length == 0;
}

void queue_lines(
	struct queue *queue, const char *text, size_t length, uint64_t line, struct test *test)
{
	while (length > 0) {
		const char *end = memchr(text, '\n', length);
		size_t taken = end == NULL ? length : (size_t)(end - text);
		size_t shown = taken > 0 && text[taken - 1] == '\r' ? taken - 1 : taken;

		if (!is_empty(text, shown))
			queue_entry(queue, text, shown, line, test, TIME_NONE);
		taken += end != NULL;
		text += taken;
		length -= taken;
		line++;
	}
}

int queue_next(struct queue *queue, struct source *source, struct entry *out)
{
	const struct piece *piece;

	if (queue->next == queue->count) {
		queue->next = queue->count = queue->used = 0;
		return 0;
	}
	piece = &queue->pieces[queue->next++];
	source_set_text(source, out, queue->text + piece->begin, piece->length);
	out->line = piece->line;
	out->test = piece->test;
	out->printed = piece->printed;
	out->quoted = out->test != NULL && !out->printed && line_is_code(out->text, out->text_len);
	line_mark(source, out);
	if (piece->failing && out->severity < SEVERITY_ERROR)
		out->severity = SEVERITY_ERROR;
	if (piece->time != TIME_NONE)
		out->time = piece->time;
	return 1;
}
