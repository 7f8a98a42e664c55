/* The examples of rules, by the same path as triage: every rule on its own and on all others'. */
#include <string.h>

#include "match/matcher.h"

struct trial {
	TALLOC_CTX *mem;
	const struct rules *rules;
	struct matcher *matcher;
	struct example_results *out;
	bool *reached; /* by index of cause, while looking for a path of edges */
};

/* Everything that one example needs while it is tried. */
struct reading {
	struct run run;
	struct findings findings;
};

static int scan(TALLOC_CTX *mem, struct matcher *matcher, struct source *source, struct run *run,
	struct err *err)
{
	struct entry entry;
	int got;

	while ((got = source_next(source, &entry, err)) > 0) {
		entry.order = ++run->entries;
		matcher_scan(matcher, &entry);
	}
	run->sources = mem_grow(mem, run->sources, run->source_count, sizeof(struct source_info *));
	run->sources[run->source_count++] = source_info(source);
	run->complete = run->complete && !source_info(source)->truncated;
	return got;
}

/* A log that is in a file is opened as triage does it. */
static int scan_all(TALLOC_CTX *mem, struct matcher *matcher, const struct example *example,
	struct run *run, struct err *err)
{
	static const struct source_options options = { .offset = 0 };
	const char *paths[] = { example->path, NULL };
	struct source *source;
	struct inputs *inputs;
	int got;

	run->complete = true;
	if (example->log != NULL)
		return source_open_text(mem, "example", example->log, strlen(example->log),
			       &options, &source, err) < 0
			       ? -1
			       : scan(mem, matcher, source, run, err);
	if (inputs_new(mem, paths, &options, &inputs, err) < 0)
		return -1;
	while ((got = inputs_next(inputs, &source, err)) > 0)
		if (scan(mem, matcher, source, run, err) < 0)
			return -1;
	return got;
}

static int read_example(TALLOC_CTX *mem, struct matcher *matcher, const struct example *example,
	struct reading *reading, struct err *err)
{
	*reading = (struct reading){ .run = { .first = TIME_NONE, .last = TIME_NONE } };
	matcher_reset(matcher);
	if (scan_all(mem, matcher, example, &reading->run, err) < 0)
		return -1;
	source_merge_tests(mem, &reading->run);
	return matcher_findings(mem, matcher, &reading->run, &reading->findings, err);
}

static struct example_result *add_result(
	struct trial *trial, const struct cause *owner, size_t index, const struct cause *fired)
{
	struct example_results *out = trial->out;
	struct example_result *result;

	out->items = mem_grow(trial->mem, out->items, out->count, sizeof(*out->items));
	result = &out->items[out->count++];
	*result = (struct example_result){ owner, index, fired, true, NULL,
		owner->examples[index].place };
	return result;
}

static void fail(struct trial *trial, struct example_result *result, const char *text)
{
	result->passed = false;
	result->text = text;
	trial->out->failed++;
}

static const struct finding *fired_of(
	const struct findings *findings, const struct cause *cause, size_t *count)
{
	const struct finding *first = NULL;

	*count = 0;
	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i]->cause == cause &&
			findings->items[i]->verdict == FINDING_FIRED && (*count)++ == 0)
			first = findings->items[i];
	return first;
}

static const char *why_silent(
	TALLOC_CTX *mem, const struct findings *findings, const struct cause *cause)
{
	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i]->cause == cause)
			return mem_printf(mem, "did not fire: %s", findings->items[i]->reason);
	return "did not fire";
}

/* Some occurrence must have all the values that the example expects. */
static const char *unexpected(
	TALLOC_CTX *mem, const struct finding *finding, const struct example *example)
{
	const struct occurrence *first = &finding->occurrences[0];

	for (size_t i = 0; i < finding->occurrence_count; i++) {
		const struct occurrence *occurrence = &finding->occurrences[i];
		size_t equal = 0;

		for (size_t j = 0; j < example->expect_count; j++) {
			const char *value =
				finding_value(finding, occurrence, example->expect[2 * j]);

			equal += value != NULL && strcmp(value, example->expect[2 * j + 1]) == 0;
		}
		if (equal == example->expect_count)
			return NULL;
	}
	for (size_t j = 0; j < example->expect_count; j++) {
		const char *name = example->expect[2 * j], *wanted = example->expect[2 * j + 1];
		const char *value = finding_value(finding, first, name);

		if (value == NULL || strcmp(value, wanted) != 0)
			return mem_printf(mem, "%s is %s%s%s, expected \"%s\"", name,
				value != NULL ? "\"" : "", value != NULL ? value : "not bound",
				value != NULL ? "\"" : "", wanted);
	}
	return "no firing has all the expected values at once";
}

static void judge_own(struct trial *trial, const struct cause *owner, size_t index,
	const struct findings *findings)
{
	const struct example *example = &owner->examples[index];
	struct example_result *result = add_result(trial, owner, index, owner);
	size_t count;
	const struct finding *finding = fired_of(findings, owner, &count);
	const char *text = NULL;

	if (!example->match)
		text = count == 0 ? NULL : "fired on a clean example";
	else if (count == 0)
		text = why_silent(trial->mem, findings, owner);
	else if (count > 1)
		text = mem_printf(trial->mem, "fired in %zu groups, expected one", count);
	else
		text = unexpected(trial->mem, finding, example);
	if (text != NULL)
		fail(trial, result, text);
}

/* Does a chain of edges lead from EFFECT down to CAUSE? Each cause is looked at once. */
static bool leads_to(struct trial *trial, const struct cause *effect, const struct cause *cause)
{
	const struct cause **queue;
	size_t count = 0, total = rules_cause_count(trial->rules);
	bool found = false;

	memset(trial->reached, 0, total * sizeof(bool));
	queue = mem_array(NULL, const struct cause *, total);
	queue[count++] = effect;
	trial->reached[effect->index] = true;
	for (size_t i = 0; i < count && !found; i++)
		for (size_t j = 0; j < queue[i]->because_count; j++) {
			const struct cause *next = queue[i]->because[j]->cause;

			found = found || next == cause;
			if (next != NULL && !trial->reached[next->index]) {
				trial->reached[next->index] = true;
				queue[count++] = next;
			}
		}
	talloc_free(queue);
	return found;
}

static bool names(const struct cause *cause, const struct cause *other)
{
	for (const char **id = cause->also_matches; id != NULL && *id != NULL; id++)
		if (strcmp(*id, other->id) == 0)
			return true;
	return false;
}

static bool is_declared(struct trial *trial, const struct cause *owner, const struct cause *fired)
{
	return names(owner, fired) || names(fired, owner) || leads_to(trial, owner, fired) ||
	       leads_to(trial, fired, owner);
}

/* The line of the example that the other rule saw first, shortened. */
static const char *line_of(TALLOC_CTX *mem, const struct finding *finding)
{
	const struct entry *entry = finding->occurrences[0].entries[0];
	size_t cut = utf8_cut(entry->text, entry->text_len, 100);
	const char *newline = memchr(entry->text, '\n', cut);

	if (newline != NULL)
		cut = (size_t)(newline - entry->text);
	return mem_printf(mem, "line %llu: %.*s%s", (unsigned long long)entry->line, (int)cut,
		entry->text, cut < entry->text_len ? "..." : "");
}

static void judge_others(struct trial *trial, const struct cause *owner, size_t index,
	const struct findings *findings)
{
	const struct cause *last = NULL;

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = findings->items[i];
		struct example_result *result;
		size_t count;

		/* one result a cause, whatever the number of its groups */
		if (finding->verdict != FINDING_FIRED || finding->cause == owner ||
			finding->cause == last ||
			fired_of(findings, finding->cause, &count) != finding)
			continue;
		last = finding->cause;
		/* CRE's rules know nothing of others */
		if (owner->cre || finding->cause->cre || is_declared(trial, owner, finding->cause))
			continue;
		result = add_result(trial, owner, index, finding->cause);
		fail(trial, result,
			mem_printf(trial->mem,
				"%s fires on an example of %s, and neither names "
				"the other (%s)",
				finding->cause->id, owner->id, line_of(trial->mem, finding)));
	}
}

static void try_example(struct trial *trial, const struct cause *owner, size_t index)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	const struct example *example = &owner->examples[index];
	struct reading reading;
	struct err err = { 0 };

	if (read_example(scratch, trial->matcher, example, &reading, &err) < 0) {
		fail(trial, add_result(trial, owner, index, owner),
			mem_printf(trial->mem, "its log cannot be read: %s", err.text));
	} else {
		judge_own(trial, owner, index, &reading.findings);
		if (example->match)
			judge_others(trial, owner, index, &reading.findings);
	}
	talloc_free(scratch);
}

int match_examples(
	TALLOC_CTX *mem, const struct rules *rules, struct example_results *out, struct err *err)
{
	struct trial trial = { .mem = mem, .rules = rules, .out = out };

	*out = (struct example_results){ NULL, 0, 0 };
	if (matcher_new(mem, rules, &trial.matcher, err) < 0)
		return -1;
	trial.reached = mem_array(trial.matcher, bool, rules_cause_count(rules));
	for (size_t i = 0; i < rules_cause_count(rules); i++) {
		const struct cause *cause = rules_cause(rules, i);

		for (size_t j = 0; j < cause->example_count; j++)
			try_example(&trial, cause, j);
	}
	talloc_free(trial.matcher);
	return 0;
}
