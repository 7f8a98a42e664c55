/* Causes over the turns of a loop: what is gone and how that is known, and what is left. */
#include <stdlib.h>
#include <string.h>

#include "render/object.h"
#include "render/progress.h"
#include "render/title.h"

#define EXCERPT 240 /* bytes of a line of evidence on a page */

static void add_cause(TALLOC_CTX *mem, cJSON *row, const struct incident *incident)
{
	const struct cause *cause = title_cause(incident);

	object_number(row, "incident", (double)incident->id);
	object_text(row, "cause", cause != NULL ? cause->id : NULL);
	object_text(row, "title", cause != NULL ? title_of(mem, cause, NULL) : NULL);
	object_text(row, "layer", cause != NULL ? cause->layer : NULL);
	object_number(row, "tests", (double)incident->test_count);
}

/* The deepest evidence: what the chain rests on. NULL: it has none. */
static const struct evidence *deepest(const struct incident *incident)
{
	for (size_t i = incident->why_count; i > 0; i--)
		if (incident->whys[i - 1]->evidence_count > 0)
			return incident->whys[i - 1]->evidence[0];
	return NULL;
}

static void add_evidence(TALLOC_CTX *mem, cJSON *row, const struct incident *incident, bool words)
{
	const struct evidence *evidence = deepest(incident);
	const struct entry *entry;
	cJSON *object;

	if (evidence == NULL) {
		object_null(row, "evidence");
		return;
	}
	entry = evidence->entry;
	object = object_child(row, "evidence");
	object_text(object, "source", title_source(entry));
	object_text(object, "place", title_place(mem, entry));
	object_time(object, "time", entry->time);
	object_text(object, "text",
		words ? mem_strndup(
				mem, entry->text, utf8_cut(entry->text, entry->text_len, EXCERPT))
		      : entry->text);
	object_text(object, "sha256", evidence->sha256);
}

static const struct test *test_in(const struct run *run, const char *name)
{
	for (size_t i = 0; i < run->test_count; i++)
		if (strcmp(run->tests[i]->name, name) == 0)
			return run->tests[i];
	return NULL;
}

/* Where the transcript of NOW says that what INCIDENT broke passes. */
static void add_passes(cJSON *row, const struct incident *incident, const struct run *now)
{
	cJSON *list = object_list(row, "passes");

	for (size_t i = 0; i < incident->test_count; i++) {
		const struct test *test = test_in(now, incident->tests[i]->name);
		cJSON *item;

		if (test == NULL || test->outcome != OUTCOME_PASSED)
			continue;
		item = object_row(list);
		object_text(item, "test", test->name);
		object_text(item, "source", test->source != NULL ? test->source->name : NULL);
		if (test->line > 0)
			object_number(item, "line", (double)test->line);
		else
			object_null(item, "line");
	}
}

/* How the services are that its evidence names. */
static void add_healths(cJSON *row, const struct incident *incident, const struct run *now)
{
	cJSON *list = object_list(row, "services");

	for (size_t i = 0; i < now->service_count; i++) {
		const struct service *service = &now->services[i];
		const struct evidence *evidence = deepest(incident);
		const char *name = evidence != NULL ? evidence->entry->service : NULL;
		cJSON *item;

		if (name == NULL || strcmp(name, service->name) != 0)
			continue;
		item = object_row(list);
		object_text(item, "name", service->name);
		object_text(item, "health", loop_health_name(loop_health_of(service)));
		if (service->http_status > 0)
			object_number(item, "http_status", service->http_status);
		else
			object_null(item, "http_status");
		object_time(item, "time",
			service->http_status > 0 ? service->http_time : service->last);
	}
}

static const struct action *fix_of(const struct incident *incident)
{
	for (size_t i = 0; i < incident->action_count; i++)
		if (strcmp(incident->actions[i].kind, "fix") == 0)
			return &incident->actions[i];
	return NULL;
}

static void add_action(
	TALLOC_CTX *mem, cJSON *row, const struct incident *incident, const struct action *action)
{
	const struct cause *cause = title_cause(incident);

	object_number(row, "incident", (double)incident->id);
	object_text(row, "cause", cause != NULL ? cause->id : NULL);
	object_text(row, "text", action->text);
	object_text(row, "done_when", action->done_when);
	object_text(row, "state", action->state);
	object_text(row, "judged_by", action->wanted > 0 ? "runs" : "a person");
	object_number(row, "runs_wanted", action->wanted);
	object_number(row, "runs_proven", action->proven);
	object_text(row, "state_words", title_action(mem, action));
}

/* Of the tests that it broke, those that pass in RUN. */
static uint64_t passing(const struct incident *incident, const struct run *run)
{
	uint64_t count = 0;

	for (size_t i = 0; i < incident->test_count; i++)
		count += loop_outcome(run, incident->tests[i]->name) == OUTCOME_PASSED;
	return count;
}

static void add_past(TALLOC_CTX *mem, cJSON *row, const struct loop_past *past,
	const struct diagnosis *last, bool words)
{
	const struct action *fix = fix_of(past->incident);
	const struct cause *other = past->other != NULL ? title_cause(past->other) : NULL;

	add_cause(mem, row, past->incident);
	object_number(row, "seen_in_run", (double)past->then->run->id);
	add_evidence(mem, row, past->incident, words);
	object_text(row, "other", other != NULL ? other->id : NULL);
	object_number(row, "tests_passing", (double)passing(past->incident, last->run));
	if (past->now == NULL) {
		object_null(row, "told_by_run");
		return;
	}
	object_number(row, "told_by_run", (double)past->now->run->id);
	if (past->fate != LOOP_FIXED)
		return;
	add_passes(row, past->incident, past->now->run);
	add_healths(row, past->incident, past->now->run);
	if (fix != NULL)
		add_action(mem, object_child(row, "fix"), past->incident, fix);
	else
		object_null(row, "fix");
}

void progress_add_past(TALLOC_CTX *mem, cJSON *tree, const struct render_turns *turns, bool words)
{
	static const char *const keys[] = {
		[LOOP_FIXED] = "fixed",
		[LOOP_REPLACED] = "replaced",
		[LOOP_NOT_REACHED] = "not_reached",
	};
	size_t count;
	struct loop_past *past = loop_past(mem, turns->items, turns->count, &count);

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		cJSON *list = object_list(tree, keys[i]);

		for (size_t j = 0; j < count; j++)
			if (past[j].fate == (enum loop_fate)i)
				add_past(mem, object_row(list), &past[j],
					turns->items[turns->count - 1], words);
	}
}

static void add_issue(TALLOC_CTX *mem, cJSON *row, const struct incident *incident, bool words)
{
	const struct why *why = title_why(incident);

	add_cause(mem, row, incident);
	object_text(row, "verdict", verdict_name(incident->verdict));
	object_text(row, "state", incident_state_name(incident->history.state));
	object_text(row, "symptom", incident->why_count > 0 ? incident->whys[0]->statement : NULL);
	object_text(row, "statement", why != NULL && why->n > 0 ? why->statement : NULL);
	add_evidence(mem, row, incident, words);
	if (words)
		object_text(row, "state_words", title_state(mem, &incident->history));
}

static void add_unknown(cJSON *row, const struct undiagnosed *unknown)
{
	object_text(row, "test", unknown->test != NULL ? unknown->test->name : NULL);
	object_text(row, "newest_error", unknown->newest_error);
}

static int deepest_first(const void *a, const void *b)
{
	const struct incident *const *left = a, *const *right = b;

	if ((*left)->evidence_ends_at != (*right)->evidence_ends_at)
		return (*left)->evidence_ends_at > (*right)->evidence_ends_at ? -1 : 1;
	return strcmp((*left)->fingerprint, (*right)->fingerprint);
}

static void add_actions(TALLOC_CTX *mem, cJSON *tree, const struct diagnosis *turn)
{
	struct incident **order = mem_array(mem, struct incident *, turn->incident_count + 1);
	cJSON *list = object_list(tree, "actions");

	for (size_t i = 0; i < turn->incident_count; i++)
		order[i] = turn->incidents[i];
	qsort(order, turn->incident_count, sizeof(struct incident *), deepest_first);
	for (size_t i = 0; i < turn->incident_count; i++) {
		const struct action *fix = fix_of(order[i]);

		if (fix != NULL)
			add_action(mem, object_row(list), order[i], fix);
	}
}

void progress_add_issues(TALLOC_CTX *mem, cJSON *tree, const struct diagnosis *turn, bool words)
{
	cJSON *list = object_list(tree, "issues");

	for (size_t i = 0; i < turn->incident_count; i++)
		add_issue(mem, object_row(list), turn->incidents[i], words);
	list = object_list(tree, "undiagnosed");
	for (size_t i = 0; i < turn->undiagnosed_count; i++)
		add_unknown(object_row(list), turn->undiagnosed[i]);
	add_actions(mem, tree, turn);
}
