/* Binaries of go test that end before their time, and races of data. */
#include "source/transcript/screen_go.h"

#include <string.h>

void screen_go_keep_reason(struct screen *screen, struct go *go, struct span text)
{
	talloc_free(go->reason);
	text = screen_cut(screen_trim(text), 1000);
	go->reason = mem_strndup(screen, text.text, text.length);
}

/* The speaker did not come to its verdict. */
void screen_go_fail(struct screen *screen, struct go *go, struct test *test)
{
	if (test->outcome == OUTCOME_NONE)
		screen_count(screen, test, OUTCOME_FAILED);
	go->failed = true;
	if (go->reason != NULL && !go->fixed) {
		test->message = NULL;
		screen_message(screen, test, go->reason);
	}
}

static const char *const crashes[] = {
	"panic: ", "fatal error: ", "SIGQUIT: ", "unexpected fault "
};

bool screen_go_panic(struct screen *screen, struct go *go, struct entry *out)
{
	struct span line = screen_of(out);
	bool crash = false;

	for (size_t i = 0; i < sizeof(crashes) / sizeof(crashes[0]); i++)
		crash = crash || screen_begin(line, crashes[i]);
	if (!crash || (go->part == GO_PANIC && go->reason != NULL))
		return false;
	screen_go_keep_reason(screen, go, line);
	go->part = GO_PANIC;
	out->severity = SEVERITY_ERROR;
	out->test = go->speaker;
	/* a time limit ends the binary, and the speaker may have ended before; the list below says */
	if (go->speaker != NULL && screen_find(line, "test timed out after") == line.length) {
		screen_go_fail(screen, go, go->speaker);
		go->fixed = true;
	} else if (go->speaker != NULL && go->speaker->outcome != OUTCOME_NONE) {
		out->test = go->speaker = NULL;
	}
	return true;
}

/* "example.com/shop/slow.TestHang(0x0?)", "....TestHang.func1()": the test in a frame. */
static struct span frame_test(struct span line)
{
	size_t slash = screen_find_last(line, "/"), end = 0;

	if (slash < line.length)
		line = screen_from(line, slash + 1);
	line = screen_from(line, screen_find(line, ".Test") + 1);
	while (end < line.length && strchr(".(", line.text[end]) == NULL)
		end++;
	return end < line.length && screen_go_is_name(screen_cut(line, end)) ? screen_cut(line, end)
									     : screen_cut(line, 0);
}

/* What a binary prints while it ends may say which test it was. */
void screen_go_stack(struct screen *screen, struct go *go, struct entry *out)
{
	struct span line = screen_of(out), name = { NULL, 0 };

	if (screen_is(line, "running tests:")) {
		go->running = true;
	} else if (go->running && screen_skip(&line, "\t")) {
		name = screen_cut(line, screen_find(line, " ("));
		if (!screen_go_is_name(name))
			name.length = 0;
	} else if (go->speaker == NULL || go->speaker->outcome == OUTCOME_NONE) {
		go->running = false;
		if (line.length > 0 && strchr(" \t", line.text[0]) == NULL)
			name = frame_test(line);
	}
	if (name.length > 0) {
		screen_go_fail(screen, go, screen_go_speak(screen, go, out, name));
		go->fixed = true;
	}
	out->test = go->speaker;
	line = screen_of(out);
	if (screen_blanks(&line) > 0 && screen_find(line, "_test.go:") < line.length)
		screen_where(go->speaker, line);
}

bool screen_go_race(struct go *go, struct entry *out)
{
	if (!screen_is(screen_of(out), "WARNING: DATA RACE"))
		return false;
	out->severity = SEVERITY_ERROR;
	out->test = go->speaker;
	if (go->speaker == NULL)
		return true;
	go->speaker->message = mem_strdup(go->speaker, "WARNING: DATA RACE");
	go->fixed = true;
	return true;
}
