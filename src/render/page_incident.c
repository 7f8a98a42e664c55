/* One incident, or one failure that no rule explains, as pages show it. */
#include <string.h>

#include "render/offset.h"
#include "render/page.h"
#include "render/title.h"

#define MARKS_MAX 4

/* When the first line that proves a why was written. */
static int64_t time_of(const struct diagnosis *diagnosis, const struct why *why)
{
	const struct entry *entry;

	if (why->evidence_count == 0)
		return TIME_NONE;
	entry = why->evidence[0]->entry;
	return page_time(diagnosis, entry->source, entry->time);
}

/*
 * A symptom may occur often, and the chain explain one of its later occurrences: that one is as
 * long behind the first cause as their link says.
 */
int64_t page_reference(const struct diagnosis *diagnosis, const struct incident *incident)
{
	const struct why *next = incident->why_count > 1 ? incident->whys[1] : NULL;
	int64_t time = next != NULL ? time_of(diagnosis, next) : TIME_NONE, reference;

	if (time != TIME_NONE && next->link.edge != NULL && next->link.gap != TIME_NONE &&
		!__builtin_add_overflow(time, next->link.gap, &reference))
		return reference;
	return incident->why_count > 0 ? time_of(diagnosis, incident->whys[0]) : TIME_NONE;
}

/* "E1, E2", or "" where there are none. */
static const char *marks(TALLOC_CTX *mem, struct evidence *const *evidence, size_t count)
{
	char *text = mem_strdup(mem, "");

	for (size_t i = 0; i < count && i < MARKS_MAX; i++)
		text = mem_printf(mem, "%s%sE%u", text, i > 0 ? ", " : "", evidence[i]->number);
	if (count > MARKS_MAX)
		text = mem_printf(mem, "%s and %zu more", text, count - MARKS_MAX);
	return text;
}

static const char *basis_words(const struct why *why)
{
	static const char *const words[] = {
		[BASIS_OBSERVED] = "observed",
		[BASIS_ABSENT] = "observed absence",
		[BASIS_ASSERTED] = "asserted by rule",
		[BASIS_HYPOTHESIS] = "hypothesis",
	};

	return words[why->basis];
}

/* A score says nothing of a why that was not looked at: hypotheses have none. */
static void add_link(const struct page *page, cJSON *row, const struct why *why)
{
	const struct link *link = &why->link;
	char buffer[OFFSET_TEXT];

	object_flag(row, "linked", link->edge != NULL && why->basis != BASIS_HYPOTHESIS);
	object_format(row, "score", "%.2f", link->score);
	object_format(row, "weight", "%.2f", link->edge != NULL ? link->edge->weight : 0.0);
	object_format(row, "key_factor", "%.2f", link->key_factor);
	object_format(row, "time_factor", "%.2f", link->time_factor);
	object_format(row, "specificity_factor", "%.2f", link->specificity_factor);
	object_text(row, "keys_agreed", link->keys_agreed);
	object_text(row, "keys_missing", link->keys_missing);
	if (link->edge == NULL || link->gap == TIME_NONE)
		object_null(row, "gap");
	else
		object_text(row, "gap",
			mem_printf(page->mem, "%s%s", offset_span(link->gap, buffer),
				link->gap < 0 ? " later" : ""));
	object_flag(row, "order_broken", link->edge != NULL && !link->order_supported);
}

static void add_why(
	const struct page *page, cJSON *row, const struct incident *incident, const struct why *why)
{
	int64_t reference = page_reference(page->diagnosis, incident);
	char buffer[OFFSET_TEXT];
	cJSON *list;

	object_number(row, "n", why->n);
	object_text(
		row, "label", why->n == 0 ? "Symptom" : mem_printf(page->mem, "Why %u", why->n));
	page_code(page, row, "cause", why->cause->id);
	object_text(row, "kind", cause_kind_name(why->cause->kind));
	page_rich(page, row, "statement", why->statement != NULL ? why->statement : why->cause->id);
	object_text(row, "basis", basis_name(why->basis));
	object_text(row, "basis_words", basis_words(why));
	object_flag(row, "observed", why->evidence_count > 0);
	object_flag(row, "ends_here", why->n == incident->evidence_ends_at);
	object_text(row, "marks", marks(page->mem, why->evidence, why->evidence_count));
	object_text(
		row, "times", why->count > 1 ? page_plural(page->mem, why->count, "time") : NULL);
	object_time(row, "first", why->first);
	object_time(row, "last", why->last);
	object_text(row, "offset",
		offset_format(why->n == 0 ? reference : time_of(page->diagnosis, why), reference,
			buffer));
	add_link(page, row, why);
	list = object_list(row, "evidence");
	for (size_t i = 0; i < why->evidence_count; i++)
		page_evidence(page, object_row(list), why->evidence[i], reference);
	page_has(row, "evidence");
}

static void add_whys(const struct page *page, cJSON *object, const struct incident *incident)
{
	cJSON *list = object_list(object, "whys");
	size_t bottom = 0;
	bool linked = false;

	for (size_t i = 0; i < incident->why_count; i++) {
		add_why(page, object_row(list), incident, incident->whys[i]);
		if (incident->whys[i]->basis != BASIS_HYPOTHESIS)
			bottom = i;
		linked = linked || (i > 0 && bottom == i);
	}
	object_flag(object, "has_links", linked);
	list = object_list(object, "therefore");
	for (size_t i = bottom + 1; bottom > 0 && i > 0; i--) {
		cJSON *row = object_row(list);

		add_why(page, row, incident, incident->whys[i - 1]);
		object_flag(row, "follows", i - 1 < bottom);
		/* the link that leads here from below belongs to the deeper why */
		object_flag(row, "unordered",
			i - 1 < bottom && !incident->whys[i]->link.order_supported);
	}
	page_has(object, "therefore");
}

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

	for (size_t i = 0; i < count; i++) {
		cJSON *row = object_row(list);

		page_code(page, row, "test", incident->tests[i]->name);
		object_text(row, "message", incident->tests[i]->message);
		object_text(row, "outcome", outcome_name(incident->tests[i]->outcome));
	}
	page_has(object, "tests");
	object_number(object, "test_count", (double)incident->test_count);
	object_text(object, "test_words", page_plural(page->mem, incident->test_count, "test"));
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
	const struct page *page, cJSON *row, const struct incident *incident, const struct why *why)
{
	object_text(row, "title", "");
	add_why(page, row, incident, why);
}

/* Other causes that were observed; those that are gaps of tests or monitoring stand apart. */
static void add_contributing(
	const struct page *page, cJSON *object, const struct incident *incident)
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
		object_time(row, "first", finding->first);
	}
	for (size_t i = 0; i < incident->why_count; i++)
		if (is_detection_gap(incident->whys[i]->cause))
			add_uncaught(page, object_row(uncaught), incident, incident->whys[i]);
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
		object_text(row, "state", action->state);
	}
	page_has(object, "actions");
}

static void add_verdict(const struct page *page, cJSON *row, const struct incident *incident)
{
	static const char *const classes[] = { "confirmed", "likely", "possible", "inconclusive",
		"undiagnosed" };
	static const char *const flags[] = { "regressed", "fixed", "persisting", "flaky" };
	const char *state = title_state(incident);

	object_format(row, "fingerprint", "%.19s", incident->fingerprint);
	object_text(row, "verdict", verdict_name(incident->verdict));
	object_text(row, "verdict_class", classes[incident->verdict]);
	object_text(row, "verdict_reason", incident->verdict_reason);
	page_sentence(page, row, "reason", incident->verdict_reason);
	object_text(row, "state", state);
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		object_flag(row, flags[i], strncmp(state, flags[i], strlen(flags[i])) == 0);
	if (incident->confidence > 0)
		object_format(row, "confidence", "%.2f", incident->confidence);
	else
		object_null(row, "confidence");
}

/* Who the incident is: its root, or its symptom where there is none. */
static void add_who(const struct page *page, cJSON *row, const struct incident *incident)
{
	const struct why *why = title_why(incident);
	const struct cause *cause = incident->root;
	const struct why *symptom = incident->why_count > 0 ? incident->whys[0] : NULL;

	if (cause == NULL && why != NULL)
		cause = why->cause;
	page_code(page, row, "root", incident->root != NULL ? incident->root->id : NULL);
	page_code(page, row, "who", cause != NULL ? cause->id : NULL);
	page_rich(page, row, "title",
		cause != NULL ? title_of(page->mem, cause, why != NULL ? why->finding : NULL)
			      : NULL);
	object_text(row, "layer", cause != NULL ? cause->layer : NULL);
	object_text(row, "leaf", cause != NULL ? cause->leaf : NULL);
	object_text(row, "severity", cause != NULL ? cause_severity_name(cause->severity) : NULL);
	object_text(row, "services", services(page->mem, incident));
	page_sentence(page, row, "symptom", symptom != NULL ? symptom->statement : NULL);
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

void page_incident(const struct page *page, cJSON *row, const struct incident *incident)
{
	add_verdict(page, row, incident);
	add_who(page, row, incident);
	add_tests(page, row, incident);
	add_whys(page, row, incident);
	object_number(row, "ends_at", incident->evidence_ends_at);
	add_texts(page, row, "looked_for", incident->looked_for, incident->looked_for_count);
	add_texts(page, row, "questions", incident->questions, incident->question_count);
	add_alternatives(page, row, incident);
	add_contributing(page, row, incident);
	add_actions(page, row, incident);
	object_text(row, "join", incident->join);
	object_text(
		row, "mermaid", page->options->mermaid ? page_mermaid(page->mem, incident) : NULL);
	page_timeline(page, row, incident);
}

void page_undiagnosed(const struct page *page, cJSON *row, const struct undiagnosed *undiagnosed)
{
	const struct cause *nearest = undiagnosed->nearest;
	cJSON *list = object_list(row, "evidence");

	page_code(page, row, "test", undiagnosed->test != NULL ? undiagnosed->test->name : NULL);
	object_text(row, "first_error", undiagnosed->first_error);
	object_text(row, "newest_error", undiagnosed->newest_error);
	object_flag(row, "two_errors",
		undiagnosed->first_error != NULL && undiagnosed->newest_error != NULL &&
			strcmp(undiagnosed->first_error, undiagnosed->newest_error) != 0);
	object_text(row, "pattern", undiagnosed->pattern);
	page_code(page, row, "nearest", nearest != NULL ? nearest->id : NULL);
	object_text(row, "missed_because", undiagnosed->missed_because);
	object_text(
		row, "marks", marks(page->mem, undiagnosed->evidence, undiagnosed->evidence_count));
	for (size_t i = 0; i < undiagnosed->evidence_count; i++)
		page_evidence(page, object_row(list), undiagnosed->evidence[i], TIME_NONE);
	page_has(row, "evidence");
}
