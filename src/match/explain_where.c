/* Conditions: which entries they keep out. */
#include <string.h>

#include "match/explain.h"

static const char *const subjects[] = {
	[ON_SEVERITY] = "severity",
	[ON_SERVICE] = "service",
	[ON_LOG] = "log",
	[ON_SOURCE] = "source",
	[ON_REVISION] = "revision",
	[ON_TEST] = "test",
	[ON_OUTCOME] = "outcome",
	[ON_FIELD] = "field",
};

static const char *const operators[] = {
	[OP_EQ] = "is",
	[OP_NE] = "is not",
	[OP_CONTAINS] = "contains",
	[OP_REGEX] = "matches",
	[OP_IN] = "is one of",
	[OP_GTE] = ">=",
	[OP_LTE] = "<=",
	[OP_GT] = ">",
	[OP_LT] = "<",
	[OP_EXISTS] = "exists:",
	[OP_GLOB] = "is like",
	[OP_NOT_GLOB] = "is not like",
};

static char *condition_text(TALLOC_CTX *mem, const struct condition *condition)
{
	const char *subject = condition->subject == ON_FIELD && condition->path != NULL
				      ? condition->path
				      : subjects[condition->subject];
	char *text = mem_printf(mem, "%s %s", subject, operators[condition->operator]);

	for (size_t i = 0; i < condition->value_count; i++)
		text = mem_check(talloc_asprintf_append(
			text, "%s%s", i > 0 ? ", " : " ", condition->values[i]));
	return text;
}

/* Hits that are left out only now that the outcomes of tests are known. */
static uint64_t count_late(const struct explaining *explaining, const struct term *term,
	const struct condition *condition, const struct hit **first)
{
	uint64_t number = 0;
	size_t kept;
	const struct hit *hits = hits_of(explaining->matcher->hits, term->index, &kept, NULL);

	for (size_t i = 0; i < kept; i++) {
		const struct condition *unmet;

		if (gather_fate(explaining->cause, &hits[i], &unmet) != FATE_UNMET ||
			unmet != condition)
			continue;
		if (number++ == 0 || hits_compare(&hits[i], *first) < 0)
			*first = &hits[i];
	}
	return number;
}

static void tell(struct clause *part, uint64_t number, const struct entry *entry,
	const char *subject, const char *found)
{
	explain_note(part, "it excludes %llu entr%s that match%s", (unsigned long long)number,
		number == 1 ? "y" : "ies", number == 1 ? "es" : "");
	explain_cite(part, entry,
		found != NULL ? mem_printf(part, "%s is %s", subject, found)
			      : mem_printf(part, "%s does not", subject),
		true);
}

static struct clause *explain_condition(const struct explaining *explaining,
	const struct term *term, const struct condition *condition)
{
	struct clause *part =
		explain_clause(explaining, "where", condition_text(explaining->scratch, condition));
	const struct watch_exclusion *exclusion =
		watch_exclusion_of(explaining->matcher->watch, term, condition);
	const struct hit *first = NULL;
	uint64_t late = count_late(explaining, term, condition, &first);

	if (exclusion != NULL)
		tell(part, exclusion->count, exclusion->entry, subjects[condition->subject],
			exclusion->found);
	if (late > 0) {
		struct document document = condition_document(first->entry);

		tell(part, late, first->entry, subjects[condition->subject],
			condition_found(explaining->scratch, condition, &document));
	}
	part->seen = late + (exclusion != NULL ? exclusion->count : 0);
	return part;
}

void explain_where(
	const struct explaining *explaining, struct clause *clause, const struct term *term)
{
	for (size_t i = 0; i < term->where_count; i++) {
		struct clause *part = explain_condition(explaining, term, &term->where[i]);

		if (clause->state == CLAUSE_HOLDS)
			part->state = CLAUSE_HOLDS;
		else if (part->seen > 0)
			part->state = CLAUSE_FAILS;
		explain_add(clause, part);
	}
}
