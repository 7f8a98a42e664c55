/* Why a cause fired or did not: group by group, those that tell most. */
#include "match/explain.h"

#include <stdlib.h>

#include "match/uses.h"

#define GROUPS_TOLD 3

/* How far a cause came in one group. */
struct standing {
	const struct group *group;
	uint64_t count; /* firings */
	const char *reason; /* why it is not conclusive; else NULL */
	int rank; /* 2: fired, 1: not conclusive, 0: neither */
	size_t seen; /* uses with an entry */
	size_t index;
};

struct counting {
	const struct group *group;
	size_t seen;
};

static void count_use(void *context, const struct use *use, enum role role)
{
	struct counting *counting = context;

	if (role != ROLE_POSITIVE)
		return;
	for (size_t i = 0; i < counting->group->count; i++)
		if (evaluate_is(&counting->group->events[i], use)) {
			counting->seen++;
			return;
		}
}

static int by_standing(const void *left, const void *right)
{
	const struct standing *a = left, *b = right;

	if (a->rank != b->rank)
		return a->rank > b->rank ? -1 : 1;
	if (a->seen != b->seen)
		return a->seen > b->seen ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

static struct standing stand(
	const struct explaining *explaining, const struct group *group, size_t index)
{
	struct standing standing = { .group = group, .index = index };
	struct counting counting = { group, 0 };
	struct finding *finding;

	finding = matcher_judge(explaining->scratch, explaining->matcher, explaining->cause, group,
		explaining->run);
	if (finding != NULL) {
		standing.rank = finding->verdict == FINDING_FIRED ? 2 : 1;
		standing.count = finding->count;
		standing.reason = mem_strdup(explaining->scratch, finding->reason);
		talloc_free(finding);
	}
	uses_each(explaining->cause->when, count_use, &counting);
	standing.seen = counting.seen;
	return standing;
}

static void explain_keys(
	const struct explaining *explaining, const struct groups *groups, struct clause *clause)
{
	const char *const *keys = explaining->cause->group_by;
	char *text = mem_strdup(explaining->scratch, "");
	struct clause *part;

	if (keys == NULL || keys[0] == NULL)
		return;
	for (size_t i = 0; keys[i] != NULL; i++)
		text = mem_printf(explaining->scratch, "%s%s%s", text, i > 0 ? ", " : "", keys[i]);
	part = explain_clause(explaining, "group_by", text);
	part->state = groups->count > 0 ? CLAUSE_HOLDS : CLAUSE_TOLD;
	if (groups->lacking > 0)
		explain_note(
			part, "entries without the key %s: %zu", groups->lacks, groups->lacking);
	if (groups->lacking > 0 && groups->count == 0)
		part->state = CLAUSE_FAILS;
	explain_add(clause, part);
}

static struct clause *explain_group(const struct explaining *explaining,
	const struct standing *standing, const struct groups *groups)
{
	static const enum clause_state states[] = { CLAUSE_FAILS, CLAUSE_OPEN, CLAUSE_HOLDS };
	struct clause *clause = explain_clause(explaining, "when", ""), *signature;

	clause->state = states[standing->rank];
	explain_keys(explaining, groups, clause);
	signature = explain_signature(explaining, explaining->cause->when);
	explain_add(clause, signature);
	if (standing->rank == 0 && signature->state == CLAUSE_HOLDS)
		explain_note(clause, "all that says so is source code that a traceback shows, "
				     "and that proves nothing");
	return clause;
}

static void add_up(struct explanation *explanation, const struct standing *standing)
{
	explanation->fired += standing->rank == 2;
	explanation->inconclusive += standing->rank == 1;
	explanation->silent += standing->rank == 0;
	if (standing->rank == 2)
		explanation->count += standing->count;
	if (standing->rank == 1 && explanation->reason == NULL)
		explanation->reason = mem_strdup(explanation, standing->reason);
}

static void add_note(struct explanation *explanation, const char *text)
{
	explanation->notes = mem_grow(explanation, explanation->notes, explanation->note_count,
		sizeof(*explanation->notes));
	explanation->notes[explanation->note_count++] = text;
}

static void tell_groups(struct explaining *explaining, const struct groups *groups,
	const struct standing *standings, struct explanation *out)
{
	static const struct group empty = { .count = 0 };
	static const struct standing nothing = { .group = &empty };

	out->group_count = groups->count < GROUPS_TOLD ? groups->count : GROUPS_TOLD;
	if (groups->count == 0) {
		standings = &nothing;
		out->group_count = 1;
	}
	out->groups = mem_array(out, struct explained_group, out->group_count);
	for (size_t i = 0; i < out->group_count; i++) {
		const struct group *group = standings[i].group;
		struct explained_group *told = &out->groups[i];
		struct binding *keys = mem_array(out, struct binding, group->key_count);

		for (size_t j = 0; j < group->key_count; j++)
			keys[j] = (struct binding){ group->keys[j].name,
				mem_strdup(keys, group->keys[j].value) };
		told->keys = keys;
		told->key_count = group->key_count;
		explaining->group = group;
		explaining->first = i == 0;
		told->clause = explain_group(explaining, &standings[i], groups);
	}
	if (groups->count > out->group_count)
		add_note(out, mem_printf(out, "%zu further groups are not shown",
				      groups->count - out->group_count));
	if (groups->doubled > 0)
		add_note(out, mem_printf(out,
				      "%zu entries are left out: another source shows more of "
				      "their test",
				      groups->doubled));
}

struct explanation *matcher_explain(TALLOC_CTX *mem, const struct matcher *matcher,
	const struct cause *cause, const struct run *run)
{
	struct explanation *out = mem_new(mem, struct explanation);
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	struct explaining explaining = {
		.mem = out, .scratch = scratch, .matcher = matcher, .cause = cause, .run = run
	};
	struct standing *standings;
	struct groups groups;

	out->cause = cause;
	if (cause->when == NULL) {
		add_note(out, "it has no signature, so it is never observed");
		talloc_free(scratch);
		return out;
	}
	gather_groups(scratch, cause, matcher->hits, &groups);
	standings = mem_array(scratch, struct standing, groups.count + 1);
	for (size_t i = 0; i < groups.count; i++) {
		standings[i] = stand(&explaining, groups.items[i], i);
		add_up(out, &standings[i]);
	}
	qsort(standings, groups.count, sizeof(*standings), by_standing);
	tell_groups(&explaining, &groups, standings, out);
	talloc_free(scratch);
	return out;
}
