/* Groups of drafts that are told already by a longer chain. */
#include <uthash.h>

#include "reason/incident.h"

static bool names_all(const struct draft *outer, const struct draft *inner)
{
	for (size_t i = 0; i < inner->rung_count - inner->hypotheses; i++)
		if (!draft_names(outer, inner->rungs[i].cause))
			return false;
	return true;
}

/* A chain of which every cause is told by a longer one is told already. */
static bool is_contained(const struct incident_groups *groups, size_t index)
{
	const struct draft *inner = groups->items[index]->lead;

	for (size_t i = 0; i < groups->count; i++) {
		const struct draft *outer = groups->items[i]->lead;

		if (i != index &&
			outer->rung_count - outer->hypotheses >
				inner->rung_count - inner->hypotheses &&
			names_all(outer, inner))
			return true;
	}
	return false;
}

static bool weighs(const struct draft *draft, const struct cause *cause)
{
	for (size_t i = 0; i < draft->alternative_count; i++)
		if (draft->alternatives[i].cause == cause)
			return true;
	return false;
}

/* What another chain weighs and puts aside is told there, as an alternative. */
static void drop_alternatives(struct incident_groups *groups)
{
	for (size_t i = 0; i < groups->count;) {
		const struct draft *draft = groups->items[i]->lead;
		bool told = false;

		for (size_t j = 0; j < groups->count; j++)
			told |= j != i && weighs(groups->items[j]->lead, draft->rungs[0].cause);
		if (!told) {
			i++;
			continue;
		}
		groups->count--;
		for (size_t j = i; j < groups->count; j++)
			groups->items[j] = groups->items[j + 1];
	}
}

/* Lines that the findings of a chain are made of, by their place in the order of reading. */
struct line {
	uint64_t order;
	UT_hash_handle hh;
};

static struct line *lines_of(TALLOC_CTX *mem, const struct draft *draft)
{
	struct line *lines = NULL, *line;

	for (size_t i = 0; i <= draft->deepest; i++) {
		const struct finding *finding = draft->rungs[i].spot.finding;

		for (size_t j = 0; finding != NULL && j < finding->occurrence_count; j++)
			for (size_t k = 0; k < finding->occurrences[j].entry_count; k++) {
				uint64_t order = finding->occurrences[j].entries[k]->order;

				HASH_FIND(hh, lines, &order, sizeof(order), line);
				if (line != NULL)
					continue;
				line = mem_new(mem, struct line);
				line->order = order;
				HASH_ADD(hh, lines, order, sizeof(order), line);
			}
	}
	return lines;
}

static bool is_made_of(const struct draft *draft, struct line *lines)
{
	for (size_t i = 0; i <= draft->deepest; i++) {
		const struct occurrence *occurrence = draft->rungs[i].spot.occurrence;

		for (size_t j = 0; occurrence != NULL && j < occurrence->entry_count; j++) {
			struct line *line;

			HASH_FIND(
				hh, lines, &occurrence->entries[j]->order, sizeof(uint64_t), line);
			if (line == NULL)
				return false;
		}
	}
	return true;
}

/* A second reading of the lines that a longer chain is made of is no incident of its own. */
static void drop_second_readings(TALLOC_CTX *mem, struct incident_groups *groups)
{
	for (size_t i = 0; i < groups->count; i++) {
		const struct draft *outer = groups->items[i]->lead;
		TALLOC_CTX *scratch = mem_check(talloc_new(mem));
		struct line *lines = lines_of(scratch, outer);
		size_t kept = 0, at = i;

		for (size_t j = 0; j < groups->count; j++) {
			struct incident_group *group = groups->items[j];

			if (j != i && group->lead->observed < outer->observed &&
				is_made_of(group->lead, lines))
				continue;
			at = j == i ? kept : at;
			groups->items[kept++] = group;
		}
		groups->count = kept;
		i = at;
		HASH_CLEAR(hh, lines);
		talloc_free(scratch);
	}
}

static void drop_contained(TALLOC_CTX *mem, struct incident_groups *groups)
{
	struct incident_groups kept = { NULL, 0 };

	for (size_t i = 0; i < groups->count; i++) {
		if (is_contained(groups, i))
			continue;
		kept.items = mem_grow(mem, kept.items, kept.count, sizeof(struct incident_group *));
		kept.items[kept.count++] = groups->items[i];
	}
	*groups = kept;
}

void incident_drop_told(TALLOC_CTX *mem, struct incident_groups *groups)
{
	drop_contained(mem, groups);
	drop_alternatives(groups);
	drop_second_readings(mem, groups);
}
