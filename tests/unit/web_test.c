/* Pages of a small history, as a reader gets them. */
#include <string.h>

#include "unit/store_fixture.h"
#include "unit/test.h"
#include "web/web.h"

static const char rule_text[] = "causes:\n"
				"  - id: shop.unavailable\n"
				"    kind: symptom\n"
				"    title: The <b>shop</b> is not available\n"
				"    layer: shop\n"
				"    severity: high\n"
				"    why: The shop did not answer.\n"
				"    when: {any: [{literal: shop is not available}]}\n";

static int64_t clock_now;

static int64_t now(void)
{
	return clock_now;
}

static struct web_site *open_site(TALLOC_CTX *mem, struct store *store, int64_t stale)
{
	struct web_options options = { .store = store, .stale = stale, .now = now };
	struct rule_problems problems = { 0 };
	const char **folders = mem_array(mem, const char *, 2);
	struct web_site *site;
	struct rules *rules;
	struct err err = { 0 };

	folders[0] = path_data(mem, "templates");
	options.folders = folders;
	if (rules_load_text(mem, "shop.yaml", rule_text, sizeof(rule_text) - 1, &rules, &problems,
		    &err) < 0)
		fail_msg("%s", err.text);
	options.rules = rules;
	if (web_site_new(mem, &options, &site, &err) < 0)
		fail_msg("%s", err.text);
	return site;
}

/* A run whose every text is hostile. */
static void keep_run(struct fixture *fixture, const char *name, const char *text)
{
	struct source_info *source = fixture_read(fixture, fixture->store, name, name, 3);
	struct diagnosis *diagnosis = fixture_diagnosis(fixture, source, name);
	struct incident *incident = diagnosis->incidents[0];
	struct action action = { .kind = "fix", .text = text, .done_when = text, .state = "open" };
	struct err err = { 0 };

	for (size_t i = 0; i < incident->why_count; i++)
		incident->whys[i]->statement = text;
	incident->actions = &action;
	incident->action_count = 1;
	diagnosis->run->label = diagnosis->run->branch = diagnosis->run->commit = text;
	diagnosis->run->tests[0]->name = mem_printf(diagnosis, "test %s", text);
	diagnosis->run->tests[0]->message = text;
	if (store_diagnosis_save(fixture->store, source->sha256, NULL, diagnosis, &err) < 0)
		fail_msg("%s", err.text);
}

static const char *page(
	TALLOC_CTX *mem, const struct web_site *site, const char *target, unsigned status)
{
	struct web_answer answer;

	web_answer(mem, site, target, &answer);
	if (answer.status != status)
		fail_msg("%s: %u and not %u", target, answer.status, status);
	assert_int_equal(answer.length, strlen(answer.body));
	return answer.body;
}

static void assert_has(const char *page, const char *text, bool has)
{
	if ((strstr(page, text) != NULL) != has)
		fail_msg("%s: %s", has ? "missing" : "found", text);
}

static const char *const all_pages[] = { "/", "/causes", "/incidents", "/incidents?open=1",
	"/incidents/1", "/incidents/1?run=1", "/runs", "/runs/1", "/compare", "/compare/1-2",
	"/compare?from=2&to=1", "/rules", "/rules/shop.unavailable", "/search", "/search?q=line",
	"/incidents?state=new&layer=x&service=y&test=z&since=2026-01-31", "/progress",
	"/progress/1-2", "/stats", "/stats?layer=x&open=1", "/search?q=line&layer=x" };
#define PAGE_COUNT (sizeof(all_pages) / sizeof(all_pages[0]))

static void every_page_can_be_made_with_and_without_runs(void **state)
{
	struct fixture *fixture = *state;
	struct web_site *site = open_site(fixture, fixture->store, 0);

	assert_has(page(fixture, site, "/", 200), "The history has no run yet", true);
	page(fixture, site, "/causes", 200);
	page(fixture, site, "/compare", 200);
	page(fixture, site, "/incidents/1", 404);
	page(fixture, site, "/runs/1", 404);
	keep_run(fixture, "a", "text");
	keep_run(fixture, "b", "text");
	for (size_t i = 0; i < PAGE_COUNT; i++) {
		const char *join = strchr(all_pages[i], '?') != NULL ? "&" : "?";
		const char *body;
		cJSON *tree;

		assert_has(page(fixture, site, all_pages[i], 200), "</html>", true);
		body = page(fixture, site,
			mem_printf(fixture, "%s%sformat=json", all_pages[i], join), 200);
		tree = cJSON_Parse(body);
		assert_int_equal(
			cJSON_GetNumberValue(cJSON_GetObjectItem(tree, "schema_version")), 1);
		cJSON_Delete(tree);
	}
}

static void failures_without_a_cause_are_not_called_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct web_site *site = open_site(fixture, fixture->store, 0);
	struct source_info *source = fixture_read(fixture, fixture->store, "a", "a", 3);
	struct diagnosis *diagnosis = fixture_diagnosis(fixture, source, "a");
	struct err err = { 0 };
	const char *body;

	diagnosis->incident_count = diagnosis->evidence_count = 0;
	assert_int_equal(
		store_diagnosis_save(fixture->store, source->sha256, NULL, diagnosis, &err), 0);
	body = page(fixture, site, "/", 200);
	assert_has(body, "<h1>The newest run failed, and no cause is known</h1>", true);
	assert_has(body, "<a href=\"/runs/1\">Its first", true);
	assert_has(body, "is fixed", false);
	diagnosis->run->counts = (struct counts){ .passed = 1 };
	assert_int_equal(
		store_diagnosis_save(fixture->store, source->sha256, NULL, diagnosis, &err), 0);
	assert_has(page(fixture, site, "/", 200), "<h1>Nothing is broken</h1>", true);
}

static void hostile_texts_are_harmless_on_every_page(void **state)
{
	static const char hostile[] =
		"\"><script>alert(1)</script><img src=x onerror=y>'&{{title}}";
	struct fixture *fixture = *state;
	struct web_site *site = open_site(fixture, fixture->store, 0);
	unsigned seen = 0;

	keep_run(fixture, "a", hostile);
	keep_run(fixture, "b", hostile);
	for (size_t i = 0; i < PAGE_COUNT; i++) {
		const char *body = page(fixture, site, all_pages[i], 200);

		assert_has(body, "<script", false);
		assert_has(body, "<img", false);
		assert_has(body, "onerror=y>'", false);
		seen += strstr(body, "&lt;script&gt;") != NULL;
	}
	assert_true(seen >= 8);
	assert_has(page(fixture, site, "/rules", 200), "<b>shop", false);
}

static void a_query_is_shown_as_what_it_is(void **state)
{
	struct fixture *fixture = *state;
	struct web_site *site = open_site(fixture, fixture->store, 0);
	const char *body = page(fixture, site, "/search?q=%22%3E%3Cscript%3E", 200);

	assert_has(body, "<script", false);
	assert_has(body, "value=\"&quot;&gt;&lt;script&gt;\"", true);
	assert_has(page(fixture, site, "/incidents?cause=%3Cscript%3E", 200), "<script", false);
}

static void a_query_that_means_nothing_is_refused(void **state)
{
	static const char *const bad[] = { "/incidents?before=1",
		"/incidents?before=1:", "/incidents?before=1:2:3", "/incidents?open=yes",
		"/runs?before=x", "/compare?from=1", "/compare?from=a&to=b", "/incidents/1?run=x",
		"/?format=xml", "/%" };
	struct fixture *fixture = *state;
	struct web_site *site = open_site(fixture, fixture->store, 0);

	keep_run(fixture, "a", "text");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		page(fixture, site, bad[i], 400);
	page(fixture, site, "/incidents/1?run=7", 404);
	page(fixture, site, "/compare/1-9", 404);
	page(fixture, site, "/rules/none.such", 404);
}

static void the_chain_is_drawn_with_links_to_its_whys_and_evidence(void **state)
{
	struct fixture *fixture = *state;
	struct web_site *site = open_site(fixture, fixture->store, 0);
	const char *body;

	keep_run(fixture, "a", "a <statement> of words");
	body = page(fixture, site, "/incidents/1", 200);
	assert_has(body, "<svg class=\"map\"", true);
	assert_has(body, "<a href=\"#why-2\"><rect", true);
	assert_has(body, "id=\"why-2\"", true);
	assert_has(body, "<figure id=\"E2\">", true);
	assert_has(body, "<a href=\"#E2\"><text", true);
	assert_has(body, "a &lt;statement&gt; of words</text>", true);
	assert_has(body, "class=\"box asserted\"", true);
}

static void data_are_old_when_the_span_is_over(void **state)
{
	struct fixture *fixture = *state;
	struct web_site *site = open_site(fixture, fixture->store, 60 * WHEN_SECOND);

	keep_run(fixture, "a", "text");
	clock_now = fixture_number(fixture, "SELECT ifnull(last, recorded) FROM runs");
	assert_has(page(fixture, site, "/", 200), "These data are old", false);
	clock_now += 60 * WHEN_SECOND;
	assert_has(page(fixture, site, "/", 200), "These data are old", false);
	clock_now += 1;
	assert_has(page(fixture, site, "/", 200), "These data are old", true);
}

/* What an export puts, in one text. */
static int collect(
	void *context, const char *path, const char *text, size_t length, struct err *err)
{
	char **all = context;

	(void)err;
	assert_int_equal(length, strlen(text));
	*all = mem_printf(talloc_parent(*all), "%s[%s]\n%s", *all, path, text);
	return 0;
}

static void an_export_has_the_same_bytes_each_time_and_no_form(void **state)
{
	struct fixture *fixture = *state;
	struct web_site *site = open_site(fixture, fixture->store, WHEN_SECOND);
	char *first = mem_strdup(fixture, ""), *second = mem_strdup(fixture, "");
	struct err err = { 0 };

	keep_run(fixture, "a", "text");
	keep_run(fixture, "b", "text");
	clock_now = INT64_MAX;
	assert_int_equal(web_export(site, collect, &first, &err), 0);
	assert_int_equal(web_export(site, collect, &second, &err), 0);
	assert_string_equal(first, second);
	assert_has(first, "[compare/1-2.html]", true);
	assert_has(first, "[rules/shop.unavailable.html]", true);
	assert_has(first, "href=\"/", false);
	assert_has(first, "<form", false);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_page_can_be_made_with_and_without_runs),
		TEST(failures_without_a_cause_are_not_called_nothing),
		TEST(hostile_texts_are_harmless_on_every_page),
		TEST(a_query_is_shown_as_what_it_is),
		TEST(a_query_that_means_nothing_is_refused),
		TEST(the_chain_is_drawn_with_links_to_its_whys_and_evidence),
		TEST(data_are_old_when_the_span_is_over),
		TEST(an_export_has_the_same_bytes_each_time_and_no_form),
	};

	return cmocka_run_group_tests_name("web", tests, NULL, NULL);
}
