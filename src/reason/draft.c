/* From a trail to a chain: observed links, then implied ones, then hypotheses. */
#include "reason/draft.h"

#include <stdlib.h>
#include <string.h>

#include "reason/join.h"
#include "reason/verdict.h"

#define HYPOTHESES_MAX 3
#define SUPPOSED_WEIGHT 0.3 /* that a hypothesis beside another one has at least */
#define LOOKED_FOR_MAX 8
#define ALTERNATIVES_MAX 8
#define CLOSE 0.8

static struct rung *add_rung(struct draft *draft, const struct cause *cause, enum basis basis)
{
	struct rung *rung;

	draft->rungs = mem_grow(draft, draft->rungs, draft->rung_count, sizeof(*draft->rungs));
	rung = &draft->rungs[draft->rung_count++];
	*rung = (struct rung){ .cause = cause, .basis = basis };
	return rung;
}

static void add_observed(struct draft *draft, const struct spot *spot, const struct link *link)
{
	const struct finding *finding = spot->finding;
	struct rung *rung =
		add_rung(draft, finding->cause, finding->absence ? BASIS_ABSENT : BASIS_OBSERVED);

	rung->spot = *spot;
	if (link != NULL)
		rung->link = *link;
	draft->deepest = draft->rung_count - 1;
	draft->observed++;
	draft->absent |= finding->absence;
	draft->inconclusive |= finding->verdict == FINDING_INCONCLUSIVE;
}

static void add_asserted(struct draft *draft, const struct edge *edge)
{
	struct rung *rung = add_rung(draft, edge->cause, BASIS_ASSERTED);

	rung->link =
		(struct link){ edge, edge->weight, edge->weight, 1, 1, 1, "", "", TIME_NONE, true };
	draft->product *= edge->weight;
	draft->asserted = true;
}

static void note_candidate(struct draft *draft, const struct candidate *candidate)
{
	draft->key_missing |= candidate->key_missing;
	draft->weak |= candidate->weak;
	draft->coarse |= candidate->coarse;
	draft->disordered |= !candidate->link.order_supported;
	draft->product *= candidate->link.score;
}

static bool has_alternative(const struct draft *draft, const struct cause *cause)
{
	for (size_t i = 0; i < draft->alternative_count; i++)
		if (draft->alternatives[i].cause == cause)
			return true;
	return false;
}

static void add_alternative(
	struct draft *draft, const struct cause *cause, const char *verdict, const char *because)
{
	if (draft->alternative_count >= ALTERNATIVES_MAX || has_alternative(draft, cause))
		return;
	draft->alternatives = mem_grow(
		draft, draft->alternatives, draft->alternative_count, sizeof(*draft->alternatives));
	draft->alternatives[draft->alternative_count++] =
		(struct alternative){ cause, verdict, mem_strdup(draft, because) };
}

/* Two ways to one end are no rivals. */
static const struct cause *end_of(const struct trail *trail)
{
	for (unsigned depth = 0; depth <= TRAIL_DEPTH_MAX && trail->chosen < trail->count; depth++)
		trail = trail->below[trail->chosen];
	return trail->spot.finding->cause;
}

static void add_close(struct draft *draft, const struct trail *trail, size_t i)
{
	const struct candidate *candidate = &trail->candidates[i];
	const struct candidate *chosen = &trail->candidates[trail->chosen];

	if (candidate->link.score < CLOSE * chosen->link.score || trail->below[i] == NULL ||
		end_of(trail->below[i]) == end_of(trail))
		return;
	draft->rival = true;
	draft->rival_cause = candidate->edge->cause;
	add_alternative(draft, candidate->edge->cause, "possible",
		mem_printf(draft, "it explains \"%s\" about as well: %.2f, against %.2f of %s",
			trail->spot.finding->cause->id, candidate->link.score, chosen->link.score,
			chosen->edge->cause->id));
}

static void add_late(struct draft *draft, const struct candidate *candidate)
{
	char gap[WHEN_TEXT];

	if (candidate->link.gap == TIME_NONE)
		return;
	add_alternative(draft, candidate->edge->cause, "order not supported",
		mem_printf(draft, "it came %s after its effect",
			when_format_duration(-candidate->link.gap, gap)));
}

static void add_alternatives(struct draft *draft, const struct trail *trail)
{
	for (size_t i = 0; i < trail->count; i++) {
		const struct candidate *candidate = &trail->candidates[i];

		if (i == trail->chosen || trail_passes(trail, candidate->edge->cause))
			continue;
		if (candidate->unseen != NULL)
			add_alternative(
				draft, candidate->edge->cause, "ruled out", candidate->unseen);
		else if (!candidate->link.order_supported)
			add_late(draft, candidate);
		else if (trail->chosen < trail->count)
			add_close(draft, trail, i);
	}
}

/* What CAUSE in a log shares with the test that the draft is of. */
static void note_join(struct draft *draft, const struct unit *unit, const struct spot *effect,
	const struct spot *cause)
{
	const char *id;

	if (unit->test == NULL || cause->own || !spot_of_log(cause))
		return;
	draft->joined |= effect->own;
	id = draft->shared_id == NULL ? join_id(unit, cause) : NULL;
	if (id != NULL)
		draft->shared_id = join_words(draft, id, cause);
}

/* All that was seen, along the chosen way; returns the last trail. */
static const struct trail *follow(
	struct draft *draft, const struct trails *trails, const struct trail *trail)
{
	add_observed(draft, &trail->spot, NULL);
	while (trail->chosen < trail->count && draft->rung_count <= 2 * TRAIL_DEPTH_MAX) {
		struct candidate candidate = trail->candidates[trail->chosen];

		link_describe(draft, trails->unit, &trail->spot, &candidate);
		add_alternatives(draft, trail);
		for (size_t i = 0; i < candidate.via_count; i++)
			add_asserted(draft, candidate.via[i]);
		note_candidate(draft, &candidate);
		note_join(draft, trails->unit, &trail->spot, &candidate.spot);
		add_observed(draft, &candidate.spot, &candidate.link);
		trail = trail->below[trail->chosen];
	}
	add_alternatives(draft, trail);
	return trail;
}

static bool is_named(const struct draft *draft, const struct cause *cause)
{
	for (size_t i = 0; i < draft->rung_count; i++)
		if (draft->rungs[i].cause == cause)
			return true;
	return false;
}

static int by_weight(const void *a, const void *b)
{
	const struct edge *left = *(const struct edge *const *)a;
	const struct edge *right = *(const struct edge *const *)b;

	if (left->weight != right->weight)
		return left->weight > right->weight ? -1 : 1;
	return strcmp(left->cause->id, right->cause->id);
}

/* The edges down from the last rung whose causes are not named yet, the weightiest first. */
static const struct edge **edges_below(struct draft *draft, size_t *count)
{
	const struct cause *cause = draft->rungs[draft->rung_count - 1].cause;
	const struct edge **edges = mem_array(draft, const struct edge *, cause->because_count + 1);

	*count = 0;
	for (size_t i = 0; i < cause->because_count; i++)
		if (!is_named(draft, cause->because[i]->cause) &&
			!has_alternative(draft, cause->because[i]->cause))
			edges[(*count)++] = cause->because[i];
	if (*count > 1)
		qsort(edges, *count, sizeof(struct edge *), by_weight);
	return edges;
}

static void go_on_implied(struct draft *draft, const struct graph *graph)
{
	size_t count, i;

	for (;;) {
		const struct edge **edges = edges_below(draft, &count);

		for (i = 0; i < count && !graph_implies(graph, edges[i]); i++)
			;
		if (i == count || draft->rung_count > 2 * TRAIL_DEPTH_MAX)
			return;
		add_asserted(draft, edges[i]);
	}
}

static const char *thousands(TALLOC_CTX *mem, uint64_t number)
{
	if (number < 1000)
		return mem_printf(mem, "%llu", (unsigned long long)number);
	return mem_printf(mem, "%s,%03u", thousands(mem, number / 1000), (unsigned)(number % 1000));
}

static void add_looked_for(struct draft *draft, const struct graph *graph, const struct edge *edge)
{
	const char *text;

	if (edge->cause->when == NULL || draft->looked_for_count >= LOOKED_FOR_MAX ||
		has_alternative(draft, edge->cause))
		return;
	text = mem_printf(draft, "%s: not seen in %s entries", edge->cause->id,
		thousands(draft, graph->run->entries));
	for (size_t i = 0; i < draft->looked_for_count; i++)
		if (strcmp(draft->looked_for[i], text) == 0)
			return;
	draft->looked_for = mem_grow(
		draft, draft->looked_for, draft->looked_for_count, sizeof(*draft->looked_for));
	draft->looked_for[draft->looked_for_count++] = text;
}

/*
 * Where nothing but the symptom was seen, all that may cause it is worth a look. Below a cause that
 * was seen only what leaves no line anywhere is, since the rest was looked for; and of that what a
 * rule gives weight, beside the likeliest: a chain is not padded with habits.
 */
static bool may_be_supposed(const struct draft *draft, const struct edge *edge)
{
	if (draft->hypotheses >= HYPOTHESES_MAX)
		return false;
	return draft->deepest == 0 ||
	       (edge->cause->when == NULL &&
		       (draft->hypotheses == 0 || edge->weight >= SUPPOSED_WEIGHT));
}

/* What was looked for below the last thing seen, and what might be the reason for the last rung. */
static void add_hypotheses(struct draft *draft, const struct graph *graph)
{
	const struct edge **edges;
	size_t count;

	for (size_t i = draft->deepest; i < draft->rung_count; i++)
		for (size_t j = 0; j < draft->rungs[i].cause->because_count; j++)
			add_looked_for(draft, graph, draft->rungs[i].cause->because[j]);
	edges = edges_below(draft, &count);
	for (size_t i = 0; i < count; i++) {
		struct rung *rung;

		if (!may_be_supposed(draft, edges[i]))
			continue;
		rung = add_rung(draft, edges[i]->cause, BASIS_HYPOTHESIS);
		rung->link = (struct link){ edges[i], edges[i]->weight, edges[i]->weight, 1, 1, 1,
			"", "", TIME_NONE, true };
		draft->hypotheses++;
	}
}

static const struct cause *root_of(const struct draft *draft)
{
	for (size_t i = draft->rung_count - draft->hypotheses; i > 0; i--)
		if (draft->rungs[i - 1].cause->kind != KIND_SYMPTOM)
			return draft->rungs[i - 1].cause;
	return NULL;
}

struct draft *draft_new(TALLOC_CTX *mem, struct trails *trails, const struct spot *start)
{
	const struct trail *trail = trail_from(trails, start, 0);
	struct draft *draft;

	if (trail == NULL)
		return NULL;
	draft = mem_new(mem, struct draft);
	draft->unit = (struct unit *)trails->unit;
	draft->product = 1;
	follow(draft, trails, trail);
	go_on_implied(draft, trails->graph);
	add_hypotheses(draft, trails->graph);
	draft->root = root_of(draft);
	verdict_judge(draft, trails->graph->run);
	return draft;
}

unsigned draft_specificity(const struct draft *draft)
{
	unsigned sum = 0;

	for (size_t i = 0; i <= draft->deepest; i++)
		sum += draft->rungs[i].spot.finding != NULL ? draft->rungs[i].cause->specificity
							    : 0;
	return sum;
}

static bool begins_with_symptom(const struct draft *draft)
{
	return draft->rungs[0].cause->kind == KIND_SYMPTOM;
}

bool draft_better(const struct draft *a, const struct draft *b)
{
	if ((a->root != NULL) != (b->root != NULL))
		return a->root != NULL;
	/* a cause that is no symptom's reason is confirmed easily: there is no link to doubt */
	if (begins_with_symptom(a) != begins_with_symptom(b))
		return begins_with_symptom(a);
	if (a->verdict != b->verdict)
		return a->verdict < b->verdict;
	if (a->observed != b->observed)
		return a->observed > b->observed;
	if (a->product - b->product > 1e-9 || b->product - a->product > 1e-9)
		return a->product > b->product;
	if (draft_specificity(a) != draft_specificity(b))
		return draft_specificity(a) > draft_specificity(b);
	if (a->rungs[0].spot.first != b->rungs[0].spot.first)
		return a->rungs[0].spot.first < b->rungs[0].spot.first;
	return strcmp(a->rungs[0].cause->id, b->rungs[0].cause->id) < 0;
}

bool draft_names(const struct draft *draft, const struct cause *cause)
{
	for (size_t i = 0; i < draft->rung_count - draft->hypotheses; i++)
		if (draft->rungs[i].cause == cause)
			return true;
	return false;
}

const struct cause *draft_end(const struct draft *draft)
{
	return draft->root != NULL ? draft->root : draft->rungs[draft->deepest].cause;
}
