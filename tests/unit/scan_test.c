/* Stage 1: what hits an entry, what is kept of it, and that the prefilter loses nothing. */
#include "unit/match_world.h"

#include <string.h>

#include "match/hits.h"
#include "match/pattern.h"
#include "match/prefilter.h"
#include "match/windows.h"

/* A generator with a fixed seed. Source: Marsaglia, "Xorshift RNGs", 2003. */
static uint64_t random_next(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static void random_text(uint64_t *seed, const char *letters, char *text, size_t length)
{
	size_t count = strlen(letters);

	for (size_t i = 0; i < length; i++)
		text[i] = letters[random_next(seed) % count];
	text[length] = '\0';
}

#define IDS 64

static void mark(void *context, uint32_t id, size_t at)
{
	bool *seen = context;

	(void)at;
	seen[id] = true;
}

/* Write LITERAL over a part of TEXT, where it fits: by chance alone long ones are never met. */
static void plant(uint64_t *seed, const char *literal, char *text)
{
	size_t length = strlen(literal), room = strlen(text);

	if (length < room)
		memcpy(text + random_next(seed) % (room - length), literal, length);
}

/* Few letters, so that windows, buckets and beginnings collide all the time. */
static void windows_find_each_literal_that_a_plain_search_finds(void **state)
{
	uint64_t seed = 88172645463325252U;

	(void)state;
	for (int round = 0; round < 200; round++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		struct windows *windows = windows_new(mem);
		char literals[IDS][20], text[80];

		for (uint32_t i = 0; i < IDS; i++) {
			random_text(&seed, "abcD ", literals[i], 2 + random_next(&seed) % 17);
			assert_true(
				windows_add(windows, literals[i], strlen(literals[i]), false, i));
		}
		windows_build(windows);
		for (int j = 0; j < 20; j++) {
			bool seen[IDS] = { false };

			random_text(&seed, "abcdD ", text, random_next(&seed) % sizeof(text));
			plant(&seed, literals[j % IDS], text);
			windows_scan(windows, text, strlen(text), mark, seen);
			for (size_t i = 0; i < IDS; i++)
				assert_int_equal(seen[i], strstr(text, literals[i]) != NULL);
		}
		talloc_free(mem);
	}
}

static const char *const patterns[] = {
	"{literal: connection refused}",
	"{literal: CONNECTION Refused, nocase: true}",
	"{literal: ab}",
	"{literal: Q}",
	"{regex: 'refused|reset by peer'}",
	"{regex: '(?i)kelvin scale'}",
	"{regex: '(?i:disk) full'}",
	"{regex: 'a.b'}",
	"{regex: 'colou?r'}",
	"{regex: '(abc|abd)+x'}",
	"{regex: '^start'}",
	"{regex: 'end$'}",
	"{regex: '[0-9]{3}'}",
	"{regex: 'x{0,3}yz'}",
	"{regex: '(?=look)look ahead'}",
	"{regex: '(?<!un)known'}",
	"{regex: 'Stra\\xdfe'}",
	"{regex: '(?x) con nec tion # words'}",
	"{regex: '\\Qa.b\\E'}",
	"{regex: 'deadlock (?:detected|found)'}",
	"{regex: '(?i)mask|task'}",
};
#define PATTERNS (sizeof(patterns) / sizeof(patterns[0]))

static const char *const words[] = { "connection refused", "Connection REFUSED", "reset by peer",
	"refused",
	"\xe2\x84\xaa"
	"elvin scale",
	"KELVIN SCALE", "ma\xc5\xbfk", "TA\xc5\xbf\xe2\x84\xaa", "DISK full", "disk full", "a.b",
	"axb", "a\nb", "color", "colour", "abcabdx", "start", "end", "404", "yz", "xxyz",
	"look ahead", "unknown", "known",
	"Stra\xc3\x9f"
	"e",
	"connection", "deadlock found", "Q", "ab", "\n", " ", "e\xcc\x81", "\xff", "mask" };

static void no_hit_of_a_pattern_is_lost_by_the_prefilter(void **state)
{
	char *text = mem_strdup(NULL, "version: 1\ncauses:\n");
	uint64_t seed = 362436069;
	struct pattern_tools *tools;
	struct prefilter *prefilter;
	struct world world;
	size_t hits = 0;

	(void)state;
	for (size_t i = 0; i < PATTERNS; i++)
		text = mem_check(talloc_asprintf_append(text,
			"  - {id: test.n%zu, title: T, kind: cause, layer: test, severity: low, "
			"why: W, when: {match: %s}}\n",
			i, patterns[i]));
	world_rules(&world, text);
	tools = pattern_tools_new(world.mem);
	prefilter = prefilter_new(world.mem, world.rules);
	for (int round = 0; round < 4000; round++) {
		char line[400] = "";
		bool passed[PATTERNS] = { false };
		const struct candidate *terms;
		size_t count;

		for (uint64_t i = random_next(&seed) % 6; i > 0; i--)
			strcat(line,
				words[random_next(&seed) % (sizeof(words) / sizeof(words[0]))]);
		terms = prefilter_scan(prefilter, line, strlen(line), &count);
		for (size_t i = 0; i < count; i++)
			passed[terms[i].term] = true;
		for (size_t i = 0; i < rules_term_count(world.rules); i++) {
			const struct term *term = rules_term(world.rules, i);
			struct span whole, groups[PATTERN_GROUPS];
			struct pattern pattern;

			pattern_init(&pattern, world.rules, term);
			if (!pattern_match(&pattern, tools, line, strlen(line), &whole, groups))
				continue;
			hits++;
			if (!passed[i])
				fail_msg("\"%s\" is lost in \"%s\"", term->text, line);
		}
	}
	assert_true(hits > 5000);
	talloc_free(text);
	world_end(&world);
}

static void named_groups_and_names_are_bound(void **state)
{
	struct world world;

	(void)state;
	world_one(&world,
		"{seq: [{regex: 'user (?<user>\\w+) in', as: login}, {literal: gone, as: end}], "
		"within: 9s}",
		NULL);
	world_line(&world, 1, "now user eve in");
	world_line(&world, 2, "all gone");
	assert_int_equal(world_fired(&world), 1);
	assert_string_equal(world_value(&world, "user"), "eve");
	assert_string_equal(world_value(&world, "login"), "user eve in");
	assert_string_equal(world_value(&world, "end"), "gone");
	world_end(&world);
}

static void hits_of_the_last_entry_can_be_taken_back(void **state)
{
	struct world world;

	(void)state;
	world_one(&world, "{match: alpha}", NULL);
	assert_int_equal(world_line(&world, 1, "alpha"), 1);
	assert_int_equal(world_line(&world, 2, "alpha"), 1);
	matcher_forget(world.matcher);
	assert_int_equal(world_line(&world, 3, "beta"), 0);
	matcher_forget(world.matcher);
	assert_int_equal(world_fired(&world), 1);
	assert_int_equal(world.findings.items[0]->last, WHEN_SECOND);
	world_end(&world);
}

static void of_too_many_hits_the_first_and_the_last_are_kept_and_all_are_counted(void **state)
{
	const uint64_t total = 3 * HITS_PER_TERM;
	const char *const *limits;
	const struct finding *finding;
	struct world world;

	(void)state;
	world_one(&world, "{match: alpha}", NULL);
	for (uint64_t i = 0; i < total; i++) /* as if read newest first, in three files */
		world_at(&world, (unsigned)(i % 3), (int64_t)(total - i), "alpha");
	assert_int_equal(world_fired(&world), total);
	finding = world.findings.items[0];
	assert_int_equal(finding->first, 1);
	assert_int_equal(finding->last, total);
	assert_int_equal(finding->occurrences[0].first, 1);
	assert_int_equal(finding->occurrences[1].first, 2);
	assert_int_equal(finding->occurrences[finding->occurrence_count - 1].first, total);
	assert_int_equal(matcher_limits(world.matcher, &limits), 1);
	assert_true(strstr(limits[0], "test.one") != NULL);
	assert_true(strstr(limits[0], "not kept") != NULL);
	world_end(&world);
}

static void long_entries_give_way_before_memory_does(void **state)
{
	char *text = mem_array(NULL, char, (1 << 20) + 1);
	struct world world;

	(void)state;
	memset(text, 'x', 1 << 20);
	memcpy(text, "alpha", 5);
	world_one(&world, "{match: alpha}", NULL);
	for (int i = 0; i < 100; i++)
		world_line(&world, i, text);
	assert_int_equal(world_fired(&world), 100);
	assert_true(talloc_total_size(world.matcher) < 30 << 20);
	assert_int_equal(world.findings.items[0]->last, 99 * WHEN_SECOND);
	talloc_free(text);
	world_end(&world);
}

static void a_match_limit_that_was_hit_is_told(void **state)
{
	const char *const *limits;
	struct world world;

	(void)state;
	world_one(&world, "{match: {regex: '(x+x+)+y'}}", NULL);
	for (int i = 0; i < 50; i++)
		world_line(&world, i, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx zy");
	world_line(&world, 99, "xxxy");
	assert_int_equal(world_fired(&world), 1);
	assert_int_equal(matcher_limits(world.matcher, &limits), 1);
	assert_string_equal(limits[0], "rule test.one: the match limit was hit on 50 entries");
	world_end(&world);
}

static void a_match_limit_that_a_condition_hit_is_told(void **state)
{
	static const char json[] =
		"{\"a\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx zy\"}";
	struct entry entry = { .time = WHEN_SECOND, .text = "alpha", .json = json };
	const char *const *limits;
	struct world world;

	(void)state;
	entry.json_len = sizeof(json) - 1;
	world_one(&world,
		"{match: {literal: alpha, where: {field: {path: a, op: regex, value: "
		"'(x+x+)+y'}}}}",
		NULL);
	for (int i = 0; i < 100; i++)
		world_entry(&world, &entry);
	assert_int_equal(world_fired(&world), 0);
	assert_int_equal(matcher_limits(world.matcher, &limits), 2);
	assert_string_equal(limits[0], "rule test.one: the match limit was hit on 17 entries");
	assert_string_equal(
		limits[1], "rule test.one: its steps were used up, 83 entries were not searched");
	world_end(&world);
}

static const char *const slow[] = {
	"(?:[a-z]+\\.)+Error",
	"[ab]*a[ab]*a[ab]*c",
	"(?:a|a)*z",
	"([a-z]+ ?)+:",
	"(.*)a(.*)a(.*)z",
	"a+$",
};

/* A line as long as they come, of what all these repeat, with all that they want at its end. */
static char *hostile_line(TALLOC_CTX *mem, size_t length)
{
	static const char tail[] = "!\nz:c.Error x";
	char *text = mem_array(mem, char, length + 1);

	memset(text, 'a', length);
	memcpy(text + length - strlen(tail), tail, strlen(tail));
	return text;
}

static void init_regex(struct pattern *pattern, struct world *world, const char *regex)
{
	char *signature = mem_printf(NULL, "{match: {regex: '%s'}}", regex);

	world_one(world, signature, NULL);
	talloc_free(signature);
	pattern_init(pattern, world->rules, rules_term(world->rules, 0));
}

static void the_steps_of_a_search_are_bounded_whatever_the_pattern_is(void **state)
{
	const size_t length = 1 << 20;
	char *text = hostile_line(NULL, length);

	(void)state;
	for (size_t i = 0; i < sizeof(slow) / sizeof(slow[0]); i++) {
		struct span whole, groups[PATTERN_GROUPS];
		struct pattern pattern;
		struct world world;

		init_regex(&pattern, &world, slow[i]);
		assert_false(pattern_match(
			&pattern, pattern_tools_new(world.mem), text, length, &whole, groups));
		assert_int_equal(pattern.limited, 1);
		/* beyond the limit by the last move at most */
		assert_true(pattern.steps <= rule_steps_limit(length) + length + 1);
		world_end(&world);
	}
	talloc_free(text);
}

static void a_linear_pattern_finds_its_match_in_the_longest_line(void **state)
{
	const size_t length = 1 << 20;
	struct span whole, groups[PATTERN_GROUPS];
	char *text = mem_array(NULL, char, length + 1);
	struct pattern pattern;
	struct world world;

	(void)state;
	init_regex(&pattern, &world, "aaaa.*x[0-9]+!");
	memset(text, 'a', length);
	memcpy(text + length - 4, "x12!", 4);
	assert_true(pattern_match(
		&pattern, pattern_tools_new(world.mem), text, length, &whole, groups));
	assert_int_equal(pattern.limited, 0);
	assert_int_equal(whole.end, length);
	talloc_free(text);
	world_end(&world);
}

static void entries_that_come_when_a_pattern_used_up_its_steps_are_passed_over_and_told(
	void **state)
{
	struct span whole, groups[PATTERN_GROUPS];
	struct pattern_tools *tools;
	struct pattern pattern;
	const char *const *limits;
	struct world world;
	char *text;

	(void)state;
	init_regex(&pattern, &world, slow[2]);
	tools = pattern_tools_new(world.mem);
	text = hostile_line(world.mem, 100);
	for (int i = 0; i < 10000; i++) {
		assert_false(pattern_match(&pattern, tools, text, 100, &whole, groups));
		world_line(&world, i, text);
	}
	assert_true(pattern.passed_over > 0);
	assert_int_equal(pattern.limited + pattern.passed_over, 10000);
	assert_true(pattern.steps <
		    PATTERN_STEPS + PATTERN_STEPS_PER_BYTE * pattern.bytes + rule_steps_limit(100));
	assert_int_equal(world_fired(&world), 0);
	assert_int_equal(matcher_limits(world.matcher, &limits), 2);
	assert_string_equal(limits[0],
		mem_printf(world.mem, "rule test.one: the match limit was hit on %llu entries",
			(unsigned long long)pattern.limited));
	assert_string_equal(limits[1],
		mem_printf(world.mem,
			"rule test.one: its steps were used up, %llu entries were not searched",
			(unsigned long long)pattern.passed_over));
	world_end(&world);
}

static void what_a_limit_hid_is_not_called_absent(void **state)
{
	static const char *const signatures[] = {
		"{absent: {after: alpha, none_of: [{regex: '(?:a|a)*z'}], within: 10s}}",
		("{absent: {after: alpha, none_of: [nope], unless: [{regex: '(?:a|a)*z'}], "
		 "within: 10s}}"),
		"{match: alpha, not: [{regex: '(?:a|a)*z', window: 10s}]}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++) {
		struct world world;

		world_one(&world, signatures[i], NULL);
		world_line(&world, 1, "alpha");
		world_line(&world, 99, "x");
		assert_int_equal(world_fired(&world), 1);
		world_line(&world, 2, hostile_line(world.mem, 100));
		assert_int_equal(world_fired(&world), 0);
		assert_int_equal(world.findings.count, 1);
		assert_int_equal(world.findings.items[0]->verdict, FINDING_INCONCLUSIVE);
		assert_non_null(strstr(world.findings.items[0]->reason, "match limit"));
		world_end(&world);
	}
}

static void one_cause_fires_once_a_group(void **state)
{
	struct entry entries[] = { { .time = 1, .text = "alpha", .service = "api" },
		{ .time = 2, .text = "alpha", .service = "web" },
		{ .time = 3, .text = "alpha", .service = "api" }, { .time = 4, .text = "alpha" } };
	struct world world;

	(void)state;
	world_one(&world, "{match: alpha}", "group_by: [service]");
	for (size_t i = 0; i < 4; i++)
		world_entry(&world, &entries[i]);
	assert_int_equal(world_fired(&world), 3); /* what lacks the key never matches */
	assert_int_equal(world.findings.count, 2);
	assert_string_equal(world_value(&world, "service"), "api");
	assert_int_equal(world.findings.items[0]->count, 2);
	world_end(&world);
}

static void a_group_key_may_be_a_capture(void **state)
{
	struct world world;

	(void)state;
	world_one(&world,
		"{seq: [{regex: 'begin (?<job>\\w+)'}, {regex: 'fail (?<job>\\w+)'}], within: 9s}",
		"group_by: [job]");
	world_line(&world, 1, "begin one");
	world_line(&world, 2, "begin two");
	world_line(&world, 3, "fail two");
	assert_int_equal(world_fired(&world), 1);
	assert_string_equal(world_value(&world, "job"), "two");
	world_end(&world);
}

static void what_was_seen_in_a_span_of_time_can_be_asked(void **state)
{
	const struct term *term;
	struct world world;

	(void)state;
	world_one(&world, "{match: alpha}", NULL);
	term = rules_term(world.rules, 0);
	assert_false(matcher_seen(world.matcher, term, TIME_NONE, TIME_NONE));
	world_line(&world, 5, "alpha");
	assert_true(matcher_seen(world.matcher, term, TIME_NONE, TIME_NONE));
	assert_true(matcher_seen(world.matcher, term, 5 * WHEN_SECOND, 5 * WHEN_SECOND));
	assert_false(matcher_seen(world.matcher, term, 5 * WHEN_SECOND + 1, TIME_NONE));
	assert_false(matcher_seen(world.matcher, term, TIME_NONE, 5 * WHEN_SECOND - 1));
	world_at(&world, 1, TIME_NONE, "alpha");
	assert_true(matcher_seen(world.matcher, term, 6 * WHEN_SECOND, TIME_NONE));
	world_end(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(windows_find_each_literal_that_a_plain_search_finds),
		cmocka_unit_test(no_hit_of_a_pattern_is_lost_by_the_prefilter),
		cmocka_unit_test(named_groups_and_names_are_bound),
		cmocka_unit_test(hits_of_the_last_entry_can_be_taken_back),
		cmocka_unit_test(
			of_too_many_hits_the_first_and_the_last_are_kept_and_all_are_counted),
		cmocka_unit_test(long_entries_give_way_before_memory_does),
		cmocka_unit_test(a_match_limit_that_was_hit_is_told),
		cmocka_unit_test(a_match_limit_that_a_condition_hit_is_told),
		cmocka_unit_test(the_steps_of_a_search_are_bounded_whatever_the_pattern_is),
		cmocka_unit_test(a_linear_pattern_finds_its_match_in_the_longest_line),
		cmocka_unit_test(
			entries_that_come_when_a_pattern_used_up_its_steps_are_passed_over_and_told),
		cmocka_unit_test(what_a_limit_hid_is_not_called_absent),
		cmocka_unit_test(one_cause_fires_once_a_group),
		cmocka_unit_test(a_group_key_may_be_a_capture),
		cmocka_unit_test(what_was_seen_in_a_span_of_time_can_be_asked),
	};

	return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
