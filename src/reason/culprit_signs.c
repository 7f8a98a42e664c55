/*
 * Which form a line has: that of the first sign that fits. Most lines have none, so one pass tells
 * which literals a line holds, by the two bytes that they begin with; only then are signs tried.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "reason/culprit_signs.h"

#include <pcre2.h>
#include <string.h>

#include "reason/errors.h"
#include "rule/rule.h"

#define LOOKED_AT 600 /* bytes of a line: what a tool tells is told early */
#define PAIRS 4096 /* of two bytes, of each its lower six bits */

struct sign {
	const struct culprit_sign *told;
	const struct culprit_table *table; /* that it is of */
	size_t length; /* of its literal; 0: it has none */
	uint64_t seen; /* number of the line that held it last */
	size_t next; /* number of another sign with the same beginning, plus one */
	pcre2_code *code; /* compiled when first needed */
};

struct culprit_signs {
	struct sign *signs;
	size_t count;
	size_t *hits; /* numbers of those that may fit the line, in order */
	size_t hit_count;
	size_t first[PAIRS]; /* number of a sign that begins so, plus one */
	uint64_t line; /* lines that were looked at */
	pcre2_match_data *data;
	pcre2_match_context *context;
};

static int signs_free(struct culprit_signs *state)
{
	pcre2_match_data_free(state->data);
	pcre2_match_context_free(state->context);
	return 0;
}

static size_t pair(const char *text)
{
	return ((size_t)text[0] & 63) << 6 | ((size_t)text[1] & 63);
}

static void add_sign(struct culprit_signs *state, const struct culprit_table *table,
	const struct culprit_sign *told)
{
	struct sign *sign;

	state->signs = mem_grow(state, state->signs, state->count, sizeof(*state->signs));
	sign = &state->signs[state->count++];
	*sign = (struct sign){ .told = told, .table = table };
	if (told->literal == NULL)
		return;
	sign->length = strlen(told->literal);
	sign->next = state->first[pair(told->literal)];
	state->first[pair(told->literal)] = state->count;
}

struct culprit_signs *culprit_signs_new(TALLOC_CTX *mem)
{
	struct culprit_signs *state = mem_new(mem, struct culprit_signs);
	size_t count;
	const struct culprit_table *tables = culprit_tables(&count);

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; tables[i].signs[k].regex != NULL; k++)
			add_sign(state, &tables[i], &tables[i].signs[k]);
	state->hits = mem_array(state, size_t, state->count);
	state->data = mem_check(pcre2_match_data_create(1, NULL));
	state->context = mem_check(pcre2_match_context_create(NULL));
	pcre2_set_match_limit(state->context, RULE_MATCH_LIMIT);
	pcre2_set_depth_limit(state->context, RULE_DEPTH_LIMIT);
	pcre2_set_heap_limit(state->context, RULE_HEAP_LIMIT);
	talloc_set_destructor(state, signs_free);
	return state;
}

static void hit(struct culprit_signs *state, size_t number)
{
	size_t at = state->hit_count++;

	state->signs[number].seen = state->line;
	for (; at > 0 && state->hits[at - 1] > number; at--)
		state->hits[at] = state->hits[at - 1];
	state->hits[at] = number;
}

/* Which signs TEXT may have; false: none that speaks for an error. */
static bool find(struct culprit_signs *state, const char *text, size_t length)
{
	bool found = false;

	state->line++;
	state->hit_count = 0;
	for (size_t i = 0; i + 1 < length; i++)
		for (size_t at = state->first[pair(text + i)]; at > 0;) {
			const struct sign *sign = &state->signs[at - 1];
			size_t number = at - 1;

			at = sign->next;
			if (sign->seen == state->line || sign->length > length - i ||
				memcmp(text + i, sign->told->literal, sign->length) != 0)
				continue;
			hit(state, number);
			found |= sign->table->rank > CULPRIT_NONE;
		}
	return found;
}

static bool fits(struct culprit_signs *state, struct sign *sign, const char *text, size_t length)
{
	struct err err = { 0 };

	if (sign->code == NULL) {
		sign->code = rule_regex(state, sign->told->regex, false, &err);
		if (sign->code == NULL) /* a test compiles them all */
			return false;
		pcre2_jit_compile(sign->code, PCRE2_JIT_COMPLETE);
	}
	return pcre2_match(sign->code, (PCRE2_SPTR)text, length, 0, 0, state->data,
		       state->context) >= 0;
}

/* "319.9 npm error": BuildKit repeats what failed with the seconds of its step before each line. */
static void skip_clock(const char **line, size_t *length)
{
	size_t at = strspn(*line, "0123456789."), blanks = strspn(*line + at, " ");

	if (at < 3 || blanks == 0 || at + blanks > *length || memchr(*line, '.', at) == NULL)
		return;
	*line += at + blanks - (blanks > 1);
	*length -= at + blanks - (blanks > 1);
}

/* What a sign of TABLE says of the line; an error that ends with a colon is the heading of what follows. */
static void take(struct culprit_look *look, const struct culprit_table *table, const char *line,
	size_t length)
{
	look->known = table->rank != CULPRIT_HINT;
	if (look->known || look->rank < table->rank)
		look->rank = table->rank;
	look->next = table->next;
	if (length > 0 && look->next == CULPRIT_NONE && look->rank >= CULPRIT_HINT &&
		line[length - 1] == ':')
		look->next = look->rank;
}

struct culprit_look culprit_look(
	struct culprit_signs *state, const struct entry *entry, bool below_heading)
{
	struct culprit_look look = { CULPRIT_NONE, CULPRIT_NONE, false };
	size_t length;
	const char *line = errors_line(entry->text, entry->text_len, &length);

	skip_clock(&line, &length);
	if (entry->severity >= SEVERITY_ERROR)
		look.rank = CULPRIT_SAID;
	length = length < LOOKED_AT ? length : LOOKED_AT;
	if (!find(state, line, length) && !below_heading && look.rank == CULPRIT_NONE)
		return look;
	for (size_t i = 0; i < state->count; i++)
		if (state->signs[i].length == 0)
			hit(state, i);
	for (size_t i = 0; i < state->hit_count; i++)
		if (fits(state, &state->signs[state->hits[i]], line, length)) {
			take(&look, state->signs[state->hits[i]].table, line, length);
			break;
		}
	return look;
}
