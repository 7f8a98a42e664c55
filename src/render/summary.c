/*
 * The summary for the terminal: a template, laid out in at most 20 lines of the terminal's width.
 * Where it is longer, the next level shows less of it. A tab in the template says that a line may
 * be broken, and to which column; two tabs, that it comes before others where room is scarce (no
 * other tab can come in: texts are cleaned).
 */
#include "render/summary.h"

#include <stdlib.h>
#include <string.h>

#include "render/clean.h"
#include "render/columns.h"
#include "render/folder.h"

#define WIDTH_MIN 40
#define BREAKS_MAX 2 /* of one line */

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

/* A line of the template's output. */
struct line {
	char *text;
	unsigned rank; /* 0: never broken */
	size_t hanging; /* column of what is broken off */
	unsigned breaks; /* granted */
};

/* The lines of a summary, laid out. */
struct lines {
	char **items;
	size_t count;
};

static void escape(FILE *out, const char *text, size_t length)
{
	char *copy = mem_strndup(NULL, text, length);

	fputs(clean_line(copy, copy), out);
	talloc_free(copy);
}

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
	shorten(root, "undiagnosed", level->others);
	return root;
}

static void add_line(TALLOC_CTX *mem, struct lines *lines, const char *indent, const char *text,
	size_t length, bool cut)
{
	/* a runner takes a line that begins with "::" for a command */
	const char *guard = length > 0 && text[0] == ':' ? "\xe2\x80\xa6" : "";

	lines->items = mem_grow(mem, lines->items, lines->count, sizeof(char *));
	lines->items[lines->count++] = mem_printf(
		mem, "%s%s%.*s%s", indent, guard, (int)length, text, cut ? "\xe2\x80\xa6" : "");
}

/* Where a part of LENGTH bytes may be broken: at its last blank, unless that is far back. */
static size_t break_at(const char *text, size_t length)
{
	size_t at = length;

	while (at > length / 2 && text[at] != ' ')
		at--;
	return at > length / 2 ? at : length;
}

/* Break TEXT into at most LINES lines; HANGING is the column of those that follow. */
static void lay_out_line(TALLOC_CTX *mem, struct lines *lines, const char *text, size_t hanging,
	unsigned width, unsigned limit)
{
	const char *indent = "";
	size_t room = width, length = strlen(text);

	for (unsigned n = 1; columns_of(text, length) > room; n++) {
		size_t fit = columns_fit(text, length, n < limit ? room : room - 1);
		size_t end = n < limit ? break_at(text, fit) : fit;

		add_line(mem, lines, indent, text, end, n == limit);
		if (n == limit)
			return;
		text += end;
		text += strspn(text, " ");
		length = strlen(text);
		indent = mem_printf(mem, "%*s", (int)hanging, "");
		room = width - hanging - 1;
	}
	add_line(mem, lines, indent, text, length, false);
}

static size_t count_lines(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += *text == '\n';
	return count;
}

/* Take LINE apart in place: its text without tabs, and what they say. */
static struct line parse_line(char *line, unsigned width)
{
	struct line parsed = { .text = line };
	char *tab = strchr(line, '\t');

	if (tab == NULL)
		return parsed;
	parsed.rank = (unsigned)strspn(tab, "\t");
	parsed.hanging = columns_of(line, (size_t)(tab - line));
	if (parsed.hanging > width / 2)
		parsed.hanging = 4;
	memmove(tab, tab + parsed.rank, strlen(tab + parsed.rank) + 1);
	return parsed;
}

/* Lines that are too long get what is free of the room: the important ones, then the others. */
static void share(TALLOC_CTX *mem, struct line *items, size_t count, unsigned width)
{
	size_t spare = count < SUMMARY_LINES ? SUMMARY_LINES - count : 0;

	for (unsigned rank = 2; rank > 0; rank--)
		for (size_t i = 0; i < count; i++) {
			struct lines needed = { 0 };
			size_t limit = spare < BREAKS_MAX ? spare : BREAKS_MAX;

			if (items[i].rank != rank)
				continue;
			lay_out_line(mem, &needed, items[i].text, items[i].hanging, width,
				1 + (unsigned)limit);
			items[i].breaks = (unsigned)needed.count - 1;
			spare -= items[i].breaks;
		}
}

/* TEXT is taken apart in place. */
static struct lines lay_out(TALLOC_CTX *mem, char *text, unsigned width)
{
	struct lines lines = { 0 };
	struct line *items = mem_array(mem, struct line, count_lines(text) + 1);
	size_t count = 0;
	char *rest = text, *line;

	while ((line = strsep(&rest, "\n")) != NULL && (rest != NULL || line[0] != '\0'))
		items[count++] = parse_line(line, width);
	share(mem, items, count, width);
	for (size_t i = 0; i < count; i++)
		lay_out_line(
			mem, &lines, items[i].text, items[i].hanging, width, 1 + items[i].breaks);
	return lines;
}

static int try_level(const struct page *page, struct folder *folder, const struct level *level,
	struct lines *out, struct err *err)
{
	const struct template_options options = { escape, folder_partial, folder };
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
	*out = lay_out(page->mem, text, width);
	return 0;
}

int summary_put(const struct page *page, FILE *out, struct err *err)
{
	static const struct page_style style = { 0 };
	struct page styled = *page;
	struct folder *folder = folder_new(page->mem, page->options->folders);
	struct lines lines = { .count = SIZE_MAX };

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
