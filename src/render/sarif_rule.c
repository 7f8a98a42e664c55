/* Rules: what is said of a cause wherever it is found. */
#include <stdlib.h>
#include <string.h>

#include "render/sarif.h"
#include "render/title.h"

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct sarif_rule *)a)->id, ((const struct sarif_rule *)b)->id);
}

struct sarif_rules *sarif_rules_of(TALLOC_CTX *mem, const struct alerts *alerts, size_t count)
{
	struct sarif_rules *rules = mem_new(mem, struct sarif_rules);
	size_t kept = 0;

	rules->items = mem_array(rules, struct sarif_rule, count + 1);
	for (size_t i = 0; i < count; i++)
		rules->items[i] =
			(struct sarif_rule){ alerts->items[i].rule, alerts->items[i].cause };
	qsort(rules->items, count, sizeof(*rules->items), by_id);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || by_id(&rules->items[kept - 1], &rules->items[i]) != 0)
			rules->items[kept++] = rules->items[i];
	rules->count = kept;
	return rules;
}

size_t sarif_rules_index(const struct sarif_rules *rules, const char *id)
{
	const struct sarif_rule key = { .id = id };
	const struct sarif_rule *found =
		bsearch(&key, rules->items, rules->count, sizeof(key), by_id);

	return found == NULL ? 0 : (size_t)(found - rules->items);
}

struct help {
	const char *text, *markdown;
};

static void add_help(TALLOC_CTX *mem, const struct cause *cause, struct help *help,
	const char *label, const char *text)
{
	const char *break_before = help->text[0] != '\0' ? "\n\n" : "";

	if (text == NULL)
		return;
	text = page_stop(mem, title_text(mem, cause, text, NULL));
	help->text = mem_printf(mem, "%s%s%s: %s", help->text, break_before, label, text);
	help->markdown =
		mem_printf(mem, "%s%s**%s:** %s", help->markdown, break_before, label, text);
}

static struct help help_of(TALLOC_CTX *mem, const struct cause *cause)
{
	struct help help = { "", "" };

	add_help(mem, cause, &help, "Impact", cause->impact);
	add_help(mem, cause, &help, "Fix", cause->fix);
	add_help(mem, cause, &help, "Prevent", cause->prevent);
	add_help(mem, cause, &help, "Detect", cause->detect);
	add_help(mem, cause, &help, "Done when", cause->done_when);
	return help;
}

/* Tags are unique, and of a rule there are so many only. */
static void add_tags(cJSON *properties, const struct cause *cause)
{
	cJSON *list = object_list(properties, "tags");
	const char *const *tags = cause->tags;

	if (cause->layer != NULL && cause->layer[0] != '\0')
		object_item(list, cause->layer);
	for (; tags != NULL && *tags != NULL && object_count(list) < SARIF_TAGS_MAX; tags++) {
		const cJSON *item;
		bool known = false;

		cJSON_ArrayForEach(item, list) known =
			known || strcmp(item->valuestring, *tags) == 0;
		if (!known)
			object_item(list, *tags);
	}
}

/* An address that a browser may follow, and nothing that only looks like one. */
static const char *address_of(const struct cause *cause)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/:?#@!$&'()*+,;=";

	for (size_t i = 0; cause->references != NULL && cause->references[i] != NULL; i++)
		if (strncmp(cause->references[i], "https://", 8) == 0 &&
			strspn(cause->references[i], plain) == strlen(cause->references[i]))
			return cause->references[i];
	return NULL;
}

static void add_cause(TALLOC_CTX *mem, cJSON *row, const struct cause *cause)
{
	static const char *const problems[ALERT_LEVEL_COUNT] = { "recommendation", "warning",
		"error" };
	const char *title = title_of(mem, cause, NULL);
	struct help help = help_of(mem, cause);
	cJSON *object;

	sarif_message(mem, row, "shortDescription", title);
	sarif_message(mem, row, "fullDescription",
		cause->why != NULL ? title_text(mem, cause, cause->why, NULL) : title);
	object = object_child(row, "help");
	object_text(object, "text", help.text[0] != '\0' ? help.text : title);
	object_text(object, "markdown", help.markdown[0] != '\0' ? help.markdown : title);
	if (address_of(cause) != NULL)
		object_text(row, "helpUri", address_of(cause));
	object_text(object_child(row, "defaultConfiguration"), "level",
		sarif_level(alert_level_of(cause)));
	object = object_child(row, "properties");
	object_text(object, "kind", cause_kind_name(cause->kind));
	object_text(object, "problem.severity", problems[alert_level_of(cause)]);
	add_tags(object, cause);
}

static void add_unknown(TALLOC_CTX *mem, cJSON *row)
{
	static const char help[] =
		"No rule explains this failure. `fivewhys rules suggest` drafts one from the "
		"errors of this run, with examples.";
	cJSON *object;

	sarif_message(mem, row, "shortDescription", "A failure that no rule explains");
	sarif_message(mem, row, "fullDescription",
		"A test failed, and no rule knows a cause for what it and the logs say.");
	object = object_child(row, "help");
	object_text(object, "text", help);
	object_text(object, "markdown", help);
	object_text(object_child(row, "defaultConfiguration"), "level",
		sarif_level(alert_level_of(NULL)));
}

void sarif_rules_put(TALLOC_CTX *mem, cJSON *driver, const struct sarif_rules *rules)
{
	cJSON *list = object_list(driver, "rules");

	for (size_t i = 0; i < rules->count; i++) {
		cJSON *row = object_row(list);

		object_text(row, "id", rules->items[i].id);
		if (rules->items[i].cause != NULL)
			add_cause(mem, row, rules->items[i].cause);
		else
			add_unknown(mem, row);
	}
}
