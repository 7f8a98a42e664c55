/* Pages about a loop of fixing: what is achieved, what is left, and whether it gets anywhere. */
#include "render/progress.h"

#include <stdlib.h>
#include <string.h>

#include "render/clean.h"
#include "render/comparison.h"
#include "render/history.h"
#include "render/object.h"
#include "render/sheet.h"
#include "render/title.h"

#define SCHEMA 1 /* of the JSON: keys are only ever added */
#define SHOWN_MAX 3 /* incidents that a command is named for */

static char *status_words(TALLOC_CTX *mem, const struct loop *loop)
{
	const char *cause = loop->cause != NULL ? loop->cause->id : "";

	if (loop->status == LOOP_OSCILLATING)
		return mem_printf(mem, "%s was fixed and is back", loop->back);
	if (loop->status == LOOP_STUCK)
		return mem_printf(mem, "%s is on top for %zu turns, and no fewer tests fail", cause,
			loop->same_cause);
	if (loop->failing != loop->before)
		return mem_printf(mem, "%llu failing, %llu in run %lld",
			(unsigned long long)loop->failing, (unsigned long long)loop->before,
			(long long)loop->since);
	if (loop->status == LOOP_CONVERGING)
		return mem_strdup(mem, "the same tests fail, for a deeper cause");
	return mem_printf(mem, "%llu failing", (unsigned long long)loop->failing);
}

static void add_loop(TALLOC_CTX *mem, cJSON *tree, const struct loop *loop)
{
	cJSON *object = object_child(tree, "loop");

	object_text(object, "status", loop_status_name(loop->status));
	object_text(object, "because", status_words(mem, loop));
	object_text(object, "cause", loop->cause != NULL ? loop->cause->id : NULL);
	object_number(object, "same_cause", (double)loop->same_cause);
	object_text(object, "back", loop->back);
	object_number(object, "failing", (double)loop->failing);
	object_number(object, "failing_before", (double)loop->before);
	object_number(object, "before_run", (double)loop->since);
}

static void add_turn(TALLOC_CTX *mem, cJSON *row, const struct render_turns *turns, size_t at)
{
	const struct diagnosis *turn = turns->items[at];
	const struct cause *top = loop_top(turn);
	struct comparison comparison;
	struct loop loop;

	history_run(row, turn->run);
	object_number(row, "failing", (double)loop_failing(turn->run));
	object_text(row, "cause", top != NULL ? top->id : NULL);
	loop_judge(turns->items, at + 1, &loop);
	object_text(row, "status", loop_status_name(loop.status));
	if (at == 0) {
		object_text(row, "changes", "");
		return;
	}
	compare_runs(mem, turns->items[at - 1], turn, &comparison);
	object_text(row, "changes", render_changes(mem, &comparison, &loop));
}

static void add_percent(cJSON *object, const struct impact_percent *percent)
{
	object_number(object, "restored", percent->restored);
	object_number(object, "blocked", percent->blocked);
	object_number(object, "unknown", percent->unknown);
}

static void add_impact(TALLOC_CTX *mem, cJSON *tree, const struct render_turns *turns)
{
	cJSON *object = object_child(tree, "impact"), *list;
	struct impact impact;

	impact_judge(mem, turns->capabilities, turns->capability_count, turns->items, turns->count,
		&impact);
	add_percent(object, &impact.percent);
	object_number(object, "outside", (double)impact.outside);
	list = object_list(object, "capabilities");
	for (size_t i = 0; i < impact.count; i++) {
		const struct impact_share *share = &impact.shares[i];
		cJSON *row = object_row(list);

		object_text(row, "name", share->capability->name);
		object_number(row, "weight", share->capability->weight);
		add_percent(row, &share->percent);
		object_number(row, "tests", (double)share->tests);
		object_number(row, "passed", (double)share->passed);
		object_number(row, "failed", (double)share->failed);
	}
}

/* The first turn and the last. */
static void add_tests(TALLOC_CTX *mem, cJSON *tree, const struct render_turns *turns)
{
	const struct diagnosis *last = turns->items[turns->count - 1];
	struct comparison comparison;
	cJSON *object = object_child(tree, "tests"), *list;

	compare_runs(mem, turns->items[0], last, &comparison);
	object_number(object, "passed", (double)last->run->counts.passed);
	object_number(object, "failing", (double)loop_failing(last->run));
	object_number(object, "skipped", (double)last->run->counts.skipped);
	object_number(object, "fixed", (double)comparison.fixed);
	object_number(object, "broken", (double)comparison.broken);
	object_number(object, "not_reached", (double)comparison.not_reached);
	list = object_list(tree, "changed");
	for (size_t i = 0; i < comparison.test_count; i++)
		if (comparison.tests[i].change != CHANGE_SAME)
			comparison_test(object_row(list), &comparison.tests[i]);
}

static void add_services(TALLOC_CTX *mem, cJSON *tree, const struct render_turns *turns)
{
	cJSON *list = object_list(tree, "services");
	size_t count;
	struct loop_service *services = loop_services(mem, turns->items, turns->count, &count);

	for (size_t i = 0; i < count; i++) {
		const struct service *service = services[i].service;
		cJSON *row = object_row(list);

		object_text(row, "name", service->name);
		object_text(row, "health", loop_health_name(services[i].health));
		object_number(row, "since_run", (double)services[i].since->id);
		object_number(row, "told_by_run", (double)services[i].told->id);
		if (service->http_status > 0)
			object_number(row, "http_status", service->http_status);
		else
			object_null(row, "http_status");
		object_time(row, "http_time", service->http_time);
		object_number(row, "errors", (double)service->errors);
		object_time(row, "last_error", service->last_error);
		object_time(row, "last_seen", service->last);
	}
}

/* " --label NAME", so that a shell takes it as one word; "" where there is none. */
static char *label_option(TALLOC_CTX *mem, const char *label)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";
	char *out;

	if (label == NULL)
		return mem_strdup(mem, "");
	label = clean_line(mem, label);
	if (label[0] != '\0' && label[0] != '-' && label[strspn(label, plain)] == '\0')
		return mem_printf(mem, " --label %s", label);
	out = mem_strdup(mem, " --label='");
	for (; *label != '\0'; label++)
		out = mem_printf(mem, *label == '\'' ? "%s'\\''" : "%s%c", out, *label);
	return mem_printf(mem, "%s'", out);
}

static void add_commands(TALLOC_CTX *mem, cJSON *tree, const struct render_turns *turns)
{
	const struct diagnosis *last = turns->items[turns->count - 1];
	const char *label = label_option(mem, last->run->label);
	cJSON *list = object_list(tree, "commands");

	for (size_t i = 0; i < last->incident_count && i < SHOWN_MAX; i++)
		object_item(list,
			mem_printf(mem, "fivewhys show %lld", (long long)last->incidents[i]->id));
	object_item(list, mem_printf(mem, "fivewhys run%s -- COMMAND", label));
	object_item(list, mem_printf(mem, "fivewhys triage%s --iteration %u FILE...", label,
				  last->run->iteration + 1));
	object_item(list, mem_printf(mem, "fivewhys progress%s", label));
}

/* What templates ask before they begin a section. */
static void add_flags(cJSON *tree)
{
	static const char *const lists[] = { "fixed", "replaced", "not_reached", "issues",
		"undiagnosed", "actions", "services", "changed" };

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		char key[32];

		snprintf(key, sizeof(key), "any_%s", lists[i]);
		object_flag(tree, key, object_count(cJSON_GetObjectItem(tree, lists[i])) > 0);
	}
}

cJSON *progress_tree(TALLOC_CTX *mem, const struct render_turns *turns, bool words)
{
	const struct diagnosis *last = turns->items[turns->count - 1];
	cJSON *tree = object_new(), *list;
	struct loop loop;

	object_number(tree, "schema_version", SCHEMA);
	history_run(object_child(tree, "from"), turns->items[0]->run);
	history_run(object_child(tree, "to"), last->run);
	object_number(tree, "earlier", (double)turns->earlier);
	loop_judge(turns->items, turns->count, &loop);
	add_loop(mem, tree, &loop);
	add_impact(mem, tree, turns);
	list = object_list(tree, "turns");
	for (size_t i = 0; i < turns->count; i++)
		add_turn(mem, object_row(list), turns, i);
	progress_add_past(mem, tree, turns, words);
	add_services(mem, tree, turns);
	add_tests(mem, tree, turns);
	progress_add_issues(mem, tree, last, words);
	add_commands(mem, tree, turns);
	if (words)
		add_flags(tree);
	return tree;
}

int render_progress(TALLOC_CTX *mem, const struct render_turns *turns, enum render_format format,
	const struct render_options *options, char **out, size_t *length, struct err *err)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	cJSON *tree = progress_tree(scratch, turns, format != RENDER_JSON);
	int result = sheet_render(mem, tree, "progress", format, options, out, length, err);

	talloc_free(scratch);
	return result;
}
