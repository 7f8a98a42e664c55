/* The whys of a chain: from the symptom down, and read back from the root. */
#include "render/offset.h"
#include "render/page.h"
#include "render/title.h"

#define MARKS_MAX 4

const char *page_marks(TALLOC_CTX *mem, struct evidence *const *evidence, size_t count)
{
	char *text = mem_strdup(mem, "");

	for (size_t i = 0; i < count && i < MARKS_MAX; i++)
		text = mem_printf(mem, "%s%sE%u", text, i > 0 ? ", " : "", evidence[i]->number);
	if (count > MARKS_MAX)
		text = mem_printf(mem, "%s and %zu more", text, count - MARKS_MAX);
	return text;
}

/* A score says nothing of a why that was not looked at: hypotheses have none. */
static void add_link(const struct page *page, cJSON *row, const struct why *why)
{
	const struct link *link = &why->link;
	char buffer[OFFSET_TEXT];

	object_flag(row, "linked", link->weight > 0 && why->basis != BASIS_HYPOTHESIS);
	object_format(row, "score", "%.2f", link->score);
	object_format(row, "weight", "%.2f", link->weight);
	object_format(row, "key_factor", "%.2f", link->key_factor);
	object_format(row, "time_factor", "%.2f", link->time_factor);
	object_format(row, "specificity_factor", "%.2f", link->specificity_factor);
	object_text(row, "keys_agreed", link->keys_agreed);
	object_text(row, "keys_missing", link->keys_missing);
	if (link->weight == 0 || link->gap == TIME_NONE)
		object_null(row, "gap");
	else
		object_text(row, "gap",
			mem_printf(page->mem, "%s%s", offset_span(link->gap, buffer),
				link->gap < 0 ? " later" : ""));
	object_flag(row, "order_broken", link->weight > 0 && !link->order_supported);
}

void page_why(const struct page *page, cJSON *row, const struct why *why, int64_t reference)
{
	char buffer[OFFSET_TEXT];
	cJSON *list;

	object_number(row, "n", why->n);
	object_text(
		row, "label", why->n == 0 ? "Symptom" : mem_printf(page->mem, "Why %u", why->n));
	page_code(page, row, "cause", why->cause->id);
	object_text(row, "kind", cause_kind_name(why->cause->kind));
	page_rich(page, row, "statement", why->statement != NULL ? why->statement : why->cause->id);
	object_text(row, "basis", basis_name(why->basis));
	object_text(row, "basis_words", title_basis(why->basis));
	object_flag(row, "observed", why->evidence_count > 0);
	object_text(row, "marks", page_marks(page->mem, why->evidence, why->evidence_count));
	object_text(
		row, "times", why->count > 1 ? page_plural(page->mem, why->count, "time") : NULL);
	object_time(row, "first", why->first);
	object_time(row, "last", why->last);
	object_text(row, "offset", offset_format(why->moment, reference, buffer));
	add_link(page, row, why);
	list = object_list(row, "evidence");
	for (size_t i = 0; i < why->evidence_count; i++)
		page_evidence(page, object_row(list), why->evidence[i], reference);
	page_has(row, "evidence");
}

void page_whys(
	const struct page *page, cJSON *object, const struct incident *incident, int64_t reference)
{
	cJSON *list = object_list(object, "whys");
	size_t bottom = 0;
	bool linked = false;

	for (size_t i = 0; i < incident->why_count; i++) {
		cJSON *row = object_row(list);

		page_why(page, row, incident->whys[i], reference);
		object_flag(row, "ends_here", i == incident->evidence_ends_at);
		if (incident->whys[i]->basis != BASIS_HYPOTHESIS)
			bottom = i;
		linked = linked || (i > 0 && bottom == i);
	}
	object_flag(object, "has_links", linked);
	list = object_list(object, "therefore");
	for (size_t i = bottom + 1; bottom > 0 && i > 0; i--) {
		cJSON *row = object_row(list);

		page_why(page, row, incident->whys[i - 1], reference);
		object_flag(row, "follows", i - 1 < bottom);
		/* the link that leads here from below belongs to the deeper why */
		object_flag(row, "unordered",
			i - 1 < bottom && !incident->whys[i]->link.order_supported);
	}
	page_has(object, "therefore");
}
