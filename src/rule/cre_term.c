/* CRE's terms. */
#include "rule/cre.h"

#include <string.h>

static const struct {
	const char *name;
	enum term_kind kind;
} kinds[] = {
	{ "value", TERM_LITERAL },
	{ "regex", TERM_REGEX },
	{ "jq", TERM_JQ },
};
#define KIND_COUNT (sizeof(kinds) / sizeof(kinds[0]))

const struct tree *rule_cre_resolve(const struct tree *value, const struct tree *terms)
{
	const char *name = value->kind == TREE_SCALAR ? value->text : rule_cre_text(value, "value");
	const struct tree *found = name == NULL || terms == NULL || terms->kind != TREE_MAP
					   ? NULL
					   : rule_tree_get(terms, name);

	return found != NULL && !found->null ? found : value;
}

bool rule_cre_duration(struct loader *loader, const struct tree *map, const char *name,
	bool negative, int64_t *out)
{
	const struct tree *value = map->kind == TREE_MAP ? rule_tree_get(map, name) : NULL;

	if (value == NULL || value->null)
		return false;
	if (negative)
		rule_window_slide(loader, value, out);
	else
		rule_window_time(loader, value, out);
	return true;
}

/* Which kind TERM is of; KIND_COUNT and a fault where it is not of exactly one. */
static size_t kind_of(struct loader *loader, const struct tree *term)
{
	size_t found = KIND_COUNT, given = 0;

	for (size_t i = 0; i < KIND_COUNT; i++)
		if (rule_tree_get(term, kinds[i].name) != NULL) {
			found = i;
			given++;
		}
	if (given == 1)
		return found;
	rule_error(loader->problems, term->place,
		"a term has exactly one of \"value\", \"regex\" and \"jq\"");
	return KIND_COUNT;
}

/* Behind "(?": settings, a name or no more than a group. */
static bool is_group_of_re2(const char *at)
{
	if (at[0] == 'P' && at[1] == '<')
		return true;
	if (at[0] == '<')
		return at[1] != '=' && at[1] != '!' && at[1] != '*';
	at += strspn(at, "imsU-");
	return *at == ':' || *at == ')';
}

/* Does the brace AT close a "{2,3}"? */
static bool ends_count(const char *text, const char *at)
{
	const char *from = at;

	while (from > text && strchr("0123456789,", from[-1]) != NULL)
		from--;
	return from < at && from > text && from[-1] == '{';
}

/* Groups, escapes and quantifiers that PCRE2 has and RE2 has not. */
static const char *foreign_to_re2(const char *text)
{
	bool in_class = false, repeated = false;

	for (const char *at = text; *at != '\0'; at++) {
		bool repeats = false;

		if (*at == '\\' && at[1] != '\0') {
			at++;
			if (strchr("cegHhkKNoRXGZ", *at) || (!in_class && *at >= '1' && *at <= '9'))
				return at - 1;
			if (strncmp(at, "x{", 2) == 0 && strchr(at, '}') != NULL)
				at = strchr(at, '}');
		} else if (*at == '[' || *at == ']') {
			in_class = *at == '[' || (in_class && at[-1] == '[');
		} else if (!in_class && *at == '(') {
			if (at[1] == '*' || (at[1] == '?' && !is_group_of_re2(at + 2)))
				return at;
		} else if (!in_class && *at == '+' && repeated) {
			return at - 1;
		} else if (!in_class) {
			repeats = *at == '}' ? ends_count(text, at)
					     : !repeated && strchr("*+?", *at) != NULL;
		}
		repeated = repeats;
	}
	return NULL;
}

static void check_regex(struct loader *loader, const char *text, struct place place)
{
	const char *foreign = foreign_to_re2(text);

	rule_regex_check(loader, text, REGEX_CRE, place);
	if (foreign != NULL)
		rule_error(loader->problems, place, "regex: RE2 has no \"%.4s\"", foreign);
}

static bool check(struct loader *loader, enum term_kind kind, const char *text, struct place place)
{
	size_t errors = loader->problems->errors;

	if (text == NULL)
		rule_error(loader->problems, place, "a term cannot be empty");
	else if (kind == TERM_REGEX)
		check_regex(loader, text, place);
	else if (kind == TERM_JQ)
		rule_jq_check(loader, text, place);
	return loader->problems->errors == errors;
}

static void read_count(struct loader *loader, const struct tree *map, unsigned *count)
{
	const struct tree *value = map->kind == TREE_MAP ? rule_tree_get(map, "count") : NULL;

	/* 0 is what is meant where nothing is said */
	if (value != NULL && !value->null &&
		!(value->kind == TREE_SCALAR && !strcmp(value->text, "0")))
		rule_keys_count(loader, value, count);
}

bool rule_cre_term(
	struct loader *loader, const struct tree *value, const struct tree *terms, struct use *out)
{
	const struct tree *term = rule_cre_resolve(value, terms);
	enum term_kind kind = TERM_LITERAL;
	const char *text;

	if (term->kind == TREE_SCALAR) {
		text = term->null || term->text[0] == '\0' ? NULL : term->text;
	} else {
		size_t found = kind_of(loader, term);

		if (found == KIND_COUNT)
			return false;
		kind = kinds[found].kind;
		text = rule_cre_text(term, kinds[found].name);
	}
	if (!check(loader, kind, text, term->place))
		return false;
	rule_term_cre(loader, kind, text, term->place, out);
	out->count = 1;
	read_count(loader, term, &out->count);
	if (term != value) {
		out->name =
			value->kind == TREE_SCALAR ? value->text : rule_cre_text(value, "value");
		read_count(loader, value, &out->count);
	}
	return true;
}

static bool read_flag(const struct tree *map, const char *name)
{
	const char *text = rule_cre_text(map, name);

	return text != NULL && (strcmp(text, "true") == 0 || strcmp(text, "True") == 0 ||
				       strcmp(text, "TRUE") == 0);
}

static void read_options(struct loader *loader, const struct tree *map, struct negation *out)
{
	const struct tree *anchor = map->kind == TREE_MAP ? rule_tree_get(map, "anchor") : NULL;

	if (map->kind != TREE_MAP)
		return;
	rule_cre_duration(loader, map, "window", false, &out->window);
	rule_cre_duration(loader, map, "slide", true, &out->slide);
	if (anchor != NULL && !anchor->null)
		rule_keys_index(loader, anchor, &out->anchor);
	if (rule_tree_get(map, "absolute") != NULL)
		out->absolute = read_flag(map, "absolute");
	if (rule_tree_get(map, "extract") != NULL)
		rule_error(loader->problems, map->place, "a term of \"negate\" extracts nothing");
}

bool rule_cre_negation(struct loader *loader, const struct tree *value, const struct tree *terms,
	struct negation *out)
{
	const struct tree *term = rule_cre_resolve(value, terms);

	*out = (struct negation){ .anchor = 0 };
	if (!rule_cre_term(loader, value, terms, &out->use))
		return false;
	if (out->use.count > 1)
		rule_error(loader->problems, value->place, "a term of \"negate\" has no count");
	read_options(loader, term, out);
	if (term != value)
		read_options(loader, value, out);
	return true;
}
