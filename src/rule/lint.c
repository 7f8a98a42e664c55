/* What can be said against a set of rules that loads. */
#include <string.h>
#include <strings.h>

#include "rule/loader.h"
#include "rule/pump.h"
#include "rule/syntax.h"

#define LITERAL_WANTED 4 /* characters */

static void lint_definitions(const struct rules *rules, struct rule_list *problems)
{
	for (size_t i = 0; i < rules->definition_count; i++)
		if (!rules->definitions[i]->used)
			rule_error(problems, rules->definitions[i]->place,
				"the term \"%s\" is not used", rules->definitions[i]->name);
}

static size_t characters(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

/* The characters of the shortest literal of which one must be seen; 0: none must. */
static size_t certain(TALLOC_CTX *mem, const struct term *term)
{
	const char **literals;
	bool folded;
	size_t count = rule_literals(mem, term->text, term->nocase, &literals, &folded), least = 0;

	for (size_t i = 0; i < count; i++) {
		size_t length = characters(literals[i]);

		least = i == 0 || length < least ? length : least;
	}
	return least;
}

/* Does something else than a literal keep the regex from most entries? */
static bool is_narrow(TALLOC_CTX *mem, const struct term *term)
{
	const struct node *tree = rule_syntax_parse(mem, term->text, term->nocase);

	return term->where_count > 0 || (tree != NULL && rule_syntax_anchored(tree));
}

static void lint_limit(TALLOC_CTX *mem, const struct term *term, struct rule_list *problems)
{
	struct rule_pumped pump;

	rule_pump(mem, term, &pump);
	if (pump.text != NULL && pump.repeated <= RULE_PUMP_LINE)
		rule_error(problems, term->place,
			"the regex runs out of its match limit on %s (%zu bytes)", pump.text,
			pump.length);
	else if (pump.text != NULL && !term->cre)
		rule_warning(problems, term->place,
			"the regex is slow on long lines: it runs out of its match limit on %s "
			"(%zu bytes)",
			pump.text, pump.length);
}

/* Of two values with one name a cause and its effect would compare the wrong ones. */
static void lint_names(const struct pattern *pattern, struct rule_list *problems)
{
	for (size_t i = 0; pattern->regex->names[i] != NULL; i++)
		if (!pattern->term->cre && rule_bind_is_key(pattern->regex->names[i]))
			rule_warning(problems, pattern->term->place,
				"the group \"%s\" hides the key of that name",
				pattern->regex->names[i]);
}

static void lint_regex(const struct pattern *pattern, struct rule_list *problems)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	const struct term *term = pattern->term;
	size_t length = certain(mem, term);

	/* the rules of CRE are read as they are: who runs them cannot change them */
	if (length < LITERAL_WANTED && !term->cre && is_narrow(mem, term))
		rule_warning(problems, term->place,
			"the regex has no literal of %d characters or more", LITERAL_WANTED);
	else if (length < LITERAL_WANTED && !term->cre)
		rule_error(problems, term->place,
			"the regex has no literal of %d characters or more: it is tried on every "
			"entry",
			LITERAL_WANTED);
	lint_limit(mem, term, problems);
	lint_names(pattern, problems);
	talloc_free(mem);
}

/* The terms of a cause share its conditions, which are told once. */
static bool is_told(const struct rule_list *problems, struct place place)
{
	for (size_t i = 0; i < problems->count; i++) {
		const struct place *other = &problems->items[i].place;

		if (other->line == place.line && other->column == place.column &&
			strcmp(other->file, place.file) == 0)
			return true;
	}
	return false;
}

static void lint_condition(const struct condition *condition, struct rule_list *problems)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct term term = { .kind = TERM_REGEX, .place = condition->place };

	for (size_t i = 0; i < condition->value_count; i++) {
		term.text = condition->values[i];
		lint_limit(mem, &term, problems);
	}
	talloc_free(mem);
}

static void lint_pattern(const struct pattern *pattern, struct rule_list *problems)
{
	const struct term *term = pattern->term;

	if (pattern->regex != NULL && pattern->regex->code != NULL)
		lint_regex(pattern, problems);
	for (size_t i = 0; i < term->where_count; i++)
		if (term->where[i].operator== OP_REGEX && !is_told(problems, term->where[i].place))
			lint_condition(&term->where[i], problems);
}

static void lint_examples(const struct cause *cause, struct rule_list *problems)
{
	bool match = false, clean = false;

	for (size_t i = 0; i < cause->example_count; i++) {
		match = match || cause->examples[i].match;
		clean = clean || !cause->examples[i].match;
	}
	if (!match)
		rule_error(problems, cause->place, "%s has no \"match\" example", cause->id);
	if (!clean)
		rule_error(problems, cause->place, "%s has no \"clean\" example", cause->id);
}

/* Do all frames of the signature lie at one point in time? */
static bool is_single(const struct signature *signature)
{
	if (signature->kind == SIGN_COUNT)
		return signature->at_least < 2;
	return signature->kind == SIGN_MATCH ||
	       (signature->kind == SIGN_ALL && signature->use_count == 1 &&
		       signature->uses[0].count == 1);
}

static void lint_nots(
	const struct cause *cause, const struct signature *signature, struct rule_list *problems)
{
	for (size_t i = 0; i < signature->not_count; i++) {
		const struct negation *negation = &signature->nots[i];

		if (negation->window == 0 && (negation->absolute || is_single(signature)))
			rule_error(problems, signature->place,
				"%s: \"not\" of \"%.80s\" is of zero width; give it a \"window\"",
				cause->id, negation->use.name);
	}
	for (size_t i = 0; i < signature->any_count; i++)
		lint_nots(cause, signature->any[i], problems);
}

static const struct {
	const char *words;
	bool everywhere; /* else only where it is told why something happened */
} blames[] = {
	{ "human error", true },
	{ "operator error", true },
	{ "user error", true },
	{ "forgot", true },
	{ "forgotten to", true },
	{ "careless", true },
	{ "carelessness", true },
	{ "carelessly", true },
	{ "negligence", true },
	{ "negligent", true },
	{ "incompetent", true },
	{ "incompetence", true },
	{ "sloppy", true },
	{ "lazy developer", true },
	{ "stupid", true },
	{ "be more careful", true },
	{ "pay more attention", true },
	{ "pay attention", true },
	{ "did not bother", true },
	{ "should have", false },
	{ "should've", false },
	{ "ought to have", false },
	{ "failed to notice", false },
	{ "failed to remember", false },
	{ "did not pay attention", false },
	{ "did not think", false },
	{ "someone", false },
	{ "somebody", false },
	{ "nobody", false },
	{ "the developer", false },
	{ "the operator did", false },
	{ "his mistake", false },
	{ "her mistake", false },
	{ "their mistake", false },
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool has_words(const char *text, const char *words)
{
	size_t length = strlen(words);

	for (const char *at = text; *at != '\0'; at++)
		if (strncasecmp(at, words, length) == 0 && !is_letter(at[length]) &&
			(at == text || !is_letter(at[-1])))
			return true;
	return false;
}

static void lint_blame(const struct known *known, struct rule_list *problems)
{
	const struct cause *cause = &known->cause;
	const char *texts[RULE_TEXTS] = { cause->title, cause->why, cause->fix, cause->prevent,
		cause->detect, cause->done_when };

	for (size_t i = 0; i < RULE_TEXTS; i++) {
		if (texts[i] == NULL || known->texts[i].line == 0)
			continue;
		for (size_t j = 0; j < sizeof(blames) / sizeof(blames[0]); j++)
			if ((blames[j].everywhere || i < 2) && has_words(texts[i], blames[j].words))
				rule_error(problems, known->texts[i],
					"%s: \"%s\" blames a person; say what the system allowed",
					rule_bind_texts[i], blames[j].words);
	}
}

static void lint_leaf(const struct cause *cause, struct rule_list *problems)
{
	if (cause->kind == KIND_ROOT && cause->leaf == NULL)
		rule_warning(problems, cause->place,
			"%s is a root without a \"leaf\" that says of which sort", cause->id);
	if (cause->kind != KIND_ROOT && cause->leaf != NULL)
		rule_warning(
			problems, cause->place, "%s has a \"leaf\", but is no root", cause->id);
}

static bool is_known(const struct rules *rules, const char *id)
{
	for (size_t i = 0; i < rules->cause_count; i++)
		if (strcmp(rules->causes[i]->cause.id, id) == 0)
			return true;
	return false;
}

/* A cause that the next run is to look for must be one. */
static void lint_done(
	const struct rules *rules, const struct known *known, struct rule_list *problems)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	const char *text = known->cause.done_when;
	struct criterion criterion;

	if (text != NULL && strstr(text, "{{") == NULL && criterion_parse(mem, text, &criterion) &&
		(criterion.kind == CRITERION_ABSENT || criterion.kind == CRITERION_SEEN) &&
		!is_known(rules, criterion.subject))
		rule_error(problems, known->texts[RULE_TEXTS - 1],
			"done_when: no cause has the id \"%.80s\"", criterion.subject);
	talloc_free(mem);
}

static void lint_cause(
	const struct rules *rules, const struct known *known, struct rule_list *problems)
{
	const struct cause *cause = &known->cause;

	if (cause->when != NULL) {
		lint_examples(cause, problems);
		lint_nots(cause, cause->when, problems);
	}
	if (known->texts[0].line == 0)
		rule_warning(problems, cause->place, "%s has no \"title\"", cause->id);
	if (known->texts[1].line == 0)
		rule_warning(problems, cause->place, "%s has no \"why\"", cause->id);
	lint_leaf(cause, problems);
	lint_blame(known, problems);
	lint_done(rules, known, problems);
}

/* Keys that must agree must be there on both sides. */
static void lint_end(const struct rules *rules, const struct edge *edge, const struct cause *cause,
	struct rule_list *problems)
{
	for (size_t i = 0; i < edge->same_count && cause->when != NULL; i++)
		if (!rule_bind_has(rules->causes[cause->index], edge->same[i]))
			rule_error(problems, edge->place, "\"same\": nothing in %s binds \"%.80s\"",
				cause->id, edge->same[i]);
}

void rule_lint(const struct rules *rules, const char *file, struct rule_list *problems)
{
	lint_definitions(rules, problems);
	for (size_t i = 0; i < rules->pattern_count; i++)
		if (file == NULL || strcmp(rules->patterns[i]->term->place.file, file) == 0)
			lint_pattern(rules->patterns[i], problems);
	for (size_t i = 0; i < rules->cause_count; i++)
		/* what their authors wrote is not ours to judge */
		if (!rules->causes[i]->cause.cre)
			lint_cause(rules, rules->causes[i], problems);
	for (size_t i = 0; i < rules->edge_count; i++) {
		lint_end(rules, rules->edges[i], rules->edges[i]->effect, problems);
		lint_end(rules, rules->edges[i], rules->edges[i]->cause, problems);
	}
	rule_circle_lint(rules, problems);
}
