/* A small world for tests of matching. */
#include "unit/match_world.h"

#include <string.h>

static void begin(struct world *world)
{
	static const char *const names[WORLD_SOURCES] = { "a.log", "b.log", "c.log", "d.log" };

	memset(world, 0, sizeof(*world));
	world->mem = mem_check(talloc_new(NULL));
	world->run = (struct run){ .first = TIME_NONE, .last = TIME_NONE, .complete = true };
	world->run.sources = world->source_list;
	world->run.source_count = 1;
	for (unsigned i = 0; i < WORLD_SOURCES; i++) {
		world->sources[i] = (struct source_info){ .name = names[i] };
		world->source_list[i] = &world->sources[i];
	}
}

void world_rules(struct world *world, const char *text)
{
	struct rule_problems problems;
	struct err err = { 0 };

	begin(world);
	if (rules_load_text(world->mem, "test.yaml", text, strlen(text), &world->rules, &problems,
		    &err) < 0)
		fail_msg("%s in\n%s", err.text, text);
	assert_int_equal(matcher_new(world->mem, world->rules, &world->matcher, &err), 0);
}

void world_one(struct world *world, const char *signature, const char *more)
{
	char *text = mem_printf(NULL,
		"version: 1\ncauses:\n  - id: test.one\n    title: One\n    kind: cause\n"
		"    layer: test\n    severity: low\n    why: Because.\n    when: %s\n%s%s\n",
		signature, more != NULL ? "    " : "", more != NULL ? more : "");

	world_rules(world, text);
	talloc_free(text);
}

size_t world_entry(struct world *world, struct entry *entry)
{
	if (entry->source == NULL)
		entry->source = &world->sources[0];
	entry->order = ++world->order;
	if (entry->line == 0)
		entry->line = world->order;
	if (entry->text_len == 0)
		entry->text_len = strlen(entry->text);
	return matcher_scan(world->matcher, entry);
}

size_t world_at(struct world *world, unsigned source, int64_t time, const char *text)
{
	struct entry entry = { .time = time, .text = text, .source = &world->sources[source] };

	if (source >= world->run.source_count)
		world->run.source_count = source + 1;
	return world_entry(world, &entry);
}

size_t world_line(struct world *world, double seconds, const char *text)
{
	int64_t time = seconds < 0 ? TIME_NONE : (int64_t)(seconds * 1e9);

	return world_at(world, 0, time, text);
}

uint64_t world_fired(struct world *world)
{
	struct err err = { 0 };
	uint64_t count = 0;

	assert_int_equal(
		matcher_findings(world->mem, world->matcher, &world->run, &world->findings, &err),
		0);
	for (size_t i = 0; i < world->findings.count; i++)
		if (world->findings.items[i]->verdict == FINDING_FIRED)
			count += world->findings.items[i]->count;
	return count;
}

const char *world_value(const struct world *world, const char *name)
{
	const struct finding *finding;
	const char *value;

	if (world->findings.count == 0)
		return "";
	finding = world->findings.items[0];
	value = finding_value(finding, &finding->occurrences[0], name);
	return value != NULL ? value : "";
}

void world_end(struct world *world)
{
	talloc_free(world->mem);
	world->mem = NULL;
}
