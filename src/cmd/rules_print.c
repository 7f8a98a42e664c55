/* Rules and the results of their examples, as tables and as JSON. */
#include "cmd/rules_print.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "cmd/output.h"

static cJSON *object(void)
{
	return mem_check(cJSON_CreateObject());
}

static void add(cJSON *to, const char *name, const char *value)
{
	cJSON *item = value != NULL ? cJSON_CreateString(value) : cJSON_CreateNull();

	cJSON_AddItemToObject(to, name, mem_check(item));
}

static void print_json(cJSON *json, FILE *out)
{
	char *text = mem_check(cJSON_Print(json));

	fprintf(out, "%s\n", text);
	cJSON_free(text);
	cJSON_Delete(json);
}

static cJSON *edges(struct edge *const *list, size_t count, bool causes)
{
	cJSON *array = mem_check(cJSON_CreateArray());

	for (size_t i = 0; i < count; i++) {
		const struct edge *edge = list[i];
		cJSON *item = object();

		add(item, "cause", causes ? edge->cause->id : edge->effect->id);
		cJSON_AddBoolToObject(item, "implied", edge->implied);
		cJSON_AddNumberToObject(item, "weight", edge->weight);
		cJSON_AddItemToArray(array, item);
	}
	return array;
}

static cJSON *describe(const struct cause *cause)
{
	const struct {
		const char *name, *value;
	} fields[] = {
		{ "id", cause->id },
		{ "title", cause->title },
		{ "kind", cause_kind_name(cause->kind) },
		{ "layer", cause->layer },
		{ "severity", cause_severity_name(cause->severity) },
		{ "leaf", cause->leaf },
		{ "why", cause->why },
		{ "fix", cause->fix },
		{ "prevent", cause->prevent },
		{ "detect", cause->detect },
		{ "done_when", cause->done_when },
		{ "impact", cause->impact },
	};
	cJSON *json = object();

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		add(json, fields[i].name, fields[i].value);
	cJSON_AddBoolToObject(json, "observable", cause->when != NULL);
	cJSON_AddItemToObject(json, "because", edges(cause->because, cause->because_count, true));
	cJSON_AddItemToObject(
		json, "explains", edges(cause->explains, cause->explains_count, false));
	cJSON_AddNumberToObject(json, "examples", (double)cause->example_count);
	return json;
}

void rules_print_list(const struct rules *rules, bool json, FILE *out)
{
	cJSON *array = json ? mem_check(cJSON_CreateArray()) : NULL;

	for (size_t i = 0; i < rules_cause_count(rules); i++) {
		const struct cause *cause = rules_cause(rules, i);

		if (json)
			cJSON_AddItemToArray(array, describe(cause));
		else
			output_print(out, "%-44s %-8s %-8s %s\n", cause->id,
				cause_kind_name(cause->kind), cause_severity_name(cause->severity),
				cause->title);
	}
	if (json)
		print_json(array, out);
}

static void print_field(const char *name, const char *value, FILE *out)
{
	if (value != NULL)
		output_print(out, "%-10s %s\n", name, value);
}

static void print_edges(
	const char *name, struct edge *const *list, size_t count, bool causes, FILE *out)
{
	for (size_t i = 0; i < count; i++)
		output_print(out, "%-10s %s%s\n", name,
			causes ? list[i]->cause->id : list[i]->effect->id,
			list[i]->implied ? " (implied)" : "");
}

static void print_signature(const struct signature *signature, FILE *out)
{
	static const char *const names[] = { "match", "all", "seq", "any", "count", "absent" };

	for (size_t i = 0; i < signature->use_count; i++)
		output_print(
			out, "%-10s %s\n", names[signature->kind], signature->uses[i].term->text);
	for (size_t i = 0; i < signature->expected_count; i++)
		output_print(out, "%-10s %s\n", signature->staged ? "stage" : "none of",
			signature->expected[i].term->text);
	for (size_t i = 0; i < signature->not_count; i++)
		output_print(out, "%-10s %s\n", "not", signature->nots[i].use.term->text);
}

void rules_print_cause(const struct cause *cause, bool json, FILE *out)
{
	if (json) {
		print_json(describe(cause), out);
		return;
	}
	output_print(out, "%s\n", cause->id);
	print_field("title", cause->title, out);
	print_field("kind", cause_kind_name(cause->kind), out);
	print_field("severity", cause_severity_name(cause->severity), out);
	print_field("leaf", cause->leaf, out);
	if (cause->when == NULL)
		print_field("when", "never observed: asserted or a hypothesis only", out);
	else if (cause->when->kind != SIGN_ANY)
		print_signature(cause->when, out);
	else
		for (size_t i = 0; i < cause->when->any_count; i++)
			print_signature(cause->when->any[i], out);
	print_field("why", cause->why, out);
	print_edges("because", cause->because, cause->because_count, true, out);
	print_edges("explains", cause->explains, cause->explains_count, false, out);
	print_field("impact", cause->impact, out);
	print_field("fix", cause->fix, out);
	print_field("prevent", cause->prevent, out);
	print_field("detect", cause->detect, out);
	print_field("done when", cause->done_when, out);
	output_print(out, "%-10s %s:%u\n", "written in", cause->place.file, cause->place.line);
}

struct tally {
	unsigned match, matched, clean, cleaned, crossed;
};

static struct tally tally(const struct cause *cause, const struct example_results *results)
{
	struct tally tally = { 0 };

	for (size_t i = 0; i < results->count; i++) {
		const struct example_result *result = &results->items[i];

		if (result->fired == cause && result->owner != cause) {
			tally.crossed += !result->passed;
			continue;
		}
		if (result->owner != cause || result->fired != cause)
			continue;
		if (cause->examples[result->example].match) {
			tally.match++;
			tally.matched += result->passed;
		} else {
			tally.clean++;
			tally.cleaned += result->passed;
		}
	}
	return tally;
}

static cJSON *describe_result(const struct example_result *result)
{
	cJSON *item = object();

	add(item, "cause", result->owner->id);
	cJSON_AddNumberToObject(item, "example", (double)result->example + 1);
	add(item, "fired", result->fired->id);
	cJSON_AddBoolToObject(item, "passed", result->passed);
	add(item, "text", result->text);
	add(item, "file", result->place.file);
	cJSON_AddNumberToObject(item, "line", result->place.line);
	return item;
}

static void print_results_json(const struct example_results *results, FILE *out)
{
	cJSON *json = object(), *array = mem_check(cJSON_CreateArray());

	cJSON_AddNumberToObject(json, "schema_version", 1);
	cJSON_AddNumberToObject(json, "passed", (double)(results->count - results->failed));
	cJSON_AddNumberToObject(json, "failed", (double)results->failed);
	for (size_t i = 0; i < results->count; i++)
		cJSON_AddItemToArray(array, describe_result(&results->items[i]));
	cJSON_AddItemToObject(json, "results", array);
	print_json(json, out);
}

void rules_print_results(
	const struct rules *rules, const struct example_results *results, bool json, FILE *out)
{
	if (json) {
		print_results_json(results, out);
		return;
	}
	output_print(out, "%-44s %7s %7s %7s\n", "cause", "match", "clean", "crossed");
	for (size_t i = 0; i < rules_cause_count(rules); i++) {
		const struct cause *cause = rules_cause(rules, i);
		struct tally sum = tally(cause, results);

		if (cause->when != NULL)
			output_print(out, "%-44s %3u/%-3u %3u/%-3u %7u\n", cause->id, sum.matched,
				sum.match, sum.cleaned, sum.clean, sum.crossed);
	}
	for (size_t i = 0; i < results->count; i++)
		if (!results->items[i].passed)
			output_print(out, "%s:%u: %s: %s\n", results->items[i].place.file,
				results->items[i].place.line, results->items[i].owner->id,
				results->items[i].text);
	output_print(
		out, "%zu passed, %zu failed\n", results->count - results->failed, results->failed);
}
