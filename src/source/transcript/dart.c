/*
 * "dart test --reporter json", "flutter test --machine": an event a line. What testDone says
 * counts, once; an error behind it makes a test that passed one that failed. Hidden tests (files
 * that were loaded, set-up) count where they failed only.
 */
#include "source/transcript/transcript.h"
#include "source/transcript/value.h"

#include <string.h>
#include <uthash.h>

struct suite {
	uint64_t id;
	UT_hash_handle hh;
	char path[];
};

struct item {
	uint64_t id;
	struct test *test;
	uint64_t began; /* milliseconds since the runner did */
	bool done;
	UT_hash_handle hh;
};

struct dart {
	struct source *source;
	struct queue *queue;
	struct suite *suites;
	struct item *items;
	uint64_t line;
	uint64_t open; /* tests that began and are not done */
	bool ended, finished;
};

static int free_dart(struct dart *dart)
{
	HASH_CLEAR(hh, dart->suites);
	HASH_CLEAR(hh, dart->items);
	return 0;
}

static void tell_cut(struct dart *dart, const char *what)
{
	dart->source->info->truncated = true;
	source_note(dart->source, "line %llu: %s", (unsigned long long)dart->line, what);
}

/* All lines of a string stand in one line of the stream. */
static void say(struct dart *dart, const char *text, struct test *test, bool printed)
{
	queue_printed(dart->queue, printed);
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");

		if (length > 0)
			queue_entry(dart->queue, text, length, dart->line, test, TIME_NONE);
		text += length + (text[length] == '\n');
	}
	queue_printed(dart->queue, false);
}

static void take_suite(struct dart *dart, struct json event)
{
	struct json object = value_get(event, "suite");
	char *path = value_string(NULL, value_get(object, "path"));
	const char *shown = path == NULL ? "" : value_path(path);
	size_t length = strlen(shown);
	struct suite *suite, *old;

	suite = mem_check(talloc_zero_size(dart, sizeof(*suite) + length + 1));
	suite->id = value_count(value_get(object, "id"));
	memcpy(suite->path, shown, length);
	HASH_FIND(hh, dart->suites, &suite->id, sizeof(suite->id), old);
	if (old == NULL)
		HASH_ADD(hh, dart->suites, id, sizeof(suite->id), suite);
	else
		talloc_free(suite);
	talloc_free(path);
}

/* "test/cart_test.dart > Cart adds"; what loads a file has it in its name already. */
static char *name_of(struct dart *dart, struct json test)
{
	uint64_t id = value_count(value_get(test, "suiteID"));
	char *name = value_string(NULL, value_get(test, "name")), *full;
	struct suite *suite;

	HASH_FIND(hh, dart->suites, &id, sizeof(id), suite);
	if (name == NULL)
		name = mem_printf(
			NULL, "test %llu", (unsigned long long)value_count(value_get(test, "id")));
	if (suite == NULL || suite->path[0] == '\0')
		return name;
	full = line_begins(name, strlen(name), "loading ")
		       ? mem_printf(NULL, "loading %s", suite->path)
		       : mem_printf(NULL, "%s > %s", suite->path, name);
	talloc_free(name);
	return full;
}

/* Where the test is written: "line" may be one of a helper, "root_line" is of the file then. */
static void place(struct dart *dart, struct test *test, struct json object)
{
	uint64_t id = value_count(value_get(object, "suiteID"));
	uint64_t line = value_count(value_get(object, "root_line"));
	struct suite *suite;

	HASH_FIND(hh, dart->suites, &id, sizeof(id), suite);
	if (suite == NULL || suite->path[0] == '\0')
		return;
	test->file = source_clean(test, dart->source, suite->path, strlen(suite->path));
	test->file_line = line > 0 ? line : value_count(value_get(object, "line"));
}

static void take_start(struct dart *dart, struct json event)
{
	struct json test = value_get(event, "test");
	uint64_t id = value_count(value_get(test, "id"));
	struct item *item;
	char *name;

	HASH_FIND(hh, dart->items, &id, sizeof(id), item);
	if (item != NULL || json_kind(test) != '{')
		return;
	item = mem_new(dart, struct item);
	item->id = id;
	item->began = value_count(value_get(event, "time"));
	HASH_ADD(hh, dart->items, id, sizeof(item->id), item);
	name = name_of(dart, test);
	item->test = source_test(dart->source, name, strlen(name));
	talloc_free(name);
	if (item->test->line == 0)
		item->test->line = dart->line;
	place(dart, item->test, test);
	dart->open++;
}

static struct item *item_of(struct dart *dart, struct json event)
{
	uint64_t id = value_count(value_get(event, "testID"));
	struct item *item;

	HASH_FIND(hh, dart->items, &id, sizeof(id), item);
	return item;
}

static void take_print(struct dart *dart, struct json event)
{
	struct item *item = item_of(dart, event);
	char *text = value_string(NULL, value_get(event, "message"));
	bool skip = value_is(value_get(event, "messageType"), "skip");

	if (text == NULL)
		return;
	if (skip && item != NULL)
		transcript_message(dart->source, item->test, text, strlen(text));
	say(dart, text, item == NULL ? NULL : item->test, !skip);
	talloc_free(text);
}

/* What passed did not: it failed after it was done. */
static void fail_late(struct dart *dart, struct item *item, bool failure)
{
	if (item->test->outcome >= OUTCOME_FAILED)
		return;
	item->test->counts = (struct counts){ 0 };
	source_outcome(dart->source, item->test, failure ? OUTCOME_FAILED : OUTCOME_ERROR);
	source_note(dart->source, "%s failed after it was done", item->test->name);
}

static void take_error(struct dart *dart, struct json event)
{
	struct item *item = item_of(dart, event);
	char *text = value_string(NULL, value_get(event, "error"));
	char *stack = value_string(NULL, value_get(event, "stackTrace"));
	struct test *test = item == NULL ? NULL : item->test;

	if (stack != NULL && test != NULL && test->file != NULL) {
		uint64_t line = value_place(stack, test->file);

		test->file_line = line > 0 ? line : test->file_line;
	}
	if (text != NULL) {
		transcript_message(dart->source, test, text, strlen(text));
		say(dart, text, test, false);
	}
	if (stack != NULL)
		say(dart, stack, test, false);
	if (item != NULL && item->done)
		fail_late(dart, item, value_is_true(value_get(event, "isFailure")));
	talloc_free(text);
	talloc_free(stack);
}

static enum outcome outcome_of(struct json event)
{
	struct json result = value_get(event, "result");

	if (value_is(result, "error"))
		return OUTCOME_ERROR;
	if (value_is(result, "failure"))
		return OUTCOME_FAILED;
	if (value_is_true(value_get(event, "hidden")))
		return OUTCOME_NONE;
	if (value_is_true(value_get(event, "skipped")))
		return OUTCOME_SKIPPED;
	return value_is(result, "success") ? OUTCOME_PASSED : OUTCOME_NONE;
}

static void take_done(struct dart *dart, struct json event)
{
	struct item *item = item_of(dart, event);
	uint64_t time = value_count(value_get(event, "time"));
	enum outcome outcome = outcome_of(event);

	if (item == NULL || item->done)
		return;
	item->done = true;
	dart->open--;
	if (time >= item->began)
		item->test->duration = (int64_t)(time - item->began) * (WHEN_SECOND / 1000);
	if (outcome == OUTCOME_NONE)
		return;
	/* errors of a test that passed at last were those of earlier tries */
	if (outcome == OUTCOME_PASSED)
		item->test->message = NULL;
	source_outcome(dart->source, item->test, outcome);
}

static void take_end(struct dart *dart, struct json event)
{
	dart->ended = true;
	if (json_kind(value_get(event, "success")) == 'n') /* null */
		tell_cut(dart, "the run was stopped before its end");
}

static const struct {
	const char *type;
	void (*take)(struct dart *dart, struct json event);
	const char *with; /* a member that it has */
} events[] = {
	{ "start", NULL, "protocolVersion" },
	{ "suite", take_suite, "suite" },
	{ "testStart", take_start, "test" },
	{ "print", take_print, "testID" },
	{ "error", take_error, "testID" },
	{ "testDone", take_done, "testID" },
	{ "done", take_end, "success" },
	{ "group", NULL, "group" },
	{ "allSuites", NULL, "count" },
	{ "debug", NULL, "suiteID" },
};

#define EVENTS (sizeof(events) / sizeof(events[0]))

/* The number of its kind, or EVENTS: LINE is no event. */
static size_t parse(const char *line, size_t length, struct json *event)
{
	struct json type;
	size_t i = 0;

	if (length < 2 || line[0] != '{' || !json_value(line, length, event))
		return EVENTS;
	type = value_get(*event, "type");
	while (i < EVENTS &&
		!(value_is(type, events[i].type) && value_get(*event, events[i].with).length > 0))
		i++;
	return i;
}

static void take_line(struct dart *dart, const char *line, size_t length)
{
	struct json event;
	size_t kind = parse(line, length, &event);

	if (kind < EVENTS) {
		if (events[kind].take != NULL)
			events[kind].take(dart, event);
		/* the frame of the run, so that one without output has lines, too */
		if (kind == 0 || events[kind].take == take_end)
			queue_lines(dart->queue, line, length, dart->line, NULL);
		return;
	}
	if (length > 0 && line[0] == '{' && !json_value(line, length, &event))
		tell_cut(dart, "this event is broken and was left out");
	queue_lines(dart->queue, line, length, dart->line, NULL);
}

static void finish(struct dart *dart)
{
	dart->finished = true;
	if (dart->ended && dart->open == 0)
		return;
	dart->source->info->truncated = true;
	source_note(dart->source, "the run did not end: %llu tests had begun and are not counted",
		(unsigned long long)dart->open);
}

static int dart_next(struct source *source, struct entry *out, struct err *err)
{
	struct dart *dart = source->state;
	size_t length;
	char *line;
	int got;

	while (queue_next(dart->queue, source, out) == 0) {
		if (dart->finished) {
			transcript_finish(source);
			return 0;
		}
		got = reader_line(source->reader, &line, &length, &dart->line, err);
		if (got < 0)
			return -1;
		if (got == 0)
			finish(dart);
		else
			take_line(dart, line, length);
	}
	out->quoted = false; /* what the queue takes for code is Python's */
	return 1;
}

static int dart_open(struct source *source, struct err *err)
{
	struct dart *dart = mem_new(source, struct dart);

	(void)err;
	dart->source = source;
	dart->queue = queue_new(dart);
	talloc_set_destructor(dart, free_dart);
	source->state = dart;
	source->info->transcript = true;
	return 0;
}

/* The first event, or that of a test: the others are too common. */
static int recognise(const char *sample, size_t length)
{
	struct json event;

	for (size_t at = 0; at < length;) {
		const char *end = memchr(sample + at, '\n', length - at);
		size_t taken = end == NULL ? length - at : (size_t)(end - sample) - at;
		size_t kind = parse(sample + at, taken, &event);

		if (kind == 0 || (kind < EVENTS && events[kind].take == take_done) ||
			(kind < EVENTS && events[kind].take == take_start))
			return 96;
		at += taken + 1;
	}
	return 0;
}

const struct format dart_format = { "dart-json", recognise, dart_open, dart_next };
