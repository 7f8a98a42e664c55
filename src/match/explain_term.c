/* A term: the entries that hit, and what became of others. */
#include <string.h>

#include "match/explain.h"

/* Hits on a term that are not in the group, by what became of them. */
struct tally {
	uint64_t late, early, lacking, elsewhere;
	const struct hit *first_late, *first_early, *first_lacking, *first_elsewhere;
	const char *lacks;
	bool wanted; /* those in other groups are looked for */
};

static const char *wanted_text(TALLOC_CTX *mem, const struct use *use)
{
	static const char *const kinds[] = {
		[TERM_LITERAL] = "", [TERM_REGEX] = "regex ", [TERM_JQ] = "jq "
	};
	const struct term *term = use->term;
	const char *name = use->named ? mem_printf(mem, "%s: ", use->name) : "";
	const char *times = use->count > 1 ? mem_printf(mem, ", %u times", use->count) : "";

	return mem_printf(mem, "%s%s\"%s\"%s%s", name, kinds[term->kind], term->text,
		term->nocase ? " in any case" : "", times);
}

static bool is_in_group(const struct explaining *explaining, const struct hit *hit)
{
	for (size_t i = 0; i < explaining->group->count; i++)
		if (explaining->group->events[i].hit == hit)
			return true;
	return false;
}

struct clause *explain_seen(const struct explaining *explaining, const char *what,
	const struct use *use, const struct firing *frame)
{
	const struct group *group = explaining->group;
	struct clause *clause =
		explain_clause(explaining, what, wanted_text(explaining->scratch, use));

	for (size_t i = 0; frame != NULL && i < frame->count; i++)
		if (frame->parts[i].use == use)
			explain_cite(clause, frame->parts[i].event->hit->entry, NULL, false);
	for (size_t i = 0; i < group->count; i++)
		if (evaluate_is(&group->events[i], use)) {
			clause->seen++;
			explain_cite(clause, group->events[i].hit->entry, NULL, false);
		}
	return clause;
}

static void count(uint64_t *number, const struct hit **first, const struct hit *hit)
{
	if ((*number)++ == 0 || hits_compare(hit, *first) < 0)
		*first = hit;
}

static void tally_hit(
	const struct explaining *explaining, struct tally *tally, const struct hit *hit)
{
	const struct condition *unmet;
	enum fate fate = gather_fate(explaining->cause, hit, &unmet);
	const char *lacks;

	if (fate == FATE_UNMET)
		return; /* told where the condition is */
	if (fate == FATE_DROPPED && hit->clock == TIME_NONE) {
		count(&tally->early, &tally->first_early, hit);
	} else if (fate == FATE_DROPPED) {
		count(&tally->late, &tally->first_late, hit);
	} else if ((lacks = gather_lacks(explaining->cause, hit)) != NULL) {
		count(&tally->lacking, &tally->first_lacking, hit);
		tally->lacks = lacks;
	} else if (tally->wanted && !is_in_group(explaining, hit)) {
		count(&tally->elsewhere, &tally->first_elsewhere, hit);
	}
}

static const char *plural(uint64_t number)
{
	return number == 1 ? "y" : "ies";
}

static void tell_tally(struct clause *clause, const struct tally *tally)
{
	const struct {
		uint64_t number;
		const struct hit *first;
		const char *words;
	} lines[] = {
		{ tally->late, tally->first_late,
			"dropped by CRE's clock: older than an entry before" },
		{ tally->early, tally->first_early,
			"dropped by CRE's clock: before the first time of the log" },
		{ tally->elsewhere, tally->first_elsewhere,
			"not in this group, but in another, or in another source's view of it" },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		if (lines[i].number == 0)
			continue;
		explain_note(clause, "%llu entr%s %s", (unsigned long long)lines[i].number,
			plural(lines[i].number), lines[i].words);
		explain_cite(clause, lines[i].first->entry, lines[i].words, true);
	}
	if (tally->lacking == 0)
		return;
	explain_note(clause, "entries without the key %s: %llu", tally->lacks,
		(unsigned long long)tally->lacking);
	explain_cite(clause, tally->first_lacking->entry, "it lacks a key", true);
}

static void tell_near(
	const struct explaining *explaining, struct clause *clause, const struct term *term)
{
	const struct watch_near *near;
	size_t found = watch_near_of(explaining->matcher->watch, term, &near);

	/* what a condition excludes is nearer than any other line */
	for (size_t i = 0; i < clause->part_count; i++)
		if (clause->parts[i]->seen > 0)
			return;
	if (!explaining->first)
		return;
	for (size_t i = 0; i < found; i++)
		explain_cite(clause, near[i].entry,
			mem_printf(explaining->scratch, "shares \"%s\", %zu of %zu bytes",
				near[i].shared, near[i].score, near[i].wanted),
			true);
	if (found == 0 && term->kind != TERM_JQ)
		explain_note(clause, "no line comes near it");
}

/* Hits on TERM that were kept, and all; what a limit hid may have been more. */
static void tell_limits(
	const struct explaining *explaining, struct clause *clause, const struct term *term)
{
	const struct pattern *pattern = &explaining->matcher->patterns[term->index];
	uint64_t total;
	size_t kept;

	hits_of(explaining->matcher->hits, term->index, &kept, &total);
	if (pattern->fault != NULL)
		explain_note(clause, "it can never match: %s", pattern->fault);
	if (total > kept)
		explain_note(clause, "%llu further entries were counted, not kept",
			(unsigned long long)(total - kept));
	if (!pattern_is_blind(pattern))
		return;
	explain_note(clause,
		"the match limit was hit on %llu entr%s, %llu were not searched: "
		"they may hold it",
		(unsigned long long)pattern->limited, plural(pattern->limited),
		(unsigned long long)pattern->passed_over);
	if (clause->state == CLAUSE_FAILS)
		clause->state = CLAUSE_OPEN;
}

struct clause *explain_term(const struct explaining *explaining, const char *what,
	const struct use *use, const struct firing *frame)
{
	struct clause *clause = explain_seen(explaining, what, use, frame);
	unsigned wanted = use->count > 0 ? use->count : 1;
	struct tally tally = { .lacks = NULL };
	const struct hit *hits;
	size_t kept;

	clause->state = clause->seen >= wanted ? CLAUSE_HOLDS : CLAUSE_FAILS;
	if (clause->seen > 0 && clause->state == CLAUSE_FAILS)
		explain_note(clause, "%llu of %u needed", (unsigned long long)clause->seen, wanted);
	explain_where(explaining, clause, use->term);
	tally.wanted = clause->state == CLAUSE_FAILS;
	hits = hits_of(explaining->matcher->hits, use->term->index, &kept, NULL);
	for (size_t i = 0; i < kept; i++)
		tally_hit(explaining, &tally, &hits[i]);
	if (clause->state == CLAUSE_FAILS || tally.late > 0)
		tell_tally(clause, &tally);
	if (kept == 0)
		tell_near(explaining, clause, use->term);
	tell_limits(explaining, clause, use->term);
	return clause;
}
