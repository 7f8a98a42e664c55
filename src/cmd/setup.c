/* Rules and templates in force. */
#include "cmd/setup.h"

#include <string.h>
#include <unistd.h>

#include "cmd/clock.h"
#include "cmd/output.h"

static void add_path(TALLOC_CTX *mem, const char ***paths, size_t *count, const char *path)
{
	*paths = mem_grow(mem, *paths, *count + 1, sizeof(**paths));
	(*paths)[(*count)++] = path;
	(*paths)[*count] = NULL;
}

const char **setup_rule_paths(TALLOC_CTX *mem, const struct settings *settings)
{
	const char **paths = mem_array(mem, const char *, 8);
	const char *const *list = settings_list(settings, "add-rules");
	const char *user = path_config(mem, "rules");
	size_t count = 0;

	for (; *list != NULL; list++)
		add_path(mem, &paths, &count, *list);
	list = settings_list(settings, "rules");
	if (*list == NULL) {
		if (access(user, F_OK) == 0)
			add_path(mem, &paths, &count, user);
		add_path(mem, &paths, &count, path_data(mem, "rules"));
	}
	for (; *list != NULL; list++)
		add_path(mem, &paths, &count, *list);
	return paths;
}

void setup_print_problems(const struct rule_problems *problems, FILE *out)
{
	for (size_t i = 0; i < problems->count; i++) {
		const struct rule_problem *problem = &problems->items[i];

		if (problem->place.line > 0)
			output_print(out, "%s:%u:%u: %s%s\n", problem->place.file,
				problem->place.line, problem->place.column,
				problem->warning ? "warning: " : "", problem->text);
		else
			output_print(out, "%s: %s%s\n", problem->place.file,
				problem->warning ? "warning: " : "", problem->text);
	}
}

int setup_rules(
	TALLOC_CTX *mem, const struct settings *settings, struct rules **out, struct err *err)
{
	struct rule_problems problems = { 0 };

	if (rules_load(mem, setup_rule_paths(mem, settings), out, &problems, err) == 0)
		return 0;
	if (problems.errors > 1) {
		setup_print_problems(&problems, stderr);
		return err_set(err, ERR_RULE, "the rules have %zu faults", problems.errors);
	}
	return -1;
}

int setup_offset(const struct settings *settings, struct source_options *options, struct err *err)
{
	const char *tz = settings_get(settings, "tz");

	if (tz != NULL && when_parse_offset(tz, &options->offset) < 0)
		return err_set(
			err, ERR_USAGE, "--tz is an offset such as -07:00 or UTC, not \"%s\"", tz);
	options->offset_given = tz != NULL;
	return 0;
}

int setup_cloud(
	TALLOC_CTX *mem, const struct settings *settings, struct cloud **out, struct err *err)
{
	struct cloud_options options = {
		.project = settings_get(settings, "project"),
		.endpoint = settings_get(settings, "endpoint"),
		.quota_project = settings_get(settings, "quota-project"),
	};

	if (clock_apply(mem, &options, err) < 0)
		return -1;
	return cloud_new(mem, &options, out, err);
}

int setup_print_version(struct err *err)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct settings *settings;
	struct rules *rules;
	int result = -1;

	if (settings_load(mem, &settings, err) == 0 &&
		setup_rules(mem, settings, &rules, err) == 0) {
		printf("fivewhys %s\nrules %s (%zu causes)\n", PACKAGE_VERSION, rules_sha256(rules),
			rules_cause_count(rules));
		result = 0;
	}
	talloc_free(mem);
	return result;
}

const char **setup_template_folders(TALLOC_CTX *mem)
{
	const char **folders = mem_array(mem, const char *, 3);

	folders[0] = path_config(mem, "templates");
	folders[1] = path_data(mem, "templates");
	return folders;
}
