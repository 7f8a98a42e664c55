/* fivewhys publish: what a run of the history says, on the pages of the build that waits for it. */
#include <string.h>

#include "cmd/ci.h"
#include "cmd/output.h"
#include "cmd/request.h"

static const struct option_spec publish_options[] = {
	{ "output", 'o', "[FORMAT:]FILE", "write a report; without FORMAT by the ending of FILE" },
	{ "db", 0, "FILE", "the history ($XDG_STATE_HOME/fivewhys/history.db)" },
	{ "offline", 0, NULL, "refuse any network: then there is no comment" },
	{ 0 },
};

static const struct option_spec *const publish_tables[] = { publish_options, ci_specs,
	cmd_common_options, NULL };

struct publish {
	struct request request;
	struct ci_options ci;
	struct output *outputs;
	size_t output_count;
};

static int add_output(struct publish *publish, const char *text, struct err *err)
{
	struct output output;

	if (output_parse(text, &output, err) < 0)
		return -1;
	publish->outputs = mem_grow(
		publish, publish->outputs, publish->output_count, sizeof(*publish->outputs));
	publish->outputs[publish->output_count++] = output;
	return 0;
}

static int take(void *context, const struct option_spec *spec, const char *value, struct err *err)
{
	struct publish *publish = context;

	if (strcmp(spec->name, "output") == 0)
		return add_output(publish, value, err);
	if (strcmp(spec->name, "offline") == 0)
		publish->ci.offline = true;
	else
		ci_option(&publish->ci, spec->name, value);
	return 0;
}

/* Where nobody says which, the newest is meant; but not that of an older build, if this one has none. */
static int check_commit(
	const struct publish *publish, const struct ci *ci, const struct run *run, struct err *err)
{
	const char *commit = ci_build(ci)->commit;

	if (publish->request.arguments[0] != NULL || commit == NULL || run->commit == NULL ||
		strcasecmp(commit, run->commit) == 0)
		return 0;
	return err_set(err, ERR_NOT_FOUND,
		"the newest run (%lld) is of commit %.12s, and this build of %.12s; name the run "
		"to "
		"publish it all the same",
		(long long)run->id, run->commit, commit);
}

static int write_files(struct publish *publish, const struct ci_report *report, struct err *err)
{
	for (size_t i = 0; i < publish->output_count; i++) {
		const struct output *output = &publish->outputs[i];
		size_t length;
		char *text;

		if (render(publish, report->diagnosis, output->format, report->render, &text,
			    &length, err) < 0 ||
			output_write(output->path, text, length, err) < 0)
			return -1;
	}
	return 0;
}

static int print_page(struct publish *publish, const struct ci *ci, const struct ci_report *report,
	struct err *err)
{
	size_t length;
	char *page;

	if (ci_build(ci)->name == NULL || publish->ci.dry)
		return 0;
	if (render(publish, report->diagnosis, RENDER_TEXT, report->render, &page, &length, err) <
		0)
		return -1;
	ci_log_begin(ci, report->log);
	if (output_write("-", page, length, err) < 0)
		return -1;
	ci_log_end(ci, report->log);
	return 0;
}

static int tell(struct publish *publish, struct ci *ci, struct err *err)
{
	struct render_options options = { .folders = setup_template_folders(publish),
		.report = output_report(publish, publish->outputs, publish->output_count),
		.repository = output_repository(publish) };
	struct ci_report report = { .render = &options,
		.outputs = publish->outputs,
		.output_count = publish->output_count,
		.log = stdout };
	const char *name = publish->request.arguments[0];
	struct diagnosis *diagnosis;
	struct store *store;
	struct run *run;

	if (request_store(&publish->request, false, &store, err) < 0 ||
		store_run_find(publish, store, name != NULL ? name : "last", &run, err) < 0 ||
		check_commit(publish, ci, run, err) < 0 ||
		store_run_diagnosis(publish, store, run->id, &diagnosis, err) < 0)
		return -1;
	report.diagnosis = diagnosis;
	if (write_files(publish, &report, err) < 0 || print_page(publish, ci, &report, err) < 0)
		return -1;
	ci_tell(ci, &report);
	return 0;
}

/* That there is nothing to publish is no reason for a build to end otherwise than it did. */
static int publish_run(struct publish *publish, struct err *err)
{
	struct ci *ci;

	if (publish->request.arguments[0] != NULL && publish->request.arguments[1] != NULL)
		return err_set(err, ERR_USAGE, "publish wants one run at most; see fivewhys list");
	if (ci_begin(publish, &publish->ci, NULL, &ci, err) < 0)
		return -1;
	if (tell(publish, ci, err) < 0)
		log_warn("nothing was published: %s", err->text);
	return STATUS_ANALYSED;
}

static int run_publish(int argc, char **argv, struct err *err)
{
	struct publish *publish = mem_new(NULL, struct publish);
	int status = -1;

	publish->request =
		(struct request){ .command = &publish_command, .tables = publish_tables };
	if (request_parse(&publish->request, argc, argv, take, publish, err) == 0)
		status = publish->request.done ? STATUS_ANALYSED : publish_run(publish, err);
	talloc_free(publish);
	return status;
}

const struct command publish_command = {
	.name = "publish",
	.usage = "[OPTION]... [RUN]",
	.summary = "Tell a build and its pull request what a run says",
	.help = "  fivewhys publish                         the newest run\n"
		"  fivewhys publish --dry-run               show the comment, and send nothing\n"
		"  fivewhys publish --repository demo/shop --pull 12 7\n\n"
		"On GitHub, GitLab, Jenkins, Buildkite, CircleCI and Azure Pipelines, as their\n"
		"variables say. Tokens come from GITHUB_TOKEN or GITLAB_TOKEN and from nowhere "
		"else.\n",
	.tables = publish_tables,
	.run = run_publish,
};
