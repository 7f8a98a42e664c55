/* One result: where it is, the chain as a flow, and what it rests on. */
#include <string.h>

#include "render/clean.h"
#include "render/sarif.h"
#include "render/title.h"

#define FINGERPRINT "fivewhysIncident/v1"
#define FINGERPRINT_GITHUB "primaryLocationLineHash" /* the only one by which GitHub tells alerts */

static void add_physical(const struct page *page, cJSON *location, const struct alert_spot *spot,
	const char *snippet)
{
	cJSON *physical, *artifact, *region;

	if (spot->path == NULL)
		return;
	physical = object_child(location, "physicalLocation");
	artifact = object_child(physical, "artifactLocation");
	object_text(artifact, "uri", sarif_uri(page->mem, spot->path));
	object_text(artifact, "uriBaseId", spot->source ? "INPUTS" : "SRCROOT");
	if (spot->line == 0)
		return;
	region = object_child(physical, "region");
	object_number(region, "startLine", (double)spot->line);
	if (snippet != NULL)
		sarif_message(page->mem, region, "snippet", snippet);
}

/* "E3 (tests.txt, line 41): E  assert 503 == 200" */
static char *cite(const struct page *page, const struct evidence *evidence)
{
	TALLOC_CTX *mem = page->mem;

	return mem_printf(mem, "E%u (%s, %s): %s", evidence->number,
		clean_line(mem, title_source(evidence->entry)),
		clean_line(mem, title_place(mem, evidence->entry)), alert_quote(mem, evidence));
}

static const char *importance_of(const struct incident *incident, const struct why *why)
{
	if (why->basis == BASIS_HYPOTHESIS)
		return "unimportant";
	return why->n == 0 || why->cause == incident->root ? "essential" : "important";
}

/* A why without evidence has no place of its own: it stands at the alert's, and says so. */
static void add_step(
	const struct page *page, cJSON *step, const struct alert *alert, const struct why *why)
{
	const struct evidence *evidence = why->evidence_count > 0 ? why->evidence[0] : NULL;
	cJSON *location = object_child(step, "location"), *properties;
	struct alert_spot spot = { .path = alert->spot.path, .source = alert->spot.source };
	char *text = alert_why(page->mem, why);

	if (evidence != NULL)
		spot = alert_evidence_spot(evidence);
	add_physical(
		page, location, &spot, evidence != NULL ? alert_quote(page->mem, evidence) : NULL);
	text = evidence != NULL ? mem_printf(page->mem, "%s Evidence %s",
					  page_stop(page->mem, text), cite(page, evidence))
				: mem_printf(page->mem, "%s No evidence in this run.",
					  page_stop(page->mem, text));
	sarif_message(page->mem, location, "message", text);
	object_text(step, "importance", importance_of(alert->incident, why));
	properties = object_child(step, "properties");
	object_number(properties, "why", why->n);
	object_text(properties, "cause", why->cause->id);
	object_text(properties, "basis", basis_name(why->basis));
}

/*
 * A flow is in the order of time (section 3.38): from the deepest cause up to the symptom, at the
 * place of the alert. Hypotheses come first and have no place in that order.
 */
static void add_flow(const struct page *page, cJSON *row, const struct alert *alert)
{
	const struct incident *incident = alert->incident;
	size_t count = incident->why_count, order = 0;
	cJSON *flow, *steps;

	if (count == 0)
		return;
	flow = object_row(object_list(row, "codeFlows"));
	sarif_message(page->mem, flow, "message", "From the deepest cause to the symptom.");
	steps = object_list(object_row(object_list(flow, "threadFlows")), "locations");
	for (size_t i = count; i > 0; i--) {
		const struct why *why = incident->whys[i - 1];
		cJSON *step;

		/* of more than are shown the symptom and what is next to it */
		if (i > SARIF_STEPS_MAX)
			continue;
		step = object_row(steps);
		add_step(page, step, alert, why);
		if (why->basis != BASIS_HYPOTHESIS)
			object_number(step, "executionOrder", (double)++order);
	}
}

static cJSON *related(
	const struct page *page, cJSON *list, const struct alert_spot *spot, const char *snippet)
{
	cJSON *row = object_row(list);

	object_number(row, "id", (double)object_count(list));
	add_physical(page, row, spot, snippet);
	return row;
}

static void add_evidence(
	const struct page *page, cJSON *list, struct evidence *const *evidence, size_t count)
{
	for (size_t i = 0; i < count && object_count(list) < SARIF_RELATED_MAX; i++) {
		struct alert_spot spot = alert_evidence_spot(evidence[i]);

		if (spot.path != NULL)
			sarif_message(page->mem,
				related(page, list, &spot, alert_quote(page->mem, evidence[i])),
				"message", cite(page, evidence[i]));
	}
}

/* The other tests that failed for it, and all evidence. */
static void add_related(const struct page *page, cJSON *row, const struct alert *alert)
{
	cJSON *list = object_list(row, "relatedLocations");

	for (size_t i = 1; i < alert->test_count && i <= SARIF_RELATED_MAX / 2; i++) {
		struct alert_spot spot = alert_test_spot(page->mem, alert->tests[i]);

		if (spot.path != NULL)
			sarif_message(page->mem, related(page, list, &spot, NULL), "message",
				mem_printf(page->mem, "%s failed, too.",
					clean_line(page->mem, alert->tests[i]->name)));
	}
	if (alert->unknown != NULL)
		add_evidence(page, list, alert->unknown->evidence, alert->unknown->evidence_count);
	for (size_t i = 0; alert->incident != NULL && i < alert->incident->why_count; i++)
		add_evidence(page, list, alert->incident->whys[i]->evidence,
			alert->incident->whys[i]->evidence_count);
}

static void add_properties(const struct page *page, cJSON *row, const struct alert *alert)
{
	const struct incident *incident = alert->incident;
	cJSON *properties = object_child(row, "properties"), *tests;

	if (incident != NULL) {
		object_text(properties, "verdict", verdict_name(incident->verdict));
		object_text(properties, "verdictReason", incident->verdict_reason);
		object_text(properties, "state", incident_state_name(incident->history.state));
	} else {
		object_text(properties, "verdict", verdict_name(VERDICT_UNDIAGNOSED));
		object_text(properties, "pattern", alert->unknown->pattern);
	}
	if (alert->cause != NULL) {
		object_text(properties, "layer", alert->cause->layer);
		object_text(properties, "severity", cause_severity_name(alert->cause->severity));
	}
	tests = object_list(properties, "tests");
	for (size_t i = 0; i < alert->test_count && i < PAGE_TESTS_MAX; i++)
		object_item(tests, alert->tests[i]->name);
	page_limit(properties, "testsLeftOut", alert->test_count, PAGE_TESTS_MAX);
	object_text(properties, "chain", alert_chain(page->mem, page->diagnosis, alert));
}

void sarif_result_put(const struct page *page, cJSON *row, const struct alert *alert, size_t index)
{
	cJSON *list, *prints;

	object_text(row, "ruleId", alert->rule);
	object_number(row, "ruleIndex", (double)index);
	object_text(row, "level", sarif_level(alert->level));
	sarif_message(page->mem, row, "message", alert->message);
	list = object_list(row, "locations");
	if (alert->spot.path != NULL)
		add_physical(page, object_row(list), &alert->spot, NULL);
	if (alert->incident != NULL)
		add_flow(page, row, alert);
	add_related(page, row, alert);
	prints = object_child(row, "partialFingerprints");
	object_text(prints, FINGERPRINT, alert->fingerprint);
	object_text(prints, FINGERPRINT_GITHUB, alert->fingerprint);
	add_properties(page, row, alert);
}
