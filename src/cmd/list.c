/* fivewhys list: the incidents of the history, newest first. */
#include <stdlib.h>
#include <string.h>

#include "cmd/moment.h"
#include "cmd/output.h"
#include "cmd/request.h"

#define LIST_ROWS 50

static const struct option_spec list_options[] = {
	{ "open", 0, NULL, "those that are not fixed" },
	{ "state", 0, "STATE", "new, persisting, regressed, flaky, fixed, \"not reached\"" },
	{ "service", 0, "NAME", "of this service" },
	{ "test", 0, "NAME", "that broke this test" },
	{ "layer", 0, "NAME", "of this layer: database, deploy, auth, ..." },
	{ "cause", 0, "ID", "with this cause at the bottom" },
	{ "since", 0, "TIME", "seen then or later: 2025-01-31, 36h, 14d" },
	{ "limit", 'n', "N", "rows at most (50)" },
	{ "before", 0, "RUN:ID", "what follows this row: its last run and its id" },
	{ "format", 'f', "FORMAT", "text (default), md, json" },
	{ "db", 0, "FILE", "the history ($XDG_STATE_HOME/fivewhys/history.db)" },
	{ 0 },
};

static const struct option_spec *const list_tables[] = { list_options, cmd_common_options, NULL };

static int take_state(struct store_incident_filter *filter, const char *name, struct err *err)
{
	for (enum incident_state state = 0; state < STATE_COUNT; state++)
		if (strcmp(incident_state_name(state), name) == 0) {
			filter->state = name;
			return 0;
		}
	return err_set(err, ERR_USAGE,
		"--state is new, persisting, fixed, regressed, flaky or \"not reached\", not "
		"\"%s\"",
		name);
}

static int take_limit(struct store_incident_filter *filter, const char *text, struct err *err)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (text[0] < '0' || text[0] > '9' || *end != '\0' || number < 1 || number > 100000)
		return err_set(
			err, ERR_USAGE, "--limit is a number from 1 to 100000, not \"%s\"", text);
	filter->limit = (unsigned)number;
	return 0;
}

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
	const struct {
		const char *name;
		const char **value;
	} texts[] = {
		{ "service", &filter->service },
		{ "test", &filter->test },
		{ "layer", &filter->layer },
		{ "cause", &filter->cause },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strcmp(texts[i].name, spec->name) == 0)
			*texts[i].value = value;
	if (strcmp(spec->name, "open") == 0)
		filter->open = true;
	if (strcmp(spec->name, "state") == 0)
		return take_state(filter, value, err);
	if (strcmp(spec->name, "limit") == 0)
		return take_limit(filter, value, err);
	if (strcmp(spec->name, "before") == 0)
		return take_before(filter, value, err);
	if (strcmp(spec->name, "since") == 0)
		return moment_before("since", value, moment_now(), &filter->since, err);
	return 0;
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
	struct store_incident_filter filter = { .since = TIME_NONE, .limit = LIST_ROWS };
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
	.run = run_list,
};
