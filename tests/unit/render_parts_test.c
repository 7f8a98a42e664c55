/* The parts of pages: keys of the JSON contract, widths, offsets, escapes, templates. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "render/clean.h"
#include "render/columns.h"
#include "render/html.h"
#include "render/markdown.h"
#include "render/offset.h"
#include "render/page.h"
#include "render/render.h"
#include "render/view.h"
#include "unit/render_sample.h"
#include "unit/test.h"

/* The keys of an object begin with those of the contract, in its order; more may follow. */
static void assert_keys(const cJSON *object, const char *keys)
{
	const cJSON *child;
	char *copy = mem_strdup(NULL, keys), *rest = copy;

	assert_true(cJSON_IsObject(object));
	child = object->child;
	for (const char *key; (key = strsep(&rest, " ")) != NULL; child = child->next) {
		assert_non_null(child);
		assert_string_equal(child->string, key);
	}
	talloc_free(copy);
}

static const cJSON *item(const cJSON *object, const char *key)
{
	const cJSON *found = cJSON_GetObjectItemCaseSensitive(object, key);

	assert_non_null(found);
	return found;
}

static const cJSON *first(const cJSON *object, const char *key)
{
	const cJSON *list = item(object, key);

	assert_true(cJSON_IsArray(list));
	assert_non_null(list->child);
	return list->child;
}

static void the_json_has_the_keys_of_the_contract_in_their_order(void **state)
{
	struct diagnosis *diagnosis = sample_full(NULL);
	cJSON *tree = view_of(diagnosis);
	const cJSON *run = item(tree, "run"), *incident = first(tree, "incidents");
	const cJSON *why = first(incident, "whys");

	(void)state;
	assert_keys(tree, "schema_version tool run incidents undiagnosed scan");
	assert_keys(item(tree, "tool"), "name version rules_sha256");
	assert_keys(run, "id label commit window tests");
	assert_keys(item(run, "window"), "start end");
	assert_keys(item(run, "tests"), "total passed failed errors skipped");
	assert_keys(incident,
		"fingerprint verdict state root_cause title layer severity tests whys "
		"evidence_ends_at alternatives contributing actions");
	assert_keys(why, "n cause kind statement basis count first last evidence");
	assert_keys(first(why, "evidence"), "id source place line time text sha256");
	assert_keys(first(incident, "alternatives"), "cause verdict because");
	assert_keys(first(incident, "actions"), "kind text done_when state");
	assert_true(cJSON_IsString(first(incident, "contributing")));
	assert_true(cJSON_IsString(first(incident, "tests")));
	assert_keys(item(tree, "scan"),
		"complete entries bytes redactions redactions_by_kind sources gaps limits_hit");
	assert_keys(first(item(tree, "scan"), "sources"), "name format entries skipped truncated");
	cJSON_Delete(tree);
	talloc_free(diagnosis);
}

static void an_undiagnosed_failure_has_its_keys_too(void **state)
{
	struct diagnosis *diagnosis = sample_unknown(NULL);
	cJSON *tree = view_of(diagnosis);
	const cJSON *row = first(tree, "undiagnosed");

	(void)state;
	assert_keys(row, "test first_error newest_error template nearest_rule evidence");
	assert_keys(item(row, "nearest_rule"), "cause missed_because");
	assert_keys(first(row, "evidence"), "id source place line time text sha256");
	assert_true(cJSON_IsNull(item(first(row, "evidence"), "time")));
	assert_true(cJSON_IsNull(item(item(item(tree, "run"), "window"), "start")));
	cJSON_Delete(tree);
	talloc_free(diagnosis);
}

static void assert_no_null_lists(const cJSON *node)
{
	static const char *const lists[] = { "incidents", "undiagnosed", "unexplained", "tests",
		"whys", "evidence", "alternatives", "contributing", "actions", "sources", "gaps",
		"limits_hit", "notes", "count_notes", "looked_for", "questions" };
	const cJSON *child;

	cJSON_ArrayForEach(child, node)
	{
		for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
			if (child->string != NULL && strcmp(child->string, lists[i]) == 0)
				assert_false(cJSON_IsNull(child));
		assert_no_null_lists(child);
	}
}

static void lists_are_never_null(void **state)
{
	struct diagnosis *(*const samples[])(
		TALLOC_CTX *) = { sample_full, sample_several, sample_unknown, sample_green };

	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		struct diagnosis *diagnosis = samples[i](NULL);
		cJSON *tree = view_of(diagnosis);

		assert_no_null_lists(tree);
		cJSON_Delete(tree);
		talloc_free(diagnosis);
	}
}

static void failures_with_the_same_error_are_told_once_with_all_tests(void **state)
{
	struct diagnosis *diagnosis = sample_several(NULL);
	static const struct page_style style = { 0 };
	const struct render_options options = { 0 };
	const struct page page = { diagnosis, &style, diagnosis, &options };
	cJSON *tree = page_of(&page);
	const cJSON *groups = item(tree, "undiagnosed");

	(void)state;
	assert_int_equal(cJSON_GetArraySize(groups), 1);
	assert_string_equal(item(groups->child, "test")->valuestring, "t.py::eight");
	assert_int_equal(item(groups->child, "more_tests")->valueint, 1);
	assert_int_equal(cJSON_GetArraySize(item(groups->child, "tests")), 2);
	assert_string_equal(
		item(tree, "unknown_words")->valuestring, "2 failures with the same error");
	cJSON_Delete(tree);
	tree = view_of(diagnosis);
	assert_int_equal(cJSON_GetArraySize(item(tree, "undiagnosed")), 2);
	cJSON_Delete(tree);
	talloc_free(diagnosis);
}

static void a_name_at_the_beginning_of_a_symptom_keeps_its_letters(void **state)
{
	struct diagnosis *diagnosis = sample_several(NULL);
	static const struct page_style style = { 0 };
	const struct render_options options = { 0 };
	const struct page page = { diagnosis, &style, diagnosis, &options };
	struct why *symptom = diagnosis->incidents[0]->whys[0];
	struct cause *cause = mem_new(diagnosis, struct cause);
	cJSON *tree;

	(void)state;
	*cause = *symptom->cause;
	cause->why = "{{module}} has no {{name}}";
	symptom->cause = cause;
	symptom->statement = "asyncio has no run";
	tree = page_of(&page);
	assert_string_equal(
		item(first(tree, "incidents"), "symptom")->valuestring, "asyncio has no run.");
	cause->why = "the module has no {{name}}";
	symptom->statement = "the module has no run";
	cJSON_Delete(tree);
	tree = page_of(&page);
	assert_string_equal(
		item(first(tree, "incidents"), "symptom")->valuestring, "The module has no run.");
	cJSON_Delete(tree);
	talloc_free(diagnosis);
}

static void a_green_run_has_neither_incidents_nor_undiagnosed_failures(void **state)
{
	struct diagnosis *diagnosis = sample_green(NULL);
	cJSON *tree = view_of(diagnosis);

	(void)state;
	assert_int_equal(cJSON_GetArraySize(item(tree, "incidents")), 0);
	assert_int_equal(cJSON_GetArraySize(item(tree, "undiagnosed")), 0);
	cJSON_Delete(tree);
	talloc_free(diagnosis);
}

static void assert_columns(const char *text, size_t wanted)
{
	assert_int_equal(columns_of(text, strlen(text)), wanted);
}

static void widths_are_those_of_terminals(void **state)
{
	(void)state;
	assert_columns("abc", 3);
	assert_columns("\xc3\xa9", 1);
	assert_columns("e\xcc\x81", 1);
	assert_columns("\xe6\xbc\xa2\xe5\xad\x97", 4);
	assert_columns("\xf0\x9f\x98\x80", 2);
	assert_columns("\xe2\x9c\x85", 2);
	assert_columns("\xe2\x94\x82", 1);
	assert_columns("\xea\xb0\x80", 2);
	assert_columns("\033[1;32mgreen\033[0m", 5);
	assert_int_equal(columns_fit("\xe6\xbc\xa2\xe5\xad\x97", 6, 3), 3);
	assert_int_equal(columns_fit("ae\xcc\x81z", 5, 2), 4);
}

static void assert_offset(int64_t difference, const char *wanted)
{
	char buffer[OFFSET_TEXT];

	assert_string_equal(
		offset_format(1000 * WHEN_SECOND + difference, 1000 * WHEN_SECOND, buffer), wanted);
}

static void offsets_are_rounded_for_reading(void **state)
{
	char buffer[OFFSET_TEXT];

	(void)state;
	assert_offset(0, "T");
	assert_offset(-12400000000, "T-12.4s");
	assert_offset(250000000, "T+250ms");
	assert_offset(-999, "T-<1ms");
	assert_offset(-59960000000, "T-1m00s");
	assert_offset(-3 * 60 * WHEN_SECOND - 5 * WHEN_SECOND, "T-3m05s");
	assert_offset(-130 * 60 * WHEN_SECOND, "T-2h10m");
	assert_offset(-76 * 3600 * WHEN_SECOND, "T-3d04h");
	assert_string_equal(offset_format(TIME_NONE, 0, buffer), "");
	assert_string_equal(offset_format(INT64_MAX, INT64_MIN + 1, buffer), "T+106751d23h");
}

/* A traceback tells at its end what it is about. */
static void of_a_long_text_its_beginning_and_its_end_are_quoted(void **state)
{
	struct diagnosis *diagnosis = sample_full(NULL);
	static const struct page_style style = { 0 };
	struct page page = { .mem = diagnosis, .diagnosis = diagnosis, .style = &style };
	char *text = mem_strdup(diagnosis, "line 1");
	struct entry entry = *diagnosis->evidence[0]->entry;
	struct evidence evidence = *diagnosis->evidence[0];
	cJSON *row = cJSON_CreateObject();

	(void)state;
	for (int i = 2; i <= 30; i++)
		text = mem_printf(diagnosis, "%s\nline %d", text, i);
	entry.text = text;
	entry.text_len = strlen(text);
	evidence.entry = &entry;
	page_evidence(&page, row, &evidence, TIME_NONE);
	assert_string_equal(item(row, "text")->valuestring,
		"line 1\nline 2\nline 3\nline 4\n\xe2\x80\xa6\nline 24\nline 25\nline 26\n"
		"line 27\nline 28\nline 29\nline 30");
	assert_string_equal(item(row, "cut")->valuestring,
		"the first 28 and the last 55 of 230 bytes are shown");
	cJSON_Delete(row);
	talloc_free(diagnosis);
}

static void a_transcript_without_a_zone_is_moved_to_utc(void **state)
{
	const struct source_info transcript = { .transcript = true, .zone_unknown = true };
	const struct source_info log = { .transcript = false };
	const struct diagnosis found = { .offset_found = true, .offset = 25200 }, none = { 0 };

	(void)state;
	assert_int_equal(page_time(&found, &transcript, 5), 25200 * WHEN_SECOND + 5);
	assert_int_equal(page_time(&found, &log, 5), 5);
	assert_int_equal(page_time(&none, &transcript, 5), 5);
	assert_int_equal(page_time(&found, &transcript, TIME_NONE), TIME_NONE);
}

static void assert_markdown(const char *text, const char *wanted)
{
	char *out = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&out, &length);

	assert_non_null(stream);
	markdown_escape(stream, text, strlen(text));
	assert_int_equal(fclose(stream), 0);
	assert_string_equal(out, wanted);
	free(out);
}

static void markdown_stays_as_readable_as_it_can(void **state)
{
	(void)state;
	assert_markdown("a plain sentence, (really): yes!", "a plain sentence, (really): yes!");
	assert_markdown("snake_case and _this_", "snake_case and \\_this\\_");
	assert_markdown("run `make check` *now*", "run `make check` \\*now\\*");
	assert_markdown("1.5 is no list, 1. is", "1.5 is no list, 1. is");
	assert_markdown("1. is one", "1\\. is one");
	assert_markdown("see https://example.com/a_b", "see `https://example.com/a_b`");
	assert_markdown("a  b\n\nc", "a b c");
}

static void assert_rich(const char *text, const char *wanted)
{
	TALLOC_CTX *mem = talloc_new(NULL);

	assert_string_equal(html_rich(mem, text), wanted);
	talloc_free(mem);
}

static void rule_texts_are_markdown_without_links_and_html(void **state)
{
	(void)state;
	assert_rich("Add `x` to the *image*.", "Add <code>x</code> to the <em>image</em>.");
	assert_rich("one\n\ntwo", "<p>one</p>\n<p>two</p>\n");
	assert_rich("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
	assert_rich("[see *this*](http://example.com/) <b>", "see <em>this</em> &lt;b&gt;");
	assert_rich("![a](b) <http://example.com/>", "a http://example.com/");
	assert_rich("<div>\nx\n</div>", "&lt;div&gt;\nx\n&lt;/div&gt;\n");
	assert_rich("# title", "title");
	assert_rich("```\n::error::x\n```", "<pre><code>::error::x\n</code></pre>\n");
	assert_rich("```\n\n::error::x\n```", "<pre><code>\n&#58;:error::x\n</code></pre>\n");
}

static int render_with(TALLOC_CTX *mem, const char *folder, struct err *err)
{
	const char *folders[] = { folder, NULL };
	const struct render_options options = { .folders = folders };
	size_t length;
	char *out;

	return render(mem, sample_green(mem), RENDER_TEXT, &options, &out, &length, err);
}

static void a_missing_or_broken_template_is_named(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char folder[] = "/tmp/fivewhys-test-XXXXXX";
	struct err err = { 0 };
	char *path;
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_int_equal(render_with(mem, folder, &err), -1);
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_string_equal(err.text, "there is no template summary.txt.mustache");
	path = path_join(mem, folder, "summary.txt.mustache");
	file = fopen(path, "w");
	assert_non_null(file);
	fputs("a\n{{#b}}", file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(render_with(mem, folder, &err), -1);
	assert_int_equal(err.code, ERR_RULE);
	assert_string_equal(err.text, "summary.txt.mustache:2:1: section \"b\" is not closed");
	file = fopen(path, "w");
	assert_non_null(file);
	fputs("{{>../summary}}{{>none}}", file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(render_with(mem, folder, &err), -1);
	assert_string_equal(err.text, "there is no template ../summary.mustache");
	unlink(path);
	rmdir(folder);
	talloc_free(mem);
}

static void formats_are_known_by_name_and_by_ending(void **state)
{
	(void)state;
	assert_int_equal(render_format_named("md"), RENDER_MARKDOWN);
	assert_int_equal(render_format_named("sound"), RENDER_FORMAT_COUNT);
	assert_int_equal(render_format_of("a.b/report.HTML"), RENDER_HTML);
	assert_int_equal(render_format_of("a.json/report"), RENDER_FORMAT_COUNT);
	assert_int_equal(render_format_of("why.json"), RENDER_JSON);
	assert_int_equal(render_format_of("why.sarif"), RENDER_SARIF);
	assert_int_equal(render_format_of("why.sarif.json"), RENDER_SARIF);
	assert_int_equal(render_format_of("TEST-why.XML"), RENDER_JUNIT);
	assert_int_equal(render_format_of("why.codequality.json"), RENDER_CODEQUALITY);
	assert_int_equal(render_format_of("gl-code-quality-report.json"), RENDER_CODEQUALITY);
	assert_int_equal(render_format_named("github"), RENDER_GITHUB);
	assert_string_equal(render_format_name(RENDER_TEXT), "text");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_json_has_the_keys_of_the_contract_in_their_order),
		cmocka_unit_test(an_undiagnosed_failure_has_its_keys_too),
		cmocka_unit_test(lists_are_never_null),
		cmocka_unit_test(failures_with_the_same_error_are_told_once_with_all_tests),
		cmocka_unit_test(a_name_at_the_beginning_of_a_symptom_keeps_its_letters),
		cmocka_unit_test(a_green_run_has_neither_incidents_nor_undiagnosed_failures),
		cmocka_unit_test(widths_are_those_of_terminals),
		cmocka_unit_test(offsets_are_rounded_for_reading),
		cmocka_unit_test(of_a_long_text_its_beginning_and_its_end_are_quoted),
		cmocka_unit_test(a_transcript_without_a_zone_is_moved_to_utc),
		cmocka_unit_test(markdown_stays_as_readable_as_it_can),
		cmocka_unit_test(rule_texts_are_markdown_without_links_and_html),
		cmocka_unit_test(a_missing_or_broken_template_is_named),
		cmocka_unit_test(formats_are_known_by_name_and_by_ending),
	};

	return cmocka_run_group_tests_name("render_parts", tests, NULL, NULL);
}
