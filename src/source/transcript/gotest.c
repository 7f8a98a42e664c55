/*
 * "go test -json": an event a line, as test2json writes them. Each test counts, its subtests too;
 * of a package that was run again the last run does. A package that fails without a test that did
 * is an error.
 */
#include "source/transcript/gotest.h"

#include <string.h>
#include <utlist.h>

static int free_gotest(struct gotest *gotest)
{
	gotest_items_free(gotest);
	return 0;
}

static void run(struct gotest *gotest, const struct gotest_event *event)
{
	struct gotest_item *item = gotest_items_test(gotest, event);

	if (item == NULL)
		return;
	gotest_items_begin(item);
	if (!item->open)
		DL_APPEND(item->package->open, item);
	item->open = true;
	item->paused = false;
	item->test->start = value_time(value_get(event->object, "Time"));
}

static void pause_test(struct gotest *gotest, const struct gotest_event *event)
{
	struct gotest_item *item = gotest_items_test(gotest, event);

	if (item != NULL)
		item->paused = value_is(event->action, "pause");
}

/* "TestAdd/none": TestAdd failed for it. */
static void tell_outer(struct gotest *gotest, const struct gotest_item *item)
{
	struct gotest_item *outer = gotest_items_outer(gotest, item);

	if (outer == NULL || outer->reason.rank > GOTEST_MARK)
		return;
	if (outer->part != NULL)
		return;
	outer->part = item->test;
	talloc_free(outer->reason.text);
	outer->reason.text = mem_printf(
		gotest, "its subtest failed: %s", item->name + strlen(item->package->path) + 1);
}

static void close_item(struct gotest *gotest, struct gotest_item *item)
{
	gotest_hear_held(gotest, item, false);
	if (item->open)
		DL_DELETE(item->package->open, item);
	item->open = false;
}

static void settle(struct gotest *gotest, struct gotest_item *item, enum outcome outcome)
{
	source_outcome(gotest->source, item->test, outcome);
	gotest_hear_held(gotest, item, outcome == OUTCOME_FAILED);
	close_item(gotest, item);
	if (outcome == OUTCOME_FAILED) {
		item->package->failed++;
		tell_outer(gotest, item);
	} else if (outcome == OUTCOME_PASSED && item->failed) {
		gotest->rerun++;
		item->failed = false;
	}
	item->test->part =
		outcome == OUTCOME_FAILED && item->reason.rank <= GOTEST_MARK ? item->part : NULL;
	if (outcome >= OUTCOME_SKIPPED && item->reason.text != NULL)
		transcript_message(
			gotest->source, item->test, item->reason.text, strlen(item->reason.text));
}

static void end_test(struct gotest *gotest, const struct gotest_event *event, enum outcome outcome)
{
	struct gotest_item *item = gotest_items_test(gotest, event);

	if (item == NULL)
		return;
	if (gotest->speaker == item)
		gotest_hear_end(gotest);
	item->test->duration = value_duration(value_get(event->object, "Elapsed"), WHEN_SECOND);
	settle(gotest, item, outcome);
}

/* Tests that ran when their package failed: the panic or the limit of time met them. */
static void end_open(struct gotest *gotest, struct gotest_package *package)
{
	struct gotest_item *item, *next;
	uint64_t waiting = 0;

	DL_FOREACH_SAFE(package->open, item, next)
	{
		waiting += item->paused;
		if (item->paused)
			close_item(gotest, item);
		else
			settle(gotest, item, OUTCOME_FAILED);
	}
	if (waiting > 0)
		source_note(gotest->source, "%llu tests of %s had begun and never ended",
			(unsigned long long)waiting, package->path);
}

/* What the compiler said of BUILD, or of the package itself, is why it failed. */
static void claim(struct gotest *gotest, struct gotest_package *package, struct json build)
{
	struct json own = { package->path, strlen(package->path) };
	const char *message;

	if (json_kind(build) == '"')
		own = (struct json){ build.text + 1, build.length - 2 };
	message = gotest_builds_claim(gotest->builds, own, gotest->queue, package->test);
	if (message == NULL)
		message = package->reason.text;
	if (message != NULL)
		transcript_message(gotest->source, package->test, message, strlen(message));
}

/* The whole package failed: it was not built, or ended outside of its tests. */
static void fail_package(
	struct gotest *gotest, const struct gotest_event *event, struct gotest_package *package)
{
	package->test->line = gotest->line;
	source_outcome(gotest->source, package->test, OUTCOME_ERROR);
	claim(gotest, package, value_get(event->object, "FailedBuild"));
}

static void end_package(
	struct gotest *gotest, const struct gotest_event *event, enum outcome outcome)
{
	struct gotest_package *package = gotest_items_package(gotest, event);

	if (package == NULL)
		return;
	gotest_hear_end(gotest);
	if (package->run > 1) {
		package->test->outcome = OUTCOME_NONE;
		package->test->counts = (struct counts){ 0 };
		package->test->message = NULL;
	}
	if (outcome == OUTCOME_FAILED) {
		end_open(gotest, package);
		if (package->failed == 0)
			fail_package(gotest, event, package);
	}
	package->ended = true;
}

static void end(struct gotest *gotest, const struct gotest_event *event)
{
	enum outcome outcome = value_is(event->action, "pass")	 ? OUTCOME_PASSED
			       : value_is(event->action, "fail") ? OUTCOME_FAILED
								 : OUTCOME_SKIPPED;

	if (event->test.length > 2)
		end_test(gotest, event, outcome);
	else
		end_package(gotest, event, outcome);
}

static void hear_build(struct gotest *gotest, const struct gotest_event *event)
{
	char *path = value_string(NULL, value_get(event->object, "ImportPath"));
	char *output = value_string(path, value_get(event->object, "Output"));

	if (path != NULL && output != NULL)
		gotest_builds_add(gotest->builds, (struct json){ path, strlen(path) }, output,
			strlen(output), gotest->line);
	talloc_free(path);
}

static void begin_package(struct gotest *gotest, const struct gotest_event *event)
{
	gotest_items_package(gotest, event);
}

static const struct {
	const char *action;
	void (*take)(struct gotest *gotest, const struct gotest_event *event);
} actions[] = {
	{ "output", gotest_hear },
	{ "run", run },
	{ "pass", end },
	{ "fail", end },
	{ "skip", end },
	{ "pause", pause_test },
	{ "cont", pause_test },
	{ "start", begin_package },
	{ "build-output", hear_build },
	{ "build-fail", NULL },
	{ "bench", NULL },
	{ "attr", NULL },
	{ "artifacts", NULL },
};

#define ACTIONS (sizeof(actions) / sizeof(actions[0]))

/* The number of its action, or ACTIONS: LINE is no event. */
static size_t parse(const char *line, size_t length, struct gotest_event *event)
{
	size_t i = 0;

	if (length < 2 || line[0] != '{' || !json_value(line, length, &event->object))
		return ACTIONS;
	event->action = value_get(event->object, "Action");
	event->package = value_get(event->object, "Package");
	event->test = value_get(event->object, "Test");
	while (i < ACTIONS && !value_is(event->action, actions[i].action))
		i++;
	return json_kind(event->package) == '"' ||
			       json_kind(value_get(event->object, "ImportPath")) == '"'
		       ? i
		       : ACTIONS;
}

/* "FAIL\texample.com/cart [build failed]": before Go 1.24 that was all of it. */
static bool take_failed(struct gotest *gotest, const char *line, size_t length)
{
	struct gotest_event event = { 0 };
	const char *end = memmem(line, length, " [", 2);
	char *path;

	if (!line_begins(line, length, "FAIL\t") || end == NULL || end < line + 5)
		return false;
	path = mem_printf(NULL, "\"%.*s\"", (int)(end - line - 5), line + 5);
	event.package = (struct json){ path, strlen(path) };
	end_package(gotest, &event, OUTCOME_FAILED);
	queue_failing(gotest->queue, true);
	queue_lines(gotest->queue, line, length, gotest->line,
		source_test(gotest->source, line + 5, (size_t)(end - line - 5)));
	queue_failing(gotest->queue, false);
	talloc_free(path);
	return true;
}

/* "# example.com/cart": what the compiler says of it follows, where it says so outside of events. */
static void take_other(struct gotest *gotest, const char *line, size_t length)
{
	struct draft *heading = &gotest->heading_text;

	if (line_begins(line, length, "# ")) {
		draft_empty(heading);
		draft_add(heading, line + 2, length - 2);
	} else if (line_begins(line, length, "FAIL") || length == 0) {
		draft_empty(heading);
		if (take_failed(gotest, line, length))
			return;
	}
	gotest->heading = (struct json){ heading->text, heading->length };
	if (heading->length > 0)
		gotest_builds_add(gotest->builds, gotest->heading, line, length, gotest->line);
	else
		queue_lines(gotest->queue, line, length, gotest->line, NULL);
}

static void tell_cut(struct gotest *gotest, const char *what)
{
	gotest->source->info->truncated = true;
	source_note(gotest->source, "line %llu: %s", (unsigned long long)gotest->line, what);
}

static void take_line(struct gotest *gotest, const char *line, size_t length)
{
	struct gotest_event event;
	size_t action = parse(line, length, &event);

	if (action < ACTIONS) {
		draft_empty(&gotest->heading_text);
		if (actions[action].take != NULL)
			actions[action].take(gotest, &event);
		return;
	}
	if (line_begins(line, length, "{\"Time\":") || line_begins(line, length, "{\"Action\":") ||
		line_begins(line, length, "{\"ImportPath\":"))
		tell_cut(gotest, "this event is broken and was left out");
	take_other(gotest, line, length);
}

/* A stream that ends before its packages do was cut off. */
static void finish(struct gotest *gotest)
{
	struct gotest_package *package, *next;
	uint64_t packages = 0, tests = 0;

	gotest_hear_end(gotest);
	HASH_ITER (hh, gotest->packages, package, next)
		if (package->test->outcome == OUTCOME_ERROR && package->test->message == NULL)
			claim(gotest, package, (struct json){ NULL, 0 });
	gotest_builds_release(gotest->builds, gotest->queue);
	HASH_ITER (hh, gotest->packages, package, next)
		packages += !package->ended;
	for (struct gotest_item *item = gotest->items; item != NULL; item = item->hh.next) {
		tests += item->open && !item->package->ended;
		gotest_hear_held(gotest, item, false);
	}
	if (packages > 0) {
		gotest->source->info->truncated = true;
		source_note(gotest->source,
			"the stream ends before %llu packages did; %llu tests had begun and are "
			"not counted",
			(unsigned long long)packages, (unsigned long long)tests);
	}
	if (gotest->rerun > 0)
		source_note(gotest->source,
			"%llu tests failed, and passed when they were run again: the last run "
			"counts",
			(unsigned long long)gotest->rerun);
	if (gotest->cached > 0)
		source_note(gotest->source,
			"results of %llu packages are cached: they were not run anew",
			(unsigned long long)gotest->cached);
	gotest->finished = true;
}

static int gotest_next(struct source *source, struct entry *out, struct err *err)
{
	struct gotest *gotest = source->state;
	size_t length;
	char *line;
	int got;

	while (queue_next(gotest->queue, source, out) == 0) {
		if (gotest->finished) {
			transcript_finish(source);
			return 0;
		}
		got = reader_line(source->reader, &line, &length, &gotest->line, err);
		if (got < 0)
			return -1;
		if (got == 0)
			finish(gotest);
		else
			take_line(gotest, line, length);
	}
	out->quoted = false; /* what the queue takes for code is Python's */
	return 1;
}

static int gotest_open(struct source *source, struct err *err)
{
	struct gotest *gotest = mem_new(source, struct gotest);

	(void)err;
	gotest->source = source;
	gotest->queue = queue_new(gotest);
	gotest->builds = gotest_builds_new(gotest);
	gotest->text.mem = gotest->heading_text.mem = gotest;
	talloc_set_destructor(gotest, free_gotest);
	source->state = gotest;
	source->info->transcript = true;
	return 0;
}

/* Most of the objects of the sample must be events: a log may quote one. */
static int recognise(const char *sample, size_t length)
{
	unsigned events = 0, others = 0;
	struct gotest_event event;

	for (size_t at = 0; at < length;) {
		const char *end = memchr(sample + at, '\n', length - at);
		size_t taken = end == NULL ? length - at : (size_t)(end - sample) - at;

		if (parse(sample + at, taken, &event) < ACTIONS)
			events++;
		else if (sample[at] == '{' && end != NULL)
			others++;
		at += taken + 1;
	}
	return events > others ? 96 : 0;
}

const struct format gotest_format = { "go-test-json", recognise, gotest_open, gotest_next };
