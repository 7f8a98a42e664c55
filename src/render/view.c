/* The JSON contract: the order of these lines is the order of its keys. */
#include "render/view.h"

#include <string.h>

#include "render/object.h"
#include "render/title.h"

static void add_counts(cJSON *object, const struct counts *counts)
{
	object_number(object, "total", (double)title_total(counts));
	object_number(object, "passed", (double)counts->passed);
	object_number(object, "failed", (double)counts->failed);
	object_number(object, "errors", (double)counts->errors);
	object_number(object, "skipped", (double)counts->skipped);
}

static void add_run(cJSON *root, const struct diagnosis *diagnosis)
{
	const struct run *run = diagnosis->run;
	cJSON *object = object_child(root, "run"), *window, *offset;

	object_number(object, "id", (double)run->id);
	object_text(object, "label", run->label);
	object_text(object, "commit", run->commit);
	window = object_child(object, "window");
	object_time(window, "start", run->first);
	object_time(window, "end", run->last);
	add_counts(object_child(object, "tests"), &run->counts);
	object_text(object, "branch", run->branch);
	object_text(object, "environment", run->environment);
	object_text(object, "input_sha256", run->sha256[0] != '\0' ? run->sha256 : NULL);
	object_texts(object, "count_notes", run->count_notes, run->count_note_count);
	if (!diagnosis->offset_found) {
		object_null(object, "offset");
		return;
	}
	offset = object_child(object, "offset");
	object_number(offset, "seconds", (double)diagnosis->offset);
	object_text(offset, "note", diagnosis->offset_note);
}

static void add_text(cJSON *row, const struct entry *entry, const char *sha256)
{
	size_t length = utf8_cut(entry->text, entry->text_len, VIEW_TEXT_MAX);
	char *text = mem_strndup(NULL, entry->text, length);

	object_text(row, "text", text);
	object_text(row, "sha256", sha256);
	if (length < entry->text_len)
		object_flag(row, "truncated", true);
	talloc_free(text);
}

static void add_evidence(cJSON *object, struct evidence *const *evidence, size_t count)
{
	cJSON *list = object_list(object, "evidence");

	for (size_t i = 0; i < count; i++) {
		const struct entry *entry = evidence[i]->entry;
		cJSON *row = object_row(list);
		TALLOC_CTX *mem = talloc_new(NULL);

		object_format(row, "id", "E%u", evidence[i]->number);
		object_text(row, "source", title_source(entry));
		object_text(row, "place", title_place(mem, entry));
		object_number(row, "line", (double)entry->line);
		object_time(row, "time", entry->time);
		add_text(row, entry, evidence[i]->sha256);
		object_text(row, "role", evidence[i]->role);
		object_text(row, "severity", severity_name(entry->severity));
		object_text(row, "service", entry->service);
		talloc_free(mem);
	}
}

static void add_link(cJSON *row, const struct link *link)
{
	cJSON *object;

	if (link->weight == 0) {
		object_null(row, "link");
		return;
	}
	object = object_child(row, "link");
	object_number(object, "score", link->score);
	object_number(object, "weight", link->weight);
	object_number(object, "key_factor", link->key_factor);
	object_number(object, "time_factor", link->time_factor);
	object_number(object, "specificity_factor", link->specificity_factor);
	object_text(object, "keys_agreed", link->keys_agreed);
	object_text(object, "keys_missing", link->keys_missing);
	if (link->gap == TIME_NONE)
		object_null(object, "gap_nanoseconds");
	else
		object_number(object, "gap_nanoseconds", (double)link->gap);
	object_flag(object, "order_supported", link->order_supported);
}

static void add_whys(cJSON *object, const struct incident *incident)
{
	cJSON *list = object_list(object, "whys");

	for (size_t i = 0; i < incident->why_count; i++) {
		const struct why *why = incident->whys[i];
		cJSON *row = object_row(list);

		object_number(row, "n", why->n);
		object_text(row, "cause", why->cause->id);
		object_text(row, "kind", cause_kind_name(why->cause->kind));
		object_text(row, "statement", why->statement);
		object_text(row, "basis", basis_name(why->basis));
		object_number(row, "count", (double)why->count);
		object_time(row, "first", why->first);
		object_time(row, "last", why->last);
		add_evidence(row, why->evidence, why->evidence_count);
		add_link(row, &why->link);
	}
}

static void add_alternatives(cJSON *object, const struct incident *incident)
{
	cJSON *list = object_list(object, "alternatives");

	for (size_t i = 0; i < incident->alternative_count; i++) {
		const struct alternative *alternative = &incident->alternatives[i];
		cJSON *row = object_row(list);

		object_text(row, "cause", alternative->cause->id);
		object_text(row, "verdict", alternative->verdict);
		object_text(row, "because", alternative->because);
	}
}

/* A cause may contribute in several groups; it is named once. */
static void add_contributing(cJSON *object, const struct incident *incident)
{
	cJSON *list = object_list(object, "contributing");

	for (size_t i = 0; i < incident->contributing_count; i++) {
		const char *id = incident->contributing[i]->cause->id;
		const cJSON *item;
		bool known = false;

		cJSON_ArrayForEach(item, list) known = known || strcmp(item->valuestring, id) == 0;
		if (!known)
			object_item(list, id);
	}
}

static void add_actions(cJSON *object, const struct incident *incident)
{
	cJSON *list = object_list(object, "actions");

	for (size_t i = 0; i < incident->action_count; i++) {
		const struct action *action = &incident->actions[i];
		cJSON *row = object_row(list);

		object_text(row, "kind", action->kind);
		object_text(row, "text", action->text);
		object_text(row, "done_when", action->done_when);
		object_text(row, "state", action->state);
		object_text(row, "judged_by", action->wanted > 0 ? "runs" : "a person");
		object_number(row, "runs_wanted", action->wanted);
		object_number(row, "runs_proven", action->proven);
		if (action->done_run > 0)
			object_number(row, "done_run", (double)action->done_run);
		else
			object_null(row, "done_run");
	}
}

static void add_who(cJSON *row, const struct incident *incident)
{
	const struct why *why = title_why(incident);
	const struct cause *cause = title_cause(incident);
	TALLOC_CTX *mem = talloc_new(NULL);

	object_text(row, "root_cause", incident->root != NULL ? incident->root->id : NULL);
	object_text(row, "title",
		cause == NULL ? NULL : title_of(mem, cause, why != NULL ? why->finding : NULL));
	object_text(row, "layer", cause == NULL ? NULL : cause->layer);
	object_text(row, "severity", cause == NULL ? NULL : cause_severity_name(cause->severity));
	talloc_free(mem);
}

/* Keys that are there only where the rule says something. */
static void add_about(cJSON *row, const struct incident *incident)
{
	const struct cause *cause = title_cause(incident);
	size_t count = 0;

	while (cause != NULL && cause->references != NULL && cause->references[count] != NULL)
		count++;
	if (cause != NULL && cause->impact != NULL)
		object_text(row, "impact", cause->impact);
	if (count > 0)
		object_texts(row, "references", cause->references, count);
}

static void add_run_id(cJSON *object, const char *key, int64_t run)
{
	if (run != 0)
		object_number(object, key, (double)run);
	else
		object_null(object, key);
}

/* Runs by their ids; null where there is none. */
static void add_history(cJSON *row, const struct history *history)
{
	cJSON *object = object_child(row, "history");

	add_run_id(object, "first_run", history->first_run);
	add_run_id(object, "since_run", history->since_run);
	add_run_id(object, "fixed_run", history->fixed_run);
	add_run_id(object, "last_run", history->last_run);
	object_number(object, "occurrences", (double)history->occurrences);
}

static void add_judgements(cJSON *row, const struct incident *incident)
{
	cJSON *list = object_list(row, "judgements");

	for (size_t i = 0; i < incident->judgement_count; i++) {
		const struct judgement *judgement = &incident->judgements[i];
		cJSON *item = object_row(list);

		object_text(item, "kind", judgement->kind);
		object_text(item, "author", judgement->author);
		object_time(item, "time", judgement->time);
		object_text(item, "text", judgement->text);
		object_text(item, "owner", judgement->owner);
		object_time(item, "until", judgement->until);
	}
}

static void add_incident(cJSON *row, const struct incident *incident)
{
	cJSON *tests;

	object_text(row, "fingerprint", incident->fingerprint);
	object_text(row, "verdict", verdict_name(incident->verdict));
	object_text(row, "state", incident_state_name(incident->history.state));
	add_who(row, incident);
	tests = object_list(row, "tests");
	for (size_t i = 0; i < incident->test_count; i++)
		object_item(tests, incident->tests[i]->name);
	add_whys(row, incident);
	object_number(row, "evidence_ends_at", incident->evidence_ends_at);
	add_alternatives(row, incident);
	add_contributing(row, incident);
	add_actions(row, incident);
	object_text(row, "verdict_reason", incident->verdict_reason);
	object_texts(row, "looked_for", incident->looked_for, incident->looked_for_count);
	object_texts(row, "questions", incident->questions, incident->question_count);
	object_text(row, "join", incident->join);
	object_number(row, "confidence", incident->confidence);
	add_about(row, incident);
	add_history(row, &incident->history);
	add_judgements(row, incident);
	if (incident->id != 0)
		object_number(row, "id", (double)incident->id);
	else
		object_null(row, "id");
}

static void add_undiagnosed(cJSON *row, const struct undiagnosed *undiagnosed)
{
	cJSON *nearest;

	object_text(row, "test", undiagnosed->test != NULL ? undiagnosed->test->name : NULL);
	object_text(row, "first_error", undiagnosed->first_error);
	object_text(row, "newest_error", undiagnosed->newest_error);
	object_text(row, "template", undiagnosed->pattern);
	if (undiagnosed->nearest == NULL) {
		object_null(row, "nearest_rule");
	} else {
		nearest = object_child(row, "nearest_rule");
		object_text(nearest, "cause", undiagnosed->nearest->id);
		object_text(nearest, "missed_because", undiagnosed->missed_because);
	}
	add_evidence(row, undiagnosed->evidence, undiagnosed->evidence_count);
}

static void add_sources(cJSON *scan, const struct run *run)
{
	cJSON *list = object_list(scan, "sources");

	for (size_t i = 0; i < run->source_count; i++) {
		const struct source_info *source = run->sources[i];
		cJSON *row = object_row(list);

		object_text(row, "name", source->name);
		object_text(row, "format", source->format);
		object_number(row, "entries", (double)source->entries);
		object_number(row, "skipped", (double)source->skipped);
		object_flag(row, "truncated", source->truncated);
		object_number(row, "bytes", (double)source->bytes);
		object_number(row, "duplicates", (double)source->duplicates);
		object_number(row, "untimed", (double)source->untimed);
		object_number(row, "redactions", (double)source->redactions);
		object_time(row, "first", source->first);
		object_time(row, "last", source->last);
		object_text(row, "sha256", source->sha256[0] != '\0' ? source->sha256 : NULL);
		object_texts(row, "notes", source->notes, source->note_count);
	}
}

static void add_scan(cJSON *root, const struct run *run)
{
	cJSON *scan = object_child(root, "scan"), *kinds;

	object_flag(scan, "complete", run->complete);
	object_number(scan, "entries", (double)run->entries);
	object_number(scan, "bytes", (double)run->bytes);
	object_number(scan, "redactions", (double)run->redactions);
	kinds = object_child(scan, "redactions_by_kind");
	for (size_t i = 0; i < run->redacted_count; i++)
		object_number(kinds, run->redacted[i].kind, (double)run->redacted[i].count);
	add_sources(scan, run);
	object_texts(scan, "gaps", run->gaps, run->gap_count);
	object_texts(scan, "limits_hit", run->limits, run->limit_count);
}

static void add_unexplained(cJSON *root, const struct diagnosis *diagnosis)
{
	cJSON *list = object_list(root, "unexplained");

	for (size_t i = 0; i < diagnosis->unexplained_count; i++) {
		struct unexplained *item = &diagnosis->unexplained[i];
		cJSON *row = object_row(list);

		object_text(row, "template", item->pattern);
		object_number(row, "count", (double)item->count);
		add_evidence(row, &item->evidence, item->evidence != NULL);
	}
}

cJSON *view_of(const struct diagnosis *diagnosis)
{
	cJSON *root = object_new(), *tool, *list;

	object_number(root, "schema_version", VIEW_SCHEMA);
	tool = object_child(root, "tool");
	object_text(tool, "name", PACKAGE_NAME);
	object_text(tool, "version", PACKAGE_VERSION);
	object_text(tool, "rules_sha256", diagnosis->rules_sha256);
	add_run(root, diagnosis);
	list = object_list(root, "incidents");
	for (size_t i = 0; i < diagnosis->incident_count; i++)
		add_incident(object_row(list), diagnosis->incidents[i]);
	list = object_list(root, "undiagnosed");
	for (size_t i = 0; i < diagnosis->undiagnosed_count; i++)
		add_undiagnosed(object_row(list), diagnosis->undiagnosed[i]);
	add_scan(root, diagnosis->run);
	add_unexplained(root, diagnosis);
	return root;
}
