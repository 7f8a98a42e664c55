/*
 * Where in its own file a test failed, as tracebacks of Python tell it: "PATH.py:12: in test_x",
 * "PATH.py:12: AssertionError" and '  File "PATH.py", line 12, in test_x'. The last frame in that
 * file is the one nearest to what failed.
 */
#include <string.h>

#include "source/transcript/transcript.h"

#define PATH_BYTES 1024

struct frame {
	const char *path;
	size_t length;
	uint64_t line;
};

/* The number at TEXT; the bytes of it, 0: none. */
static size_t take_number(const char *text, size_t length, uint64_t *out)
{
	size_t i = 0;

	for (*out = 0; i < length && i < 9 && text[i] >= '0' && text[i] <= '9'; i++)
		*out = *out * 10 + (uint64_t)(text[i] - '0');
	return i;
}

static bool parse_short(const char *text, size_t length, struct frame *out)
{
	if (length == 0 || strchr(" \t>|+-#", text[0]) != NULL)
		return false;
	for (size_t i = 1; i + 2 < length && i < PATH_BYTES; i++) {
		size_t digits;

		if (text[i] != ':')
			continue;
		digits = take_number(text + i + 1, length - i - 1, &out->line);
		if (digits == 0 || i + 1 + digits >= length || text[i + 1 + digits] != ':')
			continue;
		out->path = text;
		out->length = i;
		return out->line > 0;
	}
	return false;
}

static bool parse_native(const char *text, size_t length, struct frame *out)
{
	static const char begin[] = "File \"", middle[] = "\", line ";
	const char *end;

	line_trim(&text, &length);
	if (!line_begins(text, length, begin))
		return false;
	text += strlen(begin);
	length -= strlen(begin);
	end = memmem(text, length, middle, strlen(middle));
	if (end == NULL || end - text > PATH_BYTES)
		return false;
	out->path = text;
	out->length = (size_t)(end - text);
	end += strlen(middle);
	return take_number(end, length - (size_t)(end - text), &out->line) > 0 && out->line > 0;
}

static bool is_slash(char c)
{
	return c == '/' || c == '\\';
}

static bool is_same(const char *a, const char *b, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (a[i] != b[i] && !(is_slash(a[i]) && is_slash(b[i])))
			return false;
	return true;
}

/* "/srv/tests/test_x.py" is the "tests/test_x.py" of "tests/test_x.py::test_y". */
static bool is_named(const struct frame *frame, const char *name, size_t length)
{
	size_t before = frame->length - length;

	return length > 0 && length <= frame->length &&
	       is_same(frame->path + before, name, length) &&
	       (before == 0 || is_slash(frame->path[before - 1]));
}

/* "tests/test_x.py" is the "tests.test_x" of "tests.test_x.TestY.test_z". */
static bool is_dotted(const char *path, size_t length, const char *name)
{
	for (size_t i = 0; i < length; i++)
		if (name[i] == '\0' || name[i] != (is_slash(path[i]) ? '.' : path[i]))
			return false;
	return name[length] == '.';
}

/* Where in the path of FRAME that of a dotted NAME begins; the length of it: nowhere. */
static size_t dotted_at(const struct frame *frame, const char *name)
{
	size_t length = frame->length;

	if (length < 4 || memcmp(frame->path + length - 3, ".py", 3) != 0)
		return length;
	for (size_t i = 0; i < length; i++)
		if ((i == 0 || is_slash(frame->path[i - 1])) &&
			is_dotted(frame->path + i, length - 3 - i, name))
			return i;
	return length;
}

void frame_note(struct test *test, const char *text, size_t length)
{
	const char *colons;
	struct frame frame;
	size_t at;

	if (!parse_short(text, length, &frame) && !parse_native(text, length, &frame))
		return;
	colons = strstr(test->name, "::");
	if (colons != NULL && is_named(&frame, test->name, (size_t)(colons - test->name))) {
		test->file_line = frame.line;
	} else if (colons == NULL) {
		at = dotted_at(&frame, test->name);
		if (at == frame.length)
			return;
		if (test->file == NULL)
			test->file = mem_strndup(test, frame.path + at, frame.length - at);
		test->file_line = frame.line;
	}
}
