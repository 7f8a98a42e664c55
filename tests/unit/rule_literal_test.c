/* Literals of which every match of a pattern contains one. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "rule/rule.h"
#include "unit/test.h"

static struct expected {
	const char *pattern;
	bool nocase, folded;
	const char *literals; /* joined by "/" */
} const expectations[] = {
	{ "connection refused", false, false, "connection refused" },
	{ "error \\d+: disk full", false, false, ": disk full" },
	{ "Time[Oo]ut", false, false, "TimeOut/Timeout" },
	{ "a(bc|bd)e", false, false, "abce/abde" },
	{ "(?:red|green) light .* stop", false, false, "red light /green light " },
	{ "ab+c", false, false, "ab/bc" },
	{ "colou?r", false, false, "colour/color" },
	{ "x{3}y{2,}", false, false, "xxxyy" },
	{ "(?i)Missing", false, true,
		"missing/mis\xc5\xbfing/mi\xc5\xbfsing/mi\xc5\xbf\xc5\xbfing" },
	{ "peer", true, true, "peer" },
	{ "\\Qa.b*\\E+c", false, false, "a.b*" },
	{ "\\bword\\b(?!x)", false, false, "word" },
	{ "\\x41\\x{e9}\\t!", false, false, "A\xc3\xa9\t!" },
	{ "[.]txt[]]", false, false, ".txt]" },
	{ "(?x) a b \\  c # comment", false, false, "ab c" },
	{ "one|two|", false, false, "" },
	{ ".*", false, false, "" },
	{ "(?(1)a|b)cd", false, false, "cd" },
	{ "(a)\\1bcd", false, false, "bcd" },
	{ "(*COMMIT)abcd", false, false, "" },
	{ "(?R)?abcd", false, false, "abcd" },
	{ "\\d{2}[a-z]", false, false, "" },
	{ "(abcd){0}x", false, false, "x" },
	{ "(?:a(?i)b|c)d", false, true, "abd/cd" },
};

static char *joined(TALLOC_CTX *mem, const char *pattern, bool nocase, bool *folded)
{
	const char **literals;
	size_t count = rule_literals(mem, pattern, nocase, &literals, folded);
	char *text = mem_strdup(mem, count > 0 ? literals[0] : "");

	for (size_t i = 1; i < count; i++)
		text = mem_printf(mem, "%s/%s", text, literals[i]);
	return text;
}

static void the_longest_certain_literal_is_found(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(expectations) / sizeof(expectations[0]); i++) {
		const struct expected *expected = &expectations[i];
		bool folded;
		char *text = joined(mem, expected->pattern, expected->nocase, &folded);

		/* "ab+c" has two of equal worth; which one is taken does not matter */
		if (strcmp(expected->pattern, "ab+c") == 0)
			assert_true(strcmp(text, "ab") == 0 || strcmp(text, "bc") == 0);
		else
			assert_string_equal(text, expected->literals);
		if (text[0] != '\0')
			assert_int_equal(folded, expected->folded);
	}
	talloc_free(mem);
}

/* A generator of numbers that is the same everywhere. */
static uint32_t next_random(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % below;
}

static const char *const pieces[] = { "a", "b", "s", "k", "S", "ab", "sk", "c", "1", " ", "#", ".",
	"*", "+", "?", "{2}", "{1,}", "{0,2}", "{,2}", "{", "(", "(", "(?:", "(?i)",
	"(?i:", "(?-i)", "(?x)", "(?x:", "(?xx)", "(?^:", "(?=", "(?!", "(?<=", "(?<n>", "(?|",
	"(?>", "(?#a)", ")", ")", ")", "|", "|", "[", "[^", "[a", "]", "]", "-", "^", "$", "\\b",
	"\\B", "\\d", "\\D", "\\w", "\\W", "\\s", "\\1", "\\2", "\\Q", "\\E", "\\x61", "\\x{17f}",
	"\\141", "\\0", "\\n", "\\K", "\\N", "\\R", "\\h", "\\pL", "\\p{Lu}", "\\.", "\\\\", "\\]",
	"\\-", "[:alpha:]", "\xc5\xbf", "\xe2\x84\xaa", "\xc3\xa9", "(?1)", "(?(1)", "*?", "++",
	"\\cA", "\\g1", "\\k<n>", "(*ACCEPT)", "&", "\\A", "\\z", "\\o{141}", "\\N{U+61}" };
static const char *const letters[] = { "a", "b", "s", "k", "S", "K", "A", "c", "1", " ", "\n", "]",
	"-", ".", "#", "ab", "sk", "\xc5\xbf", "\xe2\x84\xaa", "\xc3\xa9", "\xc3\x89", "\\", "{",
	"&", "\x01", "*" };

#define PIECES (sizeof(pieces) / sizeof(pieces[0]))
#define LETTERS (sizeof(letters) / sizeof(letters[0]))

static void write_random(
	uint32_t *seed, char *out, const char *const *from, size_t count, uint32_t most)
{
	uint32_t length = next_random(seed, most) + 1;

	for (out[0] = '\0'; length > 0; length--)
		strcat(out, from[next_random(seed, (uint32_t)count)]);
}

static void lower(char *text)
{
	for (; *text != '\0'; text++)
		if (*text >= 'A' && *text <= 'Z')
			*text = (char)(*text + 32);
}

static bool contains_one(const char *text, bool folded, const char *const *literals, size_t count)
{
	char copy[1024];

	strcpy(copy, text);
	if (folded)
		lower(copy);
	for (size_t i = 0; i < count; i++)
		if (strstr(copy, literals[i]) != NULL)
			return true;
	return count == 0;
}

static bool matches(pcre2_code *code, const char *text)
{
	pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
	pcre2_match_context *limits = pcre2_match_context_create(NULL);
	int result;

	pcre2_set_match_limit(limits, 10000);
	pcre2_set_depth_limit(limits, 1000);
	result = pcre2_match(code, (PCRE2_SPTR)text, strlen(text), 0, 0, data, limits);
	pcre2_match_context_free(limits);
	pcre2_match_data_free(data);
	return result >= 0;
}

/* Texts for one pattern that compiles; returns how many matched. */
static size_t try_pattern(
	TALLOC_CTX *mem, uint32_t *seed, const char *pattern, bool nocase, pcre2_code *code)
{
	const char **literals;
	bool folded;
	size_t count = rule_literals(mem, pattern, nocase, &literals, &folded), matched = 0;

	for (int i = 0; i < 40; i++) {
		char text[1024];

		write_random(seed, text, letters, LETTERS, 12);
		if (!matches(code, text))
			continue;
		matched++;
		if (!contains_one(text, folded, literals, count))
			fail_msg("\"%s\" matches \"%s\" without its literal \"%s\"", pattern, text,
				literals[0]);
	}
	return matched;
}

static void no_match_lacks_its_literals(void **state)
{
	const char *rounds = getenv("LITERAL_ROUNDS");
	uint32_t seed = 1;
	size_t compiled = 0, matched = 0;

	(void)state;
	for (long i = rounds != NULL ? atol(rounds) : 20000; i > 0; i--) {
		TALLOC_CTX *mem = talloc_new(NULL);
		bool nocase = next_random(&seed, 3) == 0;
		struct err err = { 0 };
		char pattern[256];
		pcre2_code *code;

		write_random(&seed, pattern, pieces, PIECES, 8);
		code = rule_regex(mem, pattern, nocase, &err);
		if (code != NULL) {
			compiled++;
			matched += try_pattern(mem, &seed, pattern, nocase, code);
		}
		talloc_free(mem);
	}
	assert_true(compiled > 1000);
	assert_true(matched > 1000);
}

static void a_deep_pattern_has_no_literal_and_does_no_harm(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char *pattern = mem_array(mem, char, 100001);
	const char **literals;
	bool folded;

	(void)state;
	memset(pattern, '(', 100000);
	assert_int_equal(rule_literals(mem, pattern, false, &literals, &folded), 0);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_longest_certain_literal_is_found),
		cmocka_unit_test(no_match_lacks_its_literals),
		cmocka_unit_test(a_deep_pattern_has_no_literal_and_does_no_harm),
	};

	return cmocka_run_group_tests_name("literals", tests, NULL, NULL);
}
