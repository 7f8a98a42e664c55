/*
 * The chain of an incident as a picture. Places are worked out here, in pixels of a drawing that is
 * MAP_WIDTH wide, and words stay data: the template draws them, and so escapes them.
 */
#include <string.h>

#include "web/view.h"

#define MAP_WIDTH 340
#define MAP_LINE 17 /* from line to line */
#define MAP_PADDING 10
#define MAP_GAP 34 /* between boxes */
#define MAP_LETTERS 44 /* in a line; letters are about seven pixels wide */
#define MAP_LINES 3 /* of a statement */
#define MAP_MARKS 6 /* pieces of evidence that a box names */

/* The bytes of TEXT that go in a line: whole words, or else whole characters. */
static size_t line_of(const char *text)
{
	size_t length = strlen(text), at = 0, letters = 0, blank = 0, size;

	for (; at < length && letters < MAP_LETTERS; at += size, letters++) {
		size = utf8_sequence(text + at, length - at);
		if (size == 0)
			size = 1;
		if (text[at] == ' ')
			blank = at;
	}
	return at >= length || blank == 0 ? at : blank;
}

/* TEXT in lines from TOP down; returns where they end. */
static unsigned add_lines(struct view *view, cJSON *box, const char *text, unsigned top)
{
	cJSON *list = object_list(box, "lines");
	char *rest = mem_strdup(view->mem, text);

	/* what is emphasised or code in a rule is a word here */
	for (char *c = rest; *c != '\0'; c++)
		if (strchr("`\n\t", *c) != NULL)
			*c = ' ';
	for (unsigned i = 0; i < MAP_LINES && rest[0] != '\0'; i++) {
		size_t length = line_of(rest);
		bool cut = i + 1 == MAP_LINES && rest[length] != '\0';
		cJSON *line = object_row(list);

		top += MAP_LINE;
		object_number(line, "y", top);
		object_format(line, "text", "%.*s%s", (int)length, rest, cut ? "\xe2\x80\xa6" : "");
		rest += length;
		rest += strspn(rest, " ");
	}
	return top;
}

static void add_marks(cJSON *box, const struct why *why, unsigned y)
{
	cJSON *list = object_list(box, "map_marks");
	size_t count = why->evidence_count < MAP_MARKS ? why->evidence_count : MAP_MARKS;

	for (size_t i = 0; i < count; i++) {
		cJSON *mark = object_row(list);

		object_format(mark, "mark", "E%u", why->evidence[i]->number);
		object_number(mark, "x", (double)(MAP_WIDTH - 22 - 32 * (count - 1 - i)));
		object_number(mark, "y", y);
	}
}

/* A box from TOP down; returns its lower edge. */
static unsigned add_box(
	struct view *view, cJSON *list, const char *label, const char *text, unsigned top)
{
	cJSON *box = object_row(list);
	unsigned end = add_lines(view, box, text, top + MAP_PADDING + MAP_LINE);

	object_text(box, "label", label);
	object_number(box, "label_y", top + MAP_PADDING + 12);
	object_number(box, "y", top);
	object_number(box, "height", end + MAP_PADDING - top);
	return end + MAP_PADDING;
}

/* An arrow from the box that ends at TOP down to the next. */
static void add_arrow(cJSON *map, unsigned top, const char *word, bool dashed)
{
	cJSON *arrow = object_row(cJSON_GetObjectItem(map, "arrows"));

	object_number(arrow, "y1", top);
	object_number(arrow, "y2", top + MAP_GAP - 6);
	object_number(arrow, "y3", top + MAP_GAP);
	object_number(arrow, "word_y", top + MAP_GAP / 2 + 4);
	object_text(arrow, "word", word);
	object_flag(arrow, "dashed", dashed);
}

static unsigned add_why(
	struct view *view, cJSON *map, const struct incident *incident, size_t at, unsigned top)
{
	cJSON *list = cJSON_GetObjectItem(map, "boxes"), *box;
	const struct why *why = incident->whys[at];
	const char *label = why->n == 0 ? "Symptom" : mem_printf(view->mem, "Why %u", why->n);
	unsigned end = add_box(
		view, list, label, why->statement != NULL ? why->statement : why->cause->id, top);

	box = cJSON_GetArrayItem(list, (int)object_count(list) - 1);
	object_number(box, "n", why->n);
	object_text(box, "basis", basis_name(why->basis));
	object_flag(box, "deepest", at == incident->evidence_ends_at);
	add_marks(box, why, top + MAP_PADDING + 12);
	return end;
}

/* Other causes that could have been it hang below the chain. */
static unsigned add_rivals(
	struct view *view, cJSON *map, const struct incident *incident, unsigned top)
{
	cJSON *list = object_list(map, "rivals");

	for (size_t i = 0; i < incident->alternative_count && i < MAP_MARKS; i++)
		top = add_box(view, list, incident->alternatives[i].verdict,
			title_of(view->mem, incident->alternatives[i].cause, NULL),
			top + (i == 0 ? MAP_GAP : 8));
	return top;
}

void web_map(struct view *view, cJSON *row, const struct incident *incident)
{
	cJSON *map = object_child(row, "map");
	unsigned top = 1;

	object_list(map, "boxes");
	object_list(map, "arrows");
	for (size_t i = 0; i < incident->why_count; i++) {
		const struct why *why = incident->whys[i];

		if (i > 0) {
			add_arrow(map, top,
				why->basis == BASIS_HYPOTHESIS ? "perhaps because" : "because",
				why->evidence_count == 0);
			top += MAP_GAP;
		}
		top = add_why(view, map, incident, i, top);
	}
	object_number(map, "rivals_y", top + MAP_GAP - 10);
	object_flag(map, "has_rivals", incident->alternative_count > 0);
	top = add_rivals(view, map, incident, top);
	object_number(map, "width", MAP_WIDTH);
	object_number(map, "height", top + 1);
	object_number(map, "box_width", MAP_WIDTH - 2);
	object_number(map, "middle", MAP_WIDTH / 2);
	object_flag(row, "has_map", incident->why_count > 0);
}
