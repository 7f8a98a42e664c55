/*
 * Remembering what may have ended each step. A line with a place in it is taken where it comes
 * first: compilers go on after the error that matters. Of what tools only say, the block nearest
 * to the end counts: what a script lived with came before.
 */
#include "reason/culprit.h"

#include <string.h>
#include <uthash.h>

#define STEPS_MAX 1024 /* the newest ones */
#define FIRST 4 /* lines of each rank that are kept from the beginning of a step */
#define RECENT 24 /* from its end */
#define HINTS 12 /* that have the words of a failure, from its end */
#define TAIL 8 /* that are no errors at all, from its end */
#define SHOWN 3 /* of them */
#define PASSED_ON 4 /* that say that something failed, from its end */
#define LEAD 3 /* entries before a line in which what led to it is told */
#define TEXT_MAX 8192 /* bytes kept of a line, or of a traceback */
#define TEXT_SCARCE 256 /* the same once BYTES_MAX are kept */
#define BYTES_MAX (32U << 20)
#define BLOCK 20 /* entries between two lines that tell one thing */

struct line {
	const struct entry *entry; /* a copy */
	enum culprit_rank rank;
};

struct ring {
	struct line lines[RECENT];
	size_t count, size;
};

struct of_step {
	const struct test *step;
	struct line first[CULPRIT_PLACE + 1][FIRST];
	size_t first_count[CULPRIT_PLACE + 1];
	struct ring recent, passed_on, hints, tail;
	struct ring rest; /* hints behind the first line with a place */
	enum culprit_rank promised; /* to the next line, by its heading */
	UT_hash_handle hh;
};

struct culprits {
	struct culprit_signs *signs;
	struct of_step *steps;
	size_t bytes; /* of all texts kept */
	uint64_t forgotten; /* steps */
	uint64_t order; /* of the entry that was looked at last, and its rank */
	enum culprit_rank rank;
};

static int culprits_free(struct culprits *culprits)
{
	HASH_CLEAR(hh, culprits->steps);
	return 0;
}

struct culprits *culprits_new(TALLOC_CTX *mem)
{
	struct culprits *culprits = mem_new(mem, struct culprits);

	culprits->signs = culprit_signs_new(culprits);
	talloc_set_destructor(culprits, culprits_free);
	return culprits;
}

static bool is_of_step(const struct entry *entry)
{
	return entry->test != NULL && entry->test->step && !entry->quoted && entry->text_len > 0;
}

static void forget(struct culprits *culprits, const struct entry *entry)
{
	if (entry == NULL)
		return;
	culprits->bytes -= entry->text_len;
	talloc_free((struct entry *)entry);
}

static void forget_ring(struct culprits *culprits, const struct ring *ring)
{
	for (size_t i = 0; i < ring->size; i++)
		forget(culprits, ring->lines[i].entry);
}

/* The oldest step makes room: of many steps the last ones fail. */
static void forget_step(struct culprits *culprits)
{
	struct of_step *oldest = culprits->steps;

	HASH_DEL(culprits->steps, oldest);
	for (size_t rank = 0; rank <= CULPRIT_PLACE; rank++)
		for (size_t i = 0; i < oldest->first_count[rank]; i++)
			forget(culprits, oldest->first[rank][i].entry);
	forget_ring(culprits, &oldest->recent);
	forget_ring(culprits, &oldest->passed_on);
	forget_ring(culprits, &oldest->hints);
	forget_ring(culprits, &oldest->rest);
	forget_ring(culprits, &oldest->tail);
	talloc_free(oldest);
	culprits->forgotten++;
}

static struct of_step *step_of(struct culprits *culprits, const struct test *step)
{
	struct of_step *found;

	HASH_FIND_PTR(culprits->steps, &step, found);
	if (found != NULL)
		return found;
	if (HASH_COUNT(culprits->steps) >= STEPS_MAX)
		forget_step(culprits);
	found = mem_new(culprits, struct of_step);
	found->step = step;
	found->recent.size = RECENT;
	found->passed_on.size = PASSED_ON;
	found->hints.size = HINTS;
	found->rest.size = LEAD;
	found->tail.size = TAIL;
	HASH_ADD_PTR(culprits->steps, step, found);
	return found;
}

/* An entry is asked about twice: whether it is wanted, and when it is observed. */
static enum culprit_rank rank_of(
	struct culprits *culprits, struct of_step *of, const struct entry *entry)
{
	struct culprit_look look;

	if (culprits->order == entry->order && entry->order > 0)
		return culprits->rank;
	look = culprit_look(culprits->signs, entry, of->promised > CULPRIT_NONE);
	culprits->order = entry->order;
	culprits->rank = look.rank;
	if (look.known && look.rank <= CULPRIT_PASSED_ON && look.next == CULPRIT_NONE)
		return look.rank; /* what the heading is of may still come */
	if (look.rank < of->promised && !(look.known && look.rank == CULPRIT_PASSED_ON))
		culprits->rank = of->promised;
	of->promised = look.next;
	return culprits->rank;
}

bool culprits_want(struct culprits *culprits, const struct entry *entry)
{
	struct of_step *of = is_of_step(entry) ? step_of(culprits, entry->test) : NULL;

	enum culprit_rank rank = of != NULL ? rank_of(culprits, of, entry) : CULPRIT_NONE;

	return rank > CULPRIT_NONE && rank != CULPRIT_HINT;
}

static struct line line_of(
	struct culprits *culprits, const struct entry *entry, enum culprit_rank rank)
{
	size_t limit = culprits->bytes < BYTES_MAX ? TEXT_MAX : TEXT_SCARCE;
	struct entry cut = *entry;

	cut.text_len = utf8_cut(entry->text, entry->text_len, limit);
	culprits->bytes += cut.text_len;
	return (struct line){ entry_copy(culprits, &cut), rank };
}

static void push(struct culprits *culprits, struct ring *ring, const struct entry *entry,
	enum culprit_rank rank)
{
	struct line *line = &ring->lines[ring->count++ % ring->size];

	forget(culprits, line->entry);
	*line = line_of(culprits, entry, rank);
}

/* Frames, rules and what a tool says whenever it ends: nobody asks for these lines. */
static bool is_decoration(const struct entry *entry)
{
	static const char *const words[] = { "npm notice", "[Pipeline] ", "at ",
		"hint: ", "note: ", "* Try:", "> Run with ", "> Get more help ", "Run with ",
		"Post job cleanup", "See https://" };
	const char *text = entry->text;
	size_t length = entry->text_len;
	bool has_letters = false;

	for (; length > 0 && (*text == ' ' || *text == '\t'); text++)
		length--;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (length >= strlen(words[i]) && memcmp(text, words[i], strlen(words[i])) == 0)
			return true;
	for (size_t i = 0; i < length && !has_letters; i++)
		has_letters = (unsigned char)text[i] >= 0x80 ||
			      (text[i] >= '0' && text[i] <= '9') ||
			      ((text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z');
	return !has_letters;
}

void culprits_observe(struct culprits *culprits, const struct entry *entry)
{
	struct of_step *of;
	enum culprit_rank rank;

	if (!is_of_step(entry))
		return;
	of = step_of(culprits, entry->test);
	rank = rank_of(culprits, of, entry);
	if (rank == CULPRIT_NONE) {
		if (!is_decoration(entry))
			push(culprits, &of->tail, entry, rank);
		return;
	}
	if (rank == CULPRIT_HINT) {
		push(culprits, &of->hints, entry, rank);
		if (of->first_count[CULPRIT_PLACE] > 0 &&
			entry->order - of->first[CULPRIT_PLACE][0].entry->order <= LEAD)
			push(culprits, &of->rest, entry, rank);
		return;
	}
	if (rank == CULPRIT_PASSED_ON) {
		push(culprits, &of->passed_on, entry, rank);
		return;
	}
	if (of->first_count[rank] < FIRST)
		of->first[rank][of->first_count[rank]++] = line_of(culprits, entry, rank);
	push(culprits, &of->recent, entry, rank);
}

/* The lines of RING from the oldest; returns how many. */
static size_t unroll(const struct ring *ring, struct line out[RECENT])
{
	size_t kept = ring->count < ring->size ? ring->count : ring->size;

	for (size_t i = 0; i < kept; i++)
		out[i] = ring->lines[(ring->count - kept + i) % ring->size];
	return kept;
}

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
static size_t last_block(const struct line *lines, size_t count, enum culprit_rank rank)
{
	size_t first = count;

	for (size_t i = count; i > 0; i--) {
		if (lines[i - 1].rank != rank)
			continue;
		if (first < count && lines[first].entry->order - lines[i - 1].entry->order > BLOCK)
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

/* The deepest cause of those that are told below the line. */
static void deepen(struct culprit *culprit, const struct line *lines, size_t count)
{
	const struct entry *top = culprit->lines[0];
	size_t depth = depth_of(top);

	for (size_t i = 0; i < count && depth > 0; i++) {
		const struct entry *entry = lines[i].entry;

		if (entry->order <= culprit->lines[0]->order)
			continue;
		if (depth_of(entry) <= depth || entry->order - top->order > BLOCK)
			break;
		depth = depth_of(entry);
		culprit->lines[0] = entry;
	}
	if (culprit->lines[0] != top)
		add(culprit, top);
}

/* What is told near the line, behind it. */
static void add_block(struct culprit *culprit, const struct line *lines, size_t count, size_t most)
{
	uint64_t last = culprit->lines[0]->order;

	for (size_t i = 0; i < count && culprit->count < most; i++) {
		uint64_t order = lines[i].entry->order;

		if (order <= culprit->lines[0]->order || order - last > BLOCK)
			continue;
		add(culprit, lines[i].entry);
		last = order;
	}
}

/* The newest lines of the ring that come before END, at most MOST. */
static void add_ring(struct culprit *culprit, const struct ring *ring, uint64_t end, size_t most)
{
	struct line lines[RECENT];
	size_t count = unroll(ring, lines);

	for (; count > 0 && most > 0; count--) {
		if (lines[count - 1].entry->order >= end)
			continue;
		add(culprit, lines[count - 1].entry);
		most--;
	}
}

/* Where the last word begins that something failed; the greatest number where nobody says so. */
static uint64_t end_of(const struct of_step *of)
{
	struct line lines[RECENT];

	return unroll(&of->passed_on, lines) > 0 ? lines[0].entry->order : UINT64_MAX;
}

/* What has the words of a failure right before the line, the nearest first. */
static void add_lead(struct culprit *culprit, const struct of_step *of)
{
	struct line lines[RECENT];
	size_t count = unroll(&of->hints, lines);
	uint64_t order = culprit->lines[0]->order;

	for (; count > 0 && culprit->count < CULPRIT_LINES - 2; count--) {
		const struct entry *entry = lines[count - 1].entry;

		if (entry->order < order && order - entry->order <= LEAD)
			add(culprit, entry);
	}
}

/* What goes on with the line right behind it. */
static void add_rest(struct culprit *culprit, const struct of_step *of)
{
	struct line lines[RECENT];
	bool first = of->rest.count > 0 &&
		     culprit->lines[0]->order == of->first[CULPRIT_PLACE][0].entry->order;
	size_t count = unroll(first ? &of->rest : &of->hints, lines);
	uint64_t order = culprit->lines[0]->order;

	for (size_t i = 0; i < count && culprit->count < 2; i++)
		if (lines[i].entry->order > order && lines[i].entry->order - order <= LEAD)
			add(culprit, lines[i].entry);
}

/* Words of the failure further behind a weak line, while there is room. */
static void add_tail_words(struct culprit *culprit, const struct of_step *of)
{
	struct line lines[RECENT];
	size_t count = unroll(&of->hints, lines);

	add_block(culprit, lines, count, CULPRIT_LINES - 2);
}

/* Nothing has the form of an error: the words of one in the last block, or what came last. */
static void add_words(struct culprit *culprit, const struct of_step *of)
{
	struct line lines[RECENT];
	size_t count = unroll(&of->hints, lines), at;
	uint64_t end = end_of(of);

	while (count > 0 && lines[count - 1].entry->order > end)
		count--;
	if (count == 0)
		count = unroll(&of->hints, lines);
	at = last_block(lines, count, CULPRIT_HINT);
	if (at < count) {
		add(culprit, lines[at].entry);
		add_block(culprit, lines, count, 3);
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

struct culprit culprits_of(const struct culprits *culprits, const struct test *step)
{
	struct culprit culprit = { { NULL }, 0, 0, CULPRIT_NONE };
	struct line lines[RECENT] = { { NULL, CULPRIT_NONE } };
	enum culprit_rank top = CULPRIT_PLACE;
	struct of_step *of;
	size_t count, at;

	HASH_FIND_PTR(culprits->steps, &step, of);
	if (of == NULL)
		return culprit;
	while (top > CULPRIT_HINT && of->first_count[top] == 0)
		top--;
	count = unroll(&of->recent, lines);
	culprit.rank = top;
	if (top > CULPRIT_HINT) {
		at = last_block(lines, count, top);
		if (top == CULPRIT_PLACE || at == count)
			add(&culprit, of->first[top][0].entry);
		else
			add(&culprit, lines[at].entry);
		deepen(&culprit, lines, count);
		add_rest(&culprit, of);
		add_block(&culprit, of->first[top], of->first_count[top], 3);
		add_block(&culprit, lines, count, CULPRIT_LINES - 2);
		if (at < count)
			add(&culprit, lines[at].entry);
		if (top < CULPRIT_PLACE) {
			add_lead(&culprit, of);
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

uint64_t culprits_forgotten(const struct culprits *culprits)
{
	return culprits->forgotten;
}
