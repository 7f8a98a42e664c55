/* fivewhys diff: what changed from one run to another. */
#include "cmd/filter.h"
#include "cmd/output.h"
#include "cmd/request.h"

static const struct option_spec diff_options[] = {
	{ "format", 'f', "FORMAT", "text (default), md, json" },
	{ "db", 0, "FILE", "the history ($XDG_STATE_HOME/fivewhys/history.db)" },
	{ 0 },
};

static const struct option_spec *const diff_tables[] = { filter_options, diff_options,
	cmd_common_options, NULL };

static int take(void *context, const struct option_spec *spec, const char *value, struct err *err)
{
	return filter_take(context, spec, value, err) < 0 ? -1 : 0;
}

static int read_run(struct request *request, struct store *store, const char *name,
	struct diagnosis **out, struct err *err)
{
	struct run *run;

	if (store_run_find(request, store, name, &run, err) < 0)
		return -1;
	return store_run_diagnosis(request, store, run->id, out, err);
}

static int print_diff(
	struct request *request, const struct store_incident_filter *filter, struct err *err)
{
	struct render_options options = { .folders = setup_template_folders(request) };
	const struct compare_filter only = { .state = filter->state,
		.service = filter->service,
		.test = filter->test,
		.layer = filter->layer,
		.cause = filter->cause };
	struct diagnosis *before, *after;
	struct comparison comparison;
	enum render_format format;
	struct store *store;
	size_t length;
	char *page;

	if (request_format(request, &format, err) < 0 ||
		request_store(request, false, &store, err) < 0 ||
		read_run(request, store, request->arguments[0], &before, err) < 0 ||
		read_run(request, store, request->arguments[1], &after, err) < 0)
		return -1;
	compare_runs(request, before, after, &comparison);
	compare_only(&comparison, before, after, &only);
	if (render_comparison(request, before->run, after->run, &comparison, format, &options,
		    &page, &length, err) < 0)
		return -1;
	return output_write("-", page, length, err) < 0 ? -1 : STATUS_ANALYSED;
}

static int run_diff(int argc, char **argv, struct err *err)
{
	struct request *request = mem_new(NULL, struct request);
	struct store_incident_filter filter = filter_new(0);
	int status = -1;

	*request = (struct request){ .command = &diff_command, .tables = diff_tables };
	if (request_parse(request, argc, argv, take, &filter, err) == 0) {
		if (request->done)
			status = STATUS_ANALYSED;
		else if (request->arguments[0] == NULL || request->arguments[1] == NULL ||
			 request->arguments[2] != NULL)
			err_fill(err, ERR_USAGE, "diff wants two runs: ids, labels or \"last\"");
		else
			status = print_diff(request, &filter, err);
	}
	talloc_free(request);
	return status;
}

const struct command diff_command = {
	.name = "diff",
	.usage = "[OPTION]... RUN RUN",
	.summary = "Say what changed from one run to another",
	.help = "  fivewhys diff 3 last                     causes and tests, then and now\n"
		"  fivewhys diff nightly-1 nightly-2 --format md\n"
		"  fivewhys diff 3 7 --layer database       only what is about databases\n",
	.tables = diff_tables,
	.run = run_diff,
};
