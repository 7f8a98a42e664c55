/* What stage 1 tells of one cause: in bounded memory, and one pass over each entry. */
#include "match/watch.h"

#include <string.h>

#include "match/overlap.h"
#include "match/uses.h"

#define LITERALS_MAX 16 /* of one regex that are looked at */
#define SHARED_LEAST 4 /* bytes that a near line shares, and a quarter of the literal */
#define EXCERPT 240 /* bytes kept of a line */
#define LEAD 60 /* of these, before what is shared */

struct watched {
	const struct term *term;
	struct overlap **literals;
	size_t literal_count;
	struct watch_near near[WATCH_NEAR]; /* best first */
	size_t near_count;
};

struct watch {
	const struct rules *rules;
	struct watched *terms;
	size_t term_count;
	struct watch_exclusion *exclusions;
	size_t exclusion_count;
};

static struct watched *watched_of(const struct watch *watch, const struct term *term)
{
	for (size_t i = 0; i < watch->term_count; i++)
		if (watch->terms[i].term == term)
			return &watch->terms[i];
	return NULL;
}

static void add_literal(struct watch *watch, struct watched *watched, const char *literal)
{
	watched->literals = mem_grow(
		watch, watched->literals, watched->literal_count, sizeof(*watched->literals));
	watched->literals[watched->literal_count++] = overlap_new(watch, literal);
}

static void add_literals(struct watch *watch, struct watched *watched)
{
	const struct term *term = watched->term;
	const char **literals;
	size_t count;
	bool folded;

	if (term->kind == TERM_LITERAL)
		add_literal(watch, watched, term->text);
	if (term->kind != TERM_REGEX)
		return;
	count = rule_literals(watch, term->text, term->nocase, &literals, &folded);
	for (size_t i = 0; i < count && i < LITERALS_MAX; i++)
		add_literal(watch, watched, literals[i]);
}

static void add_term(void *context, const struct use *use, enum role role)
{
	struct watch *watch = context;
	struct watched *watched;

	(void)role;
	if (watched_of(watch, use->term) != NULL)
		return;
	watch->terms = mem_grow(watch, watch->terms, watch->term_count, sizeof(*watch->terms));
	watched = &watch->terms[watch->term_count++];
	*watched = (struct watched){ .term = use->term };
	add_literals(watch, watched);
}

struct watch *watch_new(TALLOC_CTX *mem, const struct rules *rules, const struct cause *cause)
{
	struct watch *watch = mem_new(mem, struct watch);

	watch->rules = rules;
	if (cause->when != NULL)
		uses_each(cause->when, add_term, watch);
	return watch;
}

void watch_begin(struct watch *watch)
{
	for (size_t i = 0; i < watch->exclusion_count; i++)
		watch->exclusions[i].touched = false;
}

/* A copy whose text is what stands around FROM, where a run begins. */
static const struct entry *excerpt(TALLOC_CTX *mem, const struct entry *entry, size_t from)
{
	size_t start = from > LEAD ? from - LEAD : 0;
	struct entry copy = *entry;
	char *text;

	/* whole characters: the text is valid UTF-8 */
	while (start > 0 && ((unsigned char)entry->text[start] & 0xc0) == 0x80)
		start--;
	copy.text_len = utf8_cut(entry->text + start, entry->text_len - start, EXCERPT);
	text = mem_printf(NULL, "%s%.*s%s", start > 0 ? "\u2026" : "", (int)copy.text_len,
		entry->text + start, start + copy.text_len < entry->text_len ? "\u2026" : "");
	copy.text = text;
	copy.text_len = strlen(text);
	copy.raw = copy.json = NULL;
	copy.raw_len = copy.json_len = 0;
	entry = entry_copy(mem, &copy);
	talloc_free(text);
	return entry;
}

static bool is_known(const struct watched *watched, const struct entry *entry)
{
	for (size_t i = 0; i < watched->near_count; i++)
		if (strcmp(watched->near[i].entry->text, entry->text) == 0)
			return true;
	return false;
}

/* Of equal ones the first that was read stays in front. */
static void keep_near(struct watched *watched, const struct watch_near *near)
{
	size_t place = watched->near_count;

	while (place > 0 && watched->near[place - 1].score < near->score)
		place--;
	if (watched->near_count == WATCH_NEAR)
		talloc_free((void *)watched->near[WATCH_NEAR - 1].entry);
	else
		watched->near_count++;
	memmove(&watched->near[place + 1], &watched->near[place],
		(watched->near_count - 1 - place) * sizeof(*near));
	watched->near[place] = *near;
}

static void look(struct watch *watch, struct watched *watched, const struct entry *entry)
{
	struct watch_near near = { .score = 0 };
	size_t end, best_end = 0;

	for (size_t i = 0; i < watched->literal_count; i++) {
		const struct overlap *literal = watched->literals[i];
		size_t score = overlap_longest(literal, entry->text, entry->text_len, &end);

		if (score <= near.score)
			continue;
		near.score = score;
		near.wanted = overlap_length(literal);
		best_end = end;
	}
	if (near.score < SHARED_LEAST || 4 * near.score < near.wanted ||
		(watched->near_count == WATCH_NEAR &&
			near.score <= watched->near[WATCH_NEAR - 1].score))
		return;
	near.entry = excerpt(watch, entry, best_end - near.score);
	if (is_known(watched, near.entry)) {
		talloc_free((void *)near.entry);
		return;
	}
	near.shared =
		mem_strndup((void *)near.entry, entry->text + best_end - near.score, near.score);
	keep_near(watched, &near);
}

void watch_entry(struct watch *watch, const struct hits *hits, const struct entry *entry)
{
	for (size_t i = 0; i < watch->term_count; i++) {
		struct watched *watched = &watch->terms[i];
		uint64_t total;
		size_t count;

		hits_of(hits, watched->term->index, &count, &total);
		if (total == 0)
			look(watch, watched, entry);
	}
}

static struct watch_exclusion *find_exclusion(
	const struct watch *watch, const struct term *term, const struct condition *condition)
{
	for (size_t i = 0; i < watch->exclusion_count; i++)
		if (watch->exclusions[i].term == term &&
			watch->exclusions[i].condition == condition)
			return &watch->exclusions[i];
	return NULL;
}

static struct watch_exclusion *add_exclusion(
	struct watch *watch, const struct term *term, const struct condition *condition)
{
	struct watch_exclusion *exclusion;

	watch->exclusions = mem_grow(
		watch, watch->exclusions, watch->exclusion_count, sizeof(*watch->exclusions));
	exclusion = &watch->exclusions[watch->exclusion_count++];
	*exclusion = (struct watch_exclusion){ .term = term, .condition = condition };
	return exclusion;
}

void watch_excluded(struct watch *watch, const struct term *term, const struct condition *condition,
	struct document *document)
{
	struct watch_exclusion *exclusion;

	if (watched_of(watch, term) == NULL)
		return;
	exclusion = find_exclusion(watch, term, condition);
	if (exclusion == NULL)
		exclusion = add_exclusion(watch, term, condition);
	exclusion->touched = true;
	if (exclusion->count++ > 0)
		return;
	exclusion->entry = excerpt(watch, document->entry, 0);
	exclusion->found = condition_found(watch, condition, document);
}

/* What was near before it stays near: an entry that was read before is so twice. */
void watch_forget(struct watch *watch)
{
	for (size_t i = 0; i < watch->exclusion_count; i++)
		if (watch->exclusions[i].touched)
			watch->exclusions[i].count--;
	watch_begin(watch);
}

const struct watch_exclusion *watch_exclusion_of(
	const struct watch *watch, const struct term *term, const struct condition *condition)
{
	const struct watch_exclusion *exclusion = find_exclusion(watch, term, condition);

	return exclusion != NULL && exclusion->count > 0 ? exclusion : NULL;
}

size_t watch_near_of(
	const struct watch *watch, const struct term *term, const struct watch_near **out)
{
	const struct watched *watched = watched_of(watch, term);

	*out = watched != NULL ? watched->near : NULL;
	return watched != NULL ? watched->near_count : 0;
}
