/*
 * What is remembered of steps. Of lines with a place the first ones are kept, of all others the
 * newest, and of steps the last ones: of many steps the last ones fail.
 */
#include "reason/culprit_kept.h"

#define STEPS_MAX 1024 /* the newest ones */
#define HINTS 12 /* lines with the words of a failure */
#define TAIL 8 /* that are no errors at all */
#define PASSED_ON 4 /* that say that something failed */
#define TEXT_MAX 8192 /* bytes kept of a line, or of a traceback */
#define TEXT_SCARCE 256 /* the same once BYTES_MAX are kept */
#define BYTES_MAX (32U << 20)

static void forget(struct culprits *culprits, const struct entry *entry)
{
	if (entry == NULL)
		return;
	culprits->bytes -= entry->text_len;
	talloc_free((struct entry *)entry);
}

static void forget_ring(struct culprits *culprits, const struct culprit_ring *ring)
{
	for (size_t i = 0; i < ring->size; i++)
		forget(culprits, ring->lines[i].entry);
}

static void forget_oldest(struct culprits *culprits)
{
	struct culprit_step *oldest = culprits->steps;

	HASH_DEL(culprits->steps, oldest);
	for (size_t rank = 0; rank <= CULPRIT_PLACE; rank++)
		for (size_t i = 0; i < oldest->first_count[rank]; i++)
			forget(culprits, oldest->first[rank][i].entry);
	forget_ring(culprits, &oldest->recent);
	forget_ring(culprits, &oldest->passed_on);
	forget_ring(culprits, &oldest->hints);
	forget_ring(culprits, &oldest->rest);
	forget_ring(culprits, &oldest->tail);
	forget_ring(culprits, &oldest->where);
	forget(culprits, oldest->place.entry);
	talloc_free(oldest);
	culprits->forgotten++;
}

struct culprit_step *culprit_kept(const struct culprits *culprits, const struct test *step)
{
	struct culprit_step *found;

	HASH_FIND_PTR(culprits->steps, &step, found);
	return found;
}

struct culprit_step *culprit_kept_of(struct culprits *culprits, const struct test *step)
{
	struct culprit_step *found = culprit_kept(culprits, step);

	if (found != NULL)
		return found;
	if (HASH_COUNT(culprits->steps) >= STEPS_MAX)
		forget_oldest(culprits);
	found = mem_new(culprits, struct culprit_step);
	found->step = step;
	found->recent.size = CULPRIT_RECENT;
	found->passed_on.size = PASSED_ON;
	found->hints.size = HINTS;
	found->rest.size = CULPRIT_LEAD;
	found->tail.size = TAIL;
	found->where.size = CULPRIT_LEAD;
	HASH_ADD_PTR(culprits->steps, step, found);
	return found;
}

static struct culprit_line line_of(
	struct culprits *culprits, const struct entry *entry, enum culprit_rank rank)
{
	size_t limit = culprits->bytes < BYTES_MAX ? TEXT_MAX : TEXT_SCARCE;
	struct entry cut = *entry;

	cut.text_len = utf8_cut(entry->text, entry->text_len, limit);
	culprits->bytes += cut.text_len;
	return (struct culprit_line){ entry_copy(culprits, &cut), rank };
}

static void push(struct culprits *culprits, struct culprit_ring *ring, const struct entry *entry,
	enum culprit_rank rank)
{
	struct culprit_line *line = &ring->lines[ring->count++ % ring->size];

	forget(culprits, line->entry);
	*line = line_of(culprits, entry, rank);
}

/* Is ENTRY right behind the first line with a place? */
static bool is_behind_first(const struct culprit_step *step, const struct entry *entry)
{
	return step->first_count[CULPRIT_PLACE] > 0 &&
	       entry->order - step->first[CULPRIT_PLACE][0].entry->order <= CULPRIT_LEAD;
}

/* The line before an error may be its place, and so may one behind it; the first one counts. */
static void keep_place(
	struct culprits *culprits, struct culprit_step *step, const struct entry *entry)
{
	const struct culprit_ring *ring = &step->where;
	const struct entry *newest =
		ring->count > 0 ? ring->lines[(ring->count - 1) % ring->size].entry : NULL;

	if (newest != NULL && entry->order - newest->order <= CULPRIT_LEAD)
		step->place = line_of(culprits, newest, CULPRIT_WHERE);
}

static struct culprit_ring *ring_of(struct culprit_step *step, enum culprit_rank rank)
{
	struct culprit_ring *rings[] = { &step->tail, &step->where, &step->passed_on,
		&step->hints };

	return rank < sizeof(rings) / sizeof(rings[0]) ? rings[rank] : &step->recent;
}

void culprit_kept_add(struct culprits *culprits, struct culprit_step *step,
	const struct entry *entry, enum culprit_rank rank)
{
	size_t *first = &step->first_count[rank];

	push(culprits, ring_of(step, rank), entry, rank);
	if (rank == CULPRIT_HINT && is_behind_first(step, entry))
		push(culprits, &step->rest, entry, rank);
	if (rank == CULPRIT_WHERE && is_behind_first(step, entry) && step->place.entry == NULL)
		step->place = line_of(culprits, entry, rank);
	if (rank <= CULPRIT_HINT || *first == CULPRIT_FIRST)
		return;
	if (rank == CULPRIT_PLACE && *first == 0)
		keep_place(culprits, step, entry);
	step->first[rank][(*first)++] = line_of(culprits, entry, rank);
}

size_t culprit_kept_lines(const struct culprit_ring *ring, struct culprit_line out[CULPRIT_RECENT])
{
	size_t kept = ring->count < ring->size ? ring->count : ring->size;

	for (size_t i = 0; i < kept; i++)
		out[i] = ring->lines[(ring->count - kept + i) % ring->size];
	return kept;
}
