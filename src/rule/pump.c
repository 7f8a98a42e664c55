/* Inputs that make a regex run long: what it repeats, repeated, and then what it cannot match. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "rule/pump.h"

#include <pcre2.h>
#include <string.h>

#include "rule/rule.h"
#include "rule/syntax.h"

#define PUMP_LENGTH 512 /* two nested ".*" get through, three do not */
#define PREFIX_LIMIT 512
#define FRAGMENT_LIMIT 64
#define VARIANTS 3
#define FOUND_LIMIT 64 /* repetitions of one pattern that are tried */

struct text {
	char bytes[PREFIX_LIMIT];
	size_t length;
};

struct pump {
	TALLOC_CTX *mem;
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *limits;
	struct text tail; /* a text that the pattern matches, so that nothing is missed early */
	char *found; /* in words; NULL: not yet */
	unsigned tried;
};

static void put(struct text *text, const char *bytes, size_t length)
{
	if (length > sizeof(text->bytes) - text->length)
		return;
	memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
}

/* A character of the set; sets that overlap tend to give the same for one variant. */
static void put_member(struct text *text, const struct node *set, unsigned variant)
{
	static const char *const preferred[VARIANTS] = { "a0 -:/.\"", "0 a-./:,", " :a0=,-" };

	for (const char *c = preferred[variant]; *c != '\0'; c++)
		if (set->ascii[(unsigned char)*c]) {
			put(text, c, 1);
			return;
		}
	for (int c = 126; c > 0; c--)
		if (set->ascii[c]) {
			char member = (char)c;

			put(text, &member, 1);
			return;
		}
}

/* A text that NODE matches, or nearly so. The nesting of patterns is bounded. */
static void put_sample(struct text *text, const struct node *node, unsigned variant)
{
	if (node->kind == NODE_TEXT)
		put(text, node->text, node->length);
	else if (node->kind == NODE_SET)
		put_member(text, node, variant);
	else if (node->kind == NODE_ALT)
		put_sample(text, node->items[variant % node->count], variant);
	else if (node->kind == NODE_CAT)
		for (size_t i = 0; i < node->count; i++)
			put_sample(text, node->items[i], variant);
	else if (node->kind == NODE_REPEAT)
		for (uint32_t i = 0; i < (node->min > 0 ? node->min : 1) && i < 8; i++)
			put_sample(text, node->items[0], variant);
}

static char *quoted(TALLOC_CTX *mem, const char *bytes, size_t length)
{
	char *text = mem_strdup(mem, "\"");

	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (c == '\n')
			text = mem_printf(mem, "%s\\n", text);
		else if (c < 32 || c == 127)
			text = mem_printf(mem, "%s\\x%02x", text, c);
		else
			text = mem_printf(mem, "%s%c", text, c);
	}
	return mem_printf(mem, "%s\"", text);
}

static void describe(struct pump *pump, const struct text *prefix, const struct text *fragment,
	const struct text *suffix, size_t times)
{
	const char *start = "";

	if (prefix->length > 0)
		start = mem_printf(
			pump->mem, "%s, then ", quoted(pump->mem, prefix->bytes, prefix->length));
	pump->found = mem_printf(pump->mem, "%s%zu times %s, then %s", start, times,
		quoted(pump->mem, fragment->bytes, fragment->length),
		quoted(pump->mem, suffix->bytes, suffix->length));
}

static void try_input(struct pump *pump, const struct text *prefix, const struct text *fragment,
	const struct text *suffix)
{
	char input[2 * PREFIX_LIMIT + PUMP_LENGTH + FRAGMENT_LIMIT];
	size_t length = prefix->length, times = 0;
	int result;

	memcpy(input, prefix->bytes, length);
	for (; length < prefix->length + PUMP_LENGTH; times++) {
		memcpy(input + length, fragment->bytes, fragment->length);
		length += fragment->length;
	}
	memcpy(input + length, suffix->bytes, suffix->length);
	length += suffix->length;
	result = pcre2_match(pump->code, (PCRE2_SPTR)input, length, 0, 0, pump->data, pump->limits);
	if (result == PCRE2_ERROR_MATCHLIMIT || result == PCRE2_ERROR_DEPTHLIMIT ||
		result == PCRE2_ERROR_HEAPLIMIT)
		describe(pump, prefix, fragment, suffix, times);
}

/* What the repetition cannot match, alone and with a match behind it. */
static void try_fragment(struct pump *pump, const struct text *prefix, const struct text *fragment)
{
	static const char *const breaks[] = { "\n", "\x01", "!" };
	const size_t count = sizeof(breaks) / sizeof(breaks[0]);

	if (fragment->length == 0 || fragment->length > FRAGMENT_LIMIT)
		return;
	for (size_t i = 0; i < 2 * count && pump->found == NULL; i++) {
		struct text suffix = { .length = 0 };

		put(&suffix, breaks[i % count], 1);
		if (i >= count)
			put(&suffix, pump->tail.bytes, pump->tail.length);
		try_input(pump, prefix, fragment, &suffix);
	}
}

/* FOLLOWER is what stands behind the repetition; NULL: nothing. */
static void try_repeat(struct pump *pump, const struct text *prefix, const struct node *repeat,
	const struct node *follower)
{
	if (pump->tried++ >= FOUND_LIMIT)
		return;
	for (unsigned variant = 0; variant < VARIANTS; variant++) {
		struct text fragment = { .length = 0 };

		put_sample(&fragment, repeat->items[0], variant);
		try_fragment(pump, prefix, &fragment);
		if (follower != NULL) {
			put_sample(&fragment, follower, variant);
			try_fragment(pump, prefix, &fragment);
		}
	}
}

static void visit(struct pump *pump, const struct text *prefix, const struct node *node,
	const struct node *follower)
{
	struct text before = *prefix;

	if (pump->found != NULL)
		return;
	if (node->kind == NODE_REPEAT && node->max > 10)
		try_repeat(pump, prefix, node, follower);
	for (size_t i = 0; i < node->count; i++) {
		const struct node *next =
			node->kind == NODE_CAT && i + 1 < node->count ? node->items[i + 1] : NULL;

		visit(pump, &before, node->items[i], next);
		if (node->kind == NODE_CAT)
			put_sample(&before, node->items[i], 0);
	}
}

char *rule_pump(TALLOC_CTX *mem, const char *pattern, bool nocase, struct pcre2_real_code_8 *code)
{
	struct pump pump = { .mem = mem, .code = code };
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	const struct node *tree = rule_syntax_parse(scratch, pattern, nocase);
	const struct text nothing = { .length = 0 };

	pump.data = mem_check(pcre2_match_data_create(1, NULL));
	pump.limits = mem_check(pcre2_match_context_create(NULL));
	pcre2_set_match_limit(pump.limits, RULE_MATCH_LIMIT);
	pcre2_set_depth_limit(pump.limits, RULE_DEPTH_LIMIT);
	pcre2_set_heap_limit(pump.limits, RULE_HEAP_LIMIT);
	if (tree != NULL) {
		put_sample(&pump.tail, tree, 0);
		visit(&pump, &nothing, tree, NULL);
	}
	pcre2_match_context_free(pump.limits);
	pcre2_match_data_free(pump.data);
	talloc_free(scratch);
	return pump.found;
}
