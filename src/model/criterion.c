/* Criteria that runs can answer; see criterion.h. */
#include "model/criterion.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *verb;
	enum criterion_kind plain, quoted; /* CRITERION_COUNT: not with such a subject */
} verbs[] = {
	{ " is absent", CRITERION_ABSENT, CRITERION_COUNT },
	{ " is seen", CRITERION_SEEN, CRITERION_TEXT },
	{ " passes", CRITERION_PASSES, CRITERION_PASSES },
};

/* Takes ENDING from the end of the LENGTH bytes of TEXT, if it is there. */
static bool take_ending(const char *text, size_t *length, const char *ending)
{
	size_t size = strlen(ending);

	if (*length < size || strncmp(text + *length - size, ending, size) != 0)
		return false;
	*length -= size;
	return true;
}

/* "in N consecutive runs", "in the next run", or nothing, which means one run. 0: no number. */
static unsigned take_runs(const char *text, size_t *length)
{
	unsigned long runs;
	size_t at;

	if (take_ending(text, length, " in the next run"))
		return 1;
	if (!take_ending(text, length, " consecutive runs"))
		return 1;
	at = *length;
	while (at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9')
		at--;
	if (at == *length || *length - at > 6)
		return 0;
	runs = strtoul(text + at, NULL, 10);
	*length = at;
	if (!take_ending(text, length, " in ") || runs > CRITERION_RUNS_MAX)
		return 0;
	return (unsigned)runs;
}

static bool is_quoted(const char *text, size_t length)
{
	return length > 2 && text[0] == '"' && text[length - 1] == '"' &&
	       memchr(text + 1, '"', length - 2) == NULL;
}

static bool is_word(const char *text, size_t length)
{
	return length > 0 && strcspn(text, " \t\n\"") >= length;
}

bool criterion_parse(TALLOC_CTX *mem, const char *text, struct criterion *out)
{
	size_t length = strlen(text);
	unsigned runs;

	take_ending(text, &length, ".");
	runs = take_runs(text, &length);
	for (size_t i = 0; runs > 0 && i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		bool quoted;

		if (!take_ending(text, &length, verbs[i].verb))
			continue;
		quoted = is_quoted(text, length);
		*out = (struct criterion){ quoted ? verbs[i].quoted : verbs[i].plain, NULL, runs };
		if (out->kind == CRITERION_COUNT || (!quoted && !is_word(text, length)))
			return false;
		out->subject = quoted ? mem_strndup(mem, text + 1, length - 2)
				      : mem_strndup(mem, text, length);
		return true;
	}
	return false;
}
