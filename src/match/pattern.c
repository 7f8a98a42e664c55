/* Patterns: PCRE2 with just-in-time code, made on first use, every call within limits. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "match/pattern.h"

#include <pcre2.h>
#include <string.h>

#include "match/jq.h"

#define MATCH_LIMIT_LEAST 10000U
#define SHORT_LENGTH 1024U /* bytes of a text whose search without a count cannot last */
#define STACK_LEAST (32U << 10)
#define STACK_MOST (1U << 20)
#define PAIRS 128U /* groups that are looked at */

struct pattern_tools {
	pcre2_match_context *match;
	pcre2_match_data *data;
	pcre2_jit_stack *stack;
	struct rule_steps steps;
};

static int tools_free(struct pattern_tools *tools)
{
	pcre2_match_data_free(tools->data);
	pcre2_match_context_free(tools->match);
	pcre2_jit_stack_free(tools->stack);
	return 0;
}

struct pattern_tools *pattern_tools_new(TALLOC_CTX *mem)
{
	struct pattern_tools *tools = mem_new(mem, struct pattern_tools);

	tools->match = mem_check(pcre2_match_context_create(NULL));
	tools->data = mem_check(pcre2_match_data_create(PAIRS, NULL));
	tools->stack = mem_check(pcre2_jit_stack_create(STACK_LEAST, STACK_MOST, NULL));
	talloc_set_destructor(tools, tools_free);
	pcre2_set_depth_limit(tools->match, RULE_DEPTH_LIMIT);
	pcre2_set_heap_limit(tools->match, RULE_HEAP_LIMIT);
	pcre2_jit_stack_assign(tools->match, NULL, tools->stack);
	pcre2_set_callout(tools->match, rule_steps_count, &tools->steps);
	return tools;
}

void pattern_init(struct pattern *pattern, const struct rules *rules, const struct term *term)
{
	*pattern = (struct pattern){ .term = term, .match_limit = RULE_MATCH_LIMIT };
	pattern->code = rules_regex(rules, term);
	pattern->program = rules_jq(rules, term);
	if (term->kind == TERM_JQ)
		pattern->growth = rule_jq_growth(term->text);
	if (term->kind == TERM_JQ && pattern->program == NULL)
		pattern->fault = "its jq program does not compile";
	else if (term->kind == TERM_REGEX && pattern->code == NULL)
		pattern->fault = "its regex does not compile";
}

static void read_names(struct pattern *pattern, struct pattern_tools *tools)
{
	uint32_t count = 0, size = 0;
	PCRE2_SPTR table = NULL;

	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMECOUNT, &count);
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMETABLE, &table);
	if (count > PATTERN_GROUPS)
		count = PATTERN_GROUPS;
	pattern->names = mem_array(tools, const char *, count);
	pattern->numbers = mem_array(tools, uint32_t, count);
	/* an entry is the number of the group in two bytes, and its name */
	for (uint32_t i = 0; i < count; i++, table += size) {
		pattern->numbers[i] = (uint32_t)table[0] << 8 | table[1];
		pattern->names[i] = (const char *)table + 2;
	}
	pattern->name_count = count;
}

static int holder_free(pcre2_code **holder)
{
	pcre2_code_free(*holder);
	return 0;
}

/* A literal that is found without case is a pattern without special characters. */
static pcre2_code *compile_literal(const struct term *term, struct pattern_tools *tools)
{
	const uint32_t options =
		PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_LITERAL | PCRE2_CASELESS;
	pcre2_code **holder = mem_new(tools, pcre2_code *);
	PCRE2_SIZE offset;
	int number;

	*holder = pcre2_compile(
		(PCRE2_SPTR)term->text, PCRE2_ZERO_TERMINATED, options, &number, &offset, NULL);
	talloc_set_destructor(holder, holder_free);
	return *holder;
}

/* NULL for a literal, whose search is linear. */
static pcre2_code *compile_counting(const struct term *term, struct pattern_tools *tools)
{
	pcre2_code *code = NULL;

	if (term->kind == TERM_REGEX)
		code = rule_regex_counting(tools, term->text, term->nocase, term->cre);
	if (code != NULL)
		pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return code;
}

static void make_ready(struct pattern *pattern, struct pattern_tools *tools)
{
	pattern->ready = true;
	if (pattern->term->kind == TERM_LITERAL)
		pattern->code = compile_literal(pattern->term, tools);
	if (pattern->code == NULL) {
		pattern->fault = "the literal is not valid UTF-8";
		return;
	}
	/* where there is no just-in-time code the interpreter runs, within the same limits */
	pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
	read_names(pattern, tools);
}

/* The offset of a group; \K can put the end of a match before its beginning. */
static struct span span_at(const PCRE2_SIZE *pairs, uint32_t group)
{
	PCRE2_SIZE start = pairs[2 * group], end = pairs[2 * group + 1];

	if (start == PCRE2_UNSET || start > UINT32_MAX || end > UINT32_MAX)
		return (struct span){ PATTERN_UNSET, PATTERN_UNSET };
	return (struct span){ (uint32_t)start, (uint32_t)(end < start ? start : end) };
}

static void take_groups(const struct pattern *pattern, const struct pattern_tools *tools,
	int result, struct span *whole, struct span groups[PATTERN_GROUPS])
{
	const PCRE2_SIZE *pairs = pcre2_get_ovector_pointer(tools->data);

	*whole = span_at(pairs, 0);
	for (size_t i = 0; i < pattern->name_count; i++) {
		uint32_t number = pattern->numbers[i];
		bool known = number < PAIRS && (result == 0 || number < (uint32_t)result);

		groups[i] = known ? span_at(pairs, number)
				  : (struct span){ PATTERN_UNSET, PATTERN_UNSET };
	}
}

/*
 * Just-in-time code is fastest, and so short a text with so few calls from each of its places
 * bounds it. A pattern that met a limit before is counted everywhere.
 */
static int search_quickly(const struct pattern *pattern, const struct pattern_tools *tools,
	const char *text, size_t length)
{
	if (pattern->limited > 0 || length > SHORT_LENGTH)
		return PCRE2_ERROR_MATCHLIMIT;
	pcre2_set_match_limit(tools->match, (uint32_t)(MATCH_LIMIT_LEAST / 10 + length));
	return pcre2_match(
		pattern->code, (PCRE2_SPTR)text, length, 0, 0, tools->data, tools->match);
}

bool pattern_is_used_up(const struct pattern *pattern)
{
	return pattern->steps > PATTERN_STEPS + PATTERN_STEPS_PER_BYTE * pattern->bytes;
}

static int search_counting(
	struct pattern *pattern, struct pattern_tools *tools, const char *text, size_t length)
{
	uint64_t limit = rule_steps_limit(length) - RULE_MATCH_LIMIT + pattern->match_limit;
	int result;

	if (pattern->counting == NULL)
		pattern->counting = compile_counting(pattern->term, tools);
	tools->steps = (struct rule_steps){ .limit = limit };
	pcre2_set_match_limit(tools->match, (uint32_t)limit);
	result = pcre2_match(pattern->counting != NULL ? pattern->counting : pattern->code,
		(PCRE2_SPTR)text, length, 0, 0, tools->data, tools->match);
	pattern->steps += tools->steps.steps;
	return result;
}

static bool search(struct pattern *pattern, struct pattern_tools *tools, const char *text,
	size_t length, struct span *whole, struct span groups[PATTERN_GROUPS])
{
	int result = search_quickly(pattern, tools, text, length);

	if (result < 0 && result != PCRE2_ERROR_NOMATCH) {
		if (pattern_is_used_up(pattern)) {
			pattern->passed_over++;
			return false;
		}
		result = search_counting(pattern, tools, text, length);
	}
	if (result < 0 && result != PCRE2_ERROR_NOMATCH) {
		pattern->limited++;
		/* who met the limit once may meet it on every entry: that must stay cheap */
		if (pattern->match_limit / 2 >= MATCH_LIMIT_LEAST)
			pattern->match_limit /= 2;
	}
	if (result < 0)
		return false;
	take_groups(pattern, tools, result, whole, groups);
	return true;
}

bool pattern_is_blind(const struct pattern *pattern)
{
	return pattern->limited > 0 || pattern->passed_over > 0;
}

static bool find_literal(
	const struct pattern *pattern, const char *text, size_t length, struct span *whole)
{
	size_t wanted = strlen(pattern->term->text);
	const char *found = memmem(text, length, pattern->term->text, wanted);

	if (found == NULL)
		return false;
	*whole = (struct span){ (uint32_t)(found - text), (uint32_t)(found - text + wanted) };
	return true;
}

bool pattern_is_plain(const struct pattern *pattern)
{
	return pattern->term->kind == TERM_LITERAL && !pattern->term->nocase;
}

/* libjq counts no steps, so what a program may take is known before it runs, or it does not. */
static bool run(struct pattern *pattern, const char *text, size_t length)
{
	uint64_t steps = jq_steps(&pattern->growth, text, length);

	if (steps > PATTERN_STEPS) {
		pattern->limited++;
		return false;
	}
	if (steps > 0 && pattern_is_used_up(pattern)) {
		pattern->passed_over++;
		return false;
	}
	pattern->steps += steps;
	return jq_match(pattern->program, text, length);
}

bool pattern_match(struct pattern *pattern, struct pattern_tools *tools, const char *text,
	size_t length, struct span *whole, struct span groups[PATTERN_GROUPS])
{
	if (pattern->fault != NULL || length >= PATTERN_UNSET)
		return false;
	if (pattern_is_plain(pattern))
		return find_literal(pattern, text, length, whole);
	pattern->tries++;
	pattern->bytes += length;
	if (pattern->program != NULL) {
		*whole = (struct span){ 0, (uint32_t)length };
		return run(pattern, text, length);
	}
	if (!pattern->ready)
		make_ready(pattern, tools);
	return pattern->code != NULL && search(pattern, tools, text, length, whole, groups);
}
