/* Errors, hashes, UTF-8. */
#include "base/base.h"

#include <string.h>

#include "unit/test.h"

static void each_layer_adds_its_context(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_int_equal(err_set(&err, ERR_RULE, "line %d", 14), -1);
	assert_int_equal(err_wrap(&err, "%s", "rules/db.yaml"), -1);
	assert_string_equal(err.text, "rules/db.yaml: line 14");
	assert_int_equal(err.code, ERR_RULE);
}

static void a_cut_error_is_still_utf8(void **state)
{
	struct err err = { 0 };
	char text[2000];

	(void)state;
	for (size_t i = 0; i + 1 < sizeof(text); i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	text[sizeof(text) - 2] = '\0';
	err_fill(&err, ERR_IO, "x%s", text);
	for (size_t i = 0, step; i < strlen(err.text); i += step) {
		step = utf8_sequence(err.text + i, strlen(err.text) - i);
		assert_int_not_equal(step, 0);
	}
}

static void control_characters_do_not_get_into_an_error(void **state)
{
	struct err err = { 0 };

	(void)state;
	err_fill(&err, ERR_IO, "%s", "a\x1b[31m\nb");
	assert_string_equal(err.text, "a?[31m?b");
	/* U+009B begins an escape sequence, U+202E turns what follows */
	err_fill(&err, ERR_IO, "%s",
		"a\xc2\x9b"
		"31m\xe2\x80\xae.log");
	assert_string_equal(err.text, "a??31m???.log");
}

static void a_text_is_decoded_character_by_character(void **state)
{
	uint32_t code;

	(void)state;
	assert_int_equal(utf8_decode("\xf0\x9f\x98\x80", 4, &code), 4);
	assert_int_equal(code, 0x1f600);
	assert_int_equal(utf8_decode("\xe2\x82", 2, &code), 1);
	assert_int_equal(code, UTF8_NONE);
	assert_int_equal(utf8_decode("", 1, &code), 1);
	assert_int_equal(code, 0);
}

static void overlong_and_surrogate_sequences_are_no_utf8(void **state)
{
	(void)state;
	assert_int_equal(utf8_sequence("\xc0\x80", 2), 0);
	assert_int_equal(utf8_sequence("\xe0\x80\x80", 3), 0);
	assert_int_equal(utf8_sequence("\xed\xa0\x80", 3), 0);
	assert_int_equal(utf8_sequence("\xf4\x90\x80\x80", 4), 0);
	assert_int_equal(utf8_sequence("\xe2\x82", 2), 0);
	assert_int_equal(utf8_sequence("\xf0\x9f\x98\x80", 4), 4);
	assert_int_equal(utf8_cut("a\xe2\x82\xac", 4, 3), 1);
}

static void a_digest_is_that_of_fips_180_4(void **state)
{
	char text[DIGEST_TEXT];

	(void)state;
	digest_of("abc", 3, text);
	assert_string_equal(
		text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_layer_adds_its_context),
		cmocka_unit_test(a_cut_error_is_still_utf8),
		cmocka_unit_test(control_characters_do_not_get_into_an_error),
		cmocka_unit_test(a_text_is_decoded_character_by_character),
		cmocka_unit_test(overlong_and_surrogate_sequences_are_no_utf8),
		cmocka_unit_test(a_digest_is_that_of_fips_180_4),
	};

	return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
