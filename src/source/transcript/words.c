/* Outcomes, as consoles, runners and reports spell them. */
#include "source/transcript/transcript.h"

#include <string.h>
#include <strings.h>

static const struct {
	const char *word;
	enum outcome outcome;
} outcomes[] = {
	{ "passed", OUTCOME_PASSED },
	{ "pass", OUTCOME_PASSED },
	{ "passing", OUTCOME_PASSED },
	{ "success", OUTCOME_PASSED },
	{ "successful", OUTCOME_PASSED },
	{ "succeeded", OUTCOME_PASSED },
	{ "ok", OUTCOME_PASSED },
	{ "xfailed", OUTCOME_PASSED },
	{ "xfail", OUTCOME_PASSED },
	{ "xpassed", OUTCOME_PASSED },
	{ "xpass", OUTCOME_PASSED },
	{ "failed", OUTCOME_FAILED },
	{ "fail", OUTCOME_FAILED },
	{ "failure", OUTCOME_FAILED },
	{ "failures", OUTCOME_FAILED },
	{ "failing", OUTCOME_FAILED },
	{ "timeout", OUTCOME_FAILED },
	{ "timed out", OUTCOME_FAILED },
	{ "error", OUTCOME_ERROR },
	{ "errors", OUTCOME_ERROR },
	{ "errored", OUTCOME_ERROR },
	{ "crashed", OUTCOME_ERROR },
	{ "broken", OUTCOME_ERROR },
	{ "skipped", OUTCOME_SKIPPED },
	{ "skip", OUTCOME_SKIPPED },
	{ "skips", OUTCOME_SKIPPED },
	{ "ignored", OUTCOME_SKIPPED },
	{ "pending", OUTCOME_SKIPPED },
	{ "disabled", OUTCOME_SKIPPED },
	{ "todo", OUTCOME_SKIPPED },
	{ "notrun", OUTCOME_SKIPPED },
	{ "not run", OUTCOME_SKIPPED },
	{ "notexecuted", OUTCOME_SKIPPED },
	{ "notrunnable", OUTCOME_SKIPPED },
	{ "inconclusive", OUTCOME_SKIPPED },
};

/*
 * The verdicts that a pytest console prints. RERUN is told again later and counts as nothing;
 * neither do XFAIL and XPASS, which its closing line counts apart.
 */
static const struct {
	const char *word;
	enum outcome outcome;
} verdicts[] = {
	{ "PASSED", OUTCOME_PASSED },
	{ "FAILED", OUTCOME_FAILED },
	{ "ERROR", OUTCOME_ERROR },
	{ "SKIPPED", OUTCOME_SKIPPED },
	{ "XFAIL", OUTCOME_NONE },
	{ "XPASS", OUTCOME_NONE },
	{ "SUBFAIL", OUTCOME_FAILED },
	{ "SUBFAILED", OUTCOME_FAILED },
	{ "SUBPASS", OUTCOME_NONE },
	{ "SUBPASSED", OUTCOME_NONE },
	{ "SUBSKIP", OUTCOME_NONE },
	{ "RERUN", OUTCOME_NONE },
};

enum outcome words_outcome(const char *text, size_t length)
{
	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		if (strlen(outcomes[i].word) == length &&
			strncasecmp(outcomes[i].word, text, length) == 0)
			return outcomes[i].outcome;
	return OUTCOME_COUNT;
}

enum outcome words_verdict(const char *text, size_t length, size_t *taken)
{
	for (size_t i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++) {
		size_t wanted;

		if (length == 0 || verdicts[i].word[0] != text[0])
			continue;
		wanted = strlen(verdicts[i].word);
		if (length < wanted || memcmp(text, verdicts[i].word, wanted) != 0)
			continue;
		if (length > wanted && strchr(" \t([:,", text[wanted]) == NULL)
			continue;
		*taken = wanted;
		return verdicts[i].outcome;
	}
	return OUTCOME_COUNT;
}
