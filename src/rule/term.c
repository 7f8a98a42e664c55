/* Terms: what one entry must look like. Equal ones are shared by all signatures. */
#include "rule/loader.h"

#include <string.h>

/* A TERM as it is written, and what may stand beside it in some places. */
struct draft {
	const char *literal, *regex, *jq, *term, *name;
	unsigned count;
	bool nocase;
	struct condition *where;
	size_t where_count;
	struct place place;
	/* beside it in "not" and "expects" */
	struct negation negation;
	struct expectation expectation;
};

static void read_where(struct loader *loader, const struct tree *value, void *field)
{
	struct draft *draft = field;

	rule_where_read(loader, value, &draft->where, &draft->where_count);
}

static const struct key term_items[] = {
	{ "literal", rule_keys_text, offsetof(struct draft, literal) },
	{ "regex", rule_keys_text, offsetof(struct draft, regex) },
	{ "jq", rule_keys_text, offsetof(struct draft, jq) },
	{ "term", rule_keys_text, offsetof(struct draft, term) },
	{ "count", rule_keys_count, offsetof(struct draft, count) },
	{ "nocase", rule_keys_bool, offsetof(struct draft, nocase) },
	{ "where", read_where, 0 },
	{ "as", rule_keys_text, offsetof(struct draft, name) },
};
static const struct keys term_keys = KEYS("a term", term_items, NULL);

static const struct key not_items[] = {
	{ "anchor", rule_keys_index, offsetof(struct draft, negation.anchor) },
	{ "slide", rule_window_slide, offsetof(struct draft, negation.slide) },
	{ "window", rule_window_time, offsetof(struct draft, negation.window) },
	{ "absolute", rule_keys_bool, offsetof(struct draft, negation.absolute) },
};
static const struct keys not_keys = KEYS("a term of \"not\"", not_items, &term_keys);

static const struct key expect_items[] = {
	{ "within", rule_window_read, offsetof(struct draft, expectation.within) },
	{ "text", rule_keys_text, offsetof(struct draft, expectation.text) },
};
static const struct keys expect_keys = KEYS("a term of \"expects\"", expect_items, &term_keys);

bool rule_term_is(const struct tree *value)
{
	return value->kind == TREE_SCALAR || rule_tree_get(value, "literal") != NULL ||
	       rule_tree_get(value, "regex") != NULL || rule_tree_get(value, "jq") != NULL ||
	       rule_tree_get(value, "term") != NULL;
}

/* Walks the names of a document's "terms". */
static const char *next_definition(void *context)
{
	struct definition **at = context;
	struct definition *definition = *at;

	if (definition == NULL)
		return NULL;
	*at = definition->hh.next;
	return definition->name;
}

static struct definition *find_definition(const struct loader *loader, const char *name)
{
	struct definition *definition;

	HASH_FIND_STR(loader->terms, name, definition);
	return definition;
}

/* A plain text that is nearly the name of a term is more likely a slip than a literal. */
static void warn_of_slip(struct loader *loader, const char *text, struct place place)
{
	struct definition *at = loader->terms;
	const char *meant = strlen(text) < 4 ? NULL : word_nearest(text, next_definition, &at);

	if (meant != NULL)
		rule_warning(loader->problems, place,
			"\"%s\" is taken literally; did you mean the term \"%s\"?", text, meant);
}

static void append_conditions(
	struct loader *loader, struct draft *draft, const struct condition *where, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		draft->where = mem_grow(
			loader->rules, draft->where, draft->where_count, sizeof(*draft->where));
		draft->where[draft->where_count++] = where[i];
	}
}

/* What DEFINITION says becomes the draft, beside what the draft says itself. */
static bool take_definition(
	struct loader *loader, struct definition *definition, struct draft *draft)
{
	const struct draft *base = definition->draft;

	definition->used = true;
	if (base == NULL)
		return false;
	draft->literal = base->literal;
	draft->regex = base->regex;
	draft->jq = base->jq;
	draft->nocase = base->nocase;
	draft->place = base->place;
	append_conditions(loader, draft, base->where, base->where_count);
	if (draft->name == NULL)
		draft->name = base->name;
	if (draft->count == 0)
		draft->count = base->count;
	return true;
}

/* A plain text: a name or a literal. */
static bool read_plain(
	struct loader *loader, const struct tree *value, bool names, struct draft *draft)
{
	struct definition *definition;
	const char *text = rule_keys_scalar(loader, value);

	if (text == NULL)
		return false;
	definition = names ? find_definition(loader, text) : NULL;
	if (definition != NULL)
		return take_definition(loader, definition, draft);
	if (names)
		warn_of_slip(loader, text, value->place);
	draft->literal = text;
	return true;
}

static bool resolve_name(struct loader *loader, const struct tree *value, struct draft *draft)
{
	struct definition *at = loader->terms, *definition = find_definition(loader, draft->term);
	const char *meant;

	if (definition != NULL)
		return take_definition(loader, definition, draft);
	meant = word_nearest(draft->term, next_definition, &at);
	if (meant != NULL)
		rule_error(loader->problems, value->place,
			"no term \"%s\" in this file; did you mean \"%s\"?", draft->term, meant);
	else
		rule_error(
			loader->problems, value->place, "no term \"%s\" in this file", draft->term);
	return false;
}

/* KEYS is NULL for a definition, which cannot name another one. */
static bool read_draft(struct loader *loader, const struct tree *value, const struct keys *keys,
	struct draft *draft)
{
	unsigned given;

	draft->place = value->place;
	if (value->kind == TREE_SCALAR)
		return read_plain(loader, value, keys != NULL, draft);
	if (!rule_keys_read(loader, value, keys != NULL ? keys : &term_keys, draft))
		return false;
	given = (draft->literal != NULL) + (draft->regex != NULL) + (draft->jq != NULL) +
		(draft->term != NULL);
	if (given != 1) {
		rule_error(loader->problems, value->place,
			"a term is one of \"literal\", \"regex\", \"jq\" and \"term\"");
		return false;
	}
	if (draft->term != NULL && keys == NULL) {
		rule_error(loader->problems, value->place, "a term cannot be another one");
		return false;
	}
	if (draft->regex != NULL)
		rule_regex_check(loader, draft->regex, draft->nocase ? REGEX_NOCASE : REGEX_OWN,
			value->place);
	if (draft->jq != NULL)
		rule_jq_check(loader, draft->jq, value->place);
	return draft->term == NULL || resolve_name(loader, value, draft);
}

/* All that makes two terms the same. */
static char *term_key(TALLOC_CTX *mem, const struct term *term)
{
	char *key = mem_printf(mem, "%d %d %d %zu:%s", (int)term->kind, term->nocase, term->cre,
		strlen(term->text), term->text);

	for (size_t i = 0; i < term->where_count; i++) {
		const struct condition *where = &term->where[i];

		key = mem_check(
			talloc_asprintf_append_buffer(key, "\n%d %d %s", (int)where->subject,
				(int)where->operator, where->path != NULL ? where->path : ""));
		for (size_t j = 0; j < where->value_count; j++)
			key = mem_check(talloc_asprintf_append_buffer(
				key, " %zu:%s", strlen(where->values[j]), where->values[j]));
	}
	return key;
}

static unsigned specificity_of(const struct term *term)
{
	unsigned count = 0;

	if (term->kind == TERM_REGEX)
		return rule_literal_weight(term->text, term->nocase);
	if (term->kind == TERM_LITERAL)
		for (const char *at = term->text; *at != '\0'; at++)
			count += ((unsigned char)*at & 0xc0) != 0x80;
	return count;
}

static struct pattern *add_pattern(struct loader *loader, const struct term *term, const char *key)
{
	struct rules *rules = loader->rules;
	struct pattern *pattern = mem_new(rules, struct pattern);

	pattern->term = mem_new(pattern, struct term);
	*pattern->term = *term;
	pattern->term->index = rules->pattern_count;
	pattern->key = mem_strdup(pattern, key);
	if (term->kind == TERM_REGEX)
		pattern->regex = rule_regex_intern(loader, term->text,
			term->cre      ? REGEX_CRE
			: term->nocase ? REGEX_NOCASE
				       : REGEX_OWN);
	if (term->kind == TERM_JQ)
		pattern->program = rule_jq_intern(loader, term->text);
	if (pattern->regex == NULL || pattern->regex->code != NULL)
		pattern->specificity = specificity_of(term);
	rules->patterns =
		mem_grow(rules, rules->patterns, rules->pattern_count, sizeof(struct pattern *));
	rules->patterns[rules->pattern_count++] = pattern;
	HASH_ADD_KEYPTR(hh, rules->by_key, pattern->key, strlen(pattern->key), pattern);
	return pattern;
}

static const struct term *intern(struct loader *loader, const struct term *term)
{
	char *key = term_key(loader->scratch, term);
	struct pattern *pattern;

	HASH_FIND_STR(loader->rules->by_key, key, pattern);
	if (pattern == NULL)
		pattern = add_pattern(loader, term, key);
	talloc_free(key);
	return pattern->term;
}

/* The term of a valid draft; NAME is what it is called where "as" says nothing. */
static bool finish(
	struct loader *loader, const struct tree *value, struct draft *draft, struct use *out)
{
	struct term term = { .nocase = draft->nocase, .place = draft->place };
	const char *name = value->kind == TREE_SCALAR ? value->text : NULL;

	term.kind = draft->regex != NULL ? TERM_REGEX : draft->jq != NULL ? TERM_JQ : TERM_LITERAL;
	term.text = draft->regex != NULL ? draft->regex
		    : draft->jq != NULL	 ? draft->jq
					 : draft->literal;
	if (term.text[0] == '\0') {
		rule_error(loader->problems, value->place, "a term cannot be empty");
		return false;
	}
	if (rule_tree_get(value, "term") != NULL)
		name = rule_tree_get(value, "term")->text;
	append_conditions(loader, draft, loader->where, loader->where_count);
	term.where = draft->where;
	term.where_count = draft->where_count;
	out->term = intern(loader, &term);
	out->named = draft->name != NULL;
	out->name = draft->name != NULL ? draft->name : name != NULL ? name : term.text;
	out->count = draft->count > 0 ? draft->count : 1;
	return true;
}

bool rule_term_use(struct loader *loader, const struct tree *value, struct use *out)
{
	struct draft draft = { .count = 0 };

	return read_draft(loader, value, &term_keys, &draft) && finish(loader, value, &draft, out);
}

void rule_term_cre(struct loader *loader, enum term_kind kind, const char *text, struct place place,
	struct use *out)
{
	const struct term term = { .kind = kind, .text = text, .cre = true, .place = place };

	*out = (struct use){ .term = intern(loader, &term), .name = text, .count = 1 };
}

bool rule_term_negation(struct loader *loader, const struct tree *value, struct negation *out)
{
	struct draft draft = { .count = 0 };

	if (!read_draft(loader, value, &not_keys, &draft))
		return false;
	*out = draft.negation;
	if (draft.count > 1)
		rule_error(loader->problems, value->place, "a term of \"not\" has no count");
	return finish(loader, value, &draft, &out->use);
}

bool rule_term_expectation(struct loader *loader, const struct tree *value, struct expectation *out)
{
	struct draft draft = { .expectation.within = { WINDOW_TIME, 600 * WHEN_SECOND } };

	if (!read_draft(loader, value, &expect_keys, &draft))
		return false;
	*out = draft.expectation;
	if (!finish(loader, value, &draft, &out->use))
		return false;
	if (out->text == NULL)
		out->text = out->use.name;
	return true;
}

static void define(struct loader *loader, const struct tree *name, const struct tree *value)
{
	struct rules *rules = loader->rules;
	struct definition *definition;
	struct draft *draft;

	if (find_definition(loader, name->text) != NULL) {
		rule_error(loader->problems, name->place, "the term \"%s\" is given twice",
			name->text);
		return;
	}
	definition = mem_new(rules, struct definition);
	definition->name = mem_strdup(definition, name->text);
	definition->place = name->place;
	HASH_ADD_KEYPTR(hh, loader->terms, definition->name, strlen(definition->name), definition);
	rules->definitions = mem_grow(
		rules, rules->definitions, rules->definition_count, sizeof(struct definition *));
	rules->definitions[rules->definition_count++] = definition;
	draft = mem_new(definition, struct draft);
	/* faults are told here, once, and not where it is used */
	if (read_draft(loader, value, NULL, draft))
		definition->draft = draft;
}

void rule_term_define(struct loader *loader, const struct tree *value)
{
	if (value->kind != TREE_MAP) {
		rule_error(loader->problems, value->place, "\"terms\" must be a mapping");
		return;
	}
	for (size_t i = 0; i + 1 < value->count; i += 2)
		if (value->items[i].kind == TREE_SCALAR)
			define(loader, &value->items[i], &value->items[i + 1]);
}
