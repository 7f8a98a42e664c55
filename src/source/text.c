/* Cleaning of texts, after ECMA-48 (control functions) and RFC 3629 (UTF-8). */
#include "source/text.h"

#include <string.h>

#include "source/escape.h"
#include "source/format.h"
#include "source/ledger.h"

#define CUT_NEAR 4096 /* bytes before the limit of a line: one that is as long was cut, likely */
#define WORD_MAX 512 /* bytes of a word that was cut, and may be half of a secret */

struct buffer {
	char *bytes;
	size_t room;
};

struct text {
	struct buffer clean; /* of text_clean */
	struct buffer kept; /* the text of the entry */
	uint64_t dropped;
};

struct text *text_new(TALLOC_CTX *mem)
{
	return mem_new(mem, struct text);
}

uint64_t text_dropped(const struct text *state)
{
	return state->dropped;
}

static char *reserve(struct text *state, struct buffer *buffer, size_t size)
{
	if (buffer->room < size) {
		buffer->room = size < 4096 ? 8192 : 2 * size;
		talloc_free(buffer->bytes);
		buffer->bytes = mem_array(state, char, buffer->room);
	}
	return buffer->bytes;
}

/* Printable ASCII, tabs and newlines at the beginning of TEXT: eight at a time where possible. */
static size_t plain_length(const char *text, size_t length)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	size_t i = 0;

	for (;;) {
		for (; i + 8 <= length; i += 8) {
			uint64_t word;

			memcpy(&word, text + i, 8);
			/* a byte with its high bit set, below 0x20, or 0x7f */
			if (((word | (word - ones * 0x20) | (word + ones)) & high) != 0)
				break;
		}
		for (size_t stop = i + 8; i < length && i < stop; i++) {
			unsigned char c = (unsigned char)text[i];

			if (c >= 0x7f || (c < 0x20 && c != '\n' && c != '\t'))
				return i;
		}
		if (i >= length)
			return length;
	}
}

/* What stands at TEXT instead of plain ASCII; *OUT moves on. The bytes read. */
static size_t clean_one(struct text *state, const char *text, size_t length, char **out)
{
	size_t size = escape_length(text, length);

	if (size > 0)
		return size;
	if ((unsigned char)text[0] < 0x80) {
		state->dropped += text[0] == '\0';
		return 1;
	}
	size = utf8_sequence(text, length);
	if (size > 0) {
		memcpy(*out, text, size);
		*out += size;
		return size;
	}
	memcpy(*out, "\xef\xbf\xbd", 3);
	*out += 3;
	return 1;
}

char *text_clean(struct text *state, const char *text, size_t length, size_t *out_length)
{
	size_t at = plain_length(text, length > SOURCE_LINE_MAX ? SOURCE_LINE_MAX : length);
	char *begin, *out;

	if (length > SOURCE_LINE_MAX)
		length = SOURCE_LINE_MAX;
	/* a byte that is not plain becomes three at most */
	begin = reserve(state, &state->clean, at + 3 * (length - at) + 1);
	memcpy(begin, text, at);
	out = begin + at;
	while (at < length) {
		size_t plain;

		at += clean_one(state, text + at, length - at, &out);
		plain = plain_length(text + at, length - at);
		memcpy(out, text + at, plain);
		out += plain;
		at += plain;
	}
	*out_length = utf8_cut(begin, (size_t)(out - begin), SOURCE_LINE_MAX);
	begin[*out_length] = '\0';
	return begin;
}

static bool is_of_token(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '+' && c <= '9' && c != ',') || c == '_' || c == '=' || c == '~';
}

size_t text_whole_words(const char *text, size_t length)
{
	size_t end = length;

	while (end > 0 && length - end < WORD_MAX && is_of_token(text[end - 1]))
		end--;
	/* without an end of a word within reach it is no token */
	return end > 0 && is_of_token(text[end - 1]) ? length : utf8_cut(text, length, end);
}

/* The cleaned and redacted text; good until the next call. */
static const char *scrub(struct source *source, const char *text, size_t length, size_t *out_length)
{
	char *clean = text_clean(source->text, text, length, out_length);

	if (length > SOURCE_LINE_MAX)
		ledger_cut(source->info, "a text longer than 1 MiB was cut there");
	if (source->redactor == NULL)
		return clean;
	if (*out_length + CUT_NEAR > SOURCE_LINE_MAX)
		*out_length = text_whole_words(clean, *out_length);
	clean = (char *)(uintptr_t)redactor_apply(
		source->redactor, clean, *out_length, out_length, &source->info->redactions);
	if (redactor_gave_up(source->redactor))
		ledger_note(source->info,
			"a pattern of redact-patterns used up its steps: texts are not shown");
	return clean;
}

void source_set_text(struct source *source, struct entry *out, const char *text, size_t length)
{
	const char *scrubbed = scrub(source, text, length, &out->text_len);
	char *kept;

	/* a copy: source_clean may be called while the entry is in use */
	kept = reserve(source->text, &source->text->kept, out->text_len + 1);
	memcpy(kept, scrubbed, out->text_len);
	kept[out->text_len] = '\0';
	out->text = kept;
}

char *source_clean(TALLOC_CTX *mem, struct source *source, const char *text, size_t length)
{
	const char *scrubbed = scrub(source, text, length, &length);

	return mem_strndup(mem, scrubbed, length);
}

char *source_scrub_name(TALLOC_CTX *mem, struct source *source, const char *name)
{
	size_t length = strlen(name);

	if (source->redactor != NULL)
		name = redactor_apply_name(
			source->redactor, name, length, &length, &source->info->redactions);
	return mem_strndup(mem, name, length);
}
