/* From groups of drafts to incidents. */
#include "reason/incident.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "reason/errors.h"
#include "reason/mask.h"
#include "reason/moment.h"
#include "reason/why.h"

#define CONTRIBUTING_MAX 20
#define QUESTIONS_MAX 3

static struct incident_group *group_of(
	TALLOC_CTX *mem, struct incident_groups *groups, const struct draft *draft)
{
	struct incident_group *group;

	for (size_t i = 0; i < groups->count; i++)
		if (draft_end(groups->items[i]->lead) == draft_end(draft) &&
			(groups->items[i]->lead->root == NULL) == (draft->root == NULL))
			return groups->items[i];
	group = mem_new(mem, struct incident_group);
	group->lead = draft;
	groups->items =
		mem_grow(mem, groups->items, groups->count, sizeof(struct incident_group *));
	groups->items[groups->count++] = group;
	return group;
}

static void add_contributing(struct incident_group *group, const struct finding *finding)
{
	for (size_t i = 0; i < group->contributing_count; i++)
		if (group->contributing[i]->cause == finding->cause)
			return;
	if (group->contributing_count >= CONTRIBUTING_MAX)
		return;
	group->contributing = mem_grow(
		group, group->contributing, group->contributing_count, sizeof(struct finding *));
	group->contributing[group->contributing_count++] = finding;
}

void incident_add(TALLOC_CTX *mem, struct incident_groups *groups, const struct draft *draft,
	struct draft *const *others, size_t other_count)
{
	struct incident_group *group = group_of(mem, groups, draft);

	group->drafts = mem_grow(group, group->drafts, group->count, sizeof(const struct draft *));
	group->drafts[group->count++] = draft;
	if (draft_better(draft, group->lead))
		group->lead = draft;
	for (size_t i = 0; i < other_count; i++)
		for (size_t j = 0; j <= others[i]->deepest && others[i] != draft; j++)
			if (others[i]->rungs[j].spot.finding != NULL &&
				!draft_names(draft, others[i]->rungs[j].cause))
				add_contributing(group, others[i]->rungs[j].spot.finding);
}

/* How often the chains of a group begin with one cause, and the best of these. */
struct opening {
	const struct draft *best;
	size_t count;
};

static size_t count_openings(const struct incident_group *group, struct opening *openings)
{
	size_t count = 0, at;

	for (size_t i = 0; i < group->count; i++) {
		const struct draft *draft = group->drafts[i];

		for (at = 0; at < count; at++)
			if (openings[at].best->rungs[0].cause == draft->rungs[0].cause)
				break;
		if (at == count)
			openings[count++] = (struct opening){ draft, 0 };
		openings[at].count++;
		if (draft_better(draft, openings[at].best))
			openings[at].best = draft;
	}
	return count;
}

/* What the other chains tell beyond the one that leads is no part of it. */
static void sort_out_contributing(struct incident_group *group)
{
	size_t kept = 0;

	for (size_t i = 0; i < group->contributing_count; i++)
		if (!draft_names(group->lead, group->contributing[i]->cause))
			group->contributing[kept++] = group->contributing[i];
	group->contributing_count = kept;
	for (size_t i = 0; i < group->count; i++)
		for (size_t j = 0; j <= group->drafts[i]->deepest; j++) {
			const struct rung *rung = &group->drafts[i]->rungs[j];

			if (rung->spot.finding != NULL && !draft_names(group->lead, rung->cause))
				add_contributing(group, rung->spot.finding);
		}
}

/* More than its end alone, then in more tests, then better. */
static bool opens_before(const struct opening *a, const struct opening *b)
{
	bool alone = a->best->rung_count - a->best->hypotheses == 1;
	bool other_alone = b->best->rung_count - b->best->hypotheses == 1;

	if (alone != other_alone)
		return other_alone;
	if (a->count != b->count)
		return a->count > b->count;
	return draft_better(a->best, b->best);
}

/* The incident is told as most of its tests show it, not as the best of a few. */
static void choose_lead(struct incident_group *group)
{
	struct opening *openings = mem_array(NULL, struct opening, group->count);
	size_t count = count_openings(group, openings), most = 0;

	for (size_t i = 1; i < count; i++)
		if (opens_before(&openings[i], &openings[most]))
			most = i;
	if (group->lead->unit->test != NULL)
		group->lead = openings[most].best;
	sort_out_contributing(group);
	talloc_free(openings);
}

static const struct test *canon_of(const struct test *test)
{
	for (int steps = 0; test->same_as != NULL && steps < 16; steps++)
		test = test->same_as;
	return test;
}

/* The innermost part of TEST for which alone it failed; NULL: it failed for itself. */
static const struct test *part_of(const struct test *test)
{
	const struct test *part = NULL;

	for (int depth = 0; test->part != NULL && depth < 64; depth++)
		part = test = canon_of(test->part);
	return part;
}

struct member {
	const struct test *test;
	UT_hash_handle hh;
};

/* Those that failed for one of its tests alone, as that is a part of them. */
static void add_wholes(struct incident *incident, const struct run *run)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	struct member *members = NULL, *member;

	for (size_t i = 0; i < incident->test_count; i++) {
		member = mem_new(scratch, struct member);
		member->test = incident->tests[i];
		HASH_ADD_PTR(members, test, member);
	}
	for (size_t i = 0; i < run->test_count; i++) {
		const struct test *part = part_of(run->tests[i]);

		HASH_FIND_PTR(members, &part, member);
		if (member == NULL || run->tests[i]->same_as != NULL)
			continue;
		incident->tests = mem_grow(
			incident, incident->tests, incident->test_count, sizeof(*incident->tests));
		incident->tests[incident->test_count++] = run->tests[i];
	}
	HASH_CLEAR(hh, members);
	talloc_free(scratch);
}

static void add_tests(
	struct incident *incident, const struct run *run, const struct incident_group *group)
{
	incident->tests = mem_array(incident, struct test *, group->count + 1);
	for (size_t i = 0; i < group->count; i++)
		if (group->drafts[i]->unit->test != NULL)
			incident->tests[incident->test_count++] = group->drafts[i]->unit->test;
	add_wholes(incident, run);
}

/* The same incident in another run has the same fingerprint: ids, and masked text. */
static void fingerprint(struct incident *incident, const struct draft *draft)
{
	const struct spot *spot = &draft->rungs[draft->deepest].spot;
	struct digest *digest = digest_new(NULL);
	const struct entry *anchor = spot->occurrence->entries[0];
	size_t length;
	const char *line = errors_line(anchor->text, anchor->text_len, &length);
	const char *parts[] = { draft->rungs[0].cause->id, draft_end(draft)->id,
		mask_text(digest, line, length) };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		digest_add(digest, parts[i], strlen(parts[i]) + 1);
	memcpy(incident->fingerprint, "f1:", 3);
	digest_end(digest, incident->fingerprint + 3);
	talloc_free(digest);
}

/* An id that is shared says more than what was found out before the chain was known. */
static const char *join_text(const struct draft *lead)
{
	if (lead->joined && lead->shared_id != NULL)
		return lead->shared_id;
	return lead->joined || lead->unit->join == JOIN_NONE ? lead->unit->join_text : NULL;
}

static void begin_incident(struct diagnosis *diagnosis, struct incident_group *group)
{
	struct incident *incident = mem_new(diagnosis, struct incident);
	const struct draft *lead = group->lead;

	group->incident = incident;
	incident->verdict = lead->verdict;
	incident->verdict_reason = lead->verdict_reason;
	incident->root = lead->root;
	incident->confidence = lead->root == NULL ? 0 : lead->product;
	incident->alternatives = lead->alternatives;
	incident->alternative_count = lead->alternative_count;
	incident->looked_for = lead->looked_for;
	incident->looked_for_count = lead->looked_for_count;
	incident->evidence_ends_at = (unsigned)lead->deepest;
	incident->join = join_text(lead);
	add_tests(incident, diagnosis->run, group);
	incident->contributing = group->contributing;
	incident->contributing_count = group->contributing_count;
	fingerprint(incident, lead);
}

static const struct use *first_use(const struct signature *signature)
{
	for (int depth = 0; signature != NULL && depth < 16; depth++) {
		if (signature->use_count > 0)
			return &signature->uses[0];
		signature = signature->any_count > 0 ? signature->any[0] : NULL;
	}
	return NULL;
}

/* The lines that would tell between the hypotheses. */
static void add_questions(struct incident *incident, const struct draft *draft)
{
	incident->questions = mem_array(incident, const char *, QUESTIONS_MAX);
	for (size_t i = draft->rung_count - draft->hypotheses; i < draft->rung_count; i++) {
		const struct cause *cause = draft->rungs[i].cause;
		const struct use *use = first_use(cause->when);

		if (use == NULL || incident->question_count >= QUESTIONS_MAX)
			continue;
		incident->questions[incident->question_count++] = mem_printf(incident,
			"a line like \"%s\" would point to %s", use->term->text, cause->id);
	}
}

/* Of what is to be done it is the first, the fix, that runs can prove. */
static void add_action(struct incident *incident, const char *kind, const char *text,
	const struct rung *rung, const struct why *why, const struct draft *draft)
{
	struct criterion criterion;
	struct action *action;

	if (text == NULL)
		return;
	incident->actions = mem_grow(
		incident, incident->actions, incident->action_count, sizeof(*incident->actions));
	action = &incident->actions[incident->action_count++];
	*action = (struct action){ .kind = kind, .state = "open" };
	action->text = rung->cause->cre
			       ? text
			       : statement_fill(incident, text, &rung->spot, why, draft->unit);
	if (incident->action_count == 1)
		action->done_when = statement_fill(
			incident, rung->cause->done_when, &rung->spot, why, draft->unit);
	if (action->done_when != NULL && criterion_parse(incident, action->done_when, &criterion))
		action->wanted = criterion.runs;
}

/* What to do is said by the root; where there is none, by the last rung that was seen. */
static void add_actions(struct incident *incident, const struct draft *draft)
{
	size_t at = draft->rung_count - draft->hypotheses - 1;
	const struct rung *rung;

	while (at > 0 && draft->root != NULL && draft->rungs[at].cause != draft->root)
		at--;
	rung = &draft->rungs[at];
	add_action(incident, "fix", rung->cause->fix, rung, incident->whys[at], draft);
	add_action(incident, "prevent", rung->cause->prevent, rung, incident->whys[at], draft);
	add_action(incident, "detect", rung->cause->detect, rung, incident->whys[at], draft);
}

/* What says more comes first, then what began first. */
static int by_lead(const struct draft *left, const struct draft *right)
{
	unsigned characters = draft_specificity(left), others = draft_specificity(right);
	int64_t first = left->rungs[0].spot.first, other = right->rungs[0].spot.first;

	if (characters != others)
		return characters > others ? -1 : 1;
	if (first != other)
		return first < other ? -1 : 1;
	return strcmp(draft_end(left)->id, draft_end(right)->id);
}

static int in_order(const void *a, const void *b)
{
	const struct incident_group *one = *(struct incident_group *const *)a;
	const struct incident_group *other = *(struct incident_group *const *)b;
	const struct incident *left = one->incident, *right = other->incident;
	int order = by_lead(one->lead, other->lead);

	if (left->test_count != right->test_count)
		return left->test_count > right->test_count ? -1 : 1;
	if (left->verdict != right->verdict)
		return left->verdict < right->verdict ? -1 : 1;
	return order != 0 ? order : strcmp(left->fingerprint, right->fingerprint);
}

void incident_make(struct diagnosis *diagnosis, const struct graph *graph,
	struct incident_groups *groups, struct evidence_book *book)
{
	for (size_t i = 0; i < groups->count; i++) {
		choose_lead(groups->items[i]);
		begin_incident(diagnosis, groups->items[i]);
	}
	if (groups->count > 1)
		qsort(groups->items, groups->count, sizeof(struct incident_group *), in_order);
	diagnosis->incidents = mem_array(diagnosis, struct incident *, groups->count + 1);
	for (size_t i = 0; i < groups->count; i++) {
		struct incident_group *group = groups->items[i];

		diagnosis->incidents[diagnosis->incident_count++] = group->incident;
		why_fill(graph, group, book);
		moments_choose(graph, group->incident);
		add_actions(group->incident, group->lead);
		add_questions(group->incident, group->lead);
	}
}
