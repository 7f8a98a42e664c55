/* What is made of the bytes of a message. */
#include <string.h>

#include "unit/source_test.h"
#include "unit/test.h"

static const struct {
	const char *name, *raw, *clean;
} cases[] = {
	{ "colours", "\x1b[1;31mred\x1b[0m", "red" },
	{ "title", "\x1b]0;title\x07text", "text" },
	{ "link", "\x1b]8;;http://example.com\x1b\\here\x1b]8;;\x1b\\", "here" },
	{ "unterminated title", "\x1b]0;kept", "0;kept" },
	{ "charset", "\x1b(Btext", "text" },
	{ "keypad", "\x1b=text", "text" },
	{ "cut sequence", "end\x1b[31", "end" },
	{ "lone escape", "end\x1b", "end" },
	{ "8-bit CSI",
		"\x9b"
		"31mred",
		"red" },
	{ "8-bit CSI in UTF-8",
		"\xc2\x9b"
		"31mred",
		"red" },
	{ "lone 0x9b", "a\x9b b", "a\xef\xbf\xbd b" },
	{ "other C1", "a\xc2\x85z", "az" },
	{ "bell, backspace, delete", "a\a\bb\x7f", "ab" },
	{ "tab stays", "a\tb", "a\tb" },
	{ "UTF-8 stays", "gr\xc3\xbc\xc3\x9f \xf0\x9f\x9a\x80 ok",
		"gr\xc3\xbc\xc3\x9f \xf0\x9f\x9a\x80 ok" },
	{ "overlong", "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd" },
	{ "surrogate", "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
	{ "cut UTF-8", "caf\xc3", "caf\xef\xbf\xbd" },
};

static void control_sequences_go_and_text_stays(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		struct source *source = test_source(mem, "", 0, NULL);
		char *clean = source_clean(mem, source, cases[i].raw, strlen(cases[i].raw));

		if (strcmp(clean, cases[i].clean) != 0)
			fail_msg("%s: \"%s\"", cases[i].name, clean);
		talloc_free(mem);
	}
}

static void nul_bytes_are_dropped_and_told(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = test_entries(mem, "one\0\0two\n", 9, NULL, &info);

	(void)state;
	assert_string_equal(entries[0]->text, "onetwo");
	assert_null(entries[1]);
	assert_int_equal(info->note_count > 0, 1);
	talloc_free(mem);
}

static void a_title_that_never_ends_hides_no_text(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source *source = test_source(mem, "", 0, NULL);
	const char text[] = "\x1b]0;one\x1b]0;two";
	char *clean = source_clean(mem, source, text, sizeof(text) - 1);

	(void)state;
	assert_string_equal(clean, "0;one0;two");
	talloc_free(mem);
}

static void a_text_survives_the_next_cleaning(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source *source = test_source(mem, "first\n", 6, NULL);
	struct entry entry;
	struct err err;

	(void)state;
	assert_int_equal(source_next(source, &entry, &err), 1);
	source_clean(mem, source, "second", 6);
	assert_string_equal(entry.text, "first");
	assert_int_equal(entry.line, 1);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(control_sequences_go_and_text_stays),
		cmocka_unit_test(nul_bytes_are_dropped_and_told),
		cmocka_unit_test(a_title_that_never_ends_hides_no_text),
		cmocka_unit_test(a_text_survives_the_next_cleaning),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
