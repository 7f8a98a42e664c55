/* Which line of the output of a test in Go says what failed. */
#include "source/transcript/gotest.h"

#include <string.h>

#define REASON_MAX 2000 /* bytes that are kept of it */

static const struct {
	const char *begin;
	enum gotest_rank rank;
} beginnings[] = {
	{ "=== ", GOTEST_MARK },
	{ "--- ", GOTEST_MARK },
	{ "PASS", GOTEST_MARK },
	{ "ok  \t", GOTEST_MARK },
	{ "coverage: ", GOTEST_MARK },
	{ "exit status ", GOTEST_END },
	{ "signal: ", GOTEST_END },
	{ "FAIL", GOTEST_MARK },
	{ "panic: ", GOTEST_PANIC },
	{ "fatal error: ", GOTEST_PANIC },
	{ "WARNING: DATA RACE", GOTEST_PANIC },
	{ "Error:", GOTEST_ERROR },
	{ "Error Trace:", GOTEST_MARK },
	{ "Test:", GOTEST_MARK },
};

/* "x_test.go:12: ": its bytes, or 0. */
static size_t place(const char *text, size_t length)
{
	const char *found = memmem(text, length, ".go:", 4);
	size_t at;

	if (found == NULL || memchr(text, ' ', (size_t)(found - text)) != NULL)
		return 0;
	at = (size_t)(found - text) + 4;
	while (at < length && text[at] >= '0' && text[at] <= '9')
		at++;
	return at < length && text[at] == ':' ? at + 1 : 0;
}

static enum gotest_rank rank_of(const char *text, size_t length)
{
	size_t at;

	line_trim(&text, &length);
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
		if (line_begins(text, length, beginnings[i].begin))
			return beginnings[i].rank;
	at = place(text, length);
	if (at == 0)
		return GOTEST_NOTHING;
	/* an assertion says more in the lines below */
	return at == length ? GOTEST_MARK : GOTEST_LOG;
}

static void set(TALLOC_CTX *mem, struct gotest_reason *reason, enum gotest_rank rank,
	const char *text, size_t length)
{
	size_t skip = 0;

	line_trim(&text, &length);
	if (rank == GOTEST_ERROR)
		skip = strlen("Error:");
	else if (rank == GOTEST_LOG)
		skip = place(text, length);
	text += skip;
	length -= skip;
	line_trim(&text, &length);
	talloc_free(reason->text);
	reason->text = mem_strndup(mem, text, length > REASON_MAX ? REASON_MAX : length);
	reason->rank = rank;
}

/* Lines below a message that are deeper than it: the rest of it. */
static bool goes_on(const struct gotest_reason *reason, const char *text, size_t length)
{
	return (reason->last == GOTEST_LOG || reason->last == GOTEST_ERROR) &&
	       reason->last == reason->rank && line_begins(text, length, "        ");
}

enum gotest_rank gotest_reason_hear(
	TALLOC_CTX *mem, struct gotest_reason *reason, const char *text, size_t length)
{
	enum gotest_rank rank = rank_of(text, length);
	bool better = rank >= GOTEST_END &&
		      (rank == GOTEST_LOG ? rank >= reason->rank : rank > reason->rank);

	if (reason->rank == GOTEST_PANIC && rank == GOTEST_NOTHING)
		return GOTEST_PANIC; /* the stack below it */
	if (better) {
		set(mem, reason, rank, text, length);
	} else if (rank == GOTEST_NOTHING && goes_on(reason, text, length)) {
		line_trim(&text, &length);
		if (strlen(reason->text) + length < REASON_MAX)
			reason->text = mem_check(talloc_asprintf_append_buffer(
				reason->text, "\n%.*s", (int)length, text));
		return reason->last;
	}
	reason->last = better ? rank : GOTEST_NOTHING;
	return rank;
}
