/* The counts of a run out of those of its sources; where they disagree, both are told. */
#include "source/transcript/merge.h"

#include <string.h>

static uint64_t total(const struct counts *counts)
{
	return counts->passed + counts->failed + counts->errors + counts->skipped;
}

static bool is_equal(const struct counts *one, const struct counts *other)
{
	return one->passed == other->passed && one->failed == other->failed &&
	       one->errors == other->errors && one->skipped == other->skipped;
}

static const struct counts *counts_of(const struct source_info *source)
{
	return source->has_stated ? &source->stated : &source->counted;
}

static bool counts_tests(const struct source_info *source)
{
	return source->unit == NULL || strcmp(source->unit, "tests") == 0;
}

/*
 * How good the figures of a source are, 0 best: stated by the framework, counted from the verdicts
 * of a console, stated by a summary that was generated from them, of something else than tests.
 */
static unsigned quality(const struct source_info *source)
{
	if (!counts_tests(source))
		return 3;
	if (merge_rank(source->format) >= 5)
		return 2;
	return source->has_stated ? 0 : 1;
}

/* The best, and of equal ones that which tells of most tests: a part of a run tells of fewer. */
static const struct source_info *best_of(const struct merge_group *group)
{
	const struct source_info *best = group->sources[0];

	for (size_t i = 1; i < group->source_count; i++) {
		const struct source_info *source = group->sources[i];
		unsigned old = quality(best), new = quality(source);

		if (new < old || (new == old &&total(counts_of(source)) > total(counts_of(best))))
			best = source;
	}
	return best;
}

static void note(TALLOC_CTX *mem, struct run *run, const char *text)
{
	run->count_notes =
		mem_grow(mem, run->count_notes, run->count_note_count, sizeof(const char *));
	run->count_notes[run->count_note_count++] = text;
}

static const char *phrase(TALLOC_CTX *mem, const struct source_info *source)
{
	char counts[TRANSCRIPT_COUNTS];

	return mem_printf(mem, "%s %s %s%s%s", source->name,
		source->has_stated ? "states" : "counts",
		transcript_counts(counts_of(source), counts), counts_tests(source) ? "" : " ",
		counts_tests(source) ? "" : source->unit);
}

static void note_within(TALLOC_CTX *mem, struct run *run, const struct source_info *source)
{
	char stated[TRANSCRIPT_COUNTS], counted[TRANSCRIPT_COUNTS];

	/* a file of figures alone, and a console that shows no passes, have nothing to compare */
	if (!source->has_stated || total(&source->counted) == 0 ||
		is_equal(&source->stated, &source->counted))
		return;
	note(mem, run,
		mem_printf(mem, "%s states %s; its tests count %s", source->name,
			transcript_counts(&source->stated, stated),
			transcript_counts(&source->counted, counted)));
}

static void add_group(TALLOC_CTX *mem, struct run *run, const struct merge_group *group)
{
	const struct source_info *best = best_of(group);
	const struct counts *counts = counts_of(best);

	run->counts.passed += counts->passed;
	run->counts.failed += counts->failed;
	run->counts.errors += counts->errors;
	run->counts.skipped += counts->skipped;
	for (size_t i = 0; i < group->source_count; i++) {
		const struct source_info *source = group->sources[i];

		note_within(mem, run, source);
		if (source != best && !is_equal(counts_of(source), counts))
			note(mem, run,
				mem_printf(mem, "%s; %s", phrase(mem, source), phrase(mem, best)));
	}
}

void merge_counts(TALLOC_CTX *mem, struct run *run, struct merge_group **groups, size_t count)
{
	memset(&run->counts, 0, sizeof(run->counts));
	run->count_notes = NULL;
	run->count_note_count = 0;
	for (size_t i = 0; i < count; i++)
		add_group(mem, run, groups[i]);
	if (count > 1)
		note(mem, run, mem_printf(mem, "%zu test runs that share no tests", count));
}

/* A job that is told as a whole and step by step, as in the archives of GitHub. */
static bool is_same_step(const struct test *one, const struct test *other)
{
	return other->step && other->outcome != OUTCOME_NONE && one->start != TIME_NONE &&
	       one->start == other->start && one->duration == other->duration &&
	       one->source != other->source && strcmp(one->name, other->name) == 0;
}

static void merge_step(const struct run *run, size_t before, struct test *test)
{
	for (size_t i = 0; i < before; i++)
		for (size_t k = 0; k < run->sources[i]->test_count; k++) {
			struct test *first = run->sources[i]->tests[k];

			if (test->same_as == NULL && first->same_as == NULL &&
				is_same_step(test, first))
				test->same_as = first;
		}
}

static void merge_steps(const struct run *run)
{
	for (size_t i = 0; i < run->source_count; i++)
		for (size_t k = 0; k < run->sources[i]->test_count; k++)
			if (run->sources[i]->tests[k]->step)
				merge_step(run, i, run->sources[i]->tests[k]);
}

void source_merge_tests(TALLOC_CTX *mem, struct run *run)
{
	TALLOC_CTX *parts = talloc_new(mem);
	size_t count;
	struct merge_group **groups = merge_groups(parts, run, &count);

	merge_steps(run);
	run->tests = NULL;
	run->test_count = 0;
	for (size_t i = 0; i < run->source_count; i++)
		for (size_t k = 0; k < run->sources[i]->test_count; k++) {
			struct test *test = run->sources[i]->tests[k];

			if (test->same_as != NULL || test->outcome == OUTCOME_NONE)
				continue;
			run->tests =
				mem_grow(mem, run->tests, run->test_count, sizeof(struct test *));
			run->tests[run->test_count++] = test;
		}
	merge_counts(mem, run, groups, count);
	talloc_free(parts);
}
