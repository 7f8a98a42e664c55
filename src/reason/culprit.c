/*
 * Looking at lines of steps as they go by, for what may have ended each step: their ranks are told
 * by signs (culprit_signs.c), some are kept (culprit_kept.c), and of these the most telling ones
 * are chosen (culprit_choice.c).
 */
#include <string.h>

#include "reason/culprit_kept.h"

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

/* An entry is asked about twice: whether it is wanted, and when it is observed. */
static enum culprit_rank rank_of(
	struct culprits *culprits, struct culprit_step *of, const struct entry *entry)
{
	struct culprit_look look;

	if (culprits->order == entry->order && entry->order > 0)
		return culprits->rank;
	look = culprit_look(culprits->signs, entry, of->promised > CULPRIT_NONE);
	culprits->order = entry->order;
	culprits->rank = look.rank;
	if (look.known && look.rank == CULPRIT_PASSED_ON && look.next == CULPRIT_NONE)
		of->promised = CULPRIT_NONE;
	if (look.known && look.rank <= CULPRIT_PASSED_ON && look.next == CULPRIT_NONE)
		return look.rank; /* what the heading is of may still come */
	if (look.rank < of->promised && !(look.known && look.rank == CULPRIT_PASSED_ON))
		culprits->rank = of->promised;
	of->promised = look.next;
	return culprits->rank;
}

bool culprits_want(struct culprits *culprits, const struct entry *entry)
{
	struct culprit_step *of = is_of_step(entry) ? culprit_kept_of(culprits, entry->test) : NULL;

	enum culprit_rank rank = of != NULL ? rank_of(culprits, of, entry) : CULPRIT_NONE;

	return rank > CULPRIT_WHERE && rank != CULPRIT_HINT;
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
	struct culprit_step *of;
	enum culprit_rank rank;

	if (!is_of_step(entry))
		return;
	of = culprit_kept_of(culprits, entry->test);
	rank = rank_of(culprits, of, entry);
	if (rank > CULPRIT_NONE || !is_decoration(entry))
		culprit_kept_add(culprits, of, entry, rank);
}

struct culprit culprits_of(const struct culprits *culprits, const struct test *step)
{
	return culprit_choice_of(culprit_kept(culprits, step));
}

uint64_t culprits_forgotten(const struct culprits *culprits)
{
	return culprits->forgotten;
}
