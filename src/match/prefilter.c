/* The literals of all terms, and which terms they stand for. */
#include "match/prefilter.h"

#include <string.h>

#include "match/windows.h"

struct prefilter {
	struct windows *windows;
	uint32_t *always; /* terms without a literal that would tell */
	size_t always_count;
	uint32_t *kelvin; /* caseless terms whose literals hold a k or an s, see has_kelvin */
	size_t kelvin_count;
	uint64_t *seen; /* by term: the scan in which it was found last */
	uint64_t scan;
	struct candidate *found;
	size_t found_count;
};

static void append(struct prefilter *prefilter, uint32_t **list, size_t *count, uint32_t term)
{
	*list = mem_grow(prefilter, *list, *count, sizeof(**list));
	(*list)[(*count)++] = term;
}

/* The longest run of ASCII: only there is the other case of a letter one byte, too. */
static const char *ascii_run(const char *text, size_t *length)
{
	const char *best = text;
	size_t run = 0;

	*length = 0;
	for (const char *c = text;; c++) {
		if (*c != '\0' && (unsigned char)*c < 0x80) {
			run++;
			continue;
		}
		if (run > *length) {
			*length = run;
			best = c - run;
		}
		run = 0;
		if (*c == '\0')
			return best;
	}
}

static char *fold(TALLOC_CTX *mem, const char *text, size_t length)
{
	char *copy = mem_strndup(mem, text, length);

	for (char *c = copy; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + ('a' - 'A'));
	return copy;
}

static bool add_folded(struct prefilter *prefilter, const char *literal, uint32_t term)
{
	size_t length;
	const char *run = ascii_run(literal, &length);
	char *folded;
	bool added;

	if (length < WINDOWS_LITERAL_MIN)
		return false;
	folded = fold(prefilter, run, length);
	added = windows_add(prefilter->windows, folded, length, true, term);
	if (added && strpbrk(folded, "ks") != NULL)
		append(prefilter, &prefilter->kelvin, &prefilter->kelvin_count, term);
	talloc_free(folded);
	return added;
}

static bool add_literal(
	struct prefilter *prefilter, const char *literal, bool folded, uint32_t term)
{
	if (folded)
		return add_folded(prefilter, literal, term);
	return windows_add(prefilter->windows, literal, strlen(literal), false, term);
}

/* One of the literals must be seen, so all of them must be findable. */
static bool add_regex(struct prefilter *prefilter, const struct term *term)
{
	const char **literals = NULL;
	bool folded = false, usable;
	size_t count = rule_literals(prefilter, term->text, term->nocase, &literals, &folded);

	usable = count > 0;
	for (size_t i = 0; i < count; i++)
		if (strlen(literals[i]) < WINDOWS_LITERAL_MIN)
			usable = false;
	for (size_t i = 0; usable && i < count; i++)
		usable = add_literal(prefilter, literals[i], folded, (uint32_t)term->index);
	talloc_free(literals);
	return usable;
}

static bool add_term(struct prefilter *prefilter, const struct term *term)
{
	if (term->kind == TERM_REGEX)
		return add_regex(prefilter, term);
	return term->kind == TERM_LITERAL &&
	       add_literal(prefilter, term->text, term->nocase, (uint32_t)term->index);
}

struct prefilter *prefilter_new(TALLOC_CTX *mem, const struct rules *rules)
{
	struct prefilter *prefilter = mem_new(mem, struct prefilter);
	size_t count = rules_term_count(rules);

	prefilter->windows = windows_new(prefilter);
	prefilter->seen = mem_array(prefilter, uint64_t, count + 1);
	prefilter->found = mem_array(prefilter, struct candidate, count + 1);
	for (size_t i = 0; i < count; i++)
		if (!add_term(prefilter, rules_term(rules, i)))
			append(prefilter, &prefilter->always, &prefilter->always_count,
				(uint32_t)i);
	windows_build(prefilter->windows);
	return prefilter;
}

static void found(void *context, uint32_t term, size_t at)
{
	struct prefilter *prefilter = context;

	if (prefilter->seen[term] == prefilter->scan)
		return;
	prefilter->seen[term] = prefilter->scan;
	prefilter->found[prefilter->found_count++] = (struct candidate){ term, at };
}

/* Does TEXT hold SEQUENCE, looked for by its last byte, which is rare? */
static bool has_sequence(const char *text, size_t length, const char *sequence)
{
	size_t wanted = strlen(sequence);
	const char *at = text;
	const char *end = text + length;

	while ((at = memchr(at, sequence[wanted - 1], (size_t)(end - at))) != NULL) {
		at++;
		if ((size_t)(at - text) >= wanted && memcmp(at - wanted, sequence, wanted) == 0)
			return true;
	}
	return false;
}

/* Without case, k is the Kelvin sign (U+212A), too, and s the long s (U+017F): no single bytes. */
static bool has_kelvin(const char *text, size_t length)
{
	return has_sequence(text, length, "\xe2\x84\xaa") || has_sequence(text, length, "\xc5\xbf");
}

const struct candidate *prefilter_scan(
	struct prefilter *prefilter, const char *text, size_t length, size_t *count)
{
	prefilter->scan++;
	prefilter->found_count = 0;
	for (size_t i = 0; i < prefilter->always_count; i++)
		found(prefilter, prefilter->always[i], PREFILTER_ANYWHERE);
	if (prefilter->kelvin_count > 0 && has_kelvin(text, length))
		for (size_t i = 0; i < prefilter->kelvin_count; i++)
			found(prefilter, prefilter->kelvin[i], PREFILTER_ANYWHERE);
	windows_scan(prefilter->windows, text, length, found, prefilter);
	*count = prefilter->found_count;
	return prefilter->found;
}
