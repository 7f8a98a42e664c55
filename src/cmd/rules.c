/* fivewhys rules: check, test, list, show, explain, suggest, stats. */
#include <string.h>

#include "cmd/commands.h"
#include "cmd/output.h"
#include "cmd/rules.h"
#include "cmd/rules_print.h"

static const struct option_spec rules_options[] = {
	{ "rules", 'r', "PATH", "rules (file or folder, repeatable) instead of those shipped" },
	{ "add-rules", 'a', "PATH", "rules besides those shipped; they win over equal ids" },
	{ "json", 0, NULL, "print JSON" },
	{ "tz", 0, "OFFSET", "explain, suggest: zone of times that bear none: -07:00, UTC" },
	{ "db", 0, "FILE", "suggest, stats: the history ($XDG_STATE_HOME/fivewhys/history.db)" },
	{ "test", 0, "NAME", "suggest: of several unexplained failures, that of this test" },
	{ "output", 'o', "FILE", "suggest: write the rule file" },
	{ "since", 0, "TIME", "stats: of runs that end then or later: 2025-01-31, 36h, 14d" },
	{ "label", 0, "TEXT", "stats: of runs with this label" },
	{ 0 },
};

static const struct option_spec *const rules_tables[] = { rules_options, cmd_common_options, NULL };

/* Paths on the command line stand for --rules. */
static void take_paths(struct rules_request *request)
{
	for (char **path = request->common.arguments; *path != NULL; path++)
		settings_set(request->common.settings, "rules", *path);
}

static int check_examples(
	TALLOC_CTX *mem, const struct rules *rules, FILE *out, size_t *failed, struct err *err)
{
	struct example_results results;

	if (match_examples(mem, rules, &results, err) < 0)
		return -1;
	for (size_t i = 0; i < results.count; i++) {
		const struct example_result *result = &results.items[i];

		if (!result->passed)
			output_print(out, "%s:%u:%u: %s: %s\n", result->place.file,
				result->place.line, result->place.column, result->owner->id,
				result->text);
	}
	*failed = results.failed;
	return 0;
}

static int run_check(struct rules_request *request, struct err *err)
{
	struct rule_problems problems = { 0 };
	size_t failed = 0, causes = 0;
	struct rules *rules = NULL;

	take_paths(request);
	/* its error is the first of the problems, which are all told */
	rules_check(request, setup_rule_paths(request, request->common.settings), &rules, &problems,
		err);
	causes = rules_cause_count(rules);
	setup_print_problems(&problems, stdout);
	if (check_examples(request, rules, stdout, &failed, err) < 0)
		return -1;
	printf("%zu causes, %zu errors, %zu warnings, %zu failed examples\n", causes,
		problems.errors, problems.count - problems.errors, failed);
	return problems.errors + failed > 0 ? STATUS_FAILED : STATUS_ANALYSED;
}

static int run_test(struct rules_request *request, struct err *err)
{
	struct example_results results;
	struct rules *rules;

	take_paths(request);
	if (setup_rules(request, request->common.settings, &rules, err) < 0 ||
		match_examples(request, rules, &results, err) < 0)
		return -1;
	rules_print_results(rules, &results, request->json, stdout);
	return results.failed > 0 ? STATUS_FAILED : STATUS_ANALYSED;
}

static int run_list(struct rules_request *request, struct err *err)
{
	struct rules *rules;

	take_paths(request);
	if (setup_rules(request, request->common.settings, &rules, err) < 0)
		return -1;
	rules_print_list(rules, request->json, stdout);
	return STATUS_ANALYSED;
}

static const char *meant(TALLOC_CTX *mem, const struct rules *rules, const char *id)
{
	const char **ids = mem_array(mem, const char *, rules_cause_count(rules) + 1);

	for (size_t i = 0; i < rules_cause_count(rules); i++)
		ids[i] = rules_cause(rules, i)->id;
	return options_meant(id, ids);
}

const struct cause *rules_wanted(
	TALLOC_CTX *mem, const struct rules *rules, const char *id, struct err *err)
{
	const struct cause *cause = rules_find(rules, id);
	const char *other = cause == NULL ? meant(mem, rules, id) : NULL;

	if (cause == NULL)
		err_fill(err, ERR_USAGE, "no cause \"%s\"%s%s%s", id,
			other != NULL ? " (did you mean " : "", other != NULL ? other : "",
			other != NULL ? "?)" : "");
	return cause;
}

static int run_show(struct rules_request *request, struct err *err)
{
	const char *id = request->common.arguments[0];
	const struct cause *cause;
	struct rules *rules;

	if (id == NULL || request->common.arguments[1] != NULL)
		return err_set(err, ERR_USAGE, "rules show wants one id");
	if (setup_rules(request, request->common.settings, &rules, err) < 0)
		return -1;
	cause = rules_wanted(request, rules, id, err);
	if (cause == NULL)
		return -1;
	rules_print_cause(cause, request->json, stdout);
	return STATUS_ANALYSED;
}

static const struct {
	const char *name;
	rules_action *run;
} actions[] = {
	{ "check", run_check },
	{ "test", run_test },
	{ "list", run_list },
	{ "show", run_show },
	{ "explain", rules_explain },
	{ "suggest", rules_suggest },
	{ "stats", rules_stats },
};

#define ACTION_COUNT (sizeof(actions) / sizeof(actions[0]))

static int act(struct rules_request *request, struct err *err)
{
	const char *names[ACTION_COUNT + 1] = { 0 };
	const char *name = request->common.arguments[0], *other;

	if (name == NULL)
		return err_set(err, ERR_USAGE,
			"rules wants check, test, list, show, explain, suggest or stats");
	for (size_t i = 0; i < ACTION_COUNT; i++) {
		names[i] = actions[i].name;
		if (strcmp(actions[i].name, name) != 0)
			continue;
		request->common.arguments++;
		return actions[i].run(request, err);
	}
	other = options_meant(name, names);
	return err_set(err, ERR_USAGE, "unknown action \"%s\" (%s%s)", name,
		other != NULL ? "did you mean "
			      : "check, test, list, show, explain, suggest or stats",
		other != NULL ? other : "");
}

static int take(void *context, const struct option_spec *spec, const char *value, struct err *err)
{
	struct rules_request *request = context;
	const struct {
		const char *name, **value;
	} texts[] = {
		{ "test", &request->test },
		{ "output", &request->output },
		{ "since", &request->since },
	};

	(void)err;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strcmp(spec->name, texts[i].name) == 0)
			*texts[i].value = value;
	request->json |= strcmp(spec->name, "json") == 0;
	return 0;
}

static int run_rules(int argc, char **argv, struct err *err)
{
	struct rules_request *request = mem_new(NULL, struct rules_request);
	int status = -1;

	request->common = (struct request){ .command = &rules_command, .tables = rules_tables };
	if (request_parse(&request->common, argc, argv, take, request, err) == 0)
		status = request->common.done ? STATUS_ANALYSED : act(request, err);
	talloc_free(request);
	return status;
}

const struct command rules_command = {
	.name = "rules",
	.usage = "check|test|list|show|explain|suggest|stats [OPTION]... [PATH...|ID|RUN]",
	.summary = "Check, test, list, show and explain the rules, and draft new ones",
	.help = "  fivewhys rules check my-rules.yaml     all faults, exit 1 if any\n"
		"  fivewhys rules test                    every rule on every example\n"
		"  fivewhys rules list                    ids, kinds and titles\n"
		"  fivewhys rules show agent.no-agent-events\n"
		"  fivewhys rules explain agent.no-agent-events run.log   why it fired, or not\n"
		"  fivewhys rules suggest -o new.yaml     drafts a rule for what none explained\n"
		"  fivewhys rules stats                   what each rule did, over all runs\n",
	.tables = rules_tables,
	.run = run_rules,
};
