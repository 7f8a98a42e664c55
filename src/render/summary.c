/*
 * The summary for the terminal: a template, laid out in at most 20 lines of the terminal's width.
 * Where it is longer, the next level shows less of it.
 */
#include "render/summary.h"

#include <stdlib.h>
#include <string.h>

#include "render/clean.h"
#include "render/columns.h"
#include "render/folder.h"
#include "render/sheet.h"

#define WIDTH_MIN 40

struct level {
	size_t whys, alternatives, actions, others;
};

static const struct level levels[] = {
	{ 12, 4, 4, 6 },
	{ 10, 3, 3, 4 },
	{ 9, 2, 2, 3 },
	{ 7, 2, 1, 2 },
	{ 4, 1, 1, 1 },
};

/* Keep MAXIMUM rows from the beginning of a list and say how many are left out. */
static void shorten(cJSON *object, const char *key, size_t maximum)
{
	cJSON *list = cJSON_GetObjectItemCaseSensitive(object, key);
	size_t count = object_count(list);
	double left_out; /* by the page already; not a number where it does not say */
	char name[64];

	snprintf(name, sizeof(name), "%s_left_out", key);
	left_out = cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(object, name));
	snprintf(name, sizeof(name), "more_%s", key);
	object_number(object, name,
		(left_out > 0 ? left_out : 0) + (count > maximum ? (double)(count - maximum) : 0));
	while (list != NULL && count > maximum)
		cJSON_DeleteItemFromArray(list, (int)--count);
}

/* Of the whys, the symptom and the deepest are worth most: the middle goes. */
static void shorten_whys(cJSON *incident, size_t maximum)
{
	cJSON *list = cJSON_GetObjectItemCaseSensitive(incident, "whys");
	size_t count = object_count(list), head = maximum / 2;

	if (count <= maximum)
		return;
	for (size_t i = maximum; i < count; i++)
		cJSON_DeleteItemFromArray(list, (int)head);
	object_number(cJSON_GetArrayItem(list, (int)head), "left_out", (double)(count - maximum));
}

/* Marks and offsets stand in columns. */
static void pad(cJSON *list, const char *key)
{
	char name[64];
	const cJSON *row;
	size_t widest = 0;

	snprintf(name, sizeof(name), "%s_padded", key);
	cJSON_ArrayForEach(row, list)
	{
		const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(row, key));

		if (text != NULL && strlen(text) > widest)
			widest = strlen(text);
	}
	for (cJSON *item = list != NULL ? list->child : NULL; item != NULL; item = item->next) {
		const char *text =
			cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, key));

		object_format(item, name, "%-*s", (int)widest, text != NULL ? text : "");
	}
}

/* What stands behind a why: the first of its evidence, or what it rests on. */
static void add_ground(cJSON *list)
{
	cJSON *why;

	cJSON_ArrayForEach(why, list)
	{
		const cJSON *evidence = cJSON_GetObjectItemCaseSensitive(why, "evidence");
		size_t count = object_count(evidence);
		const cJSON *id =
			count > 0 ? cJSON_GetObjectItemCaseSensitive(evidence->child, "id") : NULL;

		if (id == NULL)
			object_format(why, "ground", "(%s)",
				cJSON_GetStringValue(
					cJSON_GetObjectItemCaseSensitive(why, "basis_words")));
		else if (count == 1)
			object_format(why, "ground", "[%s]", id->valuestring);
		else
			object_format(why, "ground", "[%s +%zu]", id->valuestring, count - 1);
	}
}

/* Of a long name of a test the end says most. */
static void shorten_name(cJSON *first, const char *key, size_t room)
{
	const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(first, key));
	size_t length = name != NULL ? strlen(name) : 0, from = 0, size;
	size_t columns = columns_of(name, length);
	uint32_t code;

	if (columns <= room)
		return;
	for (; from < length && columns >= room; from += size) {
		size = clean_decode(name + from, length - from, &code);
		columns -= columns_of(name + from, size);
	}
	object_format(first, "short_test", "\xe2\x80\xa6%s", name + from);
}

/* The first of a list becomes KEY of the page; the rest are told in one line each. */
static cJSON *take_first(cJSON *root, const char *list_key, const char *key)
{
	cJSON *list = cJSON_GetObjectItemCaseSensitive(root, list_key);
	cJSON *first = cJSON_DetachItemFromArray(list, 0);

	if (first != NULL && !cJSON_AddItemToObject(root, key, first))
		mem_check(NULL);
	return first;
}

static void add_colours(cJSON *root, cJSON *first, bool colour)
{
	static const struct {
		const char *verdict, *sequence;
	} colours[] = {
		{ "CONFIRMED", "\033[1;32m" },
		{ "LIKELY", "\033[1;33m" },
		{ "POSSIBLE", "\033[1;33m" },
		{ "INCONCLUSIVE", "\033[1;35m" },
	};
	const char *verdict =
		cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(first, "verdict"));

	object_text(root, "bold", colour ? "\033[1m" : "");
	object_text(root, "dim", colour ? "\033[2m" : "");
	object_text(root, "off", colour ? "\033[0m" : "");
	object_text(root, "alarm", colour ? "\033[1;31m" : "");
	for (size_t i = 0; verdict != NULL && i < sizeof(colours) / sizeof(colours[0]); i++)
		if (strcmp(colours[i].verdict, verdict) == 0)
			object_text(root, "verdict_colour", colour ? colours[i].sequence : "");
}

static cJSON *tree_of(const struct page *page, const struct level *level, size_t width)
{
	cJSON *root = page_of(page), *first = take_first(root, "incidents", "first"), *whys;

	add_colours(root, first, page->options->colour);
	if (first != NULL) {
		shorten_whys(first, level->whys);
		whys = cJSON_GetObjectItemCaseSensitive(first, "whys");
		add_ground(whys);
		pad(whys, "label");
		pad(whys, "offset");
		shorten_name(first, "first_test", width - 26);
		shorten(first, "alternatives", level->alternatives);
		shorten(first, "actions", level->actions);
		shorten(first, "contributing", 3);
		shorten(first, "looked_for", 2);
	} else {
		take_first(root, "undiagnosed", "unknown");
	}
	shorten(root, "incidents", level->others);
	/* what to do about the first one is worth more than many names */
	shorten(root, "undiagnosed", (level->others + 1) / 2);
	shorten(root, "unexplained", 2 * level->others);
	return root;
}

static int try_level(const struct page *page, struct folder *folder, const struct level *level,
	struct summary_lines *out, struct err *err)
{
	const struct template_options options = { sheet_escape, folder_partial, folder };
	unsigned width = page->options->width == 0 ? SUMMARY_WIDTH : page->options->width;
	const struct template *template;
	char *text = NULL;
	cJSON *tree;
	int result;

	if (folder_get(folder, "summary.txt", &template, err) < 0)
		return -1;
	width = width < WIDTH_MIN ? WIDTH_MIN : width;
	tree = tree_of(page, level, width);
	result = template_expand(page->mem, template, tree, &options, &text, err);
	cJSON_Delete(tree);
	if (result < 0 || folder_fault(folder, err) < 0)
		return -1;
	*out = summary_lay_out(page->mem, text, width);
	return 0;
}

int summary_put(const struct page *page, FILE *out, struct err *err)
{
	static const struct page_style style = { 0 };
	struct page styled = *page;
	struct folder *folder = folder_new(page->mem, page->options->folders);
	struct summary_lines lines = { .count = SIZE_MAX };

	styled.style = &style;
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
		if (try_level(&styled, folder, &levels[i], &lines, err) < 0)
			return -1;
		if (lines.count <= SUMMARY_LINES)
			break;
	}
	/* whatever a user's own template makes of it: the last two lines are the scan and the way on */
	for (size_t i = 0; i < lines.count; i++)
		if (lines.count <= SUMMARY_LINES || i < SUMMARY_LINES - 2 || i + 2 >= lines.count)
			fprintf(out, "%s\n", lines.items[i]);
	return 0;
}
