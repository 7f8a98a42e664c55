/* The rules of the CRE corpus, where it is there, on cases whose outcome is known. */
#include <cjson/cJSON.h>
#include <string.h>

#include "match/match.h"
#include "unit/test.h"

#define DATA_MOST (64U << 20)

static char *data_path(TALLOC_CTX *mem, const char *name)
{
	const char *top = getenv("TOP_SRCDIR");

	return mem_printf(mem, "%s/../shared/data/cre%s%s", top != NULL ? top : ".",
		name[0] != '\0' ? "/" : "", name);
}

/* Are the data there? If not, that is told. */
static bool have_data(TALLOC_CTX *mem)
{
	struct err err = { 0 };
	char *text;
	size_t length;

	if (path_read(mem, data_path(mem, "mutants.json"), DATA_MOST, &text, &length, &err) == 0)
		return true;
	print_message("# left out, there are no external test data: %s\n", err.text);
	return false;
}

/* Numbers of 16 digits and more become strings: a double cannot hold them. */
static char *quote_numbers(TALLOC_CTX *mem, const char *text, size_t length)
{
	char *out = mem_array(mem, char, 2 * length + 1);
	size_t size = 0, digits;
	bool quoted = false;

	for (size_t i = 0; i < length; i++) {
		digits = quoted ? 0 : strspn(text + i, "0123456789");
		if (digits >= 16) {
			size += (size_t)sprintf(out + size, "\"%.*s\"", (int)digits, text + i);
			i += digits - 1;
			continue;
		}
		if (quoted && text[i] == '\\')
			out[size++] = text[i++];
		else if (text[i] == '"')
			quoted = !quoted;
		out[size++] = text[i];
	}
	out[size] = '\0';
	return out;
}

static cJSON *read_json(TALLOC_CTX *mem, const char *name)
{
	struct err err = { 0 };
	char *text;
	size_t length;
	cJSON *json;

	assert_int_equal(path_read(mem, data_path(mem, name), DATA_MOST, &text, &length, &err), 0);
	json = cJSON_Parse(quote_numbers(mem, text, length));
	assert_non_null(json);
	return json;
}

static struct rules *load(TALLOC_CTX *mem)
{
	const char *paths[] = { data_path(mem, ""), NULL };
	struct rule_problems problems;
	struct rules *rules = NULL;
	struct err err = { 0 };

	if (rules_load(mem, paths, &rules, &problems, &err) < 0)
		fail_msg("%s", err.text);
	return rules;
}

/* "cre-2025-0001" to "CRE-2025-0001". */
static const struct cause *cause_of(const struct rules *rules, const char *folder)
{
	char id[64];
	const struct cause *cause;

	snprintf(id, sizeof(id), "CRE%s", folder + 3);
	cause = rules_find(rules, id);
	if (cause == NULL)
		fail_msg("%s is not loaded", id);
	return cause;
}

static bool fires(const struct findings *findings, const struct cause *cause)
{
	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i]->cause == cause &&
			findings->items[i]->verdict == FINDING_FIRED)
			return true;
	return false;
}

/* Feed the case to all rules at once: does its own fire? */
static bool run_case(const struct rules *rules, const struct cause *cause, const cJSON *entries)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct source_info source = { .name = "case.log", .format = "plain-log" };
	struct source_info *sources[] = { &source };
	struct run run = { .sources = sources, .source_count = 1, .complete = true };
	struct matcher *matcher;
	struct findings findings;
	struct err err = { 0 };
	const cJSON *item;
	uint64_t order = 0;
	bool fired;

	assert_int_equal(matcher_new(mem, rules, &matcher, &err), 0);
	cJSON_ArrayForEach(item, entries)
	{
		const char *time = cJSON_GetStringValue(cJSON_GetArrayItem(item, 0));
		struct entry entry = { .source = &source };

		entry.line = entry.order = ++order;
		entry.time = time != NULL ? strtoll(time, NULL, 10)
					  : (int64_t)cJSON_GetArrayItem(item, 0)->valuedouble;
		entry.text = cJSON_GetStringValue(cJSON_GetArrayItem(item, 1));
		entry.text_len = strlen(entry.text);
		matcher_scan(matcher, &entry);
	}
	assert_int_equal(matcher_findings(mem, matcher, &run, &findings, &err), 0);
	fired = fires(&findings, cause);
	talloc_free(mem);
	return fired;
}

static void every_case_of_the_corpus_comes_out_as_it_should(void **state)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct rules *rules;
	size_t wrong = 0, count = 0;
	cJSON *cases;
	const cJSON *item;

	(void)state;
	if (have_data(mem)) {
		rules = load(mem);
		cases = read_json(mem, "mutants.json");
		cJSON_ArrayForEach(item, cases)
		{
			const char *folder =
				cJSON_GetStringValue(cJSON_GetObjectItem(item, "rule"));
			bool wanted = cJSON_GetObjectItem(item, "expect")->valuedouble > 0;
			bool fired = run_case(rules, cause_of(rules, folder),
				cJSON_GetObjectItem(item, "entries"));

			count++;
			if (fired == wanted)
				continue;
			wrong++;
			print_message("# %s, %s: %s\n", folder,
				cJSON_GetStringValue(cJSON_GetObjectItem(item, "kind")),
				fired ? "fired" : "did not fire");
		}
		print_message("# %zu cases, %zu wrong\n", count, wrong);
		cJSON_Delete(cases);
		assert_int_equal(wrong, 0);
	}
	talloc_free(mem);
}

static bool is_listed(const cJSON *list, const struct cause *cause, const struct rules *rules)
{
	const cJSON *item;

	cJSON_ArrayForEach(
		item, list) if (cause_of(rules, cJSON_GetStringValue(item)) == cause) return true;
	return false;
}

static void read_log(
	TALLOC_CTX *mem, const struct rules *rules, const char *folder, struct findings *findings)
{
	char *name = mem_printf(mem, "%s/test.log", folder);
	const char *paths[] = { data_path(mem, name), NULL };
	struct source_options options = { .offset = 0 };
	struct run run = { .complete = true };
	struct source_info *sources[1];
	struct matcher *matcher;
	struct inputs *inputs;
	struct source *source;
	struct entry entry;
	struct err err = { 0 };
	uint64_t order = 0;

	assert_int_equal(matcher_new(mem, rules, &matcher, &err), 0);
	assert_int_equal(inputs_new(mem, paths, &options, &inputs, &err), 0);
	assert_int_equal(inputs_next(inputs, &source, &err), 1);
	while (source_next(source, &entry, &err) > 0) {
		entry.order = ++order;
		matcher_scan(matcher, &entry);
	}
	sources[0] = source_info(source);
	run.sources = sources;
	run.source_count = 1;
	assert_int_equal(matcher_findings(mem, matcher, &run, findings, &err), 0);
}

/* How many of the rules did not do what LIST says. */
static size_t compare(const struct rules *rules, const cJSON *list)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct findings findings;
	size_t wrong = 0;

	read_log(mem, rules, list->string, &findings);
	for (size_t i = 0; i < rules_cause_count(rules); i++) {
		const struct cause *cause = rules_cause(rules, i);
		bool fired = fires(&findings, cause);

		if (fired == is_listed(list, cause, rules))
			continue;
		wrong++;
		print_message("# %s %s on the log of %s\n", cause->id,
			fired ? "fires" : "does not fire", list->string);
	}
	talloc_free(mem);
	return wrong;
}

static void every_rule_fires_on_the_logs_of_the_corpus_that_it_should(void **state)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	size_t wrong = 0;
	cJSON *cross;
	const cJSON *list;

	(void)state;
	if (have_data(mem)) {
		struct rules *rules = load(mem);

		cross = read_json(mem, "cross.json");
		cJSON_ArrayForEach(list, cJSON_GetObjectItem(cross, "fires")) wrong +=
			compare(rules, list);
		cJSON_Delete(cross);
		assert_int_equal(wrong, 0);
	}
	talloc_free(mem);
}

static void every_rule_of_the_corpus_passes_its_own_tests(void **state)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct example_results results;
	struct err err = { 0 };

	(void)state;
	if (have_data(mem)) {
		struct rules *rules = load(mem);

		assert_int_equal(match_examples(mem, rules, &results, &err), 0);
		assert_true(results.count >= rules_cause_count(rules));
		assert_int_equal(results.failed, 0);
	}
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_case_of_the_corpus_comes_out_as_it_should),
		cmocka_unit_test(every_rule_fires_on_the_logs_of_the_corpus_that_it_should),
		cmocka_unit_test(every_rule_of_the_corpus_passes_its_own_tests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
