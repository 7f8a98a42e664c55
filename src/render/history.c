/* Pages of the history: lists of incidents. */
#include "render/history.h"

#include <string.h>

#include "render/object.h"
#include "render/page.h"
#include "render/sheet.h"
#include "render/title.h"

#define SCHEMA 1 /* of the JSON of lists: keys are only ever added */
#define EXCERPT 400 /* bytes of a text that matches */

/* "run 7", "runs 1 to 7 (4 times)" */
static char *run_words(TALLOC_CTX *mem, const struct history *history)
{
	if (history->first_run == history->last_run)
		return mem_printf(mem, "run %lld", (long long)history->last_run);
	return mem_printf(mem, "runs %lld to %lld (%s)", (long long)history->first_run,
		(long long)history->last_run, page_plural(mem, history->occurrences, "time"));
}

cJSON *history_item(TALLOC_CTX *mem, const struct store_incident *item, bool words)
{
	cJSON *row = object_new();

	object_number(row, "id", (double)item->id);
	object_text(row, "fingerprint", item->fingerprint);
	object_text(row, "state", incident_state_name(item->history.state));
	object_text(row, "verdict", item->verdict);
	object_text(row, "cause", item->cause != NULL ? item->cause->id : NULL);
	object_text(row, "title", item->cause != NULL ? title_of(mem, item->cause, NULL) : NULL);
	object_text(row, "layer", item->cause != NULL ? item->cause->layer : NULL);
	object_text(row, "severity",
		item->cause != NULL ? cause_severity_name(item->cause->severity) : NULL);
	object_text(row, "service", item->service);
	object_text(row, "why", item->why);
	object_text(row, "action", item->action);
	object_number(row, "tests", (double)item->tests);
	object_time(row, "since", item->since);
	object_time(row, "first", item->first);
	object_time(row, "last", item->last);
	object_number(row, "first_run", (double)item->history.first_run);
	object_number(row, "last_run", (double)item->history.last_run);
	object_number(row, "occurrences", (double)item->history.occurrences);
	object_text(row, "judgement", item->judgement);
	if (!words)
		return row;
	object_text(row, "state_words", title_state(mem, &item->history));
	object_text(row, "test_words", page_plural(mem, item->tests, "test"));
	object_text(row, "run_words", run_words(mem, &item->history));
	return row;
}

void history_run(cJSON *object, const struct run *run)
{
	object_number(object, "id", (double)run->id);
	object_text(object, "label", run->label);
	if (run->iteration > 0)
		object_number(object, "iteration", run->iteration);
	else
		object_null(object, "iteration");
	object_text(object, "commit", run->commit);
	object_text(object, "branch", run->branch);
	object_text(object, "environment", run->environment);
	object_time(object, "start", run->first);
	object_time(object, "end", run->last);
	object_number(object, "passed", (double)run->counts.passed);
	object_number(object, "failed", (double)run->counts.failed);
	object_number(object, "errors", (double)run->counts.errors);
	object_number(object, "skipped", (double)run->counts.skipped);
}

void history_filters(cJSON *object, const struct store_incident_filter *filter, bool words)
{
	char since[WHEN_TEXT];
	const struct {
		const char *word, *value;
	} parts[] = {
		{ "state", filter->open ? "open" : NULL },
		{ "state", filter->state },
		{ "service", filter->service },
		{ "test", filter->test },
		{ "layer", filter->layer },
		{ "cause", filter->cause },
		{ "since", filter->since != TIME_NONE ? when_format(filter->since, since) : NULL },
	};
	cJSON *list = words ? object_list(object, "filters") : object_child(object, "filter");

	for (size_t i = words ? 0 : 1; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (!words)
			object_text(list, parts[i].word, parts[i].value);
		else if (parts[i].value != NULL) {
			cJSON *row = object_row(list);

			object_text(row, "word", parts[i].word);
			object_text(row, "value", parts[i].value);
		}
	if (!words)
		object_flag(list, "open", filter->open);
}

int render_incidents(TALLOC_CTX *mem, const struct store_incident *items, size_t count, bool more,
	enum render_format format, const struct render_options *options, char **out, size_t *length,
	struct err *err)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	cJSON *tree = object_new(), *list;
	int result;

	object_number(tree, "schema_version", SCHEMA);
	list = object_list(tree, "incidents");
	for (size_t i = 0; i < count; i++)
		if (!cJSON_AddItemToArray(
			    list, history_item(scratch, &items[i], format != RENDER_JSON)))
			mem_check(NULL);
	if (more && count > 0)
		object_format(tree, "next", "%lld:%lld",
			(long long)items[count - 1].history.last_run,
			(long long)items[count - 1].id);
	else
		object_null(tree, "next");
	if (format != RENDER_JSON)
		object_flag(tree, "any", count > 0);
	result = sheet_render(mem, tree, "list", format, options, out, length, err);
	talloc_free(scratch);
	return result;
}

/* Of a long text the first lines. */
static char *excerpt(TALLOC_CTX *mem, const char *text)
{
	return mem_strndup(mem, text, utf8_cut(text, strlen(text), EXCERPT));
}

int render_matches(TALLOC_CTX *mem, const struct store_match *matches, size_t count, int64_t next,
	enum render_format format, const struct render_options *options, char **out, size_t *length,
	struct err *err)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	cJSON *tree = object_new(), *list;
	int result;

	object_number(tree, "schema_version", SCHEMA);
	list = object_list(tree, "matches");
	for (size_t i = 0; i < count; i++) {
		cJSON *row = object_row(list);

		object_text(row, "text", excerpt(scratch, matches[i].text));
		if (!cJSON_AddItemToObject(row, "incident",
			    history_item(scratch, &matches[i].incident, format != RENDER_JSON)))
			mem_check(NULL);
	}
	if (next != 0)
		object_number(tree, "next", (double)next);
	else
		object_null(tree, "next");
	if (format != RENDER_JSON)
		object_flag(tree, "any", count > 0);
	result = sheet_render(mem, tree, "search", format, options, out, length, err);
	talloc_free(scratch);
	return result;
}
