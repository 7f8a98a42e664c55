/* Drafts of rules, and whether they hold. */
#include "cmd/rules_draft.h"

#include <stdlib.h>
#include <string.h>

#define NAME "draft.yaml" /* in faults, which no one sees */
#define OTHERS_MAX 3

/* An id that is nobody's, "app.cart-is-locked", "app.cart-is-locked-2". */
static char *free_id(
	TALLOC_CTX *mem, const struct suggestion *suggestion, bool plain, const struct rules *rules)
{
	const char *name =
		suggestion->name[0] != '\0' && !plain ? suggestion->name : "unknown-error";
	char *id = mem_printf(mem, "%s.%s", suggestion->layer, name);

	for (unsigned n = 2; rules_find(rules, id) != NULL; n++)
		id = mem_printf(mem, "%s.%s-%u", suggestion->layer, name, n);
	return id;
}

static const char *origin(TALLOC_CTX *mem, const struct drafting *drafting)
{
	const char *label = drafting->run->label;

	if (!drafting->run->kept)
		return "files";
	return mem_printf(mem, "run %lld%s%s%s", (long long)drafting->run->id,
		label != NULL ? " (" : "", label != NULL ? label : "", label != NULL ? ")" : "");
}

static const char *const *comments(TALLOC_CTX *mem, const struct drafting *drafting)
{
	const char **lines = mem_array(mem, const char *, OTHERS_MAX + 5);
	const struct test *test = drafting->failure->test;
	size_t count = 0, others = 0;

	lines[count++] = mem_printf(mem, "Drafted from %s%s%s.", origin(mem, drafting),
		test != NULL ? ", test " : "", test != NULL ? test->name : "");
	lines[count++] = "Fill in what says TODO, then: fivewhys rules check FILE";
	for (size_t i = 1; i < drafting->suggestion_count && others < OTHERS_MAX; i++) {
		if (drafting->suggestions[i].generic)
			continue;
		if (others++ == 0)
			lines[count++] =
				"Other errors of this failure that passing runs do not have:";
		lines[count++] = mem_printf(mem, "  %s", drafting->suggestions[i].gist);
	}
	return lines;
}

static enum cause_severity rating_of(const struct entry *entry)
{
	if (entry->severity >= SEVERITY_CRITICAL)
		return RATING_CRITICAL;
	return entry->severity >= SEVERITY_ERROR ? RATING_HIGH : RATING_MEDIUM;
}

/* An entry of a test shows what failed; one of a service may be why. */
static enum cause_kind kind_of(const struct error_pattern *error)
{
	return error->test != NULL ? KIND_SYMPTOM : KIND_CAUSE;
}

char *rules_draft_text(
	TALLOC_CTX *mem, const struct drafting *drafting, const struct rules *rules, bool plain)
{
	const struct suggestion *first = &drafting->suggestions[0];
	char *buffer = NULL, *text;
	size_t size;
	FILE *out = mem_check(open_memstream(&buffer, &size));

	rule_write(out, &(const struct rule_draft){ .comments = comments(mem, drafting),
				.id = free_id(mem, first, plain, rules),
				.title = plain ? "TODO: say in a few words what is the matter"
					       : mem_printf(mem, "TODO: %s", first->gist),
				.kind = kind_of(first->error),
				.layer = first->layer,
				.severity = rating_of(first->error->first),
				.pattern = first->text,
				.regex = first->regex,
				.why = "TODO: the sentence that answers why the effect happened",
				.fix = "TODO: what ends this incident",
				.prevent = "TODO: what keeps it from coming back",
				.detect = "TODO: what would have told of it earlier",
				.match = first->line,
				.clean = drafting->clean });
	fclose(out);
	text = mem_strndup(mem, mem_check(buffer), size);
	free(buffer);
	return text;
}

static const char *problem_of(const struct rule_problems *problems)
{
	for (size_t i = 0; i < problems->count; i++)
		if (!problems->items[i].warning && strcmp(problems->items[i].place.file, NAME) == 0)
			return problems->items[i].text;
	return NULL;
}

/* What fails of the draft's own examples, or of others' because of it. */
static const char *failure_of(const struct example_results *results)
{
	for (size_t i = 0; i < results->count; i++) {
		const struct example_result *result = &results->items[i];

		if (!result->passed && (strcmp(result->owner->place.file, NAME) == 0 ||
					       strcmp(result->fired->place.file, NAME) == 0))
			return result->text;
	}
	return NULL;
}

/* NULL in *FAULT: there is none. */
static int try_beside(TALLOC_CTX *mem, const char *text, const char *const *paths,
	const char **fault, struct err *err)
{
	struct rule_problems problems = { 0 };
	struct example_results results;
	struct err ignored = { 0 };
	struct rules *rules;

	/* faults of other files are not the draft's */
	rules_check_text(mem, paths, NAME, text, &rules, &problems, &ignored);
	*fault = problem_of(&problems);
	if (*fault != NULL)
		return 0;
	if (match_examples(mem, rules, &results, err) < 0)
		return -1;
	*fault = failure_of(&results);
	return 0;
}

int rules_draft_try(TALLOC_CTX *mem, const char *text, const char *const *paths,
	enum draft_worth *worth, const char **fault, struct err *err)
{
	static const char *const alone[] = { NULL };

	*worth = DRAFT_FAULTY;
	if (try_beside(mem, text, alone, fault, err) < 0)
		return -1;
	if (*fault != NULL)
		return 0;
	if (try_beside(mem, text, paths, fault, err) < 0)
		return -1;
	*worth = *fault == NULL ? DRAFT_SOUND : DRAFT_ALONE;
	return 0;
}
