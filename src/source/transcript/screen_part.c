/* Parts of the lines that runners print. */
#include "source/transcript/screen_part.h"

#include <string.h>

#define NAME_MAX_BYTES 512 /* of one title in a name */

struct span screen_span(const char *text)
{
	return (struct span){ text, strlen(text) };
}

struct span screen_of(const struct entry *out)
{
	return (struct span){ out->text, out->text_len };
}

bool screen_is(struct span span, const char *text)
{
	return strlen(text) == span.length && memcmp(span.text, text, span.length) == 0;
}

bool screen_begin(struct span span, const char *prefix)
{
	return line_begins(span.text, span.length, prefix);
}

bool screen_ends(struct span span, const char *suffix)
{
	size_t wanted = strlen(suffix);

	return span.length >= wanted &&
	       memcmp(span.text + span.length - wanted, suffix, wanted) == 0;
}

bool screen_skip(struct span *span, const char *prefix)
{
	if (!screen_begin(*span, prefix))
		return false;
	*span = screen_from(*span, strlen(prefix));
	return true;
}

size_t screen_blanks(struct span *span)
{
	size_t count = 0;

	while (count < span->length && (span->text[count] == ' ' || span->text[count] == '\t'))
		count++;
	*span = screen_from(*span, count);
	return count;
}

bool screen_number(struct span *span, uint64_t *out)
{
	uint64_t value = 0;
	size_t i = 0;

	for (; i < span->length && span->text[i] >= '0' && span->text[i] <= '9'; i++) {
		if (i == 12)
			return false;
		value = value * 10 + (uint64_t)(span->text[i] - '0');
	}
	if (i == 0)
		return false;
	*out = value;
	*span = screen_from(*span, i);
	return true;
}

struct span screen_trim(struct span span)
{
	line_trim(&span.text, &span.length);
	return span;
}

struct span screen_cut(struct span span, size_t length)
{
	return (struct span){ span.text, length < span.length ? length : span.length };
}

struct span screen_from(struct span span, size_t at)
{
	at = at < span.length ? at : span.length;
	return (struct span){ span.text + at, span.length - at };
}

size_t screen_find(struct span span, const char *text)
{
	const char *found = memmem(span.text, span.length, text, strlen(text));

	return found == NULL ? span.length : (size_t)(found - span.text);
}

size_t screen_find_last(struct span span, const char *text)
{
	size_t wanted = strlen(text), at = span.length;

	while (at >= wanted) {
		if (memcmp(span.text + at - wanted, text, wanted) == 0)
			return at - wanted;
		at--;
	}
	return span.length;
}

/* Behind the number at AT: "12:", "12:5:", "12):". */
static size_t behind_number(struct span span, size_t at)
{
	struct span rest = screen_from(span, at);
	uint64_t number;

	if (!screen_number(&rest, &number))
		return 0;
	if (screen_skip(&rest, "):"))
		return (size_t)(rest.text - span.text);
	if (!screen_skip(&rest, ":"))
		return 0;
	if (screen_number(&rest, &number) && !screen_skip(&rest, ":"))
		return 0;
	return (size_t)(rest.text - span.text);
}

size_t screen_place(struct span span)
{
	bool dot = false;

	for (size_t i = 0; i < span.length && i < 512; i++) {
		char c = span.text[i];

		if (c == ' ' || c == '\t' || c == '"')
			return 0;
		if ((c == ':' || c == '(') && dot && i > 2) {
			size_t taken = behind_number(span, i + 1);

			if (taken > 0)
				return taken;
		}
		dot = dot || (c == '.' && i > 0);
	}
	return 0;
}

static bool add_figure(
	struct span word, uint64_t number, const struct screen_figure *figures, struct counts *out)
{
	for (; figures->word != NULL; figures++)
		if (screen_is(word, figures->word)) {
			screen_add(out, figures->outcome, number);
			return true;
		}
	return false;
}

bool screen_figures(
	struct span span, char separator, const struct screen_figure *figures, struct counts *out)
{
	struct counts counts = { 0 };

	for (span = screen_trim(span); span.length > 0;) {
		const char *end = memchr(span.text, separator, span.length);
		size_t taken = end == NULL ? span.length : (size_t)(end - span.text);
		struct span part = screen_trim(screen_cut(span, taken));
		uint64_t number;

		if (!screen_number(&part, &number) ||
			!add_figure(screen_trim(part), number, figures, &counts))
			return false;
		span = screen_from(span, taken + 1);
	}
	*out = counts;
	return true;
}

void screen_nest_close(struct screen_nest *nest, size_t indent)
{
	while (nest->depth > 0 && nest->indents[nest->depth - 1] >= indent) {
		nest->depth--;
		talloc_free(nest->titles[nest->depth]);
		nest->titles[nest->depth] = NULL;
	}
}

void screen_nest_open(TALLOC_CTX *mem, struct screen_nest *nest, size_t indent, struct span title)
{
	screen_nest_close(nest, indent);
	if (nest->depth == SCREEN_NEST)
		return;
	title = screen_cut(title, NAME_MAX_BYTES);
	nest->titles[nest->depth] = mem_strndup(mem, title.text, title.length);
	nest->indents[nest->depth] = indent;
	nest->depth++;
}

char *screen_nest_name(
	TALLOC_CTX *mem, const struct screen_nest *nest, const char *first, struct span name)
{
	char *text = NULL;
	size_t size;
	FILE *stream = mem_check(open_memstream(&text, &size));
	char *result;

	if (first != NULL)
		fprintf(stream, "%s > ", first);
	for (size_t i = 0; i < nest->depth; i++)
		fprintf(stream, "%s > ", nest->titles[i]);
	fprintf(stream, "%.*s", (int)name.length, name.text);
	fclose(stream);
	result = mem_strdup(mem, text);
	free(text);
	return result;
}
