/* Building the world. */
#include "unit/reason_world.h"

#include <stdlib.h>
#include <string.h>

#include "unit/test.h"

static const char *const none[] = { NULL };

struct world *world_new(void)
{
	struct world *world = mem_new(NULL, struct world);

	world->run.complete = true;
	world->run.first = world->run.last = TIME_NONE;
	return world;
}

struct cause *world_cause(struct world *world, const char *id, enum cause_kind kind)
{
	struct cause *cause = mem_new(world, struct cause);

	cause->id = id;
	cause->title = id;
	cause->why = id;
	cause->kind = kind;
	cause->layer = "test";
	cause->references = cause->tags = cause->group_by = cause->also_matches =
		(const char **)none;
	cause->specificity = 32;
	cause->when = mem_new(cause, struct signature);
	return cause;
}

struct edge *world_edge(struct world *world, struct cause *effect, struct cause *cause)
{
	struct edge *edge = mem_new(world, struct edge);

	edge->effect = effect;
	edge->cause = cause;
	edge->within = 600 * WHEN_SECOND;
	edge->slack = 2 * WHEN_SECOND;
	edge->weight = 1;
	effect->because = mem_grow(effect, effect->because, effect->because_count, sizeof(edge));
	effect->because[effect->because_count++] = edge;
	return edge;
}

void world_same(struct edge *edge, const char *key)
{
	edge->same = mem_grow(edge, edge->same, edge->same_count, sizeof(key));
	edge->same[edge->same_count++] = key;
}

static struct source_info *add_source(struct world *world, const char *name)
{
	struct source_info *source = mem_new(world, struct source_info);

	source->name = name;
	source->first = source->last = TIME_NONE;
	world->run.sources =
		mem_grow(world, world->run.sources, world->run.source_count, sizeof(source));
	world->run.sources[world->run.source_count++] = source;
	return source;
}

struct source_info *world_transcript(struct world *world, const char *name)
{
	struct source_info *source = add_source(world, name);

	source->transcript = true;
	return source;
}

struct source_info *world_log(struct world *world, const char *name)
{
	return add_source(world, name);
}

static void add_test(TALLOC_CTX *mem, struct test ***tests, size_t *count, struct test *test)
{
	*tests = mem_grow(mem, *tests, *count, sizeof(test));
	(*tests)[(*count)++] = test;
}

struct test *world_test(
	struct world *world, struct source_info *source, const char *name, enum outcome outcome)
{
	struct test *test = mem_new(world, struct test);

	test->name = name;
	test->outcome = outcome;
	test->start = TIME_NONE;
	test->duration = -1;
	test->source = source;
	add_test(source, &source->tests, &source->test_count, test);
	add_test(world, &world->run.tests, &world->run.test_count, test);
	return test;
}

static struct reasoner *reasoner_of(struct world *world)
{
	if (world->reasoner == NULL)
		world->reasoner = reasoner_new(world, NULL, &world->options);
	return world->reasoner;
}

struct entry *world_entry(struct world *world, struct source_info *source, struct test *test,
	int64_t time, const char *text, size_t hits)
{
	struct entry *entry = mem_new(world, struct entry);

	entry->source = source;
	entry->test = test;
	entry->time = time;
	entry->text = text;
	entry->text_len = strlen(text);
	entry->line = entry->order = ++world->order;
	if (time != TIME_NONE && (source->first == TIME_NONE || time < source->first))
		source->first = time;
	if (time != TIME_NONE && time > source->last)
		source->last = time;
	world->run.entries++;
	reasoner_observe(reasoner_of(world), entry, hits);
	return entry;
}

struct finding *world_finding(struct world *world, struct cause *cause)
{
	struct finding *finding = mem_new(world, struct finding);

	finding->cause = cause;
	finding->first = finding->last = TIME_NONE;
	world->findings.items =
		mem_grow(world, world->findings.items, world->findings.count, sizeof(finding));
	world->findings.items[world->findings.count++] = finding;
	return finding;
}

struct occurrence *world_fire(struct finding *finding, struct entry *entry)
{
	struct occurrence *occurrence;

	finding->occurrences = mem_grow(finding, finding->occurrences, finding->occurrence_count,
		sizeof(*finding->occurrences));
	occurrence = &finding->occurrences[finding->occurrence_count++];
	memset(occurrence, 0, sizeof(*occurrence));
	occurrence->first = occurrence->last = entry->time;
	occurrence->first_order = occurrence->last_order = entry->order;
	occurrence->entries = mem_array(finding, struct entry *, 1);
	occurrence->entries[0] = entry;
	occurrence->entry_count = 1;
	occurrence->test = entry->test;
	finding->count++;
	if (finding->first == TIME_NONE ||
		(entry->time != TIME_NONE && entry->time < finding->first))
		finding->first = entry->time;
	if (entry->time > finding->last)
		finding->last = entry->time;
	return occurrence;
}

static int in_order(const void *a, const void *b)
{
	const struct finding *left = *(struct finding *const *)a;
	const struct finding *right = *(struct finding *const *)b;

	if (left->first != right->first)
		return left->first < right->first ? -1 : 1;
	return strcmp(left->cause->id, right->cause->id);
}

struct diagnosis *world_conclude(struct world *world)
{
	struct diagnosis *diagnosis = NULL;

	if (world->findings.count > 1)
		qsort(world->findings.items, world->findings.count, sizeof(struct finding *),
			in_order);
	assert_int_equal(reasoner_conclude(world, reasoner_of(world), &world->run, &world->findings,
				 NULL, NULL, &diagnosis, &world->err),
		0);
	return diagnosis;
}
