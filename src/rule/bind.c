/* Names that texts may use: what the signature and the keys of a cause can bind. */
#include "rule/loader.h"

#include <string.h>

#include "template/template.h"

/* What entries have by themselves, and what every finding has. */
static const char *const keys[] = { "service", "revision", "instance", "trace", "span", "test",
	"run", "pod", "thread", "source", "log", NULL };
static const char *const always[] = { "first", "last", "count", "gap", NULL };
static const char *const absences[] = { "seen", "reached", "missing", "missing_count",
	"stage_count", NULL };

const char *const rule_bind_texts[RULE_TEXTS] = { "title", "why", "fix", "prevent", "detect",
	"done_when" };

static bool is_in(const char *const *names, const char *name)
{
	for (; *names != NULL; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

bool rule_bind_is_key(const char *name)
{
	return is_in(keys, name);
}

bool rule_bind_has(const struct known *known, const char *name)
{
	if (is_in(keys, name) || is_in(always, name))
		return true;
	for (size_t i = 0; i < known->bind_count; i++)
		if (strcmp(known->binds[i], name) == 0)
			return true;
	return false;
}

static void bind(struct known *known, const char *name)
{
	if (rule_bind_has(known, name))
		return;
	known->binds = mem_grow(known, known->binds, known->bind_count, sizeof(*known->binds));
	known->binds[known->bind_count++] = name;
}

static void bind_all(struct known *known, const char *const *names)
{
	for (; *names != NULL; names++)
		bind(known, *names);
}

struct binder {
	const struct rules *rules;
	struct known *known;
};

static void bind_use(void *context, const struct use *use)
{
	const struct binder *binder = context;
	const struct pattern *pattern = rule_walk_pattern(binder->rules, use->term);

	if (use->named)
		bind(binder->known, use->name);
	if (pattern->regex != NULL)
		bind_all(binder->known, pattern->regex->names);
}

void rule_bind_collect(struct loader *loader, struct known *known)
{
	struct binder binder = { .rules = loader->rules, .known = known };
	const struct signature *when = known->cause.when;

	if (when == NULL)
		return;
	rule_walk_uses(when, bind_use, &binder);
	if (rule_walk_has(when, SIGN_ABSENT))
		bind_all(known, absences);
}

/* Walks the names that KNOWN binds. */
struct names {
	const struct known *known;
	size_t key, index;
};

static const char *next_bound(void *context)
{
	struct names *names = context;
	size_t fixed = sizeof(keys) / sizeof(keys[0]) - 1;

	if (names->key < fixed)
		return keys[names->key++];
	return names->index < names->known->bind_count ? names->known->binds[names->index++] : NULL;
}

static void report_unbound(struct loader *loader, const struct known *known, const char *what,
	const char *name, struct place place)
{
	struct names names = { .known = known };
	const char *meant = word_nearest(name, next_bound, &names);

	if (meant != NULL)
		rule_error(loader->problems, place,
			"%s: nothing binds \"%.80s\"; did you mean \"%s\"?", what, name, meant);
	else
		rule_error(loader->problems, place, "%s: nothing binds \"%.80s\"", what, name);
}

void rule_bind_require(
	struct loader *loader, const struct cause *cause, const char *name, struct place place)
{
	const struct known *known = rule_cause_find(loader->rules, cause->id);

	if (!rule_bind_has(known, name))
		report_unbound(loader, known, cause->id, name, place);
}

/* One text whose names are checked. */
struct check {
	struct loader *loader;
	const struct known *known;
	const char *what;
	struct place place;
};

static void check_name(void *context, const char *name, unsigned line, unsigned column)
{
	const struct check *check = context;

	(void)line;
	(void)column;
	if (strcmp(name, ".") != 0 && !rule_bind_has(check->known, name))
		report_unbound(check->loader, check->known, check->what, name, check->place);
}

static void check_text(struct loader *loader, const struct known *known, const char *what,
	const struct tree *value)
{
	struct check check = { loader, known, what, value->place };
	struct template *template;
	struct err err = { 0 };

	if (strstr(value->text, "{{") == NULL)
		return;
	if (template_parse(
		    loader->scratch, what, value->text, strlen(value->text), &template, &err) < 0) {
		rule_error(loader->problems, value->place, "%s", err.text);
		return;
	}
	template_names(template, check_name, &check);
	talloc_free(template);
}

static void check_group_by(
	struct loader *loader, const struct known *known, const struct tree *tree)
{
	const struct tree *value = rule_tree_get(tree, "group_by"), *item;

	for (size_t i = 0; value != NULL && (item = rule_keys_item(value, i)) != NULL; i++)
		if (item->kind == TREE_SCALAR &&
			(is_in(always, item->text) || !rule_bind_has(known, item->text)))
			report_unbound(loader, known, "group_by", item->text, item->place);
}

static void check_examples(struct loader *loader, const struct known *known)
{
	for (size_t i = 0; i < known->cause.example_count; i++) {
		const struct example *example = &known->cause.examples[i];

		for (size_t j = 0; j < example->expect_count; j++)
			if (!rule_bind_has(known, example->expect[2 * j]))
				report_unbound(loader, known, "expect", example->expect[2 * j],
					example->place);
	}
}

static const struct regex *regex_of(const struct rules *rules, const struct signature *signature)
{
	return signature->use_count == 0 ? NULL
					 : rule_walk_pattern(rules, signature->uses[0].term)->regex;
}

/* "distinct" names a group of the very regex that is counted. */
static void check_distinct(
	struct loader *loader, const struct known *known, const struct signature *signature)
{
	const struct regex *regex = regex_of(loader->rules, signature);

	if (signature->distinct != NULL && !rule_bind_is_key(signature->distinct) &&
		(regex == NULL || !is_in(regex->names, signature->distinct)))
		report_unbound(loader, known, "distinct", signature->distinct, signature->place);
	for (size_t i = 0; i < signature->any_count; i++)
		check_distinct(loader, known, signature->any[i]);
}

void rule_bind_check(struct loader *loader, struct known *known, const struct tree *tree)
{
	for (size_t i = 0; i < RULE_TEXTS; i++) {
		const struct tree *value = rule_tree_get(tree, rule_bind_texts[i]);

		if (value == NULL || value->kind != TREE_SCALAR)
			continue;
		known->texts[i] = value->place;
		check_text(loader, known, rule_bind_texts[i], value);
	}
	check_group_by(loader, known, tree);
	check_examples(loader, known);
	if (known->cause.when != NULL)
		check_distinct(loader, known, known->cause.when);
}
