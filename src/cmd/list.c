/* fivewhys list: the incidents of the history, newest first. */
#include <string.h>

#include "cmd/filter.h"
#include "cmd/output.h"
#include "cmd/request.h"

#define LIST_ROWS 50

static const struct option_spec list_options[] = {
	{ "limit", 'n', "N", "rows at most (50)" },
	{ "before", 0, "RUN:ID", "what follows this row: its last run and its id" },
	{ "format", 'f', "FORMAT", "text (default), md, json" },
	{ "db", 0, "FILE", "the history ($XDG_STATE_HOME/fivewhys/history.db)" },
	{ 0 },
};

static const struct option_spec *const list_tables[] = { filter_time_options, filter_options,
	list_options, cmd_common_options, NULL };

static int take_before(struct store_incident_filter *filter, const char *text, struct err *err)
{
	long long run, id;
	int length = 0;

	if (sscanf(text, "%lld:%lld%n", &run, &id, &length) != 2 || text[length] != '\0' ||
		run < 1 || id < 1)
		return err_set(
			err, ERR_USAGE, "--before is RUN:ID, such as 12:34, not \"%s\"", text);
	filter->before_run = run;
	filter->before_id = id;
	return 0;
}

static int take(void *context, const struct option_spec *spec, const char *value, struct err *err)
{
	struct store_incident_filter *filter = context;
	int taken = filter_take(filter, spec, value, err);

	if (taken == 0 && strcmp(spec->name, "limit") == 0)
		return filter_limit(value, &filter->limit, err);
	if (taken == 0 && strcmp(spec->name, "before") == 0)
		return take_before(filter, value, err);
	return taken < 0 ? -1 : 0;
}

/* One row more than is shown tells whether there are more. */
static int print_list(
	struct request *request, struct store_incident_filter *filter, struct err *err)
{
	struct render_options options = { .folders = setup_template_folders(request) };
	unsigned limit = filter->limit;
	enum render_format format;
	struct store_incident *items;
	struct store *store;
	size_t count, length;
	char *page;

	filter->limit = limit + 1;
	if (request_format(request, &format, err) < 0 ||
		request_store(request, false, &store, err) < 0 ||
		store_incidents(request, store, filter, &items, &count, err) < 0)
		return -1;
	if (render_incidents(request, items, count < limit ? count : limit, count > limit, format,
		    &options, &page, &length, err) < 0)
		return -1;
	return output_write("-", page, length, err) < 0 ? -1 : STATUS_ANALYSED;
}

static int run_list(int argc, char **argv, struct err *err)
{
	struct request *request = mem_new(NULL, struct request);
	struct store_incident_filter filter = filter_new(LIST_ROWS);
	int status = -1;

	*request = (struct request){ .command = &list_command, .tables = list_tables };
	if (request_parse(request, argc, argv, take, &filter, err) == 0) {
		if (request->done)
			status = STATUS_ANALYSED;
		else if (request->arguments[0] != NULL)
			err_fill(err, ERR_USAGE, "list takes options only, not \"%s\"",
				request->arguments[0]);
		else
			status = print_list(request, &filter, err);
	}
	talloc_free(request);
	return status;
}

const struct command list_command = {
	.name = "list",
	.usage = "[OPTION]...",
	.summary = "List the incidents of the history, newest first",
	.help = "  fivewhys list --open                     what is broken\n"
		"  fivewhys list --service backend --since 14d\n"
		"  fivewhys list --state regressed --format json\n",
	.tables = list_tables,
	.run = run_list,
};
