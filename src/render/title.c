/* Titles, places and totals. */
#include "render/title.h"

#include <string.h>

#include "render/object.h"
#include "template/template.h"

struct binder {
	cJSON *data;
	const struct finding *finding;
};

/* What the finding binds, else the name itself in angle quotes: a hole must not look like text. */
static void bind(void *context, const char *name, unsigned line, unsigned column)
{
	struct binder *binder = context;
	const struct finding *finding = binder->finding;
	const char *value = NULL;

	(void)line;
	(void)column;
	if (cJSON_HasObjectItem(binder->data, name))
		return;
	if (finding != NULL && finding->occurrence_count > 0)
		value = finding_value(finding, &finding->occurrences[0], name);
	if (value != NULL)
		object_text(binder->data, name, value);
	else
		object_format(binder->data, name, "\xe2\x80\xb9%s\xe2\x80\xba", name);
}

static void bind_figures(cJSON *data, const struct finding *finding)
{
	if (finding == NULL)
		return;
	object_number(data, "count", (double)finding->count);
	object_time(data, "first", finding->first);
	object_time(data, "last", finding->last);
}

const char *title_text(
	TALLOC_CTX *mem, const struct cause *cause, const char *text, const struct finding *finding)
{
	const struct template_options options = { 0 };
	struct binder binder = { .finding = finding };
	struct template *template;
	struct err err;
	char *out;

	if (cause->cre || strstr(text, "{{") == NULL ||
		template_parse(mem, cause->id, text, strlen(text), &template, &err) < 0)
		return text;
	binder.data = object_new();
	bind_figures(binder.data, finding);
	template_names(template, bind, &binder);
	if (template_expand(mem, template, binder.data, &options, &out, &err) < 0)
		out = mem_strdup(mem, text);
	cJSON_Delete(binder.data);
	return out;
}

const char *title_of(TALLOC_CTX *mem, const struct cause *cause, const struct finding *finding)
{
	return cause->title == NULL ? cause->id : title_text(mem, cause, cause->title, finding);
}

const struct why *title_why(const struct incident *incident)
{
	for (size_t i = incident->why_count; incident->root != NULL && i > 0; i--)
		if (incident->whys[i - 1]->cause == incident->root)
			return incident->whys[i - 1];
	return incident->why_count > 0 ? incident->whys[0] : NULL;
}

const struct cause *title_cause(const struct incident *incident)
{
	const struct why *why = title_why(incident);

	return incident->root != NULL || why == NULL ? incident->root : why->cause;
}

const char *title_basis(enum basis basis)
{
	static const char *const words[] = {
		[BASIS_OBSERVED] = "observed",
		[BASIS_ABSENT] = "observed absence",
		[BASIS_ASSERTED] = "asserted by rule",
		[BASIS_HYPOTHESIS] = "hypothesis",
	};

	return words[basis];
}

char *title_state(TALLOC_CTX *mem, const struct history *history)
{
	const char *name = incident_state_name(history->state);

	if (history->state == STATE_REGRESSED)
		return mem_printf(mem, "%s (fixed in run %lld, back since run %lld)", name,
			(long long)history->fixed_run, (long long)history->since_run);
	if (history->state == STATE_PERSISTING)
		return mem_printf(mem, "%s (since run %lld)", name, (long long)history->since_run);
	if (history->state == STATE_FIXED)
		return mem_printf(mem, "%s in run %lld", name, (long long)history->fixed_run);
	if (history->state == STATE_FLAKY)
		return mem_printf(mem, "%s (a test of it passed on the same commit)", name);
	return mem_strdup(mem, name);
}

char *title_action(TALLOC_CTX *mem, const struct action *action)
{
	if (action->done_run > 0)
		return mem_printf(
			mem, "%s in run %lld", action->state, (long long)action->done_run);
	if (action->wanted == 0)
		return mem_printf(mem, "%s, a person must judge", action->state);
	if (action->proven > 0)
		return mem_printf(
			mem, "%s, %u of %u runs", action->state, action->proven, action->wanted);
	return mem_strdup(mem, action->state);
}

const char *title_place(TALLOC_CTX *mem, const struct entry *entry)
{
	if (entry->insert_id != NULL && entry->insert_id[0] != '\0')
		return mem_printf(mem, "insertId %s", entry->insert_id);
	return entry->line > 0 ? mem_printf(mem, "line %llu", (unsigned long long)entry->line) : "";
}

const char *title_source(const struct entry *entry)
{
	return entry->source != NULL && entry->source->name != NULL ? entry->source->name : "";
}

uint64_t title_total(const struct counts *counts)
{
	return counts->passed + counts->failed + counts->errors + counts->skipped;
}

char *title_outcomes(TALLOC_CTX *mem, const struct counts *counts)
{
	const struct {
		uint64_t count;
		const char *name;
	} parts[] = {
		{ counts->failed, "failed" },
		{ counts->errors, counts->errors == 1 ? "error" : "errors" },
		{ counts->passed, "passed" },
		{ counts->skipped, "skipped" },
	};
	char *text = mem_strdup(mem, "");

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (parts[i].count > 0)
			text = mem_printf(mem, "%s%s%llu %s", text, text[0] != '\0' ? ", " : "",
				(unsigned long long)parts[i].count, parts[i].name);
	return text;
}
