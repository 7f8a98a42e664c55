/* Signatures: what "when" says. */
#include "rule/loader.h"

#include <string.h>

#define STAGES_LIMIT 64 /* what matching keeps of a flow */

/* The mapping of "when" as it is written: exactly one of the first six. */
struct written {
	const struct tree *match, *all, *seq, *any, *count, *absent, *nots;
	struct window within;
};

static const struct key when_items[] = {
	{ "match", rule_keys_tree, offsetof(struct written, match) },
	{ "all", rule_keys_tree, offsetof(struct written, all) },
	{ "seq", rule_keys_tree, offsetof(struct written, seq) },
	{ "any", rule_keys_tree, offsetof(struct written, any) },
	{ "count", rule_keys_tree, offsetof(struct written, count) },
	{ "absent", rule_keys_tree, offsetof(struct written, absent) },
	{ "not", rule_keys_tree, offsetof(struct written, nots) },
	{ "within", rule_window_read, offsetof(struct written, within) },
};
static const struct keys when_keys = KEYS("a signature", when_items, NULL);

/* Terms of one place in a signature, as they are gathered. */
struct uses {
	struct use *items;
	size_t count;
};

static void read_use(struct loader *loader, const struct tree *value, void *field)
{
	struct uses *uses = field;
	struct use use;

	if (!rule_term_use(loader, value, &use))
		return;
	uses->items = mem_grow(loader->rules, uses->items, uses->count, sizeof(*uses->items));
	uses->items[uses->count++] = use;
}

static void read_uses(struct loader *loader, const struct tree *value, void *field)
{
	const struct tree *item;

	if (value->kind == TREE_LIST && value->count == 0)
		rule_error(loader->problems, value->place, "a list of terms cannot be empty");
	for (size_t i = 0; (item = rule_keys_item(value, i)) != NULL; i++)
		read_use(loader, item, field);
}

static void put_uses(struct signature *signature, const struct uses *uses)
{
	signature->uses = uses->items;
	signature->use_count = uses->count;
}

static void read_match(
	struct loader *loader, const struct written *written, struct signature *signature)
{
	struct uses uses = { 0 };

	if (written->match->kind == TREE_LIST)
		rule_error(loader->problems, written->match->place,
			"\"match\" is one term; \"all\" takes several");
	else
		read_use(loader, written->match, &uses);
	put_uses(signature, &uses);
	/* several entries of one term are a set of one term, for which windows have a meaning */
	if (uses.count > 0 && uses.items[0].count > 1)
		signature->kind = SIGN_ALL;
	else if (written->within.unit != WINDOW_NONE)
		rule_error(loader->problems, written->match->place,
			"\"within\" has no meaning for a single entry");
}

static void read_all(
	struct loader *loader, const struct written *written, struct signature *signature)
{
	struct uses uses = { 0 };

	read_uses(loader, written->all, &uses);
	put_uses(signature, &uses);
}

static void read_seq(
	struct loader *loader, const struct written *written, struct signature *signature)
{
	struct uses uses = { 0 };

	read_uses(loader, written->seq, &uses);
	put_uses(signature, &uses);
}

/* A signature, or a TERM that stands for its "match". */
static struct signature *read_branch(struct loader *loader, const struct tree *value)
{
	struct signature *branch;
	struct uses uses = { 0 };

	if (!rule_term_is(value))
		return rule_signature_read(loader, value);
	branch = mem_new(loader->rules, struct signature);
	branch->place = value->place;
	read_use(loader, value, &uses);
	put_uses(branch, &uses);
	if (uses.count > 0 && uses.items[0].count > 1) {
		branch->kind = SIGN_ALL;
		branch->within.unit = WINDOW_SCOPE;
	}
	return branch;
}

static void read_any(
	struct loader *loader, const struct written *written, struct signature *signature)
{
	const struct tree *item, *value = written->any;

	if (value->kind != TREE_LIST || value->count == 0)
		rule_error(loader->problems, value->place, "\"any\" must be a list of signatures");
	if (written->within.unit != WINDOW_NONE)
		rule_error(loader->problems, value->place,
			"\"within\" belongs to the signatures inside of \"any\"");
	for (size_t i = 0; (item = rule_keys_item(value, i)) != NULL; i++) {
		signature->any = mem_grow(loader->rules, signature->any, signature->any_count,
			sizeof(struct signature *));
		signature->any[signature->any_count++] = read_branch(loader, item);
	}
}

struct counted {
	struct uses of;
	unsigned at_least;
	const char *distinct;
	struct window within;
};

static const struct key count_items[] = {
	{ "of", read_use, offsetof(struct counted, of) },
	{ "at_least", rule_keys_count, offsetof(struct counted, at_least) },
	{ "distinct", rule_keys_text, offsetof(struct counted, distinct) },
	{ "within", rule_window_read, offsetof(struct counted, within) },
};
static const struct keys count_keys = KEYS("\"count\"", count_items, NULL);

/* WITHIN of the mapping inside, or beside it. */
static void put_window(struct loader *loader, struct window inner, const struct tree *value,
	struct signature *signature)
{
	if (inner.unit != WINDOW_NONE && signature->within.unit != WINDOW_NONE)
		rule_error(loader->problems, value->place, "\"within\" is given twice");
	else if (inner.unit != WINDOW_NONE)
		signature->within = inner;
}

static void read_count(
	struct loader *loader, const struct written *written, struct signature *signature)
{
	struct counted counted = { .at_least = 0 };

	if (!rule_keys_read(loader, written->count, &count_keys, &counted))
		return;
	if (rule_tree_get(written->count, "of") == NULL)
		rule_error(loader->problems, written->count->place, "\"count\" needs \"of\"");
	if (rule_tree_get(written->count, "at_least") == NULL)
		rule_error(loader->problems, written->count->place, "\"count\" needs \"at_least\"");
	put_uses(signature, &counted.of);
	put_window(loader, counted.within, written->count, signature);
	signature->at_least = counted.at_least;
	signature->distinct = counted.distinct;
}

struct absence {
	struct uses after, none_of, stages, until, unless;
	struct window within;
};

static const struct key absent_items[] = {
	{ "after", read_use, offsetof(struct absence, after) },
	{ "none_of", read_uses, offsetof(struct absence, none_of) },
	{ "stages", read_uses, offsetof(struct absence, stages) },
	{ "within", rule_window_read, offsetof(struct absence, within) },
	{ "until", read_uses, offsetof(struct absence, until) },
	{ "unless", read_uses, offsetof(struct absence, unless) },
};
static const struct keys absent_keys = KEYS("\"absent\"", absent_items, NULL);

static void read_absent(
	struct loader *loader, const struct written *written, struct signature *signature)
{
	const struct tree *value = written->absent;
	struct absence absence = { .within = { WINDOW_NONE, 0 } };
	bool none_of = rule_tree_get(value, "none_of") != NULL;
	bool staged = rule_tree_get(value, "stages") != NULL;

	if (!rule_keys_read(loader, value, &absent_keys, &absence))
		return;
	if (rule_tree_get(value, "after") == NULL)
		rule_error(loader->problems, value->place, "\"absent\" needs \"after\"");
	if (none_of == staged)
		rule_error(loader->problems, value->place,
			"\"absent\" needs one of \"none_of\" and \"stages\"");
	if (absence.stages.count > STAGES_LIMIT || absence.none_of.count > STAGES_LIMIT)
		rule_error(loader->problems, value->place, "more than %d expected terms",
			STAGES_LIMIT);
	put_uses(signature, &absence.after);
	put_window(loader, absence.within, value, signature);
	signature->staged = staged;
	signature->expected = staged ? absence.stages.items : absence.none_of.items;
	signature->expected_count = staged ? absence.stages.count : absence.none_of.count;
	signature->until = absence.until.items;
	signature->until_count = absence.until.count;
	signature->unless = absence.unless.items;
	signature->unless_count = absence.unless.count;
}

/* Entries that a signature of positive terms needs: what anchors count. */
static size_t frame_size(const struct signature *signature)
{
	size_t size = 0;

	if (signature->kind == SIGN_COUNT)
		return signature->at_least;
	if (signature->kind == SIGN_ANY || signature->kind == SIGN_ABSENT)
		return 1;
	for (size_t i = 0; i < signature->use_count; i++)
		size += signature->uses[i].count;
	return size;
}

static void read_nots(struct loader *loader, const struct tree *value, struct signature *signature)
{
	size_t size = frame_size(signature);
	const struct tree *item;

	for (size_t i = 0; (item = rule_keys_item(value, i)) != NULL; i++) {
		struct negation negation = { .anchor = 0 };

		if (!rule_term_negation(loader, item, &negation))
			continue;
		if (size > 0 && negation.anchor >= size)
			rule_error(loader->problems, item->place,
				"anchor %u: the signature has %zu entries, counted from 0",
				negation.anchor, size);
		signature->nots = mem_grow(loader->rules, signature->nots, signature->not_count,
			sizeof(*signature->nots));
		signature->nots[signature->not_count++] = negation;
	}
}

static const struct {
	size_t offset;
	enum signature_kind kind;
	void (*read)(
		struct loader *loader, const struct written *written, struct signature *signature);
} kinds[] = {
	{ offsetof(struct written, match), SIGN_MATCH, read_match },
	{ offsetof(struct written, all), SIGN_ALL, read_all },
	{ offsetof(struct written, seq), SIGN_SEQ, read_seq },
	{ offsetof(struct written, any), SIGN_ANY, read_any },
	{ offsetof(struct written, count), SIGN_COUNT, read_count },
	{ offsetof(struct written, absent), SIGN_ABSENT, read_absent },
};
#define KIND_COUNT (sizeof(kinds) / sizeof(kinds[0]))

/* The index of the kind that is written; KIND_COUNT where not exactly one is. */
static size_t kind_of(const struct written *written)
{
	size_t found = KIND_COUNT, given = 0;

	for (size_t i = 0; i < KIND_COUNT; i++)
		if (*(const struct tree *const *)((const char *)written + kinds[i].offset) !=
			NULL) {
			found = i;
			given++;
		}
	return given == 1 ? found : KIND_COUNT;
}

struct signature *rule_signature_read(struct loader *loader, const struct tree *value)
{
	struct signature *signature = mem_new(loader->rules, struct signature);
	struct written written = { .match = NULL };
	size_t kind;

	signature->place = value->place;
	if (!rule_keys_read(loader, value, &when_keys, &written))
		return signature;
	kind = kind_of(&written);
	if (kind == KIND_COUNT) {
		rule_error(loader->problems, value->place,
			"a signature is one of match, all, seq, any, count, absent");
		return signature;
	}
	signature->kind = kinds[kind].kind;
	signature->within = written.within;
	kinds[kind].read(loader, &written, signature);
	if (signature->within.unit == WINDOW_NONE && signature->kind != SIGN_MATCH &&
		signature->kind != SIGN_ANY)
		signature->within.unit = WINDOW_SCOPE;
	if (written.nots != NULL)
		read_nots(loader, written.nots, signature);
	return signature;
}
