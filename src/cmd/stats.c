/* fivewhys stats: figures over the history, and the SQL behind them. */
#include <string.h>

#include "cmd/filter.h"
#include "cmd/output.h"
#include "cmd/request.h"

static const struct option_spec stats_options[] = {
	{ "sql", 0, NULL, "print the SQL that each figure comes from" },
	{ "format", 'f', "FORMAT", "text (default), md, json" },
	{ "db", 0, "FILE", "the history ($XDG_STATE_HOME/fivewhys/history.db)" },
	{ 0 },
};

static const struct option_spec *const stats_tables[] = { filter_time_options, filter_options,
	stats_options, cmd_common_options, NULL };

struct wanted {
	struct store_incident_filter filter;
	bool sql;
};

static int take(void *context, const struct option_spec *spec, const char *value, struct err *err)
{
	struct wanted *wanted = context;

	if (filter_take(&wanted->filter, spec, value, err) < 0)
		return -1;
	if (strcmp(spec->name, "sql") == 0)
		wanted->sql = true;
	return 0;
}

static int make_page(struct request *request, const struct wanted *wanted, char **page,
	size_t *length, struct err *err)
{
	struct render_options options = { .folders = setup_template_folders(request) };
	enum render_format format;
	struct store_stats *stats;
	struct store *store;

	if (request_format(request, &format, err) < 0 ||
		request_store(request, false, &store, err) < 0)
		return -1;
	if (wanted->sql) {
		if (store_stats_sql(request, store, &wanted->filter, page, err) < 0)
			return -1;
		*length = strlen(*page);
		return 0;
	}
	if (store_stats(request, store, &wanted->filter, &stats, err) < 0)
		return -1;
	return render_stats(request, stats, &wanted->filter, format, &options, page, length, err);
}

static int run_stats(int argc, char **argv, struct err *err)
{
	struct request *request = mem_new(NULL, struct request);
	struct wanted wanted = { .filter = filter_new(0) };
	size_t length;
	char *page;
	int status = -1;

	*request = (struct request){ .command = &stats_command, .tables = stats_tables };
	if (request_parse(request, argc, argv, take, &wanted, err) == 0) {
		if (request->done)
			status = STATUS_ANALYSED;
		else if (request->arguments[0] != NULL)
			err_fill(err, ERR_USAGE, "stats takes options only, not \"%s\"",
				request->arguments[0]);
		else if (make_page(request, &wanted, &page, &length, err) == 0 &&
			 output_write("-", page, length, err) == 0)
			status = STATUS_ANALYSED;
	}
	talloc_free(request);
	return status;
}

const struct command stats_command = {
	.name = "stats",
	.usage = "[OPTION]...",
	.summary = "Figures over the history: how often, how long, how right",
	.help = "  fivewhys stats --since 12w\n"
		"  fivewhys stats --service backend --format json\n"
		"  fivewhys stats --sql > stats.sql         what each figure is computed by\n",
	.tables = stats_tables,
	.run = run_stats,
};
