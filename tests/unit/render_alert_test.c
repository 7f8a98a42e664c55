/* What CI systems are told: which alerts, where they are, and what is left out. */
#include <stdlib.h>
#include <string.h>

#include "render/alert.h"
#include "render/alert_path.h"
#include "render/alert_place.h"
#include "render/render.h"
#include "source/source.h"
#include "unit/render_sample.h"
#include "unit/test.h"

static char *page_of(TALLOC_CTX *mem, const struct diagnosis *diagnosis, enum render_format format,
	const struct render_options *options)
{
	struct err err = { 0 };
	size_t length;
	char *out;

	if (render(mem, diagnosis, format, options, &out, &length, &err) < 0)
		fail_msg("%s", err.text);
	return out;
}

static cJSON *tree_of(const struct diagnosis *diagnosis, enum render_format format,
	const struct render_options *options)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	cJSON *tree = cJSON_Parse(page_of(mem, diagnosis, format, options));

	assert_non_null(tree);
	talloc_free(mem);
	return tree;
}

/* COUNT failures that no rule explains, each with an error of its own. */
static struct diagnosis *many(TALLOC_CTX *mem, size_t count)
{
	struct diagnosis *diagnosis = sample_green(mem);

	diagnosis->undiagnosed = mem_array(diagnosis, struct undiagnosed *, count);
	diagnosis->undiagnosed_count = count;
	for (size_t i = 0; i < count; i++) {
		struct undiagnosed *item = mem_new(diagnosis, struct undiagnosed);

		item->first_error = item->pattern = mem_printf(item, "error %zu", i);
		diagnosis->undiagnosed[i] = item;
	}
	return diagnosis;
}

static void paths_of_tests_are_below_what_was_tested_or_none(void **state)
{
	static const struct {
		const char *name, *file, *path;
	} cases[] = {
		{ "tests/e2e/test_x.py::test_y", NULL, "tests/e2e/test_x.py" },
		{ ".\\tests\\test_x.py::TestY::test_z", NULL, "tests/test_x.py" },
		{ "tests/test_x.py", NULL, "tests/test_x.py" },
		{ "Shop.pays", "spec/shop_spec.rb", "spec/shop_spec.rb" },
		{ "tests/test_x.py::test_y", "/srv/tests/test_x.py", "tests/test_x.py" },
		{ "/srv/tests/test_x.py::test_y", NULL, NULL },
		{ "C:\\tests\\test_x.py::test_y", NULL, NULL },
		{ "../tests/test_x.py::test_y", NULL, NULL },
		{ "tests/../../test_x.py::test_y", NULL, NULL },
		{ "tests//test_x.py::test_y", NULL, NULL },
		{ "shop::tests::pays", NULL, NULL },
		{ "GET /api/x.py is fast.py", NULL, NULL },
		{ "api/orders.json", NULL, NULL },
		{ "com.example.Shop::pays", NULL, NULL },
		{ "tests/a\nb.py::test_y", NULL, NULL },
		{ "::error file=x.py::y", NULL, NULL },
		{ "", "", NULL },
	};
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct test test = { .name = cases[i].name, .file = cases[i].file };
		const char *path = alert_path_of(mem, &test);

		if (cases[i].path == NULL)
			assert_null(path);
		else
			assert_string_equal(path, cases[i].path);
	}
	talloc_free(mem);
}

static void places_in_errors_are_lines_of_the_checkout_or_none(void **state)
{
	static const struct {
		const char *text, *path;
		unsigned line;
	} cases[] = {
		{ "src/x.c:12:5: error: expected ';'", "src/x.c", 12 },
		{ "x.ts(12,5): error TS2322: Type 'a' is not", "x.ts", 12 },
		{ "app/x.ts:12:5 - error TS2307: Cannot find", "app/x.ts", 12 },
		{ " --> src/main.rs:3:5", "src/main.rs", 3 },
		{ "error[E0308]: mismatched types\n --> src/main.rs:3:5\n  |", "src/main.rs", 3 },
		{ "[ERROR] /builds/shop/cart/src/X.java:[12,8] cannot find", "src/X.java", 12 },
		{ "./file.go:12:3: undefined: shelf", "file.go", 12 },
		{ "/home/runner/work/cart/cart/lib/x.c:3: undefined reference", "lib/x.c", 3 },
		{ "D:\\a\\cart\\cart\\src\\X.cs(12,5): error CS1002: ;", "src/X.cs", 12 },
		{ "CMake Error at CMakeLists.txt:12 (find_package):", "CMakeLists.txt", 12 },
		{ "e: file:///__w/cart/cart/src/Main.kt:12:5 Unresolved", "src/Main.kt", 12 },
		{ "Makefile:12: *** missing separator.  Stop.", "Makefile", 12 },
		{ "File \"lib/cart.ml\", line 12, characters 8-13:", "lib/cart.ml", 12 },
		{ "PHP Parse error:  syntax error in lib/cart.php on line 7", "lib/cart.php", 7 },
		{ "./deploy.sh: line 4: shelfctl: command not found", "deploy.sh", 4 },
		{ "/var/lib/jenkins/workspace/cart/x.py:3:1: E302 expected", "x.py", 3 },
		{ "Traceback (most recent call last):\n"
		  "  File \"/home/runner/work/cart/cart/run.py\", line 12, in <module>\n"
		  "  File \"/home/runner/work/cart/cart/cart.py\", line 7, in add\n"
		  "  File \"/usr/lib/python3.11/json/decoder.py\", line 33, in decode\n"
		  "ValueError: no shelf",
			"cart.py", 7 },
		{ "Error: no shelf\n    at add (/app/node_modules/x/x.js:3:1)\n"
		  "    at run (src/cart.js:7:2)\n    at main (src/main.js:9:1)",
			"src/cart.js", 7 },
		/* of the machine, of others, of no file at all */
		{ "/usr/include/x.h:12:5: error: no match", NULL, 0 },
		{ "../other/x.c:12:5: error: expected", NULL, 0 },
		{ "/home/runner/work/cart/cart/../../x.c:1:2: error: no", NULL, 0 },
		{ "/home/runner/work/cart/x.c:1:2: error: no", NULL, 0 },
		{ "node_modules/shelf/x.ts:12:5 - error TS1: no", NULL, 0 },
		{ "connect ECONNREFUSED registry.example.pl:443", NULL, 0 },
		{ "registry.example.com:443: connection refused", NULL, 0 },
		{ "https://example.com/x.c:12:5", NULL, 0 },
		{ "192.0.2.7:5432: connection refused", NULL, 0 },
		{ "shelf@2.0.1:12:5: not found", NULL, 0 },
		{ "/C:/Users/My%20Apps/cache/x.dart:25:3: Error: no", NULL, 0 },
		{ "make: *** [Makefile:12: all] Error 2", NULL, 0 },
		{ "src/x.c:0:5: error: no", NULL, 0 },
		{ "src/x.c:99999999999999999999:5: error: no", NULL, 0 },
		{ "src/x.c: error: no", NULL, 0 },
		{ ":12:5", NULL, 0 },
		{ "", NULL, 0 },
	};
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct alert_spot spot = alert_place_in(mem, cases[i].text, strlen(cases[i].text));

		if (cases[i].path == NULL
				? spot.path != NULL
				: spot.path == NULL || strcmp(spot.path, cases[i].path) != 0)
			fail_msg("%s: %s", cases[i].text, spot.path);
		assert_int_equal(spot.line, cases[i].line);
		assert_false(spot.source);
	}
	talloc_free(mem);
}

/* The symptom of the sample says ERROR. */
static struct diagnosis *step_that_said(const char *error, bool step)
{
	struct diagnosis *diagnosis = sample_full(NULL);
	struct incident *incident = diagnosis->incidents[0];
	struct entry *entry = (struct entry *)(uintptr_t)incident->whys[0]->evidence[0]->entry;

	entry->text = error;
	entry->text_len = strlen(error);
	for (size_t i = 0; i < incident->test_count; i++) {
		incident->tests[i]->name = "Run make";
		incident->tests[i]->step = step;
	}
	return diagnosis;
}

static void a_step_is_told_at_the_line_that_its_error_names(void **state)
{
	static const char error[] = "/home/runner/work/cart/cart/src/x.c:12:5: error: no";
	const struct render_options options = { 0 };
	struct diagnosis *diagnosis = step_that_said(error, true);
	cJSON *tree = tree_of(diagnosis, RENDER_SARIF, &options), *place;

	(void)state;
	assert_non_null(strstr(page_of(diagnosis, diagnosis, RENDER_GITHUB, &options),
		" file=src/x.c,line=12,title="));
	place = cJSON_GetObjectItem(cJSON_GetObjectItem(tree, "runs")->child, "results")->child;
	place = cJSON_GetObjectItem(
		cJSON_GetObjectItem(place, "locations")->child, "physicalLocation");
	assert_string_equal(
		cJSON_GetObjectItem(cJSON_GetObjectItem(place, "artifactLocation"), "uri")
			->valuestring,
		"src/x.c");
	assert_string_equal(
		cJSON_GetObjectItem(cJSON_GetObjectItem(place, "artifactLocation"), "uriBaseId")
			->valuestring,
		"SRCROOT");
	assert_int_equal(
		cJSON_GetObjectItem(cJSON_GetObjectItem(place, "region"), "startLine")->valueint,
		12);
	cJSON_Delete(tree);
	tree = tree_of(diagnosis, RENDER_CODEQUALITY, &options);
	place = cJSON_GetObjectItem(tree->child, "location");
	assert_string_equal(cJSON_GetObjectItem(place, "path")->valuestring, "src/x.c");
	assert_int_equal(
		cJSON_GetObjectItem(cJSON_GetObjectItem(place, "lines"), "begin")->valueint, 12);
	cJSON_Delete(tree);
	talloc_free(diagnosis);
}

static void a_finding_of_a_linter_is_in_the_file_above_it(void **state)
{
	struct source_info source = { .name = "log" };
	struct entry entries[] = {
		{ .text = "/builds/shop/cart/src/a.ts", .line = 1, .source = &source },
		{ .text = "/builds/shop/cart/src/b.ts", .line = 3, .source = &source },
		{ .text = "  12:5  error  no", .line = 4, .source = &source },
		{ .text = "/builds/shop/cart/src/c.ts", .line = 5, .source = &source },
	};
	struct evidence evidence[4], *list[4];
	TALLOC_CTX *mem = talloc_new(NULL);
	struct alert_spot spot;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		entries[i].text_len = strlen(entries[i].text);
		evidence[i].entry = &entries[i];
		list[i] = &evidence[i];
	}
	spot = alert_place_of(mem, list, 4);
	assert_string_equal(spot.path, "src/b.ts");
	assert_int_equal(spot.line, 12);
	assert_null(alert_place_of(mem, list + 2, 2).path);
	talloc_free(mem);
}

static void what_a_service_logs_is_at_no_line_of_the_checkout(void **state)
{
	const struct render_options options = { 0 };
	struct diagnosis *diagnosis = step_that_said("src/x.c:12:5: error: no", false);

	(void)state;
	assert_null(
		strstr(page_of(diagnosis, diagnosis, RENDER_GITHUB, &options), " file=src/x.c"));
	talloc_free(diagnosis);
}

static void a_step_that_is_named_like_a_file_has_none(void **state)
{
	const struct test test = { .name = "logs/run.py", .step = true };
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	assert_null(alert_path_of(mem, &test));
	talloc_free(mem);
}

static void an_alert_without_a_file_stands_at_the_evidence_of_its_chain(void **state)
{
	struct diagnosis *diagnosis = sample_full(NULL);
	struct incident *incident = diagnosis->incidents[0];
	const struct alerts *alerts;

	(void)state;
	/* the root is asserted by a rule and has none, the symptom has */
	incident->tests[0]->name = incident->tests[1]->name = "health";
	alerts = alerts_of(diagnosis, diagnosis);
	assert_true(alerts->items[0].spot.source);
	assert_string_equal(alerts->items[0].spot.path, "tests.txt");
	assert_int_equal(alerts->items[0].spot.line, 41);
	incident->why_count = 0;
	alerts = alerts_of(diagnosis, diagnosis);
	assert_string_equal(alerts->items[0].spot.path, "tests.txt");
	assert_int_equal(alerts->items[0].spot.line, 0);
	talloc_free(diagnosis);
}

static void a_test_without_a_name_has_no_file(void **state)
{
	const struct test test = { .name = "logs/run.py", .nameless = true };
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	assert_null(alert_path_of(mem, &test));
	talloc_free(mem);
}

static void failures_with_one_error_are_one_alert_and_no_two_have_one_fingerprint(void **state)
{
	struct diagnosis *diagnosis = sample_several(NULL);
	const struct alerts *alerts = alerts_of(diagnosis, diagnosis);

	(void)state;
	assert_int_equal(alerts->count, 8);
	assert_int_equal(alerts->items[7].test_count, 2);
	assert_string_equal(alerts->items[7].rule, ALERT_UNKNOWN);
	for (size_t i = 0; i < alerts->count; i++)
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(
				alerts->items[i].fingerprint, alerts->items[j].fingerprint);
	assert_string_equal(alerts->items[0].fingerprint, diagnosis->incidents[0]->fingerprint);
	talloc_free(diagnosis);
}

static unsigned count_of(const char *text, const char *what)
{
	unsigned count = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		count++;
	return count;
}

static void github_shows_as_many_as_it_may_and_the_last_tells_of_the_rest(void **state)
{
	static const struct {
		size_t count;
		unsigned limit, shown;
		const char *rest; /* NULL: none */
	} cases[] = {
		{ 10, 10, 10, NULL },
		{ 11, 10, 10, "%0A1 more error is not shown.\n" },
		{ 25, 10, 10, "%0A15 more errors are not shown.\n" },
		{ 3, 1, 1, "%0A2 more errors are not shown.\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct diagnosis *diagnosis = many(NULL, cases[i].count);
		size_t length;
		char *page = render_github(diagnosis, diagnosis, cases[i].limit, &length);

		assert_int_equal(length, strlen(page));
		assert_int_equal(count_of(page, "\n"), cases[i].shown);
		assert_int_equal(count_of(page, "::error "), cases[i].shown);
		assert_int_equal(count_of(page, "not shown"), cases[i].rest != NULL);
		if (cases[i].rest != NULL)
			assert_string_equal(page + length - strlen(cases[i].rest), cases[i].rest);
		talloc_free(diagnosis);
	}
}

static void github_escapes_more_in_properties_than_in_texts(void **state)
{
	struct diagnosis *diagnosis = many(NULL, 1);
	struct test test = { .name = "a,b:50%/x.py::y", .file = "a,b/50%.py", .file_line = 7 };
	size_t length;
	char *page;

	(void)state;
	diagnosis->undiagnosed[0]->test = &test;
	diagnosis->undiagnosed[0]->first_error = "50%, at: 1";
	page = render_github(diagnosis, diagnosis, 10, &length);
	assert_non_null(strstr(page, "::error file=a%2Cb/50%25.py,line=7,title=fivewhys."));
	assert_non_null(strstr(page, "::a,b:50%25/x.py::y failed, and no rule explains it: 50%25, "
				     "at: 1."));
	talloc_free(diagnosis);
}

static void sarif_leaves_out_what_is_beyond_5000_results_and_says_so(void **state)
{
	const struct render_options options = { 0 };
	struct diagnosis *diagnosis = many(NULL, 5002);
	cJSON *tree = tree_of(diagnosis, RENDER_SARIF, &options);
	const cJSON *run = cJSON_GetObjectItem(tree, "runs")->child;
	const cJSON *notice = cJSON_GetObjectItem(
		cJSON_GetObjectItem(run, "invocations")->child, "toolExecutionNotifications")
				      ->child;

	(void)state;
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(run, "results")), 5000);
	assert_string_equal(
		cJSON_GetObjectItem(cJSON_GetObjectItem(notice, "message"), "text")->valuestring,
		"2 results left out: a file has 5000 at most.");
	cJSON_Delete(tree);
	talloc_free(diagnosis);
}

static void sarif_names_the_repository_only_with_the_commit(void **state)
{
	const struct render_options known = { .repository = "https://example.com/shop" };
	const struct render_options unknown = { 0 };
	struct diagnosis *diagnosis = sample_full(NULL);

	(void)state;
	for (int i = 0; i < 4; i++) {
		cJSON *tree, *row;

		diagnosis->run->commit = i >= 2 ? "0a1b2c" : NULL;
		tree = tree_of(diagnosis, RENDER_SARIF, i % 2 == 1 ? &known : &unknown);
		row = cJSON_GetObjectItem(
			cJSON_GetObjectItem(tree, "runs")->child, "versionControlProvenance");
		if (i < 3)
			assert_null(row);
		else
			assert_string_equal(
				cJSON_GetObjectItem(row->child, "revisionId")->valuestring,
				"0a1b2c");
		cJSON_Delete(tree);
	}
	talloc_free(diagnosis);
}

static void sarif_tags_are_ten_at_most_and_each_once(void **state)
{
	static const char *tags[] = { "deploy", "a", "b", "a", "c", "d", "e", "f", "g", "h", "i",
		"j", "k", NULL };
	const struct render_options options = { 0 };
	struct diagnosis *diagnosis = sample_full(NULL);
	cJSON *tree, *rule, *list;

	(void)state;
	((struct cause *)(uintptr_t)diagnosis->incidents[0]->root)->tags = tags;
	tree = tree_of(diagnosis, RENDER_SARIF, &options);
	rule = cJSON_GetObjectItem(
		cJSON_GetObjectItem(
			cJSON_GetObjectItem(cJSON_GetObjectItem(tree, "runs")->child, "tool"),
			"driver"),
		"rules");
	list = cJSON_GetObjectItem(cJSON_GetObjectItem(rule->child, "properties"), "tags");
	assert_int_equal(cJSON_GetArraySize(list), 10);
	for (const cJSON *a = list->child; a != NULL; a = a->next)
		for (const cJSON *b = list->child; b != a; b = b->next)
			assert_string_not_equal(a->valuestring, b->valuestring);
	cJSON_Delete(tree);
	talloc_free(diagnosis);
}

/* Read PAGE as our own reader does; *RUN has what it found. */
static void read_back(TALLOC_CTX *mem, const char *page, struct run *run)
{
	struct source *source;
	struct entry entry;
	struct err err = { 0 };
	char *copy = mem_strdup(mem, page), *mark = strstr(copy, "<!-- fivewhys ");
	int got;

	/* as another program would have written it: our own reports are no input */
	assert_non_null(mark);
	memset(mark, ' ', strcspn(mark, "\n"));
	if (source_open_text(mem, "r.xml", copy, strlen(copy), NULL, &source, &err) < 0)
		fail_msg("%s", err.text);
	while ((got = source_next(source, &entry, &err)) > 0)
		;
	assert_int_equal(got, 0);
	run->sources = mem_array(mem, struct source_info *, 1);
	run->sources[run->source_count++] = source_info(source);
	source_merge_tests(mem, run);
}

static void assert_read_back(struct diagnosis *diagnosis, size_t tests)
{
	const struct render_options options = { 0 };
	struct run run = { 0 };

	read_back(diagnosis, page_of(diagnosis, diagnosis, RENDER_JUNIT, &options), &run);
	assert_memory_equal(&run.counts, &diagnosis->run->counts, sizeof(run.counts));
	assert_int_equal(run.test_count, tests);
	talloc_free(diagnosis);
}

static void junit_says_the_counts_of_the_run(void **state)
{
	struct diagnosis *diagnosis;

	(void)state;
	assert_read_back(sample_full(NULL), 3);
	assert_read_back(sample_several(NULL), 9);
	assert_read_back(sample_unknown(NULL), 2);
	assert_read_back(sample_green(NULL), 2);
	/* dots on a console have no names */
	diagnosis = sample_unknown(NULL);
	diagnosis->run->counts.passed = 1234;
	diagnosis->run->counts.skipped = 3;
	assert_read_back(diagnosis, 2);
	/* a test that passed, and failed in its teardown */
	diagnosis = sample_green(NULL);
	diagnosis->run->tests[0]->outcome = OUTCOME_ERROR;
	diagnosis->run->tests[0]->counts = (struct counts){ .passed = 1, .errors = 1 };
	diagnosis->run->counts.errors = 1;
	assert_read_back(diagnosis, 2);
	/* the same, where the run counts it once */
	diagnosis = sample_green(NULL);
	diagnosis->run->tests[0]->outcome = OUTCOME_ERROR;
	diagnosis->run->tests[0]->counts = (struct counts){ .passed = 1, .errors = 1 };
	diagnosis->run->counts = (struct counts){ .passed = 1, .errors = 1 };
	assert_read_back(diagnosis, 2);
}

static void junit_names_come_back_as_they_were(void **state)
{
	static const char *const names[][2] = {
		{ "tests/e2e/test_x.py::TestY::test_z[a::b.c]",
			"tests.e2e.test_x.TestY.test_z[a::b.c]" },
		{ "com.example.Shop.pays", "com.example.Shop.pays" },
		{ "a.a", "a.a" },
		{ "pays", "pays" },
		{ ".x.", ".x." },
		{ "shop > pays 3.5 of 4", "shop > pays 3.5 of 4" },
		{ "shop::tests::pays", "shop.tests.pays" },
	};
	const struct render_options options = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct diagnosis *diagnosis = sample_green(NULL);
		struct run run = { 0 };

		diagnosis->run->tests[0]->name = names[i][0];
		read_back(diagnosis, page_of(diagnosis, diagnosis, RENDER_JUNIT, &options), &run);
		assert_string_equal(run.tests[0]->name, names[i][1]);
		talloc_free(diagnosis);
	}
}

static void no_format_tells_where_a_source_is_on_this_machine(void **state)
{
	const struct render_options options = { 0 };
	struct diagnosis *diagnosis = sample_full(NULL);

	(void)state;
	for (enum render_format format = RENDER_SARIF; format < RENDER_FORMAT_COUNT; format++)
		assert_null(strstr(
			page_of(diagnosis, diagnosis, format, &options), "/never/in/a/report"));
	talloc_free(diagnosis);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_of_tests_are_below_what_was_tested_or_none),
		cmocka_unit_test(places_in_errors_are_lines_of_the_checkout_or_none),
		cmocka_unit_test(a_step_is_told_at_the_line_that_its_error_names),
		cmocka_unit_test(a_finding_of_a_linter_is_in_the_file_above_it),
		cmocka_unit_test(what_a_service_logs_is_at_no_line_of_the_checkout),
		cmocka_unit_test(a_step_that_is_named_like_a_file_has_none),
		cmocka_unit_test(an_alert_without_a_file_stands_at_the_evidence_of_its_chain),
		cmocka_unit_test(a_test_without_a_name_has_no_file),
		cmocka_unit_test(
			failures_with_one_error_are_one_alert_and_no_two_have_one_fingerprint),
		cmocka_unit_test(github_shows_as_many_as_it_may_and_the_last_tells_of_the_rest),
		cmocka_unit_test(github_escapes_more_in_properties_than_in_texts),
		cmocka_unit_test(sarif_leaves_out_what_is_beyond_5000_results_and_says_so),
		cmocka_unit_test(sarif_names_the_repository_only_with_the_commit),
		cmocka_unit_test(sarif_tags_are_ten_at_most_and_each_once),
		cmocka_unit_test(junit_says_the_counts_of_the_run),
		cmocka_unit_test(junit_names_come_back_as_they_were),
		cmocka_unit_test(no_format_tells_where_a_source_is_on_this_machine),
	};

	return cmocka_run_group_tests_name("render_alert", tests, NULL, NULL);
}
