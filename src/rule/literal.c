/* Literals of which every match of a pattern contains one. */
#include <string.h>

#include "rule/loader.h"
#include "rule/scratch.h"
#include "rule/syntax.h"

#define PRODUCT_LIMIT 16 /* strings that a product of sets may have */
#define UNION_LIMIT 64 /* strings that alternatives may have */
#define COPY_LIMIT 8 /* copies of what is repeated that are looked at */
#define SET_LIMIT 4 /* characters of a set that count as alternatives */

/* Strings of which one is there. */
struct strings {
	char **items;
	size_t count; /* 0: nothing is known */
};

/* What is known of a part of a pattern. */
struct facts {
	bool exact; /* it matches these strings and no others */
	struct strings strings; /* of an exact one */
	struct strings best; /* every match contains one of these */
};

/* A sequence as it is put together. */
struct sequence {
	struct scratch *scratch;
	bool exact; /* nothing was cut off so far */
	struct strings run; /* what stands at the end of it, exactly */
	struct strings best;
	bool *folded;
};

static size_t shortest(const struct strings *strings)
{
	size_t least = SIZE_MAX;

	for (size_t i = 0; i < strings->count; i++) {
		size_t length = strlen(strings->items[i]);

		least = length < least ? length : least;
	}
	return strings->count == 0 ? 0 : least;
}

/* Longer is better; each further string costs a quarter of a character. */
static size_t worth(const struct strings *strings)
{
	size_t length = shortest(strings);

	return length == 0 ? 0 : length * 4 + UNION_LIMIT - strings->count;
}

static void add(struct scratch *scratch, struct strings *strings, char *text)
{
	for (size_t i = 0; i < strings->count; i++)
		if (strcmp(strings->items[i], text) == 0)
			return;
	strings->items =
		rule_scratch_grow(scratch, strings->items, strings->count, sizeof(*strings->items));
	strings->items[strings->count++] = text;
}

static struct strings one(struct scratch *scratch, const char *text)
{
	struct strings strings = { 0 };

	add(scratch, &strings, rule_scratch_text(scratch, text));
	return strings;
}

static void keep_better(struct strings *best, const struct strings *strings)
{
	if (worth(strings) > worth(best))
		*best = *strings;
}

/* What was together is a candidate; the sequence goes on with START. */
static void cut(struct sequence *sequence, struct strings start)
{
	keep_better(&sequence->best, &sequence->run);
	sequence->exact = false;
	sequence->run = start;
}

static char *join(struct scratch *scratch, const char *left, const char *right)
{
	size_t length = strlen(left), more = strlen(right);
	char *text = rule_scratch_take(scratch, length + more + 1);

	memcpy(text, left, length);
	memcpy(text + length, right, more + 1);
	return text;
}

static void put_strings(struct sequence *sequence, const struct strings *strings)
{
	struct strings product = { 0 };

	if (sequence->run.count * strings->count > PRODUCT_LIMIT &&
		(sequence->run.count > 1 || shortest(&sequence->run) > 0)) {
		cut(sequence, *strings);
		return;
	}
	for (size_t i = 0; i < sequence->run.count; i++)
		for (size_t j = 0; j < strings->count; j++)
			add(sequence->scratch, &product,
				join(sequence->scratch, sequence->run.items[i], strings->items[j]));
	sequence->run = product;
}

static void put_facts(struct sequence *sequence, const struct facts *facts)
{
	if (facts->exact) {
		put_strings(sequence, &facts->strings);
	} else {
		cut(sequence, one(sequence->scratch, ""));
		keep_better(&sequence->best, &facts->best);
	}
}

/* A letter that stands for both of its cases: itself, and what else folds to it. */
static struct facts fold_letter(struct scratch *scratch, char letter)
{
	char text[2] = { letter, '\0' };
	struct facts facts = { .exact = true };

	if (letter >= 'A' && letter <= 'Z')
		text[0] = (char)(letter + 32);
	facts.strings = one(scratch, text);
	if (text[0] == 'k')
		add(scratch, &facts.strings,
			rule_scratch_text(scratch, "\xe2\x84\xaa")); /* the Kelvin sign */
	if (text[0] == 's')
		add(scratch, &facts.strings,
			rule_scratch_text(scratch, "\xc5\xbf")); /* the long s */
	return facts;
}

static struct facts text_facts(struct scratch *scratch, const struct node *node, bool *folded)
{
	struct facts facts = { .exact = true };

	if (!node->nocase) {
		facts.strings = one(scratch, node->text);
		return facts;
	}
	*folded = true;
	if ((unsigned char)node->text[0] < 0x80)
		return fold_letter(scratch, node->text[0]);
	facts.exact = false; /* its other cases are not known here */
	return facts;
}

static struct facts set_facts(struct scratch *scratch, const struct node *node, bool *folded)
{
	struct facts facts = { .exact = !node->other && !node->ascii[0] };
	size_t count = 0;

	for (int c = 1; c < 128 && facts.exact; c++) {
		char text[2] = { (char)c, '\0' };

		if (!node->ascii[c] || (node->nocase && c >= 'A' && c <= 'Z'))
			continue;
		add(scratch, &facts.strings, rule_scratch_text(scratch, text));
		facts.exact = ++count <= SET_LIMIT;
	}
	facts.exact = facts.exact && count > 0;
	*folded |= node->nocase && facts.exact;
	return facts;
}

static struct facts facts_of(struct scratch *scratch, const struct node *node, bool *folded);

static struct facts alternative_facts(
	struct scratch *scratch, const struct node *node, bool *folded)
{
	struct facts all = { .exact = true };
	bool known = true;

	for (size_t i = 0; i < node->count; i++) {
		struct facts facts = facts_of(scratch, node->items[i], folded);
		const struct strings *best = facts.exact ? &facts.strings : &facts.best;

		all.exact = all.exact && facts.exact;
		known = known && worth(best) > 0;
		for (size_t j = 0; j < facts.strings.count && all.exact; j++)
			add(scratch, &all.strings, facts.strings.items[j]);
		for (size_t j = 0; j < best->count && known; j++)
			add(scratch, &all.best, best->items[j]);
		all.exact = all.exact && all.strings.count <= UNION_LIMIT;
		known = known && all.best.count <= UNION_LIMIT;
	}
	if (!known)
		all.best.count = 0;
	return all;
}

static struct facts optional_facts(struct scratch *scratch, const struct node *node, bool *folded)
{
	struct facts facts = { .exact = false };

	if (node->max == 1)
		facts = facts_of(scratch, node->items[0], folded);
	if (node->max == 0 || facts.exact)
		add(scratch, &facts.strings, rule_scratch_text(scratch, ""));
	facts.exact = facts.exact || node->max == 0;
	facts.best.count = 0;
	return facts;
}

static void put(struct sequence *sequence, const struct node *node);

/* What comes once or more: its first copies stand together, and so do its last and what follows. */
static void put_repeat(struct sequence *sequence, const struct node *node)
{
	uint32_t copies = node->min < COPY_LIMIT ? node->min : COPY_LIMIT;

	for (uint32_t i = 0; i < copies; i++)
		put(sequence, node->items[0]);
	if (node->max == copies)
		return;
	cut(sequence, one(sequence->scratch, ""));
	put(sequence, node->items[0]);
}

/* Text behind all that stands at the end: what most of a pattern is, without lists of one string. */
static bool put_text(struct sequence *sequence, const struct node *node)
{
	struct strings *run = &sequence->run;
	char letter[2] = { node->text[0], '\0' };

	if (run->count == 0 || run->count > PRODUCT_LIMIT)
		return false;
	if (letter[0] >= 'A' && letter[0] <= 'Z')
		letter[0] = (char)(letter[0] + 32);
	/* fold_letter knows what these are, too */
	if (node->nocase &&
		((unsigned char)letter[0] >= 0x80 || letter[0] == 'k' || letter[0] == 's'))
		return false;
	for (size_t i = 0; i < run->count; i++)
		run->items[i] =
			join(sequence->scratch, run->items[i], node->nocase ? letter : node->text);
	*sequence->folded |= node->nocase;
	return true;
}

static void put(struct sequence *sequence, const struct node *node)
{
	struct facts facts;

	if (node->kind == NODE_TEXT && put_text(sequence, node))
		return;
	if (node->kind == NODE_CAT) {
		for (size_t i = 0; i < node->count; i++)
			put(sequence, node->items[i]);
	} else if (node->kind == NODE_REPEAT && node->min > 0) {
		put_repeat(sequence, node);
	} else {
		facts = facts_of(sequence->scratch, node, sequence->folded);
		put_facts(sequence, &facts);
	}
}

static struct facts sequence_facts(struct scratch *scratch, const struct node *node, bool *folded)
{
	struct sequence sequence = { .scratch = scratch, .exact = true, .folded = folded };
	struct facts facts = { .exact = false };

	sequence.run = one(scratch, "");
	put(&sequence, node);
	facts.exact = sequence.exact;
	if (facts.exact)
		facts.strings = sequence.run;
	keep_better(&sequence.best, &sequence.run);
	facts.best = sequence.best;
	return facts;
}

static struct facts empty_facts(struct scratch *scratch, const struct node *node, bool *folded)
{
	(void)node;
	(void)folded;
	return (struct facts){ .exact = true, .strings = one(scratch, "") };
}

static struct facts opaque_facts(struct scratch *scratch, const struct node *node, bool *folded)
{
	(void)scratch;
	(void)node;
	(void)folded;
	return (struct facts){ .exact = false };
}

static struct facts repeat_facts(struct scratch *scratch, const struct node *node, bool *folded)
{
	return node->min == 0 ? optional_facts(scratch, node, folded)
			      : sequence_facts(scratch, node, folded);
}

static struct facts facts_of(struct scratch *scratch, const struct node *node, bool *folded)
{
	static struct facts (*const of[])(
		struct scratch * scratch, const struct node *node, bool *folded) = {
		[NODE_TEXT] = text_facts,
		[NODE_SET] = set_facts,
		[NODE_EMPTY] = empty_facts,
		[NODE_OPAQUE] = opaque_facts,
		[NODE_CAT] = sequence_facts,
		[NODE_ALT] = alternative_facts,
		[NODE_REPEAT] = repeat_facts,
	};

	return of[node->kind](scratch, node, folded);
}

static void lower(char *text)
{
	for (; *text != '\0'; text++)
		if (*text >= 'A' && *text <= 'Z')
			*text = (char)(*text + 32);
}

size_t rule_literals(
	TALLOC_CTX *mem, const char *pattern, bool nocase, const char ***out, bool *folded)
{
	struct scratch *scratch = rule_scratch_new(NULL);
	const struct node *tree = rule_syntax_parse(scratch, pattern, nocase);
	struct facts facts = { .exact = false };
	size_t count = 0;

	*out = NULL;
	*folded = false;
	if (tree != NULL)
		facts = sequence_facts(scratch, tree, folded);
	if (worth(&facts.best) > 0) {
		count = facts.best.count;
		*out = mem_array(mem, const char *, count);
	}
	for (size_t i = 0; i < count; i++) {
		char *text = mem_strdup(*out, facts.best.items[i]);

		if (*folded)
			lower(text);
		(*out)[i] = text;
	}
	talloc_free(scratch);
	return count;
}

/* Characters that every match has; sets of several do not count. */
static unsigned weight_of(const struct node *node)
{
	unsigned sum = 0;

	if (node->kind == NODE_TEXT)
		for (size_t i = 0; i < node->length; i++)
			sum += ((unsigned char)node->text[i] & 0xc0) != 0x80;
	if (node->kind == NODE_EMPTY || node->kind == NODE_OPAQUE)
		return 0;
	for (size_t i = 0; i < node->count; i++) {
		unsigned weight = weight_of(node->items[i]);

		if (node->kind != NODE_ALT)
			sum += weight;
		else if (i == 0 || weight < sum)
			sum = weight;
	}
	if (node->kind == NODE_REPEAT)
		sum *= node->min < COPY_LIMIT ? node->min : COPY_LIMIT;
	return sum < 10000 ? sum : 10000;
}

unsigned rule_literal_weight(const char *pattern, bool nocase)
{
	struct scratch *scratch = rule_scratch_new(NULL);
	const struct node *tree = rule_syntax_parse(scratch, pattern, nocase);
	unsigned weight = tree == NULL ? 0 : weight_of(tree);

	talloc_free(scratch);
	return weight;
}
