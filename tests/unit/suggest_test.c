/* Suggestions: which line of a failure a rule is made of, and by what it is known. */
#include "reason/suggest.h"

#include <string.h>

#include "unit/test.h"

static void pattern_of(const char *line, bool regex, const char *expected)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct telling telling;

	assert_true(suggest_pattern(mem, line, strlen(line), &telling));
	assert_string_equal(telling.text, expected);
	assert_int_equal(telling.regex, regex);
	talloc_free(mem);
}

static void a_line_that_stays_the_same_is_a_literal(void **state)
{
	(void)state;
	pattern_of("cart is locked by another session", false, "cart is locked by another session");
	pattern_of("E   ShopError: cart is locked.", false, "ShopError: cart is locked");
	pattern_of("2025-01-02T03:04:05Z - worker gave up", false, "worker gave up");
	pattern_of("ERROR worker gave up", false, "worker gave up");
	pattern_of("ERRORS of workers", false, "ERRORS of workers");
	pattern_of("answered 503 (errno 111)", false, "answered 503 (errno 111");
}

static void what_differs_becomes_a_class_of_its_type(void **state)
{
	(void)state;
	pattern_of("cart 17 is locked by 192.0.2.7", true, "cart \\d+ is locked by");
	pattern_of("it took 1.5 s to fail", true, "it took \\d+(?:\\.\\d+)? s to fail");
	pattern_of("lease 123e4567-e89b-12d3-a456-426614174000 lost", true,
		"lease [\\da-fA-F-]{36} lost");
	pattern_of("a.b (c)  [d] at 0x7f33aa gone", true,
		"a\\.b \\(c\\)\\s+\\[d\\] at 0x[\\da-fA-F]+ gone");
}

static void a_line_of_which_nothing_stays_gives_no_pattern(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct telling telling;

	(void)state;
	assert_false(suggest_pattern(mem, "17 4711", 7, &telling));
	assert_false(suggest_pattern(mem, "--- : ", 6, &telling));
	assert_false(suggest_pattern(mem, "", 0, &telling));
	talloc_free(mem);
}

static void a_long_line_is_known_by_its_beginning(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char line[600] = "disk is gone";
	struct telling telling;

	(void)state;
	for (size_t i = strlen(line); i + 6 < sizeof(line); i += 6)
		memcpy(line + i, " again", 7);
	assert_true(suggest_pattern(mem, line, strlen(line), &telling));
	assert_true(strlen(telling.text) <= 120);
	assert_int_equal(strncmp(telling.text, "disk is gone again", 18), 0);
	talloc_free(mem);
}

static void names_and_layers_come_from_the_words(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	assert_string_equal(suggest_name(mem, "E   ShopError: cart 4711 is locked", 34),
		"ShopError-cart-is-locked");
	assert_string_equal(suggest_name(mem, "\xc3\xa4\xc3\xb6", 4), "");
	assert_string_equal(suggest_layer("PostgreSQL said no", 18), "database");
	assert_string_equal(suggest_layer("Connection refused", 18), "network");
	assert_string_equal(suggest_layer("cart is locked", 14), "app");
	talloc_free(mem);
}

static struct error_pattern error_of(TALLOC_CTX *mem, const struct test *test, int64_t time,
	enum severity severity, const char *text)
{
	struct entry *entry = mem_new(mem, struct entry);

	*entry = (struct entry){ .text = text,
		.text_len = strlen(text),
		.time = time,
		.severity = severity,
		.line = 10 };
	return (struct error_pattern){ text, test, entry, 1 };
}

static void what_is_near_severe_and_specific_comes_first(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct test test = { .name = "t.py::test_cart" };
	struct entry failed = { .text = "E", .text_len = 1, .time = 1000 * WHEN_SECOND };
	struct evidence evidence = { .entry = &failed }, *list = &evidence;
	const struct undiagnosed failure = {
		.test = &test, .evidence = &list, .evidence_count = 1
	};
	const struct error_pattern errors[] = {
		error_of(mem, &test, TIME_NONE, 0, "assert 3 == 4, and much more is told here"),
		error_of(mem, NULL, 10 * WHEN_SECOND, SEVERITY_ERROR,
			"long before the cart was lost"),
		error_of(mem, NULL, 999 * WHEN_SECOND, SEVERITY_ERROR, "lease lost"),
		error_of(
			mem, NULL, 999 * WHEN_SECOND, SEVERITY_ERROR, "lease of the cart was lost"),
		error_of(mem, NULL, 999 * WHEN_SECOND, SEVERITY_CRITICAL,
			"the whole store was lost"),
		error_of(mem, &test, TIME_NONE, 0, "FAILED t.py::test_cart - no lease of the cart"),
		error_of(mem, NULL, 999 * WHEN_SECOND, SEVERITY_ERROR, "17"),
	};
	static const char *const wanted[] = { "the whole store was lost",
		"lease of the cart was lost", "lease lost",
		"assert 3 == 4, and much more is told here",
		"FAILED t.py::test_cart - no lease of the cart", "long before the cart was lost" };
	struct suggestion *found;
	size_t count = suggest_rank(mem, &failure, errors, 7, &found);

	(void)state;
	assert_int_equal(count, 6);
	assert_string_equal(found[0].line, wanted[0]);
	assert_string_equal(found[1].line, wanted[1]);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(found[i].generic, strstr(found[i].line, "assert") != NULL ||
							   strstr(found[i].line, "FAILED") != NULL);
	talloc_free(mem);
}

static void see(struct contrast *contrast, const char *text, uint64_t line, bool same_run)
{
	struct entry entry = { .text = text, .text_len = strlen(text), .line = line };

	contrast_see(contrast, &entry, same_run);
}

static void the_likest_line_that_is_no_error_is_the_contrast(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct error_pattern error = error_of(mem, NULL, 0, 0, "cart 17 is locked by session 3");
	struct suggestion suggestion = { .error = &error, .line = error.first->text };
	struct contrast *green = contrast_new(mem, &suggestion);
	struct contrast *red = contrast_new(mem, &suggestion);

	(void)state;
	see(green, "nothing in common", 1, false);
	see(green, "cart 18 is locked by session 4", 2, false);
	see(green, "cart 18 is free of its session\nwhat follows", 3, false);
	see(green, "cart 18 is free of its session", 4, false);
	assert_string_equal(contrast_lines(green)[0], "cart 18 is free of its session");
	assert_string_equal(contrast_lines(green)[1], "nothing in common");
	assert_null(contrast_lines(green)[2]);
	see(red, "far away", 1, true);
	see(red, "near by", 9, true);
	see(red, "CartError: cart is locked by the session", 11, true);
	assert_string_equal(contrast_lines(red)[0], "near by");
	assert_string_equal(contrast_lines(red)[1], "far away");
	assert_null(contrast_lines(red)[2]);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_that_stays_the_same_is_a_literal),
		cmocka_unit_test(what_differs_becomes_a_class_of_its_type),
		cmocka_unit_test(a_line_of_which_nothing_stays_gives_no_pattern),
		cmocka_unit_test(a_long_line_is_known_by_its_beginning),
		cmocka_unit_test(names_and_layers_come_from_the_words),
		cmocka_unit_test(what_is_near_severe_and_specific_comes_first),
		cmocka_unit_test(the_likest_line_that_is_no_error_is_the_contrast),
	};

	return cmocka_run_group_tests_name("suggest", tests, NULL, NULL);
}
