/* Why a cause fired or did not: what is told, and that it is never another verdict than triage's. */
#include "unit/match_world.h"

#include <stdlib.h>
#include <string.h>

#include "match/matcher.h"
#include "match/overlap.h"

/* The first clause named WHAT, in the order of the tree; NULL: there is none. */
static const struct clause *find(const struct clause *clause, const char *what)
{
	const struct clause *found = NULL;

	if (strcmp(clause->what, what) == 0)
		return clause;
	for (size_t i = 0; i < clause->part_count && found == NULL; i++)
		found = find(clause->parts[i], what);
	return found;
}

/* Does some clause below fail, or leave it open? */
static bool has_doubt(const struct clause *clause)
{
	bool found = clause->note_count > 0 &&
		     (clause->state == CLAUSE_FAILS || clause->state == CLAUSE_OPEN);

	if (clause->part_count == 0 &&
		(clause->state == CLAUSE_FAILS || clause->state == CLAUSE_OPEN))
		return true;
	for (size_t i = 0; i < clause->part_count && !found; i++)
		found = has_doubt(clause->parts[i]);
	return found;
}

static const struct explanation *explain(struct world *world)
{
	const struct cause *cause = rules_cause(world->rules, 0);

	world_fired(world);
	return matcher_explain(world->mem, world->matcher, cause, &world->run);
}

struct line {
	double seconds; /* negative: no time */
	const char *text, *service;
	enum severity severity;
};
#define AT(seconds, text)                                                                          \
	{                                                                                          \
		seconds, text, NULL, SEVERITY_DEFAULT                                              \
	}
#define OF(seconds, text, service)                                                                 \
	{                                                                                          \
		seconds, text, service, SEVERITY_DEFAULT                                           \
	}
#define END AT(0, NULL)

static void begin(
	struct world *world, const char *signature, const char *more, const struct line *lines)
{
	world_one(world, signature, more);
	matcher_watch(world->matcher, rules_cause(world->rules, 0));
	for (; lines->text != NULL; lines++) {
		struct entry entry = { .text = lines->text,
			.service = lines->service,
			.severity = lines->severity,
			.time = lines->seconds < 0 ? TIME_NONE : (int64_t)(lines->seconds * 1e9) };

		world_entry(world, &entry);
	}
}

static void the_clause_that_failed_says_why(void **state)
{
	static const struct {
		const char *signature, *more, *verdict, *clause;
		enum clause_state state;
		const char *note; /* NULL: none is asked for */
		struct line lines[5];
	} cases[] = {
		{ "{match: alpha}", NULL, "fired", "term", CLAUSE_HOLDS, NULL, { AT(1, "alpha") } },
		{ "{match: alpha}", NULL, "not fired", "term", CLAUSE_FAILS,
			"no line comes near it", { AT(1, "beta") } },
		{ "{seq: [alpha, beta], within: 10s}", NULL, "not fired", "step 2", CLAUSE_FAILS,
			"it came 14.2s after step 1, window 10s: 4.2s too late",
			{ AT(0, "alpha"), AT(100, "alpha"), AT(114.2, "beta") } },
		{ "{all: [alpha, beta], within: 2 lines}", NULL, "not fired", "within",
			CLAUSE_FAILS,
			"the nearest ones are 3 lines apart, window 2 lines: 1 line too late",
			{ AT(-1, "beta"), AT(-1, "x"), AT(-1, "x"), AT(-1, "alpha") } },
		{ "{seq: [alpha, beta], within: 10s}", NULL, "not fired", "step 2", CLAUSE_FAILS,
			"it was seen, but not after step 1", { AT(1, "beta"), AT(2, "alpha") } },
		{ "{count: {of: alpha, at_least: 5, within: 1m}}", NULL, "not fired", "count",
			CLAUSE_FAILS, "3 of 5 needed within 1m",
			{ AT(0, "alpha"), AT(100, "alpha"), AT(101, "alpha"), AT(102, "alpha") } },
		{ "{all: [{literal: alpha, count: 3}, beta], within: 9s}", NULL, "not fired",
			"term", CLAUSE_FAILS, "2 of 3 needed",
			{ AT(1, "alpha"), AT(2, "alpha"), AT(3, "beta") } },
		{ "{match: alpha}", "where: {severity: '>=ERROR'}", "not fired", "where",
			CLAUSE_FAILS, "it excludes 1 entry that matches",
			{ { 1, "alpha", NULL, SEVERITY_INFO } } },
		{ "{match: alpha}", "where: {outcome: passed}", "not fired", "where", CLAUSE_FAILS,
			"it excludes 1 entry that matches", { AT(1, "alpha") } },
		{ "{match: alpha}", "group_by: [service]", "not fired", "group_by", CLAUSE_FAILS,
			"entries without the key service: 2", { AT(1, "alpha"), AT(2, "alpha") } },
		{ "{all: [alpha, beta], within: 9s}", "group_by: [service]", "not fired", "term",
			CLAUSE_FAILS,
			"1 entry not in this group, but in another, or in another source's view of "
			"it",
			{ OF(1, "beta", "a"), OF(2, "alpha", "b") } },
		{ "{all: [alpha, beta], within: 9s, not: [nope]}", NULL, "not fired",
			"not (anchor 0, slide 0s, window 0s)", CLAUSE_FAILS,
			"an entry at 1970-01-01T00:00:02Z lies in the forbidden interval "
			"[1970-01-01T00:00:01Z .. 1970-01-01T00:00:03Z]",
			{ AT(1, "alpha"), AT(2, "nope"), AT(3, "beta") } },
		{ "{absent: {after: alpha, stages: [beta], within: 10s}}", NULL, "not fired",
			"stages", CLAUSE_FAILS, "0 of 1 did not come, nothing is missing",
			{ AT(1, "alpha"), AT(2, "beta"), AT(99, "x") } },
		{ "{absent: {after: alpha, none_of: [beta], within: 10s}}", NULL, "fired",
			"none of", CLAUSE_HOLDS, "1 of 1 did not come",
			{ AT(1, "alpha"), AT(12, "beta") } },
		{ "{absent: {after: alpha, none_of: [beta], within: 10s}}", NULL, "inconclusive",
			"absent", CLAUSE_OPEN,
			"1 wait: in 0 something was absent, in 1 it may have been",
			{ AT(1, "alpha") } },
		{ "{absent: {after: alpha, none_of: [beta], within: 10s, unless: [gone]}}", NULL,
			"not fired", "unless", CLAUSE_FAILS,
			"it came 1s after the wait began, so nothing is waited for",
			{ AT(1, "alpha"), AT(2, "gone"), AT(99, "x") } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct explanation *explanation;
		const struct clause *clause;
		struct world world;

		begin(&world, cases[i].signature, cases[i].more, cases[i].lines);
		explanation = explain(&world);
		assert_string_equal(explanation_verdict(explanation), cases[i].verdict);
		clause = find(explanation->groups[0].clause, cases[i].clause);
		assert_non_null(clause);
		assert_int_equal(clause->state, cases[i].state);
		if (cases[i].note != NULL) {
			assert_true(clause->note_count > 0);
			assert_string_equal(clause->notes[0], cases[i].note);
		}
		world_end(&world);
	}
}

static void a_term_that_never_hit_shows_the_lines_that_share_most_with_it(void **state)
{
	static const struct line lines[] = { AT(1, "the connection was closed"),
		AT(2, "CONNECTION REFUS"), AT(3, "connection re-established"),
		AT(4, "connection of 12"), AT(5, "CONNECTION REFUS"), AT(6, "nothing"), END };
	const struct clause *term;
	struct world world;

	(void)state;
	begin(&world, "{match: connection refused}", NULL, lines);
	term = find(explain(&world)->groups[0].clause, "term");
	assert_int_equal(term->citation_count, 3);
	assert_string_equal(term->citations[0].entry->text, "CONNECTION REFUS");
	assert_string_equal(term->citations[0].note, "shares \"CONNECTION REFUS\", 16 of 18 bytes");
	assert_int_equal(term->citations[0].entry->line, 2);
	assert_string_equal(term->citations[1].entry->text, "connection re-established");
	assert_string_equal(term->citations[2].entry->text, "the connection was closed");
	assert_true(term->citations[0].near);
	world_end(&world);
}

static void what_is_kept_of_near_lines_does_not_grow_with_them(void **state)
{
	char *text = mem_array(NULL, char, (1 << 20) + 1);
	struct world world;
	size_t before;

	(void)state;
	begin(&world, "{match: connection refused}", NULL, (struct line[]){ END });
	memset(text, 'c', 1 << 20);
	memcpy(text + (1 << 19), "connection re", 13);
	before = talloc_total_size(world.matcher);
	for (int i = 0; i < 5; i++) {
		text[(1 << 19) + 20] = (char)('0' + i);
		world_line(&world, i, text);
	}
	assert_true(talloc_total_size(world.matcher) < before + (64 << 10));
	assert_int_equal(find(explain(&world)->groups[0].clause, "term")->citation_count, 3);
	talloc_free(text);
	world_end(&world);
}

static size_t longest_by_hand(const char *literal, const char *text)
{
	size_t best = 0;

	for (const char *a = literal; *a != '\0'; a++)
		for (const char *b = text; *b != '\0'; b++) {
			size_t run = 0;

			while (a[run] != '\0' && a[run] == b[run])
				run++;
			best = run > best ? run : best;
		}
	return best;
}

/* Few letters, so that runs overlap all the time. */
static void the_longest_shared_run_is_that_of_a_search_by_hand(void **state)
{
	uint64_t seed = 88172645463325252U;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		char texts[2][24];
		struct overlap *overlap;
		size_t end;

		for (int i = 0; i < 2; i++) {
			size_t length;

			seed ^= seed << 13;
			seed ^= seed >> 7;
			seed ^= seed << 17;
			length = 1 + seed % (sizeof(texts[i]) - 1);
			for (size_t j = 0; j < length; j++)
				texts[i][j] =
					"abc"[seed >> (j % 48) & 1 ? seed >> (j + 9) % 60 & 1 : 2];
			texts[i][length] = '\0';
		}
		overlap = overlap_new(NULL, texts[0]);
		assert_int_equal(overlap_longest(overlap, texts[1], strlen(texts[1]), &end),
			longest_by_hand(texts[0], texts[1]));
		talloc_free(overlap);
	}
}

static void an_entry_that_is_taken_back_is_not_told(void **state)
{
	static const struct line lines[] = { { 1, "alpha", NULL, SEVERITY_INFO }, END };
	const struct clause *where;
	struct world world;

	(void)state;
	begin(&world, "{match: alpha}", "where: {severity: '>=ERROR'}", lines);
	world_line(&world, 2, "alpha");
	matcher_forget(world.matcher);
	where = find(explain(&world)->groups[0].clause, "where");
	assert_int_equal(where->seen, 1);
	world_end(&world);
}

static const char cre_rules[] = "rules:\n  - cre: {id: CRE-2025-9999, severity: 1, title: T}\n"
				"    metadata: {id: 4u8kWqZxkMYtQ1aTLn7CbR, kind: prequel}\n"
				"    rule: {set: {window: 10s, event: {source: cre.log.x}, "
				"match: [{value: alpha}, {value: beta}]}}\n";

static void what_the_clock_of_cre_drops_is_told(void **state)
{
	const struct explanation *explanation;
	struct world world;

	(void)state;
	world_rules(&world, cre_rules);
	matcher_watch(world.matcher, rules_cause(world.rules, 0));
	world_line(&world, 5, "alpha");
	world_line(&world, 4, "beta");
	explanation = explain(&world);
	assert_string_equal(explanation_verdict(explanation), "not fired");
	assert_string_equal(explanation->groups[0].clause->parts[0]->parts[1]->notes[0],
		"1 entry dropped by CRE's clock: older than an entry before");
	world_end(&world);
}

static void scan(struct world *world, struct source *source)
{
	struct err err = { 0 };
	struct entry entry;

	while (source_next(source, &entry, &err) > 0) {
		entry.order = ++world->run.entries;
		matcher_scan(world->matcher, &entry);
	}
	world->run.sources = mem_grow(world->mem, world->run.sources, world->run.source_count,
		sizeof(struct source_info *));
	world->run.sources[world->run.source_count++] = source_info(source);
	world->run.complete = world->run.complete && !source_info(source)->truncated;
}

static void read_example(struct world *world, const struct example *example)
{
	static const struct source_options options = { .offset = 0 };
	const char *paths[] = { example->path, NULL };
	struct source *source;
	struct inputs *inputs;
	struct err err = { 0 };

	world->run = (struct run){ .first = TIME_NONE, .last = TIME_NONE, .complete = true };
	matcher_reset(world->matcher);
	if (example->log != NULL) {
		assert_int_equal(source_open_text(world->mem, "example", example->log,
					 strlen(example->log), &options, &source, &err),
			0);
		scan(world, source);
	} else {
		assert_int_equal(inputs_new(world->mem, paths, &options, &inputs, &err), 0);
		while (inputs_next(inputs, &source, &err) > 0)
			scan(world, source);
	}
	source_merge_tests(world->mem, &world->run);
}

/* The findings are those that triage reports. */
static void must_agree(struct world *world, const struct cause *cause)
{
	size_t fired = 0, inconclusive = 0;
	const struct explanation *explanation =
		matcher_explain(world->mem, world->matcher, cause, &world->run);
	uint64_t count = 0;

	for (size_t i = 0; i < world->findings.count; i++) {
		const struct finding *finding = world->findings.items[i];

		if (finding->cause != cause)
			continue;
		fired += finding->verdict == FINDING_FIRED;
		inconclusive += finding->verdict == FINDING_INCONCLUSIVE;
		count += finding->verdict == FINDING_FIRED ? finding->count : 0;
	}
	assert_int_equal(explanation->fired, fired);
	assert_int_equal(explanation->inconclusive, inconclusive);
	assert_int_equal(explanation->count, count);
	for (size_t i = 0; i < explanation->group_count; i++) {
		const struct clause *clause = explanation->groups[i].clause;

		assert_true(clause->state == CLAUSE_HOLDS || has_doubt(clause));
		assert_int_equal(i < fired, clause->state == CLAUSE_HOLDS);
	}
}

static void on_every_example_of_the_shipped_rules_it_says_what_triage_does(void **state)
{
	const char *top = getenv("TOP_SRCDIR");
	struct rule_problems problems;
	struct err err = { 0 };
	struct world world = { .mem = talloc_new(NULL) };
	const char *paths[] = { mem_printf(world.mem, "%s/rules", top != NULL ? top : "."), NULL };
	size_t tried = 0;

	(void)state;
	assert_int_equal(rules_load(world.mem, paths, &world.rules, &problems, &err), 0);
	assert_int_equal(matcher_new(world.mem, world.rules, &world.matcher, &err), 0);
	for (size_t i = 0; i < rules_cause_count(world.rules); i++) {
		const struct cause *cause = rules_cause(world.rules, i);

		for (size_t j = 0; j < cause->example_count; j++, tried++) {
			struct world one = world;

			one.mem = talloc_new(world.mem);
			matcher_watch(one.matcher, cause);
			read_example(&one, &cause->examples[j]);
			world_fired(&one);
			must_agree(&one, cause);
			talloc_free(one.mem);
		}
	}
	assert_true(tried > 300);
	talloc_free(world.mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_clause_that_failed_says_why),
		cmocka_unit_test(a_term_that_never_hit_shows_the_lines_that_share_most_with_it),
		cmocka_unit_test(what_is_kept_of_near_lines_does_not_grow_with_them),
		cmocka_unit_test(the_longest_shared_run_is_that_of_a_search_by_hand),
		cmocka_unit_test(an_entry_that_is_taken_back_is_not_told),
		cmocka_unit_test(what_the_clock_of_cre_drops_is_told),
		cmocka_unit_test(on_every_example_of_the_shipped_rules_it_says_what_triage_does),
	};

	return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
