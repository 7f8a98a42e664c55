/* An explanation as JSON: fivewhys(1) tells of its keys. */
#include "render/render.h"

#include <stdlib.h>

#include "render/clean.h"
#include "render/json.h"
#include "render/object.h"

#define SCHEMA 1

static void put_citation(cJSON *row, const struct citation *citation)
{
	const struct entry *entry = citation->entry;
	size_t length = clean_limit(entry->text, entry->text_len);
	char *text = mem_strndup(NULL, entry->text, length);

	object_text(row, "source", entry->source != NULL ? entry->source->name : NULL);
	object_number(row, "line", (double)entry->line);
	object_time(row, "time", entry->time);
	object_text(row, "text", text);
	object_flag(row, "near", citation->near);
	object_text(row, "note", citation->note);
	talloc_free(text);
}

static void put_clause(cJSON *object, const struct clause *clause)
{
	cJSON *list;

	object_text(object, "what", clause->what);
	object_text(object, "wants", clause->wants);
	object_text(object, "state", explanation_state_name(clause->state));
	object_number(object, "seen", (double)clause->seen);
	object_texts(object, "notes", clause->notes, clause->note_count);
	list = object_list(object, "lines");
	for (size_t i = 0; i < clause->citation_count; i++)
		put_citation(object_row(list), &clause->citations[i]);
	list = object_list(object, "parts");
	for (size_t i = 0; i < clause->part_count; i++)
		put_clause(object_row(list), clause->parts[i]);
}

static void put_group(cJSON *object, const struct explained_group *group)
{
	cJSON *keys = object_child(object, "keys");

	for (size_t i = 0; i < group->key_count; i++)
		object_text(keys, group->keys[i].name, group->keys[i].value);
	put_clause(object_child(object, "clause"), group->clause);
}

static cJSON *make_tree(const struct explanation *explanation, const struct run *run)
{
	cJSON *tree = object_new(), *groups;

	object_number(tree, "schema_version", SCHEMA);
	object_text(tree, "cause", explanation->cause->id);
	object_text(tree, "title", explanation->cause->title);
	object_text(tree, "verdict", explanation_verdict(explanation));
	object_text(tree, "reason", explanation->fired == 0 ? explanation->reason : NULL);
	object_number(tree, "count", (double)explanation->count);
	object_number(tree, "entries", (double)run->entries);
	groups = object_child(tree, "group_counts");
	object_number(groups, "fired", (double)explanation->fired);
	object_number(groups, "inconclusive", (double)explanation->inconclusive);
	object_number(groups, "not_fired", (double)explanation->silent);
	object_texts(tree, "notes", explanation->notes, explanation->note_count);
	groups = object_list(tree, "groups");
	for (size_t i = 0; i < explanation->group_count; i++)
		put_group(object_row(groups), &explanation->groups[i]);
	return tree;
}

char *render_explanation_json(
	TALLOC_CTX *mem, const struct explanation *explanation, const struct run *run)
{
	cJSON *tree = make_tree(explanation, run);
	char *text = NULL, *copy;
	size_t length = 0;
	FILE *out = mem_check(open_memstream(&text, &length));

	json_write(out, tree);
	cJSON_Delete(tree);
	if (fclose(out) != 0)
		mem_check(NULL);
	copy = mem_strndup(mem, text, length);
	free(text);
	return copy;
}
