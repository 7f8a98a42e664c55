/* What the pages share. */
#include "web/view.h"

#include <string.h>

struct render_options view_render_options(const struct view *view)
{
	return (struct render_options){ .folders = view->site->options.folders };
}

void view_rich(struct view *view, cJSON *object, const char *key, const char *text)
{
	object_text(object, key, text);
	if (!view->json)
		object_text(object, mem_printf(view->mem, "%s_rich", key),
			text != NULL ? html_rich(view->mem, text) : NULL);
}

void view_day(cJSON *object, const char *key, int64_t time)
{
	char text[WHEN_TEXT];

	if (time == TIME_NONE)
		object_null(object, key);
	else
		object_format(object, key, "%.10s %.5s", when_format(time, text), text + 11);
}

void view_cause(struct view *view, cJSON *object, const char *id)
{
	if (!view->json)
		object_flag(object, "known",
			id != NULL && strlen(id) <= VIEW_NAME &&
				rules_find(view->site->options.rules, id) != NULL);
}

void view_take(cJSON *tree, cJSON *from)
{
	cJSON *item;

	while ((item = cJSON_DetachItemFromArray(from, 0)) != NULL)
		if (!cJSON_AddItemToObject(tree, item->string, item))
			mem_check(NULL);
	cJSON_Delete(from);
}

/* Badges and chips get their colour from the word. */
static void add_class(cJSON *row, const char *key, const char *word)
{
	char name[32];
	size_t i = 0;

	for (; word != NULL && word[i] != '\0' && i < sizeof(name) - 1; i++)
		name[i] = (char)(word[i] == ' '			    ? '-'
				 : word[i] >= 'A' && word[i] <= 'Z' ? word[i] + 32
								    : word[i]);
	name[i] = '\0';
	object_text(row, key, name);
}

void view_incident_row(struct view *view, cJSON *list, const struct store_incident *item)
{
	cJSON *row = history_item(view->mem, item, !view->json);

	if (!cJSON_AddItemToArray(list, row))
		mem_check(NULL);
	if (view->json)
		return;
	view_cause(view, row, item->cause != NULL ? item->cause->id : NULL);
	view_day(row, "since_words", item->since);
	view_day(row, "last_words", item->last);
	object_flag(row, "has_tests", item->tests > 0);
	object_flag(row, "is_judged", item->judgement != NULL);
	add_class(row, "verdict_class", item->verdict);
	add_class(row, "state_class", incident_state_name(item->history.state));
}

/* Of a bar of 32 pixels what failed is red, and a single failure can be seen. */
static void add_bar(cJSON *row, const struct counts *counts)
{
	const unsigned height = 32;
	uint64_t bad = counts->failed + counts->errors, total = title_total(counts);
	unsigned red = total > 0 ? (unsigned)((double)bad / (double)total * height) : 0;

	if (bad > 0 && red < 3)
		red = 3;
	object_flag(row, "is_bad", bad > 0);
	object_flag(row, "is_good", bad == 0 && counts->passed > 0);
	object_number(row, "red", red);
	object_number(row, "red_y", height - red);
	object_number(row, "green", total > 0 ? height - red : 0);
}

void view_run_row(struct view *view, cJSON *list, const struct run *run)
{
	cJSON *row = object_row(list);
	const char *words;

	history_run(row, run);
	if (view->json)
		return;
	words = title_outcomes(view->mem, &run->counts);
	object_text(row, "words", words[0] != '\0' ? words : "no tests");
	view_day(row, "end_words", run->last);
	object_flag(row, "complete", run->complete);
	add_bar(row, &run->counts);
}

/* The fields that a list keeps from one part to the next. */
void view_next(struct view *view, cJSON *tree, const char *name)
{
	char *query = mem_printf(view->mem, "?before=%s", view->next != NULL ? view->next : "");

	object_text(tree, "next", view->next);
	if (view->json || view->next == NULL)
		return;
	if (view->is_static) {
		object_format(tree, "next_link", "%s-%u.html", name, view->number + 1);
		return;
	}
	for (size_t i = 0; i < view->target.count; i++)
		if (strcmp(view->target.fields[i].name, "before") != 0)
			query = mem_printf(view->mem, "%s&%s=%s", query,
				target_encode(view->mem, view->target.fields[i].name),
				target_encode(view->mem, view->target.fields[i].value));
	object_text(tree, "next_link", query);
}
