/* Log text is data: whatever it says, no page lets it act. */
#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "render/columns.h"
#include "render/render.h"
#include "render/view.h"
#include "source/source.h"
#include "unit/render_sample.h"
#include "unit/test.h"

/* Each says "pwned" where it would act. */
static const char *const texts[] = {
	"<script>pwned()</script> &lt;pwned&gt; &#60;pwned",
	"\"><img src=x onerror=pwned> ' onload='pwned",
	"javascript:pwned <!-- pwned --> ]]> <![CDATA[pwned",
	"::error file=pwned::pwned",
	"##[error]pwned ##[add-mask]pwned ###[group]pwned",
	"pwned\n::stop-commands::pwned\n  ::error::pwned\r\n##[group]pwned\r::error::pwned",
	"``````````\n# pwned\n``````````\n<b>pwned</b>",
	"~~~\n# pwned\n~~~\n\n    pwned\n",
	"| pwned | a |\n|---|---|\n| pwned | `|` | \\| \\\\| |",
	"[pwned](http://203.0.113.9/) ![pwned](http://203.0.113.9/p.png) "
	"<http://203.0.113.9/pwned>",
	"[pwned]: http://203.0.113.9/ \"pwned\"\n\n[pwned]",
	"\n\n[pwned]: http://203.0.113.9/\n\n![pwned][pwned]",
	"https://example.com/pwned www.example.com/pwned @pwned pwned#12 pwned@example.com GH-12",
	"https://example.com/`|pwned`| @`pwned www.`|.example.com",
	"\033[31mpwned\033]8;;http://203.0.113.9/\007pwned \xc2\x9b"
	"31mpwned\033c\b\b\x7f",
	"\xe2\x80\xae"
	"denwp\xe2\x80\xac pwned \xe2\x81\xa6\xe2\x81\xa9\xe2\x80\xa8pwned\xe2\x80\xa9\xef\xbb\xbf",
	"# pwned\n- pwned\n1. pwned\n> pwned\n***\n---\n===\n+ pwned\n\tpwned\n* * *",
	"1. pwned",
	"2) pwned",
	"- pwned",
	"+ pwned",
	"=== pwned",
	"# pwned",
	"> pwned",
	"--- pwned",
	"1.",
	"pwned\n===",
	"`pwned` ``pwned`` `pwned",
	"\\`pwned\\` pwned\\",
	"pwned\\",
	"`",
	"``",
	"*pwned* **pwned** _pwned_ __pwned__ ~~pwned~~ $pwned$ $$pwned$$",
	"{{pwned}} {{{pwned}}} {{#pwned}} {{>pwned}} {{! }}",
	"\xff\xfe pwned \xc0\xaf \xed\xa0\x80 \xf4\x90\x80\x80",
	"\xf0\x9f\x98\x80\xe6\xbc\xa2\xe5\xad\x97 pwned \xcc\x81\xcc\x81 \xe2\x80\x8d",
	"    pwned    ",
	"pwned  \npwned  \n",
	"",
	"%s%n%d pwned %",
	"<details open ontoggle=pwned>",
	"&pwned; &copy &amp;pwned",
};

#define TEXT_COUNT (sizeof(texts) / sizeof(texts[0]))

static char *page_of(TALLOC_CTX *mem, const char *text, enum render_format format, bool colour)
{
	const char *top = getenv("TOP_SRCDIR");
	const char *folders[] = { path_join(mem, top != NULL ? top : ".", "templates"), NULL };
	const struct render_options options = {
		.folders = folders, .colour = colour, .command = text, .mermaid = true
	};
	struct diagnosis *diagnosis = sample_hostile(mem, text);
	struct err err = { 0 };
	size_t length = 0;
	char *out = NULL;

	if (render(mem, diagnosis, format, &options, &out, &length, &err) < 0)
		fail_msg("%s: %s", text, err.text);
	assert_int_equal(strlen(out), length);
	return out;
}

/* What holds for every page: UTF-8, no controls, nothing that a runner takes for a command. */
static void assert_harmless(const char *page, bool colour)
{
	size_t length = strlen(page), size;

	for (size_t i = 0; i < length; i += size) {
		const unsigned char *at = (const unsigned char *)page + i;

		size = utf8_sequence(page + i, length - i);
		assert_int_not_equal(size, 0);
		if (at[0] < 0x20)
			assert_true(at[0] == '\n' || at[0] == '\t' || (colour && at[0] == 033));
		assert_false(at[0] == 0x7f);
		assert_false(at[0] == 0xc2 && at[1] < 0xa0); /* C1 */
		if (size == 3 && at[0] == 0xe2) {
			assert_false(at[1] == 0x80 && at[2] >= 0xa8 && at[2] <= 0xae);
			assert_false(at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9);
		}
	}
	assert_null(strstr(page, "##["));
	for (const char *line = page; line != NULL; line = strchr(line, '\n')) {
		line += strspn(line, "\n \t");
		assert_false(strncmp(line, "::", 2) == 0);
	}
}

static void no_page_lets_controls_or_commands_through(void **state)
{
	(void)state;
	for (size_t i = 0; i < TEXT_COUNT; i++)
		for (enum render_format format = 0; format < RENDER_FORMAT_COUNT; format++) {
			TALLOC_CTX *mem = talloc_new(NULL);

			if (format != RENDER_GITHUB) /* that one is nothing but commands */
				assert_harmless(page_of(mem, texts[i], format, false), false);
			talloc_free(mem);
		}
}

/* Blank out the command that each line begins with, and its properties; their number. */
static unsigned take_commands(char *page)
{
	static const char *const kinds[] = { "::error ", "::warning ", "::notice " };
	unsigned count = 0;

	for (char *line = page; *line != '\0'; line = strchr(line, '\n') + 1) {
		size_t kind = 0;
		char *end;

		while (kind < 3 && strncmp(line, kinds[kind], strlen(kinds[kind])) != 0)
			kind++;
		assert_true(kind < 3);
		line += strlen(kinds[kind]);
		end = strstr(line, "::"); /* no property holds a colon: the text begins here */
		assert_non_null(end);
		assert_null(memchr(line, '\n', (size_t)(end - line)));
		memset(line - strlen(kinds[kind]), '.', (size_t)(end - line) + strlen(kinds[kind]));
		end[0] = end[1] = '.';
		count++;
	}
	return count;
}

static void no_text_makes_an_annotation_or_a_property_of_its_own(void **state)
{
	(void)state;
	for (size_t i = 0; i < TEXT_COUNT; i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		char *page = page_of(mem, texts[i], RENDER_GITHUB, false);

		for (const char *line = page; *line != '\0'; line = strchr(line, '\n') + 1) {
			const char *comma = line;
			unsigned commas = 0;

			for (; strncmp(comma, "::", 2) != 0 || comma == line; comma++)
				commas += *comma == ',';
			assert_true(commas <= 2); /* file, line, title */
		}
		assert_int_equal(take_commands(page), 2); /* an incident and an unknown failure */
		assert_harmless(page, false);
		talloc_free(mem);
	}
}

/* What our own reader makes of a page in JUnit XML. */
static void read_back(TALLOC_CTX *mem, const char *page, struct counts *counts)
{
	struct source *source;
	struct entry entry;
	char *copy = mem_strdup(mem, page), *mark = strstr(copy, "<!-- fivewhys ");
	struct err err = { 0 };
	int got;

	/* as another program would have written it: our own reports are no input */
	assert_non_null(mark);
	memset(mark, ' ', strcspn(mark, "\n"));
	if (source_open_text(mem, "results.xml", copy, strlen(copy), NULL, &source, &err) < 0)
		fail_msg("%s", err.text);
	while ((got = source_next(source, &entry, &err)) > 0)
		;
	if (got < 0)
		fail_msg("%s", err.text);
	assert_string_equal(source_info(source)->format, "junit-xml");
	*counts = source_info(source)->counted;
	assert_memory_equal(counts, &source_info(source)->stated, sizeof(*counts));
	if (source_info(source)->test_count > 0)
		assert_non_null(source_info(source)->tests[0]->message);
}

static void junit_is_read_back_with_equal_counts(void **state)
{
	(void)state;
	for (size_t i = 0; i < TEXT_COUNT; i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		struct counts counts;

		read_back(mem, page_of(mem, texts[i], RENDER_JUNIT, false), &counts);
		assert_int_equal(counts.failed, 1);
		assert_int_equal(counts.passed + counts.errors + counts.skipped, 0);
		talloc_free(mem);
	}
}

/* Each is a tree that holds the text, whatever it is. */
static void sarif_and_code_quality_stay_json(void **state)
{
	(void)state;
	for (size_t i = 0; i < TEXT_COUNT; i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		cJSON *log = cJSON_Parse(page_of(mem, texts[i], RENDER_SARIF, false));
		cJSON *issues = cJSON_Parse(page_of(mem, texts[i], RENDER_CODEQUALITY, false));
		const cJSON *run = cJSON_GetObjectItem(log, "runs")->child, *result;

		assert_int_equal(cJSON_GetArraySize(issues), 2);
		assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(run, "results")), 2);
		result = cJSON_GetObjectItem(run, "results")->child;
		assert_string_equal(
			cJSON_GetObjectItem(result, "ruleId")->valuestring, "some.cause");
		/* a link in a message would be followed: [text](address) */
		for (const char *at =
				cJSON_GetObjectItem(cJSON_GetObjectItem(result, "message"), "text")
					->valuestring;
			(at = strstr(at, "](")) != NULL; at++)
			assert_int_equal(at[-1], '\\');
		cJSON_Delete(log);
		cJSON_Delete(issues);
		talloc_free(mem);
	}
}

struct shape {
	unsigned headings, blocks, breaks;
};

/* Each line of a block of log text stands behind its bar. */
static void assert_barred(const char *literal)
{
	for (const char *line = literal; *line != '\0'; line = strchr(line, '\n') + 1) {
		assert_int_equal(strncmp(line, "\xe2\x94\x82 ", 4), 0);
		assert_non_null(strchr(line, '\n'));
	}
}

static void walk(const char *page, struct shape *shape)
{
	cmark_node *document = cmark_parse_document(page, strlen(page), CMARK_OPT_DEFAULT);
	cmark_iter *iterator = cmark_iter_new(document);
	cmark_event_type event;

	while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iterator);
		cmark_node_type type = cmark_node_get_type(node);

		if (event != CMARK_EVENT_ENTER)
			continue;
		assert_int_not_equal(type, CMARK_NODE_HTML_BLOCK);
		assert_int_not_equal(type, CMARK_NODE_HTML_INLINE);
		assert_int_not_equal(type, CMARK_NODE_LINK);
		assert_int_not_equal(type, CMARK_NODE_IMAGE);
		shape->headings += type == CMARK_NODE_HEADING;
		shape->breaks += type == CMARK_NODE_THEMATIC_BREAK;
		shape->blocks += type == CMARK_NODE_CODE_BLOCK;
		if (type == CMARK_NODE_CODE_BLOCK &&
			strcmp(cmark_node_get_fence_info(node), "mermaid") != 0)
			assert_barred(cmark_node_get_literal(node));
	}
	cmark_iter_free(iterator);
	cmark_node_free(document);
}

static void in_markdown_quoted_text_stays_in_its_block(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct shape plain = { 0 };

	(void)state;
	walk(page_of(mem, "harmless", RENDER_MARKDOWN, false), &plain);
	assert_int_not_equal(plain.blocks, 0);
	for (size_t i = 0; i < TEXT_COUNT; i++) {
		struct shape shape = { 0 };

		walk(page_of(mem, texts[i], RENDER_MARKDOWN, false), &shape);
		assert_int_equal(shape.headings, plain.headings);
		assert_int_equal(shape.blocks, plain.blocks);
		assert_int_equal(shape.breaks, plain.breaks);
	}
	talloc_free(mem);
}

/* Bars that end cells in a row of a table: those without a backslash. */
static unsigned count_bars(const char *row)
{
	unsigned count = 0;

	for (; *row != '\n' && *row != '\0'; row++) {
		if (*row == '\\' && row[1] != '\n' && row[1] != '\0')
			row++;
		else
			count += *row == '|';
	}
	return count;
}

static void in_markdown_no_text_adds_a_cell_to_a_table(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	unsigned rows = 0;

	(void)state;
	for (size_t i = 0; i < TEXT_COUNT; i++) {
		const char *line = page_of(mem, texts[i], RENDER_MARKDOWN, false);
		unsigned columns = 0;

		for (; line != NULL && *line != '\0'; line = strchr(line, '\n') + 1) {
			if (strncmp(line, "|--", 3) == 0)
				columns = count_bars(line);
			else if (*line != '|')
				columns = 0;
			else if (columns > 0)
				assert_int_equal(count_bars(line), columns);
			rows += columns > 0;
		}
	}
	assert_true(rows > 10 * TEXT_COUNT);
	talloc_free(mem);
}

/* Blank out what stands in code: between backticks, in fences and behind the bars of quotes. */
static void drop_code(char *page)
{
	for (char *at = page; *at != '\0'; at += *at == '\n') {
		bool quoted = strncmp(at, "\xe2\x94\x82 ", 4) == 0;
		bool code = quoted || strncmp(at, "```", 3) == 0;

		for (; *at != '\n' && *at != '\0'; at++) {
			if (at[0] == '\\' && at[1] != '\n' && !code)
				at++;
			else if (at[0] == '`' && !quoted)
				code = !code;
			else if (code)
				*at = '.';
		}
	}
}

/* What GitHub makes a link of stands in code, or is taken apart. */
static void in_markdown_no_bare_address_is_left(void **state)
{
	static const char *const bare[] = { "://", "www.", "@pwned", "pwned@", "pwned#1" };
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < TEXT_COUNT; i++) {
		char *page = strstr(page_of(mem, texts[i], RENDER_MARKDOWN, false), "\n# ");

		assert_non_null(page);
		drop_code(page);
		for (size_t j = 0; j < sizeof(bare) / sizeof(bare[0]); j++)
			assert_null(strstr(page, bare[j]));
	}
	talloc_free(mem);
}

/* A tag holds nothing of the data, so it cannot have been made by them. */
static void in_html_no_text_reaches_a_tag(void **state)
{
	static const char policy[] = "content=\"default-src 'none'; style-src 'sha256-";

	(void)state;
	for (size_t i = 0; i < TEXT_COUNT; i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		char *page = page_of(mem, texts[i], RENDER_HTML, false);

		assert_non_null(strstr(page, policy));
		for (char *tag = page; (tag = strchr(tag, '<')) != NULL;) {
			char *end = strchr(tag, '>');

			assert_non_null(end);
			*end = '\0';
			assert_null(strstr(tag, "pwned"));
			assert_null(strstr(tag, "href=\"http"));
			assert_null(strstr(tag, "<img"));
			assert_null(strstr(tag, "<script"));
			assert_null(strstr(tag, "<a "));
			tag = end + 1;
		}
		talloc_free(mem);
	}
}

static void assert_summary(const char *page, bool colour)
{
	unsigned lines = 0;

	assert_harmless(page, colour);
	for (const char *line = page; *line != '\0'; line = strchr(line, '\n') + 1) {
		size_t length = strcspn(line, "\n");

		assert_true(columns_of(line, length) <= 80);
		assert_int_equal(line[length], '\n');
		lines++;
	}
	assert_true(lines <= 20);
}

static void the_summary_keeps_to_20_lines_of_80_columns(void **state)
{
	(void)state;
	for (size_t i = 0; i < TEXT_COUNT; i++) {
		TALLOC_CTX *mem = talloc_new(NULL);

		assert_summary(page_of(mem, texts[i], RENDER_TEXT, false), false);
		assert_summary(page_of(mem, texts[i], RENDER_TEXT, true), true);
		talloc_free(mem);
	}
}

/* Whatever is escaped on the way, a reader of the JSON gets the text back. */
static void json_carries_valid_text_unchanged(void **state)
{
	(void)state;
	for (size_t i = 0; i < TEXT_COUNT; i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		cJSON *tree = cJSON_Parse(page_of(mem, texts[i], RENDER_JSON, false));
		const cJSON *incident, *why, *row;

		assert_non_null(tree);
		incident = cJSON_GetObjectItem(tree, "incidents")->child;
		why = cJSON_GetObjectItem(incident, "whys")->child;
		row = cJSON_GetObjectItem(why, "evidence")->child;
		if (texts[i][0] != '\xff')
			assert_string_equal(
				cJSON_GetObjectItem(row, "text")->valuestring, texts[i]);
		cJSON_Delete(tree);
		talloc_free(mem);
	}
}

static void a_line_of_16_kilobytes_is_cut_everywhere_and_says_so(void **state)
{
	static const char *const units[] = { "`", "|", "\xe2\x82\xac", "<", "pwned ", "\n", "[](" };

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		size_t unit = strlen(units[i]), length = 16384 / unit * unit;
		char *text = mem_array(mem, char, length + 1);
		struct shape shape = { 0 };
		char *json;

		for (size_t at = 0; at < length; at += unit)
			memcpy(text + at, units[i], unit);
		walk(page_of(mem, text, RENDER_MARKDOWN, false), &shape);
		assert_summary(page_of(mem, text, RENDER_TEXT, false), false);
		assert_harmless(page_of(mem, text, RENDER_HTML, false), false);
		json = page_of(mem, text, RENDER_JSON, false);
		assert_non_null(strstr(json, "\"truncated\": true"));
		talloc_free(mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_page_lets_controls_or_commands_through),
		cmocka_unit_test(no_text_makes_an_annotation_or_a_property_of_its_own),
		cmocka_unit_test(junit_is_read_back_with_equal_counts),
		cmocka_unit_test(sarif_and_code_quality_stay_json),
		cmocka_unit_test(in_markdown_quoted_text_stays_in_its_block),
		cmocka_unit_test(in_markdown_no_text_adds_a_cell_to_a_table),
		cmocka_unit_test(in_markdown_no_bare_address_is_left),
		cmocka_unit_test(in_html_no_text_reaches_a_tag),
		cmocka_unit_test(the_summary_keeps_to_20_lines_of_80_columns),
		cmocka_unit_test(json_carries_valid_text_unchanged),
		cmocka_unit_test(a_line_of_16_kilobytes_is_cut_everywhere_and_says_so),
	};

	return cmocka_run_group_tests_name("render_hostile", tests, NULL, NULL);
}
