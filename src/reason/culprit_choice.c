/*
 * Which lines of a step are told. A line with a place in it is taken where it comes first:
 * compilers go on after the error that matters. Of what tools only say, the block nearest to the
 * end counts: what a script lived with came before.
 */
#include <string.h>

#include "reason/culprit_kept.h"

#define SHOWN 3 /* lines that are no errors at all */

static void add(struct culprit *culprit, const struct entry *entry)
{
	if (culprit->count == CULPRIT_LINES)
		return; /* the rest would only repeat it */
	for (size_t i = 0; i < culprit->count; i++)
		if (culprit->lines[i]->order == entry->order &&
			culprit->lines[i]->line == entry->line)
			return;
	culprit->lines[culprit->count++] = entry;
}

/* The first line of RANK in the last block of such lines. */
static size_t last_block(const struct culprit_line *lines, size_t count, enum culprit_rank rank)
{
	size_t first = count;

	for (size_t i = count; i > 0; i--) {
		if (lines[i - 1].rank != rank)
			continue;
		if (first < count &&
			lines[first].entry->order - lines[i - 1].entry->order > CULPRIT_BLOCK)
			break;
		first = i - 1;
	}
	return first;
}

/* The blanks before the "> " of Gradle, which tells causes below their effects; 0: none. */
static size_t depth_of(const struct entry *entry)
{
	size_t depth = 0;

	while (depth + 1 < entry->text_len && entry->text[depth] == ' ')
		depth++;
	return entry->text[depth] == '>' && entry->text[depth + 1] == ' ' ? depth : 0;
}

static bool same_text(const struct entry *a, const struct entry *b)
{
	return a->text_len == b->text_len && memcmp(a->text, b->text, a->text_len) == 0;
}

/* Jenkins and others say at the end once more what they said where it happened. */
static const struct entry *first_said(
	const struct culprit_step *of, enum culprit_rank rank, const struct entry *entry)
{
	for (size_t i = 0; i < of->first_count[rank]; i++)
		if (same_text(of->first[rank][i].entry, entry))
			return of->first[rank][i].entry;
	return entry;
}

static bool begins(const struct entry *entry, const char *words)
{
	size_t blanks = 0, length = strlen(words);

	while (blanks < entry->text_len &&
		(entry->text[blanks] == ' ' || entry->text[blanks] == '\t'))
		blanks++;
	return entry->text_len - blanks >= length &&
	       memcmp(entry->text + blanks, words, length) == 0;
}

/*
 * Java and Cargo tell the cause of an error below it, and the cause of that one: the last one of a
 * chain is the reason of all. Cargo has it in the line below the words.
 */
static void follow_causes(struct culprit *culprit, const struct culprit_line *lines, size_t count)
{
	const struct entry *top = culprit->lines[0];
	uint64_t last = top->order;

	for (size_t i = 0; i < count; i++) {
		const struct entry *entry = lines[i].entry;

		if (entry->order <= last || !begins(entry, "Caused by:"))
			continue;
		if (entry->order - last > CULPRIT_BLOCK)
			break;
		last = entry->order;
		if (!begins(entry, "Caused by: ") && i + 1 < count)
			entry = lines[++i].entry;
		culprit->lines[0] = entry;
	}
	if (culprit->lines[0] != top)
		add(culprit, top);
}

/* The deepest cause of those that are told below the line. */
static void deepen(struct culprit *culprit, const struct culprit_line *lines, size_t count)
{
	const struct entry *top = culprit->lines[0];
	size_t depth = depth_of(top);

	for (size_t i = 0; i < count && depth > 0; i++) {
		const struct entry *entry = lines[i].entry;

		if (entry->order <= culprit->lines[0]->order)
			continue;
		if (depth_of(entry) <= depth || entry->order - top->order > CULPRIT_BLOCK)
			break;
		depth = depth_of(entry);
		culprit->lines[0] = entry;
	}
	if (culprit->lines[0] != top)
		add(culprit, top);
}

/* What is told near the line, behind it. */
static void add_block(
	struct culprit *culprit, const struct culprit_line *lines, size_t count, size_t most)
{
	uint64_t last = culprit->lines[0]->order;

	for (size_t i = 0; i < count && culprit->count < most; i++) {
		uint64_t order = lines[i].entry->order;

		if (order <= culprit->lines[0]->order || order - last > CULPRIT_BLOCK)
			continue;
		add(culprit, lines[i].entry);
		last = order;
	}
}

/* The newest lines of the ring that come before END, at most MOST. */
static void add_ring(
	struct culprit *culprit, const struct culprit_ring *ring, uint64_t end, size_t most)
{
	struct culprit_line lines[CULPRIT_RECENT];
	size_t count = culprit_kept_lines(ring, lines);

	for (; count > 0 && most > 0; count--) {
		if (lines[count - 1].entry->order >= end)
			continue;
		add(culprit, lines[count - 1].entry);
		most--;
	}
}

/* Where the last words begin that something failed; the greatest number where nobody says so. */
static uint64_t end_of(const struct culprit_step *of)
{
	struct culprit_line lines[CULPRIT_RECENT];
	size_t count = culprit_kept_lines(&of->passed_on, lines);
	size_t first = last_block(lines, count, CULPRIT_PASSED_ON);

	return first < count ? lines[first].entry->order : UINT64_MAX;
}

/* Where the error is that the line tells, as the line before it or one behind it says. */
static void add_where(struct culprit *culprit, const struct culprit_step *of)
{
	struct culprit_line lines[CULPRIT_RECENT];
	size_t count = culprit_kept_lines(&of->where, lines);
	uint64_t order = culprit->lines[0]->order;

	if (of->first_count[CULPRIT_PLACE] > 0 &&
		order == of->first[CULPRIT_PLACE][0].entry->order) {
		if (of->place.entry != NULL)
			add(culprit, of->place.entry);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		uint64_t where = lines[i].entry->order;

		if ((where < order ? order - where : where - order) <= CULPRIT_LEAD) {
			add(culprit, lines[i].entry);
			return;
		}
	}
}

/* What of RING stands right before the line, the nearest first. */
static void add_lead(struct culprit *culprit, const struct culprit_ring *ring)
{
	struct culprit_line lines[CULPRIT_RECENT];
	size_t count = culprit_kept_lines(ring, lines);
	uint64_t order = culprit->lines[0]->order;

	for (; count > 0 && culprit->count < CULPRIT_LINES - 2; count--) {
		const struct entry *entry = lines[count - 1].entry;

		if (entry->order < order && order - entry->order <= CULPRIT_LEAD)
			add(culprit, entry);
	}
}

/* What goes on with the line right behind it. */
static void add_rest(struct culprit *culprit, const struct culprit_step *of)
{
	struct culprit_line lines[CULPRIT_RECENT];
	bool first = of->rest.count > 0 &&
		     culprit->lines[0]->order == of->first[CULPRIT_PLACE][0].entry->order;
	size_t count = culprit_kept_lines(first ? &of->rest : &of->hints, lines);
	uint64_t order = culprit->lines[0]->order;

	for (size_t i = 0; i < count && culprit->count < 2; i++)
		if (lines[i].entry->order > order && lines[i].entry->order - order <= CULPRIT_LEAD)
			add(culprit, lines[i].entry);
}

/* Words of the failure further behind a weak line, while there is room. */
static void add_tail_words(struct culprit *culprit, const struct culprit_step *of)
{
	struct culprit_line lines[CULPRIT_RECENT];
	size_t count = culprit_kept_lines(&of->hints, lines);

	add_block(culprit, lines, count, CULPRIT_LINES - 2);
}

/* Nothing has the form of an error: the words of one in the last block, or what came last. */
static void add_words(struct culprit *culprit, const struct culprit_step *of)
{
	struct culprit_line lines[CULPRIT_RECENT];
	size_t count = culprit_kept_lines(&of->hints, lines), at;
	uint64_t end = end_of(of);

	while (count > 0 && lines[count - 1].entry->order > end)
		count--;
	if (count == 0)
		count = culprit_kept_lines(&of->hints, lines);
	at = last_block(lines, count, CULPRIT_HINT);
	if (at < count) {
		add(culprit, lines[at].entry);
		/* the first of the block, and those nearest to the end */
		for (size_t i = count; i > at + 1 && culprit->count < CULPRIT_LINES - 2; i--)
			add(culprit, lines[i - 1].entry);
		culprit->told = culprit->count;
	} else {
		add_ring(culprit, &of->tail, end, SHOWN);
		if (culprit->count == 0)
			add_ring(culprit, &of->tail, UINT64_MAX, SHOWN);
		/* what passes a failure on first may name the command */
		if (end != UINT64_MAX)
			add_ring(culprit, &of->passed_on, end + 1, 1);
	}
}

struct culprit culprit_choice_of(const struct culprit_step *of)
{
	struct culprit culprit = { { NULL }, 0, 0, CULPRIT_NONE };
	struct culprit_line lines[CULPRIT_RECENT] = { { NULL, CULPRIT_NONE } };
	enum culprit_rank top = CULPRIT_PLACE;
	size_t count, at;

	if (of == NULL)
		return culprit;
	while (top > CULPRIT_HINT && of->first_count[top] == 0)
		top--;
	count = culprit_kept_lines(&of->recent, lines);
	culprit.rank = top;
	if (top > CULPRIT_HINT) {
		at = last_block(lines, count, top);
		if (top == CULPRIT_PLACE || at == count)
			add(&culprit, of->first[top][0].entry);
		else
			add(&culprit, first_said(of, top, lines[at].entry));
		deepen(&culprit, lines, count);
		follow_causes(&culprit, lines, count);
		add_rest(&culprit, of);
		add_where(&culprit, of);
		add_block(&culprit, of->first[top], of->first_count[top], 3);
		add_block(&culprit, lines, count, CULPRIT_LINES - 2);
		if (at < count)
			add(&culprit, lines[at].entry);
		if (top < CULPRIT_PLACE) {
			add_lead(&culprit, &of->recent);
			add_lead(&culprit, &of->hints);
			add_tail_words(&culprit, of);
		}
		culprit.told = culprit.count;
	} else {
		add_words(&culprit, of);
	}
	add_ring(&culprit, &of->passed_on, UINT64_MAX, 1);
	return culprit;
}

const char *culprit_role(const struct culprit *culprit, size_t i)
{
	if (i >= culprit->told)
		return "what the step ended with";
	if (culprit->rank == CULPRIT_HINT)
		return "it has the words of a failure";
	return i == 0 ? "the first decisive error of the step" : "told with it";
}
