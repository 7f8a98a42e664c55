/* fivewhys search: incidents by words of their evidence and causes. */
#include <stdlib.h>
#include <string.h>

#include "cmd/filter.h"
#include "cmd/output.h"
#include "cmd/request.h"

#define SEARCH_ROWS 20
#define SEARCH_TEXT_MAX 1000 /* bytes */

static const struct option_spec search_options[] = {
	{ "limit", 'n', "N", "incidents at most (20)" },
	{ "before", 0, "TEXT-ID", "what follows the page that ended with this" },
	{ "format", 'f', "FORMAT", "text (default), md, json" },
	{ "db", 0, "FILE", "the history ($XDG_STATE_HOME/fivewhys/history.db)" },
	{ 0 },
};

static const struct option_spec *const search_tables[] = { filter_time_options, filter_options,
	search_options, cmd_common_options, NULL };

static int take(void *context, const struct option_spec *spec, const char *value, struct err *err)
{
	struct store_query *query = context;
	int taken = filter_take(&query->filter, spec, value, err);
	char *end;

	if (taken == 0 && strcmp(spec->name, "limit") == 0)
		return filter_limit(value, &query->filter.limit, err);
	if (taken == 0 && strcmp(spec->name, "before") == 0) {
		query->before = strtoll(value, &end, 10);
		if (value[0] < '1' || value[0] > '9' || *end != '\0')
			return err_set(err, ERR_USAGE,
				"--before is what the page before ended with, not \"%s\"", value);
	}
	return taken < 0 ? -1 : 0;
}

/* The arguments are words of one text. */
static char *join(TALLOC_CTX *mem, char *const *words)
{
	char *text = mem_strdup(mem, "");

	for (; *words != NULL; words++)
		text = mem_printf(mem, "%s%s%s", text, text[0] != '\0' ? " " : "", *words);
	return text;
}

static int print_matches(struct request *request, const struct store_query *query, struct err *err)
{
	struct render_options options = { .folders = setup_template_folders(request) };
	enum render_format format;
	struct store_match *matches;
	struct store *store;
	size_t count, length;
	int64_t next;
	char *page;

	if (request_format(request, &format, err) < 0 ||
		request_store(request, false, &store, err) < 0 ||
		store_search(request, store, query, &matches, &count, &next, err) < 0 ||
		render_matches(
			request, matches, count, next, format, &options, &page, &length, err) < 0)
		return -1;
	return output_write("-", page, length, err) < 0 ? -1 : STATUS_ANALYSED;
}

static int run_search(int argc, char **argv, struct err *err)
{
	struct request *request = mem_new(NULL, struct request);
	struct store_query query = { .filter = filter_new(SEARCH_ROWS) };
	int status = -1;

	*request = (struct request){ .command = &search_command, .tables = search_tables };
	if (request_parse(request, argc, argv, take, &query, err) == 0) {
		query.text = request->done ? "" : join(request, request->arguments);
		if (request->done)
			status = STATUS_ANALYSED;
		else if (query.text[0] == '\0' || strlen(query.text) > SEARCH_TEXT_MAX)
			err_fill(err, ERR_USAGE, "search wants words, %d bytes at most",
				SEARCH_TEXT_MAX);
		else
			status = print_matches(request, &query, err);
	}
	talloc_free(request);
	return status;
}

const struct command search_command = {
	.name = "search",
	.usage = "[OPTION]... WORD...",
	.summary = "Find incidents by words of their evidence and causes",
	.help = "  fivewhys search DatabaseManager not initialized\n"
		"  fivewhys search --layer database --since 14d timeout\n"
		"  fivewhys search --format json 'No module named'\n",
	.tables = search_tables,
	.run = run_search,
};
