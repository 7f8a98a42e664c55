/* One incident, as pages show it. */
#include <string.h>

#include "render/offset.h"
#include "render/page.h"
#include "render/title.h"

/* Each service that evidence of the incident names, once. */
static const char *services(TALLOC_CTX *mem, const struct incident *incident)
{
	cJSON *known = object_new();
	char *text = mem_strdup(mem, "");

	for (size_t i = 0; i < incident->why_count; i++)
		for (size_t j = 0; j < incident->whys[i]->evidence_count; j++) {
			const char *name = incident->whys[i]->evidence[j]->entry->service;

			if (name == NULL || cJSON_HasObjectItem(known, name))
				continue;
			object_flag(known, name, true);
			text = mem_printf(mem, "%s%s%s", text, text[0] != '\0' ? ", " : "", name);
		}
	cJSON_Delete(known);
	return text[0] != '\0' ? text : NULL;
}

static void add_tests(const struct page *page, cJSON *object, const struct incident *incident)
{
	cJSON *list = object_list(object, "tests");
	size_t count = page_limit(object, "tests_left_out", incident->test_count, PAGE_TESTS_MAX);
	bool steps;

	for (size_t i = 0; i < count; i++) {
		cJSON *row = object_row(list);

		page_code(page, row, "test", incident->tests[i]->name);
		object_text(row, "message", incident->tests[i]->message);
		object_text(row, "outcome", outcome_name(incident->tests[i]->outcome));
	}
	page_has(object, "tests");
	object_number(object, "test_count", (double)incident->test_count);
	steps = count > 0 && incident->tests[0]->step;
	object_text(object, "test_words",
		page_plural(page->mem, incident->test_count, steps ? "step" : "test"));
	object_text(object, "failed_words", steps ? "Failed steps" : "Failed tests");
	page_code(page, object, "first_test",
		incident->test_count > 0 ? incident->tests[0]->name : NULL);
	object_number(object, "more_tests",
		incident->test_count > 1 ? (double)(incident->test_count - 1) : 0);
}

static void add_alternatives(
	const struct page *page, cJSON *object, const struct incident *incident)
{
	cJSON *list = object_list(object, "alternatives");

	for (size_t i = 0; i < incident->alternative_count; i++) {
		const struct alternative *alternative = &incident->alternatives[i];
		cJSON *row = object_row(list);

		page_code(page, row, "cause", alternative->cause->id);
		page_rich(page, row, "title", title_of(page->mem, alternative->cause, NULL));
		object_text(row, "verdict", alternative->verdict);
		page_rich(page, row, "because", alternative->because);
	}
	page_has(object, "alternatives");
}

static bool is_detection_gap(const struct cause *cause)
{
	return cause->leaf != NULL &&
	       (strcmp(cause->leaf, "test-gap") == 0 || strcmp(cause->leaf, "monitoring-gap") == 0);
}

/* A why of the chain itself; its statement says more than its title. */
static void add_uncaught(
	const struct page *page, cJSON *row, const struct why *why, int64_t reference)
{
	object_text(row, "title", "");
	page_why(page, row, why, reference);
}

/* Other causes that were observed; those that are gaps of tests or monitoring stand apart. */
static void add_contributing(
	const struct page *page, cJSON *object, const struct incident *incident, int64_t reference)
{
	cJSON *others = object_list(object, "contributing");
	cJSON *uncaught = object_list(object, "uncaught");

	for (size_t i = 0; i < incident->contributing_count; i++) {
		const struct finding *finding = incident->contributing[i];
		cJSON *row = object_row(is_detection_gap(finding->cause) ? uncaught : others);

		page_code(page, row, "cause", finding->cause->id);
		page_rich(page, row, "title", title_of(page->mem, finding->cause, finding));
		object_text(row, "times", page_plural(page->mem, finding->count, "time"));
		object_text(row, "statement", "");
		object_text(row, "basis_words", "observed");
		object_time(row, "first", finding->first);
	}
	for (size_t i = 0; i < incident->why_count; i++)
		if (is_detection_gap(incident->whys[i]->cause))
			add_uncaught(page, object_row(uncaught), incident->whys[i], reference);
	page_has(object, "contributing");
	page_has(object, "uncaught");
}

static void add_actions(const struct page *page, cJSON *object, const struct incident *incident)
{
	cJSON *list = object_list(object, "actions");

	for (size_t i = 0; i < incident->action_count; i++) {
		const struct action *action = &incident->actions[i];
		cJSON *row = object_row(list);

		object_text(row, "kind", action->kind);
		page_rich(page, row, "text", action->text);
		page_rich(page, row, "done_when",
			action->done_when == NULL ? NULL : page_stop(page->mem, action->done_when));
		object_text(row, "state", title_action(page->mem, action));
		object_flag(row, "done", action->done_run > 0);
	}
	page_has(object, "actions");
}

static void add_verdict(const struct page *page, cJSON *row, const struct incident *incident)
{
	static const char *const classes[] = { "confirmed", "likely", "possible", "inconclusive",
		"undiagnosed" };
	static const enum incident_state flags[] = { STATE_REGRESSED, STATE_FIXED, STATE_PERSISTING,
		STATE_FLAKY };

	object_number(row, "incident_id", (double)incident->id);
	object_format(row, "fingerprint", "%.19s", incident->fingerprint);
	object_text(row, "verdict", verdict_name(incident->verdict));
	object_text(row, "verdict_class", classes[incident->verdict]);
	object_text(row, "verdict_reason", incident->verdict_reason);
	page_sentence(page, row, "reason", incident->verdict_reason);
	object_text(row, "state", title_state(page->mem, &incident->history));
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		object_flag(
			row, incident_state_name(flags[i]), incident->history.state == flags[i]);
	if (incident->confidence > 0)
		object_format(row, "confidence", "%.2f", incident->confidence);
	else
		object_null(row, "confidence");
}

/* A statement that begins with what the log says keeps its first letter: it may be a name. */
static void add_symptom(const struct page *page, cJSON *row, const struct why *symptom)
{
	const char *why = symptom != NULL ? symptom->cause->why : NULL;

	if (why != NULL && strncmp(why, "{{", 2) == 0 && symptom->statement != NULL)
		object_text(row, "symptom", page_stop(page->mem, symptom->statement));
	else
		page_sentence(page, row, "symptom", symptom != NULL ? symptom->statement : NULL);
}

/* Who the incident is: its root, or its symptom where there is none. */
static void add_who(const struct page *page, cJSON *row, const struct incident *incident)
{
	const struct why *why = title_why(incident);
	const struct cause *cause = title_cause(incident);
	const struct why *symptom = incident->why_count > 0 ? incident->whys[0] : NULL;

	page_code(page, row, "root", incident->root != NULL ? incident->root->id : NULL);
	page_code(page, row, "who", cause != NULL ? cause->id : NULL);
	page_rich(page, row, "title",
		cause != NULL ? title_of(page->mem, cause, why != NULL ? why->finding : NULL)
			      : NULL);
	object_text(row, "layer", cause != NULL ? cause->layer : NULL);
	object_text(row, "leaf", cause != NULL ? cause->leaf : NULL);
	object_text(row, "severity", cause != NULL ? cause_severity_name(cause->severity) : NULL);
	object_text(row, "services", services(page->mem, incident));
	add_symptom(page, row, symptom);
	object_number(row, "count", symptom != NULL ? (double)symptom->count : 0);
	object_time(row, "first", symptom != NULL ? symptom->first : TIME_NONE);
	object_time(row, "last", symptom != NULL ? symptom->last : TIME_NONE);
}

static void add_texts(const struct page *page, cJSON *row, const char *key,
	const char *const *texts, size_t count)
{
	cJSON *list = object_list(row, key);

	char *words = mem_strdup(page->mem, "");

	for (size_t i = 0; i < count; i++) {
		page_rich(page, object_row(list), "text", texts[i]);
		words = mem_printf(page->mem, "%s%s%s", words, i > 0 ? "; " : "", texts[i]);
	}
	page_has(row, key);
	object_text(row, mem_printf(page->mem, "%s_words", key), words);
}

/* What the rule of the incident says beyond its chain. */
static void add_about(const struct page *page, cJSON *row, const struct incident *incident)
{
	const struct cause *cause = title_cause(incident);
	size_t count = 0;

	while (cause != NULL && cause->references != NULL && cause->references[count] != NULL)
		count++;
	page_rich(page, row, "impact",
		cause == NULL || cause->impact == NULL ? NULL
						       : page_stop(page->mem, cause->impact));
	add_texts(page, row, "references", count > 0 ? cause->references : NULL, count);
}

/* "confirmed by ana on 2026-03-02", "tolerated by bo until 2026-04-01; the data team answers" */
static char *judged(const struct page *page, const struct judgement *judgement)
{
	static const struct {
		const char *kind, *words;
	} kinds[] = {
		{ "confirm", "confirmed" },
		{ "reject", "rejected" },
		{ "note", "noted" },
		{ "resolve", "resolved" },
		{ "tolerate", "tolerated" },
	};
	char time[WHEN_TEXT], until[WHEN_TEXT];
	const char *words = judgement->kind;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].kind, judgement->kind) == 0)
			words = kinds[i].words;
	if (judgement->owner == NULL)
		return mem_printf(page->mem, "%s by %s on %.10s", words, judgement->author,
			when_format(judgement->time, time));
	return mem_printf(page->mem, "%s by %s on %.10s until %.10s, %s answers for it", words,
		judgement->author, when_format(judgement->time, time),
		when_format(judgement->until, until), judgement->owner);
}

/* The newest word that is no note wins, and stands in front of all others. */
static void add_judgements(const struct page *page, cJSON *row, const struct incident *incident)
{
	cJSON *list = object_list(row, "judgements");
	const char *newest = NULL;

	for (size_t i = 0; i < incident->judgement_count; i++) {
		const struct judgement *judgement = &incident->judgements[i];
		cJSON *item = object_row(list);
		char *words = judged(page, judgement);

		object_text(item, "words", words);
		object_text(item, "text", judgement->text);
		if (newest == NULL && strcmp(judgement->kind, "note") != 0)
			newest = words;
	}
	object_text(row, "judged", newest);
}

void page_incident(const struct page *page, cJSON *row, const struct incident *incident)
{
	int64_t reference = page_reference(incident);

	add_verdict(page, row, incident);
	add_who(page, row, incident);
	add_tests(page, row, incident);
	page_whys(page, row, incident, reference);
	object_number(row, "ends_at", incident->evidence_ends_at);
	object_flag(row, "goes_on", incident->why_count > incident->evidence_ends_at + 1);
	add_texts(page, row, "looked_for", incident->looked_for, incident->looked_for_count);
	add_texts(page, row, "questions", incident->questions, incident->question_count);
	add_alternatives(page, row, incident);
	add_contributing(page, row, incident, reference);
	add_actions(page, row, incident);
	add_about(page, row, incident);
	add_judgements(page, row, incident);
	object_text(row, "join", incident->join);
	object_text(
		row, "mermaid", page->options->mermaid ? page_mermaid(page->mem, incident) : NULL);
	page_timeline(page, row, incident);
}
