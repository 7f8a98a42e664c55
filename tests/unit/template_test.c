/* Templates: what they render, what they refuse, what they tell of themselves. */
#include "template/template.h"

#include <stdlib.h>
#include <string.h>

#include "unit/test.h"

static void escape(FILE *out, const char *value, size_t length)
{
	for (size_t i = 0; i < length; i++)
		fprintf(out, value[i] == '<' ? "&lt;" : "%c", value[i]);
}

static char *expand(TALLOC_CTX *mem, const char *text, const char *json)
{
	const struct template_options options = { .escape = escape };
	struct template *template = NULL;
	struct err err = { 0 };
	cJSON *data = cJSON_Parse(json);
	char *out = NULL;

	assert_non_null(data);
	assert_int_equal(template_parse(mem, "t", text, strlen(text), &template, &err), 0);
	assert_int_equal(template_expand(mem, template, data, &options, &out, &err), 0);
	cJSON_Delete(data);
	return out;
}

static void assert_expands(const char *text, const char *json, const char *wanted)
{
	TALLOC_CTX *mem = talloc_new(NULL);

	assert_string_equal(expand(mem, text, json), wanted);
	talloc_free(mem);
}

static void assert_refused(const char *text, const char *message)
{
	struct template *template = NULL;
	struct err err = { 0 };

	assert_int_equal(template_parse(NULL, "page", text, strlen(text), &template, &err), -1);
	assert_int_equal(err.code, ERR_RULE);
	assert_string_equal(err.text, message);
	assert_null(template);
}

static void names_give_their_escaped_values(void **state)
{
	(void)state;
	assert_expands("{{a}} {{{a}}} {{&a}}", "{\"a\":\"<b\"}", "&lt;b <b <b");
	assert_expands("[{{no.such}}{{a.b}}]", "{\"a\":1}", "[]");
	assert_expands("{{a}} {{b}} {{c}} {{d}}",
		"{\"a\":12345678901,\"b\":0.25,\"c\":true,\"d\":null}", "12345678901 0.25 true ");
}

static void sections_repeat_for_lists_and_vanish_for_what_is_empty(void **state)
{
	(void)state;
	assert_expands("{{#a}}({{x}}{{y}}){{/a}}", "{\"y\":9,\"a\":[{\"x\":1},{\"x\":2,\"y\":3}]}",
		"(19)(23)");
	assert_expands("{{#a}}{{.}}{{^b}}-{{/b}}{{/a}}", "{\"a\":[1,\"<\"],\"b\":\"\"}", "1-&lt;-");
	assert_expands("{{#z}}no{{/z}}{{^z}}none{{/z}}", "{\"z\":0}", "none");
}

static void a_section_alone_on_its_line_takes_the_line_with_it(void **state)
{
	(void)state;
	assert_expands("a\n {{#b}}\n- {{.}}\r\n {{/b}} \nc", "{\"b\":[1,2]}", "a\n- 1\r\n- 2\r\nc");
	assert_expands("a {{! more\nlines }} b", "{}", "a  b");
}

static void faults_are_told_with_their_places(void **state)
{
	(void)state;
	assert_refused("a\n\xc3\xa9 {{x", "page:2:3: this tag is not closed by }}");
	assert_refused(
		"{{#a}}\n {{#b}}{{/a}}", "page:2:8: \"a\" ends here, but \"b\" of line 2 is open");
	assert_refused("x{{/a}}", "page:1:2: no section \"a\" is open");
	assert_refused("\n{{^a}}", "page:2:1: section \"a\" is not closed");
	assert_refused("{{a b}}", "page:1:1: \"a b\" is no name");
	assert_refused("{{}}", "page:1:1: \"\" is no name");
	assert_refused("{{a..b}}", "page:1:1: \"a..b\" is no name");
	assert_refused("{{=a b c=}}", "page:1:1: more than two delimiters");
	assert_refused(
		"{{=a=}}", "page:1:1: delimiters are two words of at most 16 bytes without \"=\"");
}

static void sections_are_refused_beyond_64_levels(void **state)
{
	char text[65 * 6 + 1];

	(void)state;
	for (size_t i = 0; i < 65; i++)
		memcpy(text + 6 * i, "{{#a}}", 7);
	assert_refused(text, "page:1:385: more than 64 sections deep");
}

static const struct template *itself(void *context, const char *name)
{
	(void)name;
	return *(struct template **)context;
}

static void a_partial_that_includes_itself_ends_with_an_error(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct template *template = NULL;
	const struct template_options options = { .partial = itself, .context = &template };
	struct err err = { 0 };
	char *out = NULL;

	(void)state;
	assert_int_equal(template_parse(mem, "t", "{{>t}}", 6, &template, &err), 0);
	assert_int_equal(template_expand(mem, template, NULL, &options, &out, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	assert_null(out);
	talloc_free(mem);
}

/* 64 lists of 64 in each other would be 64^64 rounds. */
static void lists_in_lists_end_with_an_error_before_time_does(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const struct template_options options = { 0 };
	struct template *template = NULL;
	struct err err = { 0 };
	char text[64 * 12 + 1] = "", *out = NULL;
	cJSON *data = cJSON_Parse("{\"a\":[1,1,1,1,1,1,1,1]}");

	(void)state;
	for (size_t i = 0; i < 64; i++)
		strcat(text, "{{#a}}");
	for (size_t i = 0; i < 64; i++)
		strcat(text, "{{/a}}");
	assert_int_equal(template_parse(mem, "t", text, strlen(text), &template, &err), 0);
	assert_int_equal(template_expand(mem, template, data, &options, &out, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	cJSON_Delete(data);
	talloc_free(mem);
}

static void collect(void *context, const char *name, unsigned line, unsigned column)
{
	char *text = context;

	sprintf(text + strlen(text), "%s@%u:%u ", name, line, column);
}

static void names_are_visited_in_order_with_their_places(void **state)
{
	static const char text[] = "{{a}}\n{{#b.c}} {{{d}}}{{/b.c}}{{^e}}{{/e}}{{>f}}{{!g}}";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct template *template = NULL;
	struct err err = { 0 };
	char seen[256] = "";

	(void)state;
	assert_int_equal(template_parse(mem, "t", text, strlen(text), &template, &err), 0);
	template_names(template, collect, seen);
	assert_string_equal(seen, "a@1:1 b.c@2:1 d@2:10 e@2:25 ");
	talloc_free(mem);
}

static void a_full_device_is_an_error(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const struct template_options options = { 0 };
	struct template *template = NULL;
	struct err err = { 0 };
	FILE *full = fopen("/dev/full", "w");

	(void)state;
	assert_non_null(full);
	setvbuf(full, NULL, _IONBF, 0);
	assert_int_equal(template_parse(mem, "t", "text", 4, &template, &err), 0);
	assert_int_equal(template_render(template, NULL, &options, full, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	fclose(full);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_give_their_escaped_values),
		cmocka_unit_test(sections_repeat_for_lists_and_vanish_for_what_is_empty),
		cmocka_unit_test(a_section_alone_on_its_line_takes_the_line_with_it),
		cmocka_unit_test(faults_are_told_with_their_places),
		cmocka_unit_test(sections_are_refused_beyond_64_levels),
		cmocka_unit_test(a_partial_that_includes_itself_ends_with_an_error),
		cmocka_unit_test(lists_in_lists_end_with_an_error_before_time_does),
		cmocka_unit_test(names_are_visited_in_order_with_their_places),
		cmocka_unit_test(a_full_device_is_an_error),
	};

	return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
