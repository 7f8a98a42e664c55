/* Targets of requests: what they decode to, and what is refused. */
#include <string.h>

#include "unit/test.h"
#include "web/target.h"

static void a_path_and_its_fields_are_decoded(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct target target;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
		target_parse(mem, "/a%2Fb+c?q=x+y%26z&empty=&&flag&q=second", &target, &err), 0);
	assert_string_equal(target.path, "/a/b+c");
	assert_string_equal(target_get(&target, "q"), "x y&z");
	assert_null(target_get(&target, "empty"));
	assert_null(target_get(&target, "flag"));
	assert_null(target_get(&target, "none"));
	assert_int_equal(target.count, 4);
	talloc_free(mem);
}

static void what_is_no_clean_text_is_refused(void **state)
{
	static const char *const bad[] = { "", "incidents", "http://example.com/", "/%", "/%4",
		"/%zz", "/a%00b", "/%0d%0aSet-Cookie:x", "/\x1b[2J", "/%ff", "/%c0%af",
		"/?q=%ed%a0%80", "/?q=%7f", "/?%=1" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		struct target target;
		struct err err = { 0 };

		if (target_parse(mem, bad[i], &target, &err) == 0)
			fail_msg("taken: %s", bad[i]);
		assert_int_equal(err.code, ERR_FORMAT);
		talloc_free(mem);
	}
}

static void too_much_is_refused(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char *text = mem_array(mem, char, TARGET_MAX + 2);
	struct target target;
	struct err err = { 0 };

	(void)state;
	memset(text, 'a', TARGET_MAX + 1);
	text[0] = '/';
	assert_int_equal(target_parse(mem, text, &target, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	text[TARGET_MAX] = '\0';
	assert_int_equal(target_parse(mem, text, &target, &err), 0);
	strcpy(text, "/?");
	for (int i = 0; i <= TARGET_FIELDS; i++)
		strcat(text, "a=b&");
	assert_int_equal(target_parse(mem, text, &target, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	talloc_free(mem);
}

static void what_is_encoded_is_decoded_to_itself(void **state)
{
	static const char text[] = "tests/x.py::Te\"st<a&b=c>[1] +%\xc3\xa9#?";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct target target;
	struct err err = { 0 };
	char *query = mem_printf(mem, "/?test=%s&run=1", target_encode(mem, text));

	(void)state;
	assert_null(strpbrk(query + 7, "\"<> []+#"));
	assert_int_equal(target_parse(mem, query, &target, &err), 0);
	assert_string_equal(target_get(&target, "test"), text);
	assert_string_equal(target_get(&target, "run"), "1");
	talloc_free(mem);
}

static void only_an_id_is_a_number(void **state)
{
	static const char *const bad[] = { "", "0", "01", "-1", "+1", " 1", "1 ", "1a", "0x1",
		"1234567890123456" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(target_number(bad[i], strlen(bad[i])), 0);
	assert_int_equal(target_number("123456789012345", 15), 123456789012345);
	assert_int_equal(target_number("12:34", 2), 12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_and_its_fields_are_decoded),
		cmocka_unit_test(what_is_no_clean_text_is_refused),
		cmocka_unit_test(too_much_is_refused),
		cmocka_unit_test(what_is_encoded_is_decoded_to_itself),
		cmocka_unit_test(only_an_id_is_a_number),
	};

	return cmocka_run_group_tests_name("target", tests, NULL, NULL);
}
