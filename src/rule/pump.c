/* Inputs that make a regex run long: what it repeats, repeated, and then what it cannot match. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "rule/pump.h"

#include <pcre2.h>
#include <string.h>

#include "rule/rule.h"
#include "rule/syntax.h"

#define SHORT 256 /* bytes of the two inputs whose steps are compared */
#define LONG RULE_PUMP_LINE
#define LONGEST (1U << 20) /* bytes of a line, see the limits of sources */
#define GROWTH 8 /* times the steps for 4 times the bytes: between linear and quadratic */
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
	struct rule_steps steps;
	struct text tail; /* a text that the pattern matches, so that nothing is missed early */
	char *input; /* at hand, of SIZE bytes */
	size_t size;
	struct rule_pumped found;
	unsigned tried;
};

/* What is repeated, and what stands before and behind it. */
struct shape {
	const struct text *prefix, *fragment, *suffix;
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

static void keep_shortest(struct pump *pump, const struct shape *shape, size_t times)
{
	const struct text *prefix = shape->prefix, *fragment = shape->fragment;
	const struct text *suffix = shape->suffix;
	size_t repeated = times * fragment->length;
	const char *start = "";

	if (pump->found.text != NULL && pump->found.repeated <= repeated)
		return;
	if (prefix->length > 0)
		start = mem_printf(
			pump->mem, "%s, then ", quoted(pump->mem, prefix->bytes, prefix->length));
	pump->found.text = mem_printf(pump->mem, "%s%s \u00d7 %zu, then %s", start,
		quoted(pump->mem, fragment->bytes, fragment->length), times,
		quoted(pump->mem, suffix->bytes, suffix->length));
	pump->found.length = prefix->length + repeated + suffix->length;
	pump->found.repeated = repeated;
}

static bool is_done(const struct pump *pump)
{
	return pump->found.text != NULL && pump->found.repeated <= RULE_PUMP_LINE;
}

/* Room for LENGTH bytes: few patterns need more than a short line. */
static void make_room(struct pump *pump, size_t length)
{
	if (length <= pump->size)
		return;
	talloc_free(pump->input);
	pump->input = mem_array(pump->mem, char, length);
	pump->size = length;
}

/* What is there already is copied behind itself, twice as much each time. */
static void repeat(char *to, const struct text *fragment, size_t length)
{
	size_t done = fragment->length;

	memcpy(to, fragment->bytes, done);
	for (size_t more; done < length; done += more) {
		more = done < length - done ? done : length - done;
		memcpy(to + done, to, more);
	}
}

static size_t fill(struct pump *pump, const struct shape *shape, size_t times)
{
	const struct text *prefix = shape->prefix, *suffix = shape->suffix;
	size_t repeated = times * shape->fragment->length;

	make_room(pump, prefix->length + repeated + suffix->length);
	memcpy(pump->input, prefix->bytes, prefix->length);
	repeat(pump->input + prefix->length, shape->fragment, repeated);
	memcpy(pump->input + prefix->length + repeated, suffix->bytes, suffix->length);
	return prefix->length + repeated + suffix->length;
}

/* True: a limit was hit. Else pump->steps tells how many steps it took. */
static bool exceeds(struct pump *pump, const struct shape *shape, size_t times)
{
	size_t length = fill(pump, shape, times);
	int result;

	pump->steps = (struct rule_steps){ .limit = rule_steps_limit(length) };
	pcre2_set_match_limit(pump->limits, (uint32_t)pump->steps.limit);
	result = pcre2_match(
		pump->code, (PCRE2_SPTR)pump->input, length, 0, 0, pump->data, pump->limits);
	return result < 0 && result != PCRE2_ERROR_NOMATCH;
}

/* What grows faster than its input is followed up to the longest line. */
static void try_input(struct pump *pump, const struct shape *shape)
{
	size_t times = SHORT / shape->fragment->length;
	uint64_t steps;
	bool found = exceeds(pump, shape, times);

	if (!found) {
		steps = pump->steps.steps;
		times = LONG / shape->fragment->length;
		found = exceeds(pump, shape, times);
		/* no steps: PCRE2 looked for a character that must be there, and it is not */
		if (!found && (steps == 0 || pump->steps.steps < GROWTH * steps))
			return;
	}
	while (!found && 2 * times * shape->fragment->length <= LONGEST) {
		times *= 2;
		found = exceeds(pump, shape, times);
	}
	if (found)
		keep_shortest(pump, shape, times);
}

/* A character that is not in the set which NODE begins with; a newline where all may be. */
static char outsider(const struct node *node)
{
	while (node->count > 0 && node->kind != NODE_SET)
		node = node->items[0];
	for (char c = '!'; node->kind == NODE_SET && c < 127; c++)
		if (!node->ascii[(unsigned char)c])
			return c;
	return '\n';
}

/* What the repetition cannot match, alone and with a match behind it. */
static void try_fragment(struct pump *pump, const struct text *prefix, const struct text *fragment,
	const struct node *repeat)
{
	const char outside[] = { outsider(repeat), '\0' };
	const char *const breaks[] = { "\n", "\x01", "!", outside };
	const size_t count = sizeof(breaks) / sizeof(breaks[0]);

	if (fragment->length == 0 || fragment->length > FRAGMENT_LIMIT)
		return;
	for (size_t i = 0; i < 2 * count && !is_done(pump); i++) {
		struct text suffix = { .length = 0 };

		put(&suffix, breaks[i % count], 1);
		if (i >= count)
			put(&suffix, pump->tail.bytes, pump->tail.length);
		try_input(pump, &(struct shape){ prefix, fragment, &suffix });
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
		try_fragment(pump, prefix, &fragment, repeat);
		if (follower != NULL) {
			put_sample(&fragment, follower, variant);
			try_fragment(pump, prefix, &fragment, repeat);
		}
	}
}

static void visit(struct pump *pump, const struct text *prefix, const struct node *node,
	const struct node *follower)
{
	struct text before = *prefix;

	if (is_done(pump))
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

static void prepare(struct pump *pump, const struct term *term)
{
	pump->code = rule_regex_counting(pump->mem, term->text, term->nocase, term->cre);
	if (pump->code != NULL)
		pcre2_jit_compile(pump->code, PCRE2_JIT_COMPLETE);
	make_room(pump, LONG + 2 * PREFIX_LIMIT);
	pump->data = mem_check(pcre2_match_data_create(1, NULL));
	pump->limits = mem_check(pcre2_match_context_create(NULL));
	pcre2_set_depth_limit(pump->limits, RULE_DEPTH_LIMIT);
	pcre2_set_heap_limit(pump->limits, RULE_HEAP_LIMIT);
	pcre2_set_callout(pump->limits, rule_steps_count, &pump->steps);
}

void rule_pump(TALLOC_CTX *mem, const struct term *term, struct rule_pumped *out)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	const struct node *tree = rule_syntax_parse(scratch, term->text, term->nocase);
	const struct text nothing = { .length = 0 };
	struct pump pump = { .mem = scratch };

	prepare(&pump, term);
	if (tree != NULL && pump.code != NULL) {
		put_sample(&pump.tail, tree, 0);
		visit(&pump, &nothing, tree, NULL);
	}
	pcre2_match_context_free(pump.limits);
	pcre2_match_data_free(pump.data);
	*out = pump.found;
	out->text = mem_strdup(mem, pump.found.text);
	talloc_free(scratch);
}
