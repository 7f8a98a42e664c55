/* The output of tests in Go: events become lines, and one of them what failed. */
#include "source/transcript/gotest.h"

#include <string.h>

/* FAILED: what the test logged last is why. */
void gotest_hear_held(struct gotest *gotest, struct gotest_item *item, bool failed)
{
	if (item->held == NULL)
		return;
	queue_failing(gotest->queue, failed && item->reason.rank == GOTEST_LOG);
	queue_lines(gotest->queue, item->held, strlen(item->held), item->held_line, item->test);
	queue_failing(gotest->queue, false);
	talloc_free(item->held);
	item->held = NULL;
}

static void hold(struct gotest *gotest, struct gotest_item *item)
{
	gotest_hear_held(gotest, item, false);
	item->held = mem_strndup(gotest, gotest->text.text, gotest->text.length);
	item->held_line = gotest->text_line;
	draft_empty(&gotest->text);
}

static bool fits(const struct gotest_item *item, enum gotest_rank rank, const struct draft *text)
{
	return item != NULL && item->open && rank == GOTEST_LOG && item->reason.last == rank &&
	       memmem(text->text, text->length, ".go:", 4) != NULL;
}

/* The line in TEXT is over. */
void gotest_hear_end(struct gotest *gotest)
{
	struct gotest_item *item = gotest->speaker;
	struct gotest_package *package = gotest->speaker_package;
	struct gotest_reason *reason;
	struct draft *text = &gotest->text;
	enum gotest_rank rank;

	if (package == NULL || text->length == 0)
		return;
	reason = item != NULL ? &item->reason : &package->reason;
	if (text->cut) {
		gotest->source->info->truncated = true;
		source_note(gotest->source, "a line longer than 1 MiB was cut there");
	}
	rank = gotest_reason_hear(gotest, reason, text->text, text->length);
	if (fits(item, rank, text)) {
		hold(gotest, item);
		return;
	}
	if (item == NULL && rank == GOTEST_NOTHING && reason->rank == GOTEST_NOTHING) {
		/* the last that was printed, where nothing says why a package failed */
		talloc_free(reason->text);
		reason->text = mem_strndup(gotest, text->text, text->length);
	}
	gotest->cached += item == NULL && rank == GOTEST_MARK &&
			  memmem(text->text, text->length, "\t(cached)", 9) != NULL;
	queue_printed(gotest->queue, rank == GOTEST_NOTHING);
	queue_failing(gotest->queue, rank >= GOTEST_ERROR && reason->last == rank);
	queue_lines(gotest->queue, text->text, text->length, gotest->text_line,
		item != NULL ? item->test : package->test);
	queue_printed(gotest->queue, false);
	queue_failing(gotest->queue, false);
	draft_empty(text);
}

/* A line may come in several events, and those of tests that run at once mix. */
void gotest_hear(struct gotest *gotest, const struct gotest_event *event)
{
	struct gotest_item *item = gotest_items_test(gotest, event);
	struct gotest_package *package =
		item != NULL ? item->package : gotest_items_package(gotest, event);
	char *output = value_string(NULL, value_get(event->object, "Output"));
	const char *text = output;

	if (item != gotest->speaker || package != gotest->speaker_package)
		gotest_hear_end(gotest);
	gotest->speaker = item;
	gotest->speaker_package = package;
	while (text != NULL && *text != '\0') {
		size_t length = strcspn(text, "\n");

		if (gotest->text.length == 0)
			gotest->text_line = gotest->line;
		draft_add(&gotest->text, text, length);
		if (text[length] == '\n')
			gotest_hear_end(gotest);
		text += length + (text[length] == '\n');
	}
	talloc_free(output);
}
