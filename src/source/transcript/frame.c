/*
 * Where in its own file a test failed, as tracebacks of Python tell it: "PATH.py:12: in test_x",
 * "PATH.py:12: AssertionError" and '  File "PATH.py", line 12, in test_x'. The last frame in that
 * file is the one nearest to what failed.
 */
#include <string.h>

#include "source/transcript/transcript.h"

#define PATH_BYTES 1024
#define FILES_MAX 16

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

static bool parse(const char *text, size_t length, struct frame *out)
{
	return parse_short(text, length, out) || parse_native(text, length, out);
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

/* Is B the end of A, from a folder on? */
static bool is_tail(const char *a, size_t length, const char *b, size_t wanted)
{
	size_t before = length - wanted;

	return wanted > 0 && wanted <= length && is_same(a + before, b, wanted) &&
	       (before == 0 || is_slash(a[before - 1]));
}

/*
 * "/srv/tests/test_x.py", "tests/test_x.py" and, told from within, "test_x.py" are the file of
 * "tests/test_x.py::test_y".
 */
static bool is_named(const struct frame *frame, const char *name, size_t length)
{
	return is_tail(frame->path, frame->length, name, length) ||
	       is_tail(name, length, frame->path, frame->length);
}

/* Behind a module come classes, with capitals, and the test: "TestY.test_z[a.b]". */
static bool is_inside(const char *rest)
{
	const char *bracket = rest + strcspn(rest, "["), *dot;

	while ((dot = strchr(rest, '.')) != NULL && dot < bracket) {
		if (rest[0] < 'A' || rest[0] > 'Z')
			return false;
		rest = dot + 1;
	}
	return rest[0] != '\0';
}

/* Where the module PATH (LENGTH bytes, without ".py") ends in a dotted NAME; 0: it is not in it. */
static size_t module_end(const char *name, const char *path, size_t length)
{
	size_t room = strcspn(name, "[");

	for (size_t at = 0; at + length < room; at++) {
		size_t same = 0;

		if (at > 0 && name[at - 1] != '.')
			continue;
		while (same < length &&
			name[at + same] == (is_slash(path[same]) ? '.' : path[same]))
			same++;
		if (same == length && name[at + length] == '.' && is_inside(name + at + length + 1))
			return at + length;
	}
	return 0;
}

/*
 * The file of "tests.test_x.TestY.test_z", as JUnit names a test of pytest, if FRAME is in it:
 * "tests/test_x.py", whatever folder the path of FRAME begins in. NULL: it is not.
 */
static char *dotted_file(TALLOC_CTX *mem, const struct frame *frame, const char *name)
{
	size_t length = frame->length < 4 ? 0 : frame->length - 3, end = 0;
	char *file;

	if (length == 0 || memcmp(frame->path + length, ".py", 3) != 0)
		return NULL;
	for (size_t i = 0; i < length && end == 0; i++)
		if (i == 0 || is_slash(frame->path[i - 1]))
			end = module_end(name, frame->path + i, length - i);
	if (end == 0)
		return NULL;
	file = mem_printf(mem, "%.*s.py", (int)end, name);
	for (size_t i = 0; i < end; i++)
		if (file[i] == '.')
			file[i] = '/';
	return file;
}

static void note(struct test *test, const struct frame *frame)
{
	const char *colons = strstr(test->name, "::");
	char *file;

	if (colons != NULL) {
		if (is_named(frame, test->name, (size_t)(colons - test->name)))
			test->file_line = frame->line;
		return;
	}
	file = dotted_file(test, frame, test->name);
	if (file == NULL)
		return;
	if (test->file == NULL)
		test->file = file;
	test->file_line = frame->line;
}

void frame_note(struct test *test, const char *text, size_t length)
{
	struct frame frame;

	if (parse(text, length, &frame))
		note(test, &frame);
}

struct frames {
	struct frame items[FILES_MAX];
	size_t count;
};

void frames_add(TALLOC_CTX *mem, struct frames **frames, const char *text, size_t length)
{
	struct frame frame;
	size_t i = 0;

	if (!parse(text, length, &frame))
		return;
	if (*frames == NULL)
		*frames = mem_new(mem, struct frames);
	while (i < (*frames)->count &&
		((*frames)->items[i].length != frame.length ||
			memcmp((*frames)->items[i].path, frame.path, frame.length) != 0))
		i++;
	if (i == FILES_MAX)
		return;
	if (i == (*frames)->count) {
		frame.path = mem_strndup(*frames, frame.path, frame.length);
		(*frames)->items[(*frames)->count++] = frame;
	}
	(*frames)->items[i].line = frame.line;
}

void frames_note(const struct frames *frames, struct test *test)
{
	for (size_t i = 0; frames != NULL && i < frames->count; i++)
		note(test, &frames->items[i]);
}
