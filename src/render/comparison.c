/* Pages that compare two runs. */
#include "render/comparison.h"

#include <stdlib.h>

#include "render/history.h"
#include "render/object.h"
#include "render/sheet.h"
#include "render/title.h"

#define SCHEMA 1 /* of the JSON: keys are only ever added */

/* The end of a chain: what people would call the incident. */
static void add_end(
	TALLOC_CTX *mem, cJSON *row, const char *prefix, const struct incident *incident)
{
	const struct cause *cause = incident != NULL ? title_cause(incident) : NULL;

	object_text(row, prefix, cause != NULL ? cause->id : NULL);
	object_text(row, mem_printf(mem, "%s_title", prefix),
		cause != NULL ? title_of(mem, cause, NULL) : NULL);
}

static void add_cause(TALLOC_CTX *mem, cJSON *row, const struct cause_change *change)
{
	const struct incident *now = change->after != NULL ? change->after : change->before;

	object_text(row, "change", compare_change_name(change->change));
	add_end(mem, row, "cause", now);
	add_end(mem, row, "before",
		change->change == CHANGE_DEEPER || change->change == CHANGE_SHALLOWER
			? change->before
			: NULL);
	add_end(mem, row, "other", change->other);
	object_text(row, "verdict", verdict_name(now->verdict));
	object_number(row, "tests", (double)now->test_count);
	object_number(row, "incident", (double)now->id);
}

void comparison_test(cJSON *row, const struct test_change *test)
{
	static const char *const words[CHANGE_COUNT] = {
		[CHANGE_SAME] = "still failing",
		[CHANGE_APPEARED] = "broken",
		[CHANGE_VANISHED] = "fixed",
		[CHANGE_NOT_REACHED] = "not reached",
	};

	object_text(row, "test", test->name);
	object_text(row, "change", words[test->change]);
	object_text(row, "before", outcome_name(test->before));
	object_text(row, "after", outcome_name(test->after));
}

static void add_figures(cJSON *tree, const struct comparison *comparison)
{
	cJSON *object = object_child(tree, "tests");

	object_number(object, "fixed", (double)comparison->fixed);
	object_number(object, "broken", (double)comparison->broken);
	object_number(object, "still_failing", (double)comparison->still_failing);
	object_number(object, "not_reached", (double)comparison->not_reached);
	object_number(object, "passed_in_both", (double)comparison->passed_both);
}

cJSON *comparison_tree(TALLOC_CTX *mem, const struct run *before, const struct run *after,
	const struct comparison *comparison)
{
	cJSON *tree = object_new(), *list;

	object_number(tree, "schema_version", SCHEMA);
	history_run(object_child(tree, "from"), before);
	history_run(object_child(tree, "to"), after);
	list = object_list(tree, "causes");
	for (size_t i = 0; i < comparison->cause_count; i++)
		add_cause(mem, object_row(list), &comparison->causes[i]);
	add_figures(tree, comparison);
	list = object_list(tree, "changed");
	for (size_t i = 0; i < comparison->test_count; i++)
		if (comparison->tests[i].change != CHANGE_SAME)
			comparison_test(object_row(list), &comparison->tests[i]);
	return tree;
}

int render_comparison(TALLOC_CTX *mem, const struct run *before, const struct run *after,
	const struct comparison *comparison, enum render_format format,
	const struct render_options *options, char **out, size_t *length, struct err *err)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	cJSON *tree = comparison_tree(scratch, before, after, comparison);
	int result;

	if (format != RENDER_JSON) {
		object_flag(tree, "any_causes", comparison->cause_count > 0);
		object_flag(
			tree, "any_changed", comparison->test_count > comparison->still_failing);
	}
	result = sheet_render(mem, tree, "diff", format, options, out, length, err);
	talloc_free(scratch);
	return result;
}

static void put_count(FILE *out, const char **separator, uint64_t count, const char *words)
{
	if (count == 0)
		return;
	fprintf(out, "%s%llu %s", *separator, (unsigned long long)count, words);
	*separator = ", ";
}

static void put_causes(FILE *out, const char **separator, const struct comparison *comparison)
{
	for (size_t i = 0; i < comparison->cause_count; i++) {
		const struct cause_change *change = &comparison->causes[i];
		const struct incident *now = change->after != NULL ? change->after : change->before;
		const struct cause *end = loop_end(now);

		if (change->change == CHANGE_SAME || end == NULL)
			continue;
		fprintf(out, "%s%s: %s", *separator, compare_change_name(change->change), end->id);
		if (change->change == CHANGE_DEEPER && loop_end(change->before) != NULL)
			fprintf(out, " (before: %s)", loop_end(change->before)->id);
		*separator = "; ";
	}
}

static void put_loop(FILE *out, const char *separator, const struct loop *loop)
{
	if (loop->same_cause >= LOOP_WINDOW)
		fprintf(out, "%sstuck on the same cause for %zu turns: %s", separator,
			loop->same_cause, loop->cause->id);
	else if (loop->same_cause > 1)
		fprintf(out, "%ssame cause: %s", separator, loop->cause->id);
}

char *render_changes(TALLOC_CTX *mem, const struct comparison *comparison, const struct loop *loop)
{
	const char *separator = "";
	char *text = NULL, *copy;
	size_t size = 0;
	FILE *out = mem_check(open_memstream(&text, &size));

	put_count(out, &separator, comparison->fixed, "fixed");
	put_count(out, &separator, comparison->broken, "broken");
	put_count(out, &separator, comparison->not_reached, "not reached");
	if (separator[0] != '\0')
		separator = "; ";
	put_causes(out, &separator, comparison);
	if (loop != NULL)
		put_loop(out, separator, loop);
	if (fclose(out) != 0)
		mem_check(NULL);
	copy = mem_strndup(mem, text, size);
	free(text);
	return copy;
}
