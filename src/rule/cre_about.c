/* What a rule of CRE says of itself. */
#include <string.h>

#include "rule/cre.h"

const char *rule_cre_text(const struct tree *map, const char *name)
{
	const struct tree *value = map == NULL ? NULL : rule_tree_get(map, name);

	return value == NULL || value->kind != TREE_SCALAR || value->null || value->text[0] == '\0'
		       ? NULL
		       : value->text;
}

/* "fatal" is 0; what is not known stays what it was. */
static enum cause_severity severity_of(const struct tree *about)
{
	static const enum cause_severity severities[] = { RATING_CRITICAL, RATING_HIGH,
		RATING_MEDIUM, RATING_LOW, RATING_LOW };
	const char *text = rule_cre_text(about, "severity");

	if (text == NULL || text[0] < '0' || text[0] > '4' || text[1] != '\0')
		return RATING_MEDIUM;
	return severities[text[0] - '0'];
}

static const char **list_of(struct loader *loader, const struct tree *about, const char *name)
{
	const struct tree *value = about == NULL ? NULL : rule_tree_get(about, name), *item;
	size_t size = value != NULL && value->kind == TREE_LIST ? value->count : 1, count = 0;
	const char **list = mem_array(loader->rules, const char *, size + 1);

	for (size_t i = 0; value != NULL && (item = rule_keys_item(value, i)) != NULL; i++)
		if (item->kind == TREE_SCALAR && !item->null && item->text[0] != '\0')
			list[count++] = item->text;
	return list;
}

void rule_cre_describe(struct loader *loader, const struct tree *about, struct known *known)
{
	struct cause *cause = &known->cause;
	const char *title = rule_cre_text(about, "title");

	cause->title = title != NULL ? title : cause->id;
	cause->layer = "cre";
	cause->kind = KIND_CAUSE;
	cause->severity = severity_of(about);
	cause->why = rule_cre_sentence(loader->rules, rule_cre_text(about, "cause"));
	if (cause->why == NULL)
		cause->why = cause->title;
	cause->fix = rule_cre_prose(loader->rules, rule_cre_text(about, "mitigation"));
	cause->impact = rule_cre_prose(loader->rules, rule_cre_text(about, "impact"));
	cause->references = list_of(loader, about, "references");
	cause->tags = list_of(loader, about, "tags");
	cause->group_by = mem_array(known, const char *, 1);
	cause->also_matches = mem_array(known, const char *, 1);
}
