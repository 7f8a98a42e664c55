/* The terms of all rules as filters; and how far behind an entry an absence may lie. */
#include "match/pushdown.h"

#include <stdlib.h>
#include <string.h>

#include "match/condition.h"
#include "match/pattern.h"
#include "match/uses.h"

#define RESERVE 16 /* characters: what is put between parts */

/* What an absence hangs on, and how long it is waited for. */
struct trigger {
	struct pattern pattern;
	int64_t within;
};

struct match_pushdown {
	const struct rules *rules;
	const char **owners; /* by term: the id of the first cause that uses it */
	char **literals;
	size_t literal_count;
	char **clauses; /* of terms without a literal */
	size_t clause_count;
	const char **filters, **notes;
	size_t filter_count, note_count;
	const char *obstacle;
	struct trigger *triggers;
	size_t trigger_count;
	struct pattern_tools *tools;
};

static void add_text(
	struct match_pushdown *pushdown, const char ***list, size_t *count, const char *text)
{
	*list = mem_grow(pushdown, *list, *count + 1, sizeof(**list));
	(*list)[(*count)++] = text;
	(*list)[*count] = NULL;
}

/* All literals of a term, one of which its match must contain; false where one cannot be said. */
static bool add_literals(struct match_pushdown *pushdown, const struct term *term)
{
	const char *own[] = { term->text };
	const char **literals = own;
	bool folded = term->nocase;
	size_t count = term->kind == TERM_LITERAL, begin = pushdown->literal_count;

	if (term->kind == TERM_REGEX)
		count = rule_literals(pushdown, term->text, term->nocase, &literals, &folded);
	for (size_t i = 0; i < count; i++) {
		char *literal = pushdown_literal(pushdown, literals[i], folded);

		if (literal == NULL) {
			pushdown->literal_count = begin;
			return false;
		}
		pushdown->literals = mem_grow(pushdown, pushdown->literals, pushdown->literal_count,
			sizeof(*pushdown->literals));
		pushdown->literals[pushdown->literal_count++] = literal;
	}
	return count > 0;
}

static void add_term(struct match_pushdown *pushdown, const struct term *term)
{
	const char *owner = pushdown->owners[term->index];
	char *clause;

	if (!pushdown_is_for_logs(term) || add_literals(pushdown, term))
		return;
	clause = pushdown_where(pushdown, term);
	if (clause == NULL) {
		if (pushdown->obstacle == NULL)
			pushdown->obstacle = mem_printf(pushdown,
				"rule %s has a pattern without a literal, for which every entry is "
				"read",
				owner != NULL ? owner : "?");
		return;
	}
	add_text(pushdown, &pushdown->notes, &pushdown->note_count,
		mem_printf(pushdown, "rule %s has a pattern without a literal: read for it was %s",
			owner != NULL ? owner : "?", clause));
	pushdown->clauses = mem_grow(
		pushdown, pushdown->clauses, pushdown->clause_count, sizeof(*pushdown->clauses));
	pushdown->clauses[pushdown->clause_count++] = clause;
}

static int by_length(const void *left, const void *right)
{
	const char *const *one = left, *const *other = right;
	size_t length = strlen(*one), length_other = strlen(*other);

	if (length != length_other)
		return length < length_other ? -1 : 1;
	return strcasecmp(*one, *other);
}

/* What holds a shorter literal, without its quotes, is found with that one. */
static bool implies(const char *literal, const char *shorter)
{
	size_t length = strlen(shorter);
	char *inner;
	bool found;

	if (shorter[0] != '"' || shorter[length - 2] == '\\')
		return strcasecmp(literal, shorter) == 0;
	inner = mem_strndup(NULL, shorter + 1, length - 2);
	found = literal[0] == '"' && strcasestr(literal, inner) != NULL;
	talloc_free(inner);
	return found;
}

static void drop_implied(struct match_pushdown *pushdown)
{
	size_t kept = 0;

	if (pushdown->literal_count > 0)
		qsort(pushdown->literals, pushdown->literal_count, sizeof(*pushdown->literals),
			by_length);
	for (size_t i = 0; i < pushdown->literal_count; i++) {
		bool implied = false;

		for (size_t j = 0; j < kept && !implied; j++)
			implied = implies(pushdown->literals[i], pushdown->literals[j]);
		if (!implied)
			pushdown->literals[kept++] = pushdown->literals[i];
	}
	pushdown->literal_count = kept;
}

static void append(char **filter, const char *part)
{
	*filter = mem_check(talloc_asprintf_append_buffer(
		*filter, "%s%s", **filter != '\0' ? " OR " : "", part));
}

/* As many filters as it takes; the first one has all that is no literal. */
static void make_filters(struct match_pushdown *pushdown, size_t room)
{
	char *filter = mem_printf(pushdown, "severity>=ERROR OR %s", pushdown_odd(pushdown));

	for (size_t i = 0; i < pushdown->clause_count; i++)
		append(&filter, mem_printf(pushdown, "(%s)", pushdown->clauses[i]));
	for (size_t i = 0; i < pushdown->literal_count; i++) {
		const char *literal = pushdown->literals[i];

		if (strlen(filter) + strlen(literal) + RESERVE > room) {
			add_text(pushdown, &pushdown->filters, &pushdown->filter_count, filter);
			filter = mem_strdup(pushdown, "");
		}
		append(&filter, literal);
	}
	add_text(pushdown, &pushdown->filters, &pushdown->filter_count, filter);
	for (size_t i = 0; i < pushdown->filter_count && pushdown->obstacle == NULL; i++)
		if (strlen(pushdown->filters[i]) > room)
			pushdown->obstacle =
				"what rules without literals need makes too long a filter";
}

static void add_trigger(struct match_pushdown *pushdown, const struct signature *signature)
{
	struct trigger trigger = { .within = signature->within.amount };

	for (size_t i = 0; i < signature->any_count; i++)
		add_trigger(pushdown, signature->any[i]);
	if (signature->kind != SIGN_ABSENT || signature->within.unit != WINDOW_TIME)
		return;
	pattern_init(&trigger.pattern, pushdown->rules, signature->uses[0].term);
	pushdown->triggers =
		mem_grow(pushdown, pushdown->triggers, pushdown->trigger_count, sizeof(trigger));
	pushdown->triggers[pushdown->trigger_count++] = trigger;
}

/* What learning which cause uses a term works with. */
struct owning {
	struct match_pushdown *pushdown;
	const struct cause *cause;
};

static void own(void *context, const struct use *use, enum role role)
{
	struct owning *owning = context;
	const char **owner = &owning->pushdown->owners[use->term->index];

	(void)role;
	if (*owner == NULL)
		*owner = owning->cause->id;
}

static void look_at_causes(struct match_pushdown *pushdown)
{
	for (size_t i = 0; i < rules_cause_count(pushdown->rules); i++) {
		struct owning owning = { pushdown, rules_cause(pushdown->rules, i) };

		if (owning.cause->when == NULL)
			continue;
		uses_each(owning.cause->when, own, &owning);
		add_trigger(pushdown, owning.cause->when);
	}
}

struct match_pushdown *match_pushdown_new(TALLOC_CTX *mem, const struct rules *rules, size_t room)
{
	struct match_pushdown *pushdown = mem_new(mem, struct match_pushdown);
	size_t count = rules_term_count(rules);

	pushdown->rules = rules;
	pushdown->owners = mem_array(pushdown, const char *, count + 1);
	pushdown->notes = mem_array(pushdown, const char *, 1);
	pushdown->tools = pattern_tools_new(pushdown);
	look_at_causes(pushdown);
	for (size_t i = 0; i < count; i++)
		add_term(pushdown, rules_term(rules, i));
	drop_implied(pushdown);
	make_filters(pushdown, room);
	return pushdown;
}

const char *match_pushdown_obstacle(const struct match_pushdown *pushdown)
{
	return pushdown->obstacle;
}

const char *const *match_pushdown_filters(const struct match_pushdown *pushdown)
{
	return pushdown->filters;
}

const char *const *match_pushdown_notes(const struct match_pushdown *pushdown)
{
	return pushdown->notes;
}

int64_t match_pushdown_reach(struct match_pushdown *pushdown, const struct entry *entry)
{
	struct document document = condition_document(entry);
	int64_t reach = 0;

	for (size_t i = 0; i < pushdown->trigger_count; i++) {
		struct trigger *trigger = &pushdown->triggers[i];
		struct span whole, groups[PATTERN_GROUPS];

		if (trigger->within > reach &&
			pattern_match(&trigger->pattern, pushdown->tools, entry->text,
				entry->text_len, &whole, groups) &&
			condition_early(trigger->pattern.term, &document) == NULL)
			reach = trigger->within;
	}
	condition_document_end(&document);
	return reach;
}
