/* CRE's rules: sets and sequences to signatures. */
#include "rule/cre.h"

#include <string.h>

/* Where a rule's terms are, and what they are called there. */
struct body {
	const struct tree *map;
	const char *what, *terms, *other; /* "set", its key of terms, and that of the other kind */
	bool ordered;
};

static struct body body_of(const struct tree *rule)
{
	static const struct body none;
	const struct tree *inner = rule_tree_get(rule, "rule");
	const struct tree *set = inner == NULL ? NULL : rule_tree_get(inner, "set");
	const struct tree *sequence = inner == NULL ? NULL : rule_tree_get(inner, "sequence");

	/* who has both has a sequence */
	if (sequence != NULL && sequence->kind == TREE_MAP)
		return (struct body){ sequence, "sequence", "order", "match", true };
	if (set != NULL && set->kind == TREE_MAP)
		return (struct body){ set, "set", "match", "order", false };
	return none;
}

static const char *foreign(const struct tree *list, const struct tree *terms)
{
	static const char *const keys[] = { "set", "sequence", "promql" };

	for (size_t i = 0; list != NULL && list->kind == TREE_LIST && i < list->count; i++) {
		const struct tree *term = rule_cre_resolve(&list->items[i], terms);

		for (size_t j = 0; term->kind == TREE_MAP && j < sizeof(keys) / sizeof(keys[0]);
			j++)
			if (rule_tree_get(term, keys[j]) != NULL)
				return keys[j];
	}
	return NULL;
}

const char *rule_cre_unsupported(const struct tree *rule, const struct tree *terms)
{
	struct body body = body_of(rule);
	const char *key;

	if (body.map == NULL)
		return NULL;
	key = foreign(rule_tree_get(body.map, body.terms), terms);
	if (key == NULL)
		key = foreign(rule_tree_get(body.map, "negate"), terms);
	return key == NULL		      ? NULL
	       : strcmp(key, "promql") == 0   ? "a \"promql\" term"
	       : strcmp(key, "sequence") == 0 ? "a \"sequence\" inside of a term"
					      : "a \"set\" inside of a term";
}

static bool is_given(const struct tree *map, const char *name)
{
	const struct tree *value = rule_tree_get(map, name);

	return value != NULL && !value->null && !(value->kind == TREE_LIST && value->count == 0);
}

static bool check_body(struct loader *loader, const struct tree *rule, const struct body *body)
{
	const struct tree *event;

	if (body->map == NULL) {
		rule_error(loader->problems, rule->place,
			"a CRE rule needs \"set\" or \"sequence\" in \"rule\"");
		return false;
	}
	event = rule_tree_get(body->map, "event");
	if (event == NULL || rule_cre_text(event, "source") == NULL)
		rule_error(loader->problems, body->map->place, "the %s needs \"event.source\"",
			body->what);
	if (is_given(body->map, body->other))
		rule_error(loader->problems, rule_tree_get(body->map, body->other)->place,
			"a %s has no \"%s\"", body->what, body->other);
	if (is_given(body->map, body->terms))
		return true;
	rule_error(
		loader->problems, body->map->place, "the %s needs \"%s\"", body->what, body->terms);
	return false;
}

/* Entries that the positive terms want, together. */
static size_t read_terms(struct loader *loader, const struct tree *list, const struct tree *terms,
	struct signature *signature)
{
	const struct tree *item;
	size_t total = 0;

	for (size_t i = 0; (item = rule_keys_item(list, i)) != NULL; i++) {
		struct use use;

		if (!rule_cre_term(loader, item, terms, &use))
			continue;
		signature->uses =
			mem_grow(loader->rules, signature->uses, signature->use_count, sizeof(use));
		signature->uses[signature->use_count++] = use;
		total += use.count;
	}
	return total;
}

static void read_negate(struct loader *loader, const struct tree *list, const struct tree *terms,
	size_t total, struct signature *signature)
{
	const struct tree *item;

	for (size_t i = 0; (item = rule_keys_item(list, i)) != NULL; i++) {
		struct negation negation;

		if (!rule_cre_negation(loader, item, terms, &negation))
			continue;
		if (negation.anchor >= total)
			rule_error(loader->problems, item->place,
				"anchor %u: the rule has %zu entries, counted from 0",
				negation.anchor, total);
		signature->nots = mem_grow(
			loader->rules, signature->nots, signature->not_count, sizeof(negation));
		signature->nots[signature->not_count++] = negation;
	}
}

/* Windows bound what several entries span; the one step of a sequence has none. */
static void put_window(
	struct loader *loader, const struct body *body, size_t total, struct signature *signature)
{
	size_t errors = loader->problems->errors;
	int64_t window = 0;
	bool given = rule_cre_duration(loader, body->map, "window", false, &window);
	bool one_step = body->ordered;

	for (size_t i = 1; i < signature->use_count; i++)
		one_step = one_step && signature->uses[i].term == signature->uses[0].term;
	if (loader->problems->errors > errors)
		return;
	if (body->ordered && total <= 1)
		rule_error(
			loader->problems, body->map->place, "a sequence needs more than one entry");
	else if (!given && total > 1)
		rule_error(loader->problems, body->map->place,
			"a %s of several entries needs a \"window\"", body->what);
	else if (!body->ordered && given && total == 1)
		rule_error(loader->problems, body->map->place,
			"a set of a single entry has no \"window\"");
	signature->kind = body->ordered ? SIGN_SEQ : total > 1 ? SIGN_ALL : SIGN_MATCH;
	if (one_step)
		signature->within.unit = WINDOW_SCOPE;
	else if (given)
		signature->within = (struct window){ WINDOW_TIME, window };
}

static bool is_before(const struct signature *signature, size_t count, const struct term *term)
{
	for (size_t i = 0; i < count; i++)
		if ((i < signature->use_count
				    ? signature->uses[i].term
				    : signature->nots[i - signature->use_count].use.term) == term)
			return true;
	return false;
}

static void check_size(struct loader *loader, const struct signature *signature)
{
	size_t distinct = 0;

	for (size_t i = 0; i < signature->use_count + signature->not_count; i++) {
		const struct term *term =
			i < signature->use_count
				? signature->uses[i].term
				: signature->nots[i - signature->use_count].use.term;

		distinct += !is_before(signature, i, term);
	}
	if (distinct > CRE_TERMS)
		rule_error(loader->problems, signature->place, "more than %d distinct terms",
			CRE_TERMS);
}

struct signature *rule_cre_signature(
	struct loader *loader, const struct tree *rule, const struct tree *terms)
{
	struct signature *signature = mem_new(loader->rules, struct signature);
	struct body body = body_of(rule);
	size_t errors = loader->problems->errors, total;
	const struct tree *negate;

	signature->place = rule->place;
	if (!check_body(loader, rule, &body))
		return signature;
	signature->place = body.map->place;
	total = read_terms(loader, rule_tree_get(body.map, body.terms), terms, signature);
	if (loader->problems->errors == errors)
		put_window(loader, &body, total, signature);
	negate = rule_tree_get(body.map, "negate");
	if (negate != NULL && !negate->null)
		read_negate(loader, negate, terms, total, signature);
	check_size(loader, signature);
	return signature;
}
