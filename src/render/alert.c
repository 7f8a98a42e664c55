/* What there is to alert of: incidents, and the failures that no rule explains. */
#include "render/alert.h"

#include <string.h>
#include <uthash.h>

#include "render/alert_path.h"
#include "render/alert_place.h"
#include "render/clean.h"
#include "render/page.h"
#include "render/title.h"

struct seen {
	UT_hash_handle hh;
	unsigned count;
	char text[];
};

enum alert_level alert_level_of(const struct cause *cause)
{
	static const enum alert_level levels[] = {
		[RATING_LOW] = ALERT_NOTE,
		[RATING_MEDIUM] = ALERT_WARNING,
		[RATING_HIGH] = ALERT_ERROR,
		[RATING_CRITICAL] = ALERT_ERROR,
	};

	return cause == NULL ? ALERT_ERROR : levels[cause->severity];
}

struct alert_spot alert_test_spot(TALLOC_CTX *mem, const struct test *test)
{
	struct alert_spot spot = { .path = alert_path_of(mem, test) };

	if (spot.path != NULL)
		spot.line = test->file_line;
	return spot;
}

struct alert_spot alert_evidence_spot(const struct evidence *evidence)
{
	const struct entry *entry = evidence->entry;
	const char *name = title_source(entry);

	if (name[0] == '\0')
		return (struct alert_spot){ 0 };
	return (struct alert_spot){ .path = name, .line = entry->line, .source = true };
}

/* Looks into a list of evidence for SPOT, if no better place was found before. */
typedef void find_in(
	TALLOC_CTX *mem, struct alert_spot *spot, struct evidence *const *evidence, size_t count);

/* The first evidence of a known source. */
static void stand_at(
	TALLOC_CTX *mem, struct alert_spot *spot, struct evidence *const *evidence, size_t count)
{
	(void)mem;
	for (size_t i = 0; i < count && spot->path == NULL; i++)
		*spot = alert_evidence_spot(evidence[i]);
}

/* The first line of what was tested that the evidence names. */
static void stand_at_place(
	TALLOC_CTX *mem, struct alert_spot *spot, struct evidence *const *evidence, size_t count)
{
	if (spot->path == NULL)
		*spot = alert_place_of(mem, evidence, count);
}

/* The evidence of the why that stands for it comes first. */
static void look_for_spot(TALLOC_CTX *mem, struct alert *alert, find_in look)
{
	const struct incident *incident = alert->incident;
	const struct why *why = incident != NULL ? title_why(incident) : NULL;

	if (why != NULL)
		look(mem, &alert->spot, why->evidence, why->evidence_count);
	for (size_t i = 0; incident != NULL && i < incident->why_count; i++)
		look(mem, &alert->spot, incident->whys[i]->evidence,
			incident->whys[i]->evidence_count);
	if (alert->unknown != NULL)
		look(mem, &alert->spot, alert->unknown->evidence, alert->unknown->evidence_count);
}

/* What a step of a job prints is about the files in front of it; what a service logs is not. */
static bool is_step(const struct alert *alert)
{
	return alert->test_count > 0 && alert->tests[0]->step;
}

/* The first test whose file is known; of a step the place that its error names; else evidence. */
static void find_spot(TALLOC_CTX *mem, const struct run *run, struct alert *alert)
{
	struct alert_spot *spot = &alert->spot;

	for (size_t i = 0; i < alert->test_count && spot->path == NULL; i++)
		*spot = alert_test_spot(mem, alert->tests[i]);
	if (is_step(alert))
		look_for_spot(mem, alert, stand_at_place);
	look_for_spot(mem, alert, stand_at);
	if (spot->path == NULL && run->source_count > 0)
		*spot = (struct alert_spot){ .path = run->sources[0]->name, .source = true };
}

/* "tests/x.py::test_a", "tests/x.py::test_a and 2 more tests". */
static char *who(TALLOC_CTX *mem, const struct alert *alert)
{
	char *name = clean_line(mem, alert->tests[0]->name);

	if (alert->test_count == 1)
		return name;
	return mem_printf(
		mem, "%s and %s", name, page_plural(mem, alert->test_count - 1, "more test"));
}

/* TEXT in one line, without the full stop at its end. */
static char *clause(TALLOC_CTX *mem, const char *text)
{
	char *line = clean_line(mem, text);
	size_t length = strlen(line);

	if (length > 0 && line[length - 1] == '.')
		line[length - 1] = '\0';
	return line;
}

static void tell_incident(TALLOC_CTX *mem, const struct run *run, struct alert *alert)
{
	const struct incident *incident = alert->incident;
	const struct why *why = title_why(incident);
	const struct cause *cause = title_cause(incident);
	const struct finding *finding = why != NULL ? why->finding : NULL;
	const char *title = cause == NULL ? "No cause was found" : title_of(mem, cause, finding);
	const char *told = why != NULL && why->statement != NULL ? why->statement : title;
	const char *verdict = verdict_name(incident->verdict);

	if (why != NULL && why->evidence_count == 0)
		verdict = mem_printf(mem, "%s, %s", verdict, title_basis(why->basis));
	alert->cause = cause;
	alert->rule = cause != NULL ? cause->id : ALERT_UNKNOWN;
	alert->level = alert_level_of(cause);
	alert->title = clean_line(mem, title);
	alert->fingerprint = incident->fingerprint;
	alert->tests = (const struct test **)incident->tests;
	alert->test_count = incident->test_count;
	alert->claim = mem_printf(mem, "%s (%s)", clause(mem, told), verdict);
	if (alert->test_count > 0)
		alert->message = mem_printf(mem, "%s failed: %s.", who(mem, alert), alert->claim);
	else
		alert->message = mem_printf(mem, "%s.", alert->claim);
	find_spot(mem, run, alert);
}

static const char *error_of(const struct undiagnosed *unknown)
{
	const char *error =
		unknown->first_error != NULL ? unknown->first_error : unknown->newest_error;

	if (error == NULL && unknown->test != NULL)
		error = unknown->test->message;
	return error != NULL && error[0] != '\0' ? error : "it did not say why";
}

/* By the error with its masks, so that it is the same in the next run; else by the test. */
static const char *unknown_fingerprint(TALLOC_CTX *mem, const struct undiagnosed *unknown)
{
	const char *text = unknown->pattern;
	char digest[DIGEST_TEXT];

	if (text == NULL || text[0] == '\0')
		text = unknown->test != NULL ? unknown->test->name : error_of(unknown);
	digest_of(text, strlen(text), digest);
	return mem_printf(mem, "u1:%s", digest);
}

static void tell_unknown(TALLOC_CTX *mem, const struct run *run, struct alert *alert)
{
	const struct undiagnosed *unknown = alert->unknown;

	alert->claim = clause(mem, error_of(unknown));
	alert->rule = ALERT_UNKNOWN;
	alert->level = alert_level_of(NULL);
	alert->title = "No rule explains this failure";
	alert->fingerprint = unknown_fingerprint(mem, unknown);
	if (alert->test_count > 0)
		alert->message = mem_printf(mem, "%s failed, and no rule explains it: %s.",
			who(mem, alert), alert->claim);
	else
		alert->message =
			mem_printf(mem, "No rule explains this failure: %s.", alert->claim);
	find_spot(mem, run, alert);
}

static void add_test(TALLOC_CTX *mem, struct alert *alert, const struct test *test)
{
	if (test == NULL)
		return;
	alert->tests = mem_grow(mem, alert->tests, alert->test_count, sizeof(*alert->tests));
	alert->tests[alert->test_count++] = test;
}

/* Failures with one error are one alert, as on every page. */
static void add_unknowns(TALLOC_CTX *mem, struct alerts *alerts, const struct diagnosis *diagnosis)
{
	const size_t count = diagnosis->undiagnosed_count, first = alerts->count;
	size_t *places = mem_array(mem, size_t, count + 1), *leaders = page_leaders(mem, diagnosis);

	for (size_t i = 0; i < count; i++) {
		size_t leader = leaders[i];

		if (leader == i) {
			places[i] = alerts->count++;
			alerts->items[places[i]] =
				(struct alert){ .unknown = diagnosis->undiagnosed[i] };
		}
		add_test(mem, &alerts->items[places[leader]], diagnosis->undiagnosed[i]->test);
	}
	for (size_t i = first; i < alerts->count; i++)
		tell_unknown(mem, diagnosis->run, &alerts->items[i]);
}

/* Whatever made them: of two alerts with one fingerprint a reader would be shown one. */
static void make_unique(TALLOC_CTX *mem, struct alerts *alerts)
{
	struct seen *all = NULL, *item, *next;

	for (size_t i = 0; i < alerts->count; i++) {
		struct alert *alert = &alerts->items[i];
		size_t length = strlen(alert->fingerprint);

		HASH_FIND(hh, all, alert->fingerprint, length, item);
		if (item == NULL) {
			item = mem_check(talloc_zero_size(mem, sizeof(*item) + length + 1));
			memcpy(item->text, alert->fingerprint, length);
			HASH_ADD_KEYPTR(hh, all, item->text, length, item);
		}
		if (++item->count > 1)
			alert->fingerprint =
				mem_printf(mem, "%s:%u", alert->fingerprint, item->count);
	}
	HASH_ITER (hh, all, item, next)
		HASH_DEL(all, item);
}

struct alerts *alerts_of(TALLOC_CTX *mem, const struct diagnosis *diagnosis)
{
	struct alerts *alerts = mem_new(mem, struct alerts);

	alerts->items = mem_array(
		alerts, struct alert, diagnosis->incident_count + diagnosis->undiagnosed_count + 1);
	for (size_t i = 0; i < diagnosis->incident_count; i++) {
		struct alert *alert = &alerts->items[alerts->count++];

		*alert = (struct alert){ .incident = diagnosis->incidents[i] };
		tell_incident(alerts, diagnosis->run, alert);
	}
	add_unknowns(alerts, alerts, diagnosis);
	make_unique(alerts, alerts);
	return alerts;
}
