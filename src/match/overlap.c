/*
 * The longest run that a text shares with a literal, by the automaton of all runs of the literal.
 * Source: Blumer, Blumer, Haussler, Ehrenfeucht, Chen, Seiferas, "The smallest automaton
 * recognizing the subwords of a text", 1985.
 */
#include "match/overlap.h"

#include <string.h>

#define BYTES 256
#define NOWHERE UINT16_MAX

/* A set of runs that end at the same places of the literal. */
struct state {
	uint16_t next[BYTES];
	uint16_t link; /* the longest runs at the end of these that end at more places */
	uint16_t length; /* of the longest of the runs */
};

struct overlap {
	struct state *states;
	uint16_t count, last;
	size_t length;
};

static unsigned char fold(char letter)
{
	return (unsigned char)(letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
}

static uint16_t add_state(struct overlap *overlap, uint16_t length)
{
	struct state *state = &overlap->states[overlap->count];

	memset(state->next, 0xff, sizeof(state->next));
	state->link = NOWHERE;
	state->length = length;
	return overlap->count++;
}

/* Runs that were in one set part where only some of them can be followed by BYTE. */
static uint16_t part(struct overlap *overlap, uint16_t from, unsigned char byte)
{
	struct state *states = overlap->states;
	uint16_t whole = states[from].next[byte], copy;

	if (states[whole].length == states[from].length + 1)
		return whole;
	copy = add_state(overlap, (uint16_t)(states[from].length + 1));
	memcpy(states[copy].next, states[whole].next, sizeof(states[copy].next));
	states[copy].link = states[whole].link;
	states[whole].link = copy;
	for (; from != NOWHERE && states[from].next[byte] == whole; from = states[from].link)
		states[from].next[byte] = copy;
	return copy;
}

static void append(struct overlap *overlap, unsigned char byte)
{
	struct state *states = overlap->states;
	uint16_t from = overlap->last;
	uint16_t added = add_state(overlap, (uint16_t)(states[from].length + 1));

	for (; from != NOWHERE && states[from].next[byte] == NOWHERE; from = states[from].link)
		states[from].next[byte] = added;
	states[added].link = from == NOWHERE ? 0 : part(overlap, from, byte);
	overlap->last = added;
}

struct overlap *overlap_new(TALLOC_CTX *mem, const char *literal)
{
	struct overlap *overlap = mem_new(mem, struct overlap);

	overlap->length = strnlen(literal, OVERLAP_LITERAL_MAX);
	overlap->states = mem_array(overlap, struct state, 2 * overlap->length + 1);
	overlap->last = add_state(overlap, 0);
	for (size_t i = 0; i < overlap->length; i++)
		append(overlap, fold(literal[i]));
	return overlap;
}

size_t overlap_longest(const struct overlap *overlap, const char *text, size_t length, size_t *end)
{
	const struct state *states = overlap->states;
	size_t run = 0, best = 0;
	uint16_t at = 0;

	*end = 0;
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = fold(text[i]);

		while (at != 0 && states[at].next[byte] == NOWHERE) {
			at = states[at].link;
			run = states[at].length;
		}
		if (states[at].next[byte] == NOWHERE)
			continue;
		at = states[at].next[byte];
		if (++run > best) {
			best = run;
			*end = i + 1;
		}
	}
	return best;
}

size_t overlap_length(const struct overlap *overlap)
{
	return overlap->length;
}
