/* Documents in the language of CRE: rules, and what they say of themselves. */
#include "rule/cre.h"

#include <string.h>
#include <unistd.h>

bool rule_cre_is(const struct tree *document)
{
	const struct tree *section = rule_tree_get(document, "section");

	if (section != NULL && section->kind == TREE_SCALAR &&
		strcmp(section->text, "version") == 0)
		return true;
	return rule_tree_get(document, "rules") != NULL &&
	       rule_tree_get(document, "causes") == NULL;
}

/* A file beside that of the rule, where there is one with something in it. */
static void add_example(struct loader *loader, struct cause *cause, const char *name, bool match)
{
	const char *file = cause->place.file;
	struct example example = { .match = match, .expect = NULL };
	size_t length;
	char *text, *folder;
	struct err err = { 0 };

	folder = mem_strndup(loader->scratch, file, (size_t)(path_base(file) - file));
	example.path = mem_printf(loader->rules, "%s%s", folder, name);
	example.place = (struct place){ example.path, 1, 1 };
	if (access(example.path, R_OK) < 0)
		return;
	/* an empty one holds nothing that could be wrong */
	if (!match && path_read(loader->scratch, example.path, 1, &text, &length, &err) == 0 &&
		length == 0)
		return;
	cause->examples = mem_grow(
		loader->rules, cause->examples, cause->example_count, sizeof(*cause->examples));
	cause->examples[cause->example_count++] = example;
}

/* Within one folder, second ids are as unique as first ones. */
static void check_metadata(struct loader *loader, const struct known *known)
{
	const struct rules *rules = loader->rules;

	for (size_t i = 0; i < rules->cause_count && known->metadata != NULL; i++) {
		const struct known *other = rules->causes[i];

		if (other->metadata != NULL && strcmp(other->metadata, known->metadata) == 0 &&
			strcmp(other->folder, known->folder) == 0 &&
			strcmp(other->cause.id, known->cause.id) != 0)
			rule_error(loader->problems, known->cause.place,
				"\"metadata.id\" of %s is that of %s, too", known->cause.id,
				other->cause.id);
	}
}

/* The id of the rule, or NULL where one of its two is missing. */
static const char *id_of(struct loader *loader, const struct tree *rule)
{
	const char *id = rule_cre_text(rule_tree_get(rule, "cre"), "id");

	if (id == NULL)
		rule_error(loader->problems, rule->place, "a CRE rule needs \"cre.id\"");
	else if (rule_cre_text(rule_tree_get(rule, "metadata"), "id") == NULL)
		rule_error(loader->problems, rule->place, "%s needs \"metadata.id\"", id);
	return id;
}

/* Its texts are the author's and not ours to lint, so their places are not noted. */
static void read_rule(
	struct loader *loader, const struct tree *rule, const struct tree *terms, bool alone)
{
	size_t errors = loader->problems->errors;
	const char *id, *unsupported;
	struct known *known;

	if (rule->kind != TREE_MAP) {
		rule_error(loader->problems, rule->place, "a CRE rule must be a mapping");
		return;
	}
	id = id_of(loader, rule);
	unsupported = rule_cre_unsupported(rule, terms);
	if (unsupported != NULL) {
		rule_warning(loader->problems, rule->place, "%s is left out: %s is not supported",
			id != NULL ? id : "the rule", unsupported);
		return;
	}
	if (id != NULL && !rule_cause_may_enter(loader, id, rule->place))
		return;
	known = mem_new(loader->rules, struct known);
	known->folder = loader->folder;
	known->cause.id = id != NULL ? id : "";
	known->cause.place = rule->place;
	known->cause.cre = true;
	known->metadata = rule_cre_text(rule_tree_get(rule, "metadata"), "id");
	check_metadata(loader, known);
	rule_cre_describe(loader, rule_tree_get(rule, "cre"), known);
	known->cause.when = rule_cre_signature(loader, rule, terms);
	known->cause.specificity = rule_walk_specificity(loader->rules, known->cause.when);
	known->faulty = loader->problems->errors > errors;
	if (alone && loader->folder[0] != '\0') {
		add_example(loader, &known->cause, "test.log", true);
		add_example(loader, &known->cause, "test-fp.log", false);
	}
	if (id != NULL)
		rule_cause_enter(loader, known);
}

void rule_cre_read(struct loader *loader, const struct tree *document)
{
	const struct tree *rules = rule_tree_get(document, "rules");
	const struct tree *terms = rule_tree_get(document, "terms");

	if (rules == NULL || rules->null)
		return;
	if (rules->kind != TREE_LIST) {
		rule_error(loader->problems, rules->place, "\"rules\" must be a list");
		return;
	}
	for (size_t i = 0; i < rules->count; i++)
		read_rule(loader, &rules->items[i], terms, rules->count == 1);
}
